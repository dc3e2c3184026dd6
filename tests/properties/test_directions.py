"""What must move which way on average, whatever the estimates say."""

import numpy as np
import pytest

from sim import compare, run
from tests.properties.runs import ensemble, named

REPLICATIONS = 60


def orders_of(industry, result):
    """New orders of Europe and Canada from one industry in each replication, million dollars."""
    return result.industry_values["orders_value"][:, result.industries.index(industry)]


def mean_change(changes, measure, base="baseline"):
    """The paired mean difference for Europe and Canada when levers are moved."""
    moved = run(named(base).with_levers(changes), replications=REPLICATIONS)
    return compare(ensemble(base, REPLICATIONS), moved).difference(moved, measure, "europe_canada").mean


def test_without_new_korean_orders_korea_sells_nothing():
    assert (orders_of("korea", ensemble("no_korea", REPLICATIONS)) == 0).all()
    assert (orders_of("korea", ensemble("baseline", REPLICATIONS)) > 0).mean() > 0.9


def test_without_new_us_orders_the_united_states_sell_nothing_abroad():
    without = run(named("baseline").with_levers({"us_supply": 0}), replications=REPLICATIONS)
    assert (orders_of("united_states", without) == 0).all()
    assert (orders_of("united_states", ensemble("baseline", REPLICATIONS)) > 0).mean() > 0.9


def test_price_inflation_raises_the_price_paid():
    assert mean_change({"price_inflation": 0.06}, "price_over_base") > 0


@pytest.mark.parametrize("industry", ["korea", "europe", "united_states"])
def test_more_money_brings_more_orders(industry):
    less, more = (
        run(named("baseline").with_levers({"spending_delivery": share}), replications=REPLICATIONS)
        for share in (0.2, 1.2)
    )
    assert (orders_of(industry, more) - orders_of(industry, less)).mean() > 0


def test_a_pause_of_us_deliveries_leaves_fewer_on_time():
    base, pause = ensemble("baseline", REPLICATIONS), ensemble("us_pause", REPLICATIONS)
    found = compare(base, pause).difference(pause, "on_time_share", "europe_canada")
    assert found.mean < 0
    assert found.mean_high < 0


def test_halved_output_leaves_larger_gaps():
    halved = {name: 0.5 for name in named("baseline").levers if name.startswith("output.")}
    assert mean_change(halved, "gap_years") > 0


def test_a_crisis_in_korea_leaves_fewer_on_time_in_poland():
    base, crisis = ensemble("baseline", REPLICATIONS), ensemble("peninsula_contingency", REPLICATIONS)
    found = compare(base, crisis).difference(crisis, "on_time_share", "POL")
    assert found.mean < 0


def test_a_higher_threat_asks_for_more():
    """The requirement of every state with a need grows, or stays where its exposure is nil."""
    calm = run(named("baseline").with_levers({"threat": 0.6}), replications=5)
    tense = run(named("baseline").with_levers({"threat": 1.6}), replications=5)
    change = np.nanmean(tense.values["gap_years"][:, 0] - calm.values["gap_years"][:, 0])
    assert change > 0
