"""Why little changes, in words, from findings typed by hand."""

from types import SimpleNamespace

import pytest

from sim.experiment.reach import Touch, Touched
from sim.report import unmoved
from tests.report.test_words import FASTER, NO_FIGURE, SAME, VAGUE_COST, dial

HOLD = Touch("us_delivery_release", 12, 24)


def said(touch: Touch, runs: int, latest: float = float("nan")) -> str:
    found = Touched(touch, "united_states", runs, latest)
    return unmoved.reason(found, "US deliveries released", "Norway", "United States", 50, "2026-01")


def test_a_place_is_unmoved_where_no_dial_moves_by_enough_for_a_headline() -> None:
    assert unmoved.is_unmoved([SAME, VAGUE_COST])
    assert unmoved.is_unmoved([SAME, dial("cost_pv", 100, 90, 110)])
    assert not unmoved.is_unmoved([SAME, FASTER])
    assert not unmoved.is_unmoved([NO_FIGURE])


def test_what_comes_otherwise() -> None:
    assert unmoved.arrives({}, "Albania", 50) == ""
    assert unmoved.arrives({"Main battle tanks": 0.0}, "Norway", 50) == (
        "For Norway, every unit comes from the same line in the same year as in the baseline, in each of "
        "50 runs."
    )
    assert unmoved.arrives({"Main battle tanks": 0.01, "Submarines": 0.2}, "Norway", 50) == (
        "For Norway, deliveries differ most in “Submarines”: 20 % of the units come from another line or in "
        "another year than in the baseline, over 50 runs."
    )


def test_what_a_lever_finds_to_touch() -> None:
    start = "“US deliveries released” touches goods not yet delivered by the industry “United States”"
    assert said(HOLD, 7) == (
        f"{start} from January 2027 to December 2027: in the baseline, there are such goods for Norway in "
        "7 of 50 runs."
    )
    assert said(HOLD, 0, float("inf")).endswith("there are such goods for Norway in none of 50 runs.")
    assert said(Touch("us_delivery_release", 12, 120), 0, 5.0) == (
        f"{start} from January 2027 on: in the baseline, all that is ordered there before for Norway is "
        "delivered by June 2026, in each of 50 runs."
    )
    assert said(Touch("us_supply", 0, 120), 3) == (
        "“US deliveries released” touches new orders with the industry “United States” over the whole run: "
        "in the baseline, there are such orders for Norway in 3 of 50 runs."
    )


@pytest.mark.parametrize(
    ("lever", "place", "says"),
    [("agreement.POL", "NOR", True), ("agreement.NOR", "NOR", False), ("dialogue", "NOR", False),
     ("doctrine.POL.cost", "europe_canada", False)],
)  # fmt: skip
def test_a_lever_of_another_state_is_named(lever: str, place: str, says: bool) -> None:
    about = SimpleNamespace(id=lever, label="Agreement")
    text = unmoved.of_another(about, place, {"NOR": "Norway", "POL": "Poland"}, "Norway")  # type: ignore[arg-type]
    assert bool(text) == says
