"""What each industry contributes: what "without" means in the books of a run, and parts that add up."""

import json

import numpy as np
import pytest

from sim.evidence.seeds import load_seeds
from sim.experiment.analyse.marginal import industries, marginal, outcomes_of, runs, without
from sim.experiment.books import books
from sim.experiment.ensemble import run
from sim.experiment.points import Work
from sim.policy.scenario import load_scenario

BASE = load_scenario("baseline")
ALL = ("korea", "europe", "united_states", "other")
WORK = Work(replications=3, random_seed=2)
HOME = {line.id: set(line.home) | {line.country} for line in load_seeds().lines()}


@pytest.fixture(scope="module")
def found():
    return marginal(BASE, ["europe_canada", "POL"], WORK)


@pytest.mark.parametrize("industry", ALL)
def test_without_an_industry_nothing_new_is_sold_abroad_and_the_books_stay(industry):
    here, gone = (
        books(one, replications=2, random_seed=2).contracts for one in (BASE, without(BASE, [industry]))
    )
    new = gone[(gone["existing"] == 0) & (gone["industry"] == industry)]
    assert all(buyer in HOME[line] for buyer, line in zip(new["buyer"], new["line"], strict=True))
    before = here[(here["existing"] == 0) & (here["industry"] == industry)]
    assert any(buyer not in HOME[line] for buyer, line in zip(before["buyer"], before["line"], strict=True))
    old = ["replication", "contract", "buyer", "line", "quantity"]
    ordered, kept = (one[one["existing"] == 1][old].reset_index(drop=True) for one in (here, gone))
    assert ordered.equals(kept)


def test_korea_and_the_united_states_withdraw_as_in_the_scenarios_that_ask_for_it():
    for industry, name in (("korea", "no_korea"), ("united_states", "no_us")):
        assert without(BASE, [industry]).fingerprint() == load_scenario(name).fingerprint()


def test_home_customers_are_still_served():
    contracts = books(without(BASE, ALL), replications=2, random_seed=2).contracts
    new = contracts[contracts["existing"] == 0]
    assert set(new["industry"]) >= {"europe", "united_states"}
    assert "korea" not in set(new["industry"])


def test_the_levels_are_those_of_the_runs(found):
    record = found.record()["measures"]
    here, gone = (run(one, replications=3, random_seed=2) for one in (BASE, without(BASE, ["korea"])))
    change = here.values["gap_years"][:, 0] - gone.values["gap_years"][:, 0]
    assert record["gap_years"]["with_minus_without"]["korea"]["mean"] == pytest.approx(change.mean())
    assert record["gap_years"]["after"] == pytest.approx(here.values["gap_years"][:, 0].mean())
    capacity = here.industry_values["capacity"][:, here.industries.index("europe")]
    assert record["capacity.europe"]["after"] == pytest.approx(capacity.mean())


def test_parts_add_up_from_none_to_all(found):
    assert found.parts.sum(axis=0) == pytest.approx(found.values[-1] - found.values[0], abs=1e-6)
    for one in found.record()["measures"].values():
        assert one["total"] == pytest.approx(one["after"] - one["before"])
        assert sum(part["mean"] for part in one["parts"].values()) == pytest.approx(one["total"])


def test_the_record_says_what_withdrawn_means(found):
    record = json.loads(json.dumps(found.record(), allow_nan=False))
    assert record["industries"] == list(ALL)
    assert record["withdrawn"]["korea"] == {"levers": {"korean_supply": 0.0}, "facts": {}}
    held = record["withdrawn"]["europe"]["facts"]
    exporting = {line.id for line in load_seeds().lines() if line.industry == "europe" and not line.home_only}
    assert set(held) == {f"{line}.export_from" for line in exporting}
    assert set(held.values()) == {2050.0}
    assert record["scenarios"] == 16
    assert runs(BASE, WORK) == 16 * 3
    assert set(record["measures"]) == {one.id for one in outcomes_of(["europe_canada", "POL"])}
    assert "price_over_base.POL" in record["measures"]


def test_an_industry_that_was_gone_already_contributes_nothing():
    found = marginal(load_scenario("no_korea"), ["europe_canada"], WORK)
    korea = found.industries.index("korea")
    assert (found.parts[korea] == 0.0).all()
    record = found.record()["measures"]["gap_years"]
    assert record["with_minus_without"]["korea"]["mean"] == 0.0
    assert np.abs(found.parts[found.industries.index("united_states")]).max() > 0.0


def test_a_start_in_2022_has_the_same_industries():
    early = load_scenario("february_2022")
    assert industries(early) == ALL
    assert without(early, ["europe"]).start == "2022-02"
