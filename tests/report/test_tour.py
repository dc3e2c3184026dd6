"""The words of the tour follow what is on screen."""

from dataclasses import replace

import pytest

from sim.report import tour
from sim.report.tables import Paired

LONGER = Paired("gap_years", "NOR", 0.4, 0.6, 0.2, 0.1, 0.3, 0.15, 0.25, 1.0, 0.0)
UNCLEAR = replace(LONGER, change=0.01, low=-0.2, high=0.2, mean_low=-0.02, mean_high=0.04, share_up=0.5)
SAME = replace(LONGER, other=0.4, change=0.0, low=0.0, high=0.0, mean_low=0.0, mean_high=0.0, share_up=0.0)
COST = replace(SAME, measure="cost_pv", base=13_900.0, other=13_900.0)
HOLD = replace(SAME, measure="worst_authority_share", base=0.49, other=0.49)
SCENE = tour.Scene(
    place="Norway",
    here={"gap_years": LONGER, "cost_pv": COST, "worst_authority_share": HOLD},
    lever="US deliveries released",
    about="Share of finished US goods that are let go.",
    value="100 %",
    target="50 %",
    grade="D",
    pulled=False,
    state="Norway",
    looking=True,
    everywhere="Europe and Canada",
    speed_state=LONGER,
    speed_everywhere=UNCLEAR,
    is_baseline=False,
)


def test_the_first_step_reads_the_dials() -> None:
    text = tour.sentences(1, SCENE)
    assert all(part in text for part in ("Norway", "0.60 years", "$13.9 bn", "49.0 %"))


def test_the_lever_is_told_before_and_after() -> None:
    assert "stands at 100 %. Share of finished US goods" in tour.sentences(2, SCENE)
    after = tour.sentences(2, replace(SCENE, pulled=True, value="50 %"))
    assert "now stands at 50 %. Speed for Norway: 2.4 months longer than the baseline (worse)." in after


def test_a_lever_that_moves_nothing_is_said_to_move_nothing() -> None:
    still = replace(SCENE, pulled=True, here=SCENE.here | {"gap_years": SAME})
    assert "no dial moves for Norway" in tour.sentences(2, still)


def test_one_state_stands_beside_all_and_no_unclear_difference_is_claimed() -> None:
    text = tour.sentences(3, SCENE)
    assert text == (
        "Speed for Norway: 2.4 months longer than the baseline (worse). "
        "Speed for Europe and Canada: no clear difference."
    )
    assert "look at Norway" in tour.sentences(3, replace(SCENE, looking=False, place="Poland"))


def test_in_the_baseline_levels_are_told() -> None:
    text = tour.sentences(3, replace(SCENE, is_baseline=True))
    assert text.startswith("Nothing is moved yet, so this is the baseline.")
    assert "missing for 0.60 years in Norway" in text


@pytest.mark.parametrize("step", range(1, tour.LAST + 1))
def test_every_step_is_short(step: int) -> None:
    assert f"Step {step} of 5" in tour.heading(step)
    assert len(tour.sentences(step, SCENE)) < 300
