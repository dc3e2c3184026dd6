"""The contrasts are scenarios of the project with one change each, run when asked for and not twice."""

import pandas as pd
import pytest

from sim.estimation import contrasts
from sim.estimation.contrasts import runner, scenario_of
from sim.estimation.pattern_ties import HELD, HELD_SHARE
from sim.evidence.seeds import load_seeds
from sim.policy.levers import levers
from tests.estimation.frames import books

STATES = ["POL", "DEU"]
KNOWN = levers(load_seeds())
SETTINGS = {
    "dearer": "price_inflation", "richer": "spending_delivery", "us_busy": "us_home_build_up",
    "no_us": "us_supply", "cheapest": "doctrine.POL.cost", "no_agreements": "agreement.POL",
    "agreements": "agreement.POL", "alone": "joint_share", "together": "joint_share", "no_hubs": "mro_hubs",
    "hubs": "mro_hubs",
}  # fmt: skip


@pytest.mark.parametrize(("name", "lever"), SETTINGS.items())
def test_a_contrast_moves_its_lever(name, lever):
    if lever not in KNOWN:
        pytest.skip(f"the seeds have no lever {lever} yet")
    today = scenario_of("baseline", STATES).levers[lever]
    changed = scenario_of(name, STATES).levers
    assert changed[lever] != today or name in ("agreements", "no_agreements")
    assert changed["threat"] == KNOWN["threat"].default


@pytest.mark.parametrize(
    ("name", "lever"), [("us_held", "us_delivery_release"), ("korea_held", "korean_delivery_release")]
)
def test_a_hold_ends(name, lever):
    if lever not in KNOWN:
        pytest.skip(f"the seeds have no lever {lever} yet")
    schedule = [(one.at, one.lever, one.value) for one in scenario_of(name, STATES).schedule]
    assert schedule == [(HELD[0], lever, HELD_SHARE), (HELD[1], lever, KNOWN[lever].default)]


def test_an_unknown_contrast_is_an_error():
    with pytest.raises(KeyError):
        scenario_of("nothing", STATES)


def test_runs_are_made_once_and_the_starts_kept(monkeypatch):
    asked: list[str] = []

    def run_books(scenario, **settings: object) -> object:
        asked.append(scenario)
        assert settings == {"replications": 20, "random_seed": 7}
        return scenario

    module = type("Module", (), {"books": staticmethod(run_books)})
    monkeypatch.setitem(__import__("sys").modules, "sim.experiment.books", module)
    monkeypatch.setattr(contrasts, "scenario_of", lambda name, states: name)
    monkeypatch.setattr(contrasts, "view", lambda made: made)
    run = runner(load_seeds(), 20, 7)
    for name in ("baseline", "no_us", "baseline", "no_us", "hubs", "alone", "no_us", "baseline"):
        assert run(name) == name
    assert asked == ["baseline", "no_us", "hubs", "alone", "no_us"]


def test_hand_made_books_are_views():
    assert isinstance(books().contracts, pd.DataFrame)
