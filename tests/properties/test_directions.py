"""What must move which way: every lever by its rule with orders frozen, and outcomes on average."""

from fnmatch import fnmatch

import numpy as np
import pytest

from sim import compare, run
from sim.estimation.directions import direction_checks, directions
from sim.evidence.seeds import load_seeds
from sim.experiment.probe import probe
from sim.policy.levers import levers
from tests.properties.runs import ensemble, named

REPLICATIONS = 60


@pytest.fixture(scope="module")
def checks():
    """Every lever set low and high on the rules with orders frozen."""
    return {check.name: check for check in direction_checks(probe)}


def test_every_lever_has_one_direction():
    patterns, known = [one.lever for one in directions()], levers(load_seeds())
    found = {name: [one for one in patterns if fnmatch(name, one)] for name in known}
    assert {name: many for name, many in found.items() if len(many) != 1} == {}
    assert set(patterns) == {one for many in found.values() for one in many}


@pytest.mark.parametrize("lever", [one.lever for one in directions()])
def test_a_lever_moves_its_measure_the_expected_way(lever, checks):
    check = checks[f"p15_{lever}"]
    assert check.passed, check.note


def test_every_category_has_its_output_and_states_their_agreement_and_doctrine():
    """The example of a pattern could be the only lever that works: others are tried too."""
    found = {one.lever: one for one in directions()}
    for lever, pattern in (
        ("output.combat_aircraft", "output.*"), ("output.self_propelled_howitzer", "output.*"),
        ("agreement.EST", "agreement.*"), ("doctrine.DEU.speed", "doctrine.*.speed"),
        ("doctrine.ROU.cost", "doctrine.*.cost"), ("doctrine.FIN.reliance", "doctrine.*.reliance"),
    ):  # fmt: skip
        one = found[pattern]
        low, high = (
            probe(named("baseline").with_levers({lever: value}))[one.measure] for value in (one.low, one.high)
        )
        assert (high > low) == (one.direction == "more"), lever
        assert high != low, lever


def orders_of(industry, result):
    """New orders of Europe and Canada from one industry in each replication, million dollars."""
    return result.industry_values["orders_value"][:, result.industries.index(industry)]


def change(moved, measure, place="europe_canada"):
    """The paired difference of a scenario from the baseline; its bounds hold 90 % of means."""
    other = run(moved, replications=REPLICATIONS)
    return compare(ensemble("baseline", REPLICATIONS), other).difference(other, measure, place)


@pytest.mark.parametrize(("industry", "lever"), [("korea", "korean_supply"), ("united_states", "us_supply")])
def test_without_new_orders_an_industry_sells_nothing(industry, lever):
    without = run(named("baseline").with_levers({lever: 0}), replications=REPLICATIONS)
    assert (orders_of(industry, without) == 0).all()
    assert (orders_of(industry, ensemble("baseline", REPLICATIONS)) > 0).mean() > 0.9


@pytest.mark.parametrize("industry", ["korea", "europe", "united_states"])
def test_more_money_brings_more_orders(industry):
    less, more = (
        run(named("baseline").with_levers({"spending_delivery": share}), replications=REPLICATIONS)
        for share in (0.4, 1.4)
    )
    found = orders_of(industry, more) - orders_of(industry, less)
    error = found.std(ddof=1) / np.sqrt(REPLICATIONS)
    assert found.mean() - 1.645 * error > 0


def test_price_inflation_raises_the_price_paid():
    assert change(named("baseline").with_levers({"price_inflation": 0.06}), "price_over_base").mean_low > 0


def test_halved_output_leaves_larger_gaps():
    halved = {name: 0.5 for name in named("baseline").levers if name.startswith("output.")}
    assert change(named("baseline").with_levers(halved), "gap_years").mean_low > 0


def test_a_higher_threat_leaves_larger_gaps():
    """States want more than plants can make at once."""
    assert change(named("baseline").with_levers({"threat": 1.6}), "gap_years").mean_low > 0


@pytest.mark.parametrize(
    ("scenario", "place"), [("us_pause", "europe_canada"), ("peninsula_contingency", "POL")]
)
def test_a_hold_leaves_fewer_on_time(scenario, place):
    assert change(named(scenario), "on_time_share", place).mean_high < 0
