"""Units and money are conserved whatever the levers say, and no measure leaves its bounds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import Result, run
from sim.experiment.ensemble import world_of
from sim.model.state import MAX_CONTRACTS, MONTHS
from sim.policy.scenario import Scenario
from tests.properties.runs import NAMES, ensemble, named

SHARES = ("on_time_share", "reliance_orders", "reliance_fleet", "worst_authority_share", "european_content",
          "availability")  # fmt: skip
NEVER_NEGATIVE = (
    "gap_years", "usable_gap_years", "months_to_delivery", "months_to_usable", "cost_pv", "cost_per_usable",
    "vetoes_per_item", "effective_authorities", "families",
)  # fmt: skip


def assert_conserved(result: Result) -> None:
    """Hold the ledgers kept in every month of every replication to what they may be off by."""
    assert result.counts["units_error"].max() < 1e-6
    assert result.counts["money_error"].max() < 1e-9
    existing = len(world_of(start=result.start).contracts)
    assert result.counts["contracts"].max() + existing < MAX_CONTRACTS, "the book of contracts is full"


def assert_bounded(result: Result) -> None:
    """Hold measures to what they can be: shares within 0 and 1, gap-years no longer than the run."""
    for name, numbers in result.values.items():
        known = numbers[~np.isnan(numbers)]
        assert np.isfinite(known).all(), name
        if name in SHARES:
            assert known.min(initial=0) >= 0, name
            assert known.max(initial=0) <= 1 + 1e-9, name
        if name in NEVER_NEGATIVE:
            assert known.min(initial=0) >= 0, name
    year, month = (int(part) for part in result.start.split("-"))
    limit = min(MONTHS / 12, result.scenario.horizon_year - year - (month - 1) / 12)
    for name in ("gap_years", "usable_gap_years"):
        assert np.nanmax(result.values[name]) <= limit + 1e-6
    waited, crewed = result.values["months_to_delivery"], result.values["months_to_usable"]
    assert (waited <= crewed + 1e-9)[~np.isnan(waited)].all(), "usable before it is delivered"
    for name, numbers in result.industry_values.items():
        assert np.isfinite(numbers).all(), name
        assert numbers.min() >= -1e-6, name
    shares = result.industry_values["share_orders"].sum(axis=1)
    ordered = result.industry_values["orders_value"].sum(axis=1) > 0
    assert np.allclose(shares, ordered)


@pytest.mark.parametrize("name", NAMES)
def test_units_and_money_are_conserved_in_every_scenario(name):
    assert_conserved(ensemble(name, 50))


@pytest.mark.parametrize("name", NAMES)
def test_measures_stay_within_their_bounds_in_every_scenario(name):
    assert_bounded(ensemble(name, 50))


@pytest.mark.parametrize("name", ["baseline", "us_pause", "cooperation_dialogue", "february_2022"])
def test_without_equipment_on_loan_no_more_is_usable_than_was_delivered(name):
    result = run(named(name).with_levers({"stopgap_loans": 0}), replications=20)
    delivered, usable = result.values["gap_years"], result.values["usable_gap_years"]
    assert (delivered <= usable + 1e-9)[~np.isnan(delivered)].all()


def settings_of(scenario: Scenario) -> st.SearchStrategy[dict[str, float]]:
    """Up to eight levers of a scenario, each anywhere in its range, ends included."""

    def values(lever):
        if lever.kind == "switch":
            return st.sampled_from([0.0, 1.0])
        return st.sampled_from([lever.low, lever.high]) | st.floats(lever.low, lever.high)

    chosen = st.lists(st.sampled_from(scenario.catalogue), unique_by=lambda lever: lever.id, max_size=8)
    return chosen.flatmap(lambda found: st.fixed_dictionaries({lever.id: values(lever) for lever in found}))


@settings(max_examples=40)
@given(
    changes=settings_of(named("baseline")),
    name=st.sampled_from(NAMES),
    random_seed=st.integers(0, 2**63 - 1),
    uncertainty=st.sampled_from(["evidence", "none"]),
)
def test_nothing_is_made_or_lost_whatever_the_levers_say(changes, name, random_seed, uncertainty):
    scenario = named(name).with_levers(changes)
    result = run(scenario, replications=2, random_seed=random_seed, uncertainty=uncertainty)
    assert_conserved(result)
    assert_bounded(result)


@pytest.mark.parametrize("end", ["low", "high"])
def test_nothing_is_made_or_lost_with_every_lever_at_an_end(end):
    every = {lever.id: getattr(lever, end) for lever in named("baseline").catalogue}
    result = run(named("baseline").with_levers(every), replications=10)
    assert_conserved(result)
    assert_bounded(result)
