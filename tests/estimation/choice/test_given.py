"""What a state had given away is a gap for three years."""

import pytest

from sim.estimation.choice.given import Given, given
from tests.estimation.choice.made_up import seeds

# A fifth of the tanks went in the spring of 2022 and a tenth a year later.
POLAND = Given({("POL", "main_battle_tank"): ((2022.25, 0.2), (2023.25, 0.1))})


def gap(date, state="POL"):
    return POLAND.gap(state, "main_battle_tank", date, 0.3)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (2022.0, 0.3),  # nothing given yet
        (2022.5, 0.44),  # 0.3 + 0.7 x 0.2
        (2023.5, 0.51),  # 0.3 + 0.7 x 0.3
        (2025.5, 0.37),  # the first is more than three years ago: 0.3 + 0.7 x 0.1
        (2027.0, 0.3),
    ],
)
def test_what_was_given_is_a_gap_for_three_years(date, expected):
    assert gap(date) == pytest.approx(expected)


def test_a_state_that_gave_nothing_has_the_usual_gap():
    assert gap(2023.5, "EST") == 0.3


def test_no_more_than_all_can_be_missing():
    much = Given({("POL", "x"): ((2022.1, 0.8), (2022.2, 0.8))})
    assert much.gap("POL", "x", 2023.0, 0.3) == 1.0


def test_the_start_of_2022_tells_what_was_given_and_later_books_do_not():
    found = given()
    assert found.parts[("POL", "main_battle_tank")]
    assert all(2022.0 <= when < 2027.0 for parts in found.parts.values() for when, _ in parts)
    assert all(share > 0.0 for parts in found.parts.values() for _, share in parts)
    assert given(seeds()).parts == {}
