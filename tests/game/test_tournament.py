"""What scripts gain on the rules, and that the published table is the published record."""

import json

import pytest

from sim import MODEL_VERSION
from sim.game.score import AllianceScore, BuyerScore, IndustryScore
from sim.game.seats import find_seat
from sim.game.setup import new_setup
from sim.game.strategies import SCRIPTS
from sim.game.tournament import gain, gained, summary, tournament
from tests.structure.tree import ROOT

HINT = "run `sim game tournament --json > docs/game_strategies.json` and write its numbers into docs/game.md"


def test_the_mean_and_its_interval_over_games():
    found = summary([1.0, 2.0, 3.0])
    assert (found["gain"], found["above"], found["games"]) == (2.0, 3, 3)
    assert found["high"] - 2.0 == pytest.approx(4.302653 / 3**0.5, abs=1e-4)  # t of two degrees of freedom
    assert found["low"] == pytest.approx(4.0 - found["high"])
    assert summary([-1.0]) == {"gain": -1.0, "low": -1.0, "high": -1.0, "above": 0, "games": 1}


def test_each_kind_of_seat_gains_in_its_own_score():
    buyer = BuyerScore("POL", 60.0, 50.0, 70.0, 61.0, 0.7, 0.1, 58.0, 2.0, 1.0, 3.0)
    assert gained(buyer) == 2.0
    assert gained(IndustryScore("korea", 90.0, 0.0, 0.0, 0.0, 0.0, 100.0)) == -10.0
    assert gained(AllianceScore("alliance", 0.5, "CAN", 3.0, 0.25)) == 0.25


@pytest.mark.parametrize(("seat", "script"), [("korea", "rule"), ("alliance", "idle")])
def test_who_leaves_all_to_the_rules_gains_nothing(seat, script):
    assert gain(new_setup(random_seed=5, turns=2), find_seat(seat), script, 4) == 0.0


def test_every_script_of_every_seat_plays():
    record = tournament(new_setup(random_seed=5, turns=1, seats=("POL", "korea")), 2, 2)
    assert {one["script"] for one in record["buyers"]} == set(SCRIPTS["state"])
    assert {one["games"] for one in record["seats"]} == {2}
    assert len(record["seats"]) == len(SCRIPTS["state"]) + len(SCRIPTS["industry"])


def test_the_published_table_is_that_of_this_model():
    record = json.loads((ROOT / "docs" / "game_strategies.json").read_text(encoding="utf-8"))
    text = (ROOT / "docs" / "game.md").read_text(encoding="utf-8")
    assert record["model_version"] == MODEL_VERSION, HINT
    assert {one["script"] for one in record["buyers"]} == set(SCRIPTS["state"]), HINT
    for one in record["buyers"]:
        row = next(line for line in text.splitlines() if line.startswith(f"| `{one['script']}` |"))
        points, low, high = (f"{one[name]:+.1f}" for name in ("gain", "low", "high"))
        assert row.endswith(f"| {points} | {low} to {high} | {one['above']} of {one['games']} |"), HINT
