"""The runs that the checks compare: the baseline, the start of 2022, and one change at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from sim.estimation.pattern_ties import HELD, HELD_SHARE
from sim.estimation.views import View, view
from sim.evidence.seeds import Seeds
from sim.policy.scenario import Scenario, load_scenario, scenario_from_dict

BASE, PAST = "baseline", "february_2022"
Run = Callable[[str], View]


def scenario_of(name: str, states: Iterable[str]) -> Scenario:
    """The scenario of a contrast by name; raises KeyError for a name that is not one."""
    every = sorted(states)
    settings: dict[str, dict[str, float]] = {
        "dearer": {"price_inflation": 0.03},
        "richer": {"spending_delivery": 1.0},
        "us_busy": {"us_home_build_up": 0.5},
        "no_us": {"us_supply": 0.0},
        "cheapest": {
            f"doctrine.{state}.{goal}": 3.0 if goal == "cost" else 0.0
            for state in every
            for goal in ("speed", "cost", "reliance")
        },
        "no_agreements": {f"agreement.{state}": 0.0 for state in every},
        "agreements": {f"agreement.{state}": 1.0 for state in every},
        "alone": {"joint_share": 0.0},
        "together": {"joint_share": 0.6},
        "no_hubs": {"mro_hubs": 0.0},
        "hubs": {"mro_hubs": 4.0},
    }
    if name in (BASE, PAST):
        return load_scenario(name)
    if name in ("korea_held", "us_held"):
        return _held("korean_delivery_release" if name == "korea_held" else "us_delivery_release")
    return load_scenario(BASE, set=settings[name])


def _held(lever: str) -> Scenario:
    """The baseline with finished goods held for two years."""
    today = load_scenario(BASE).levers[lever]
    first, last = HELD
    return scenario_from_dict(
        {
            "title": "Finished goods held",
            "extends": BASE,
            "schedule": [
                {"lever": lever, "at": first, "value": HELD_SHARE},
                {"lever": lever, "at": last, "value": today},
            ],
        },
        id="held",
    )


def runner(seeds: Seeds, replications: int, random_seed: int) -> Run:
    """A function that runs a contrast when it is asked for; all have the same random seed.

    The two starts are kept for good and the last two contrasts until others come: frames are large.
    """
    from sim.experiment.books import books

    names = [state.id for state in seeds.states()]
    kept: dict[str, View] = {}

    def fresh(name: str) -> View:
        return view(books(scenario_of(name, names), replications=replications, random_seed=random_seed))

    lately = lru_cache(maxsize=2)(fresh)

    def run(name: str) -> View:
        if name not in (BASE, PAST):
            return lately(name)
        if name not in kept:
            kept[name] = fresh(name)
        return kept[name]

    return run
