"""The books as tables: their rows, what adds up within them, and that they are those of `run`."""

import numpy as np
import pandas as pd
import pytest

from sim import run
from sim.evidence.seeds import load_seeds
from sim.experiment.books import books, contracts_now, run_months
from sim.experiment.books_tables import HOT_MONTHS, KINDS, _committed, _kinds
from sim.experiment.ensemble import Cancelled, world_of
from sim.model.records import records
from sim.model.state import CAUSES, MONTHS, ROUTES
from sim.policy.errors import ScenarioError
from tests.properties.runs import named, opened, toy_scenario
from tests.toy import toy_with_rules

REPLICATIONS = 3
SCENARIOS = ("baseline", "us_pause", "february_2022")
FRAMES = ("contracts", "deliveries", "states", "fleets", "families", "lines", "frameworks")


@pytest.fixture(scope="module", params=SCENARIOS)
def pair(request):
    """The books of a scenario and the result of `run` under the same random seed."""
    scenario = named(request.param)
    return books(scenario, replications=REPLICATIONS), run(scenario, replications=REPLICATIONS)


@pytest.fixture(scope="module")
def kept():
    """The books of the baseline."""
    return books(named("baseline"), replications=REPLICATIONS)


def new(frame):
    """Contracts signed since the start."""
    return frame[frame["existing"] == 0]


def by_replication(values, frame):
    """The sum in each replication."""
    return values.groupby(frame["replication"]).sum().to_numpy()


def test_orders_and_contracts_are_those_of_a_run(pair):
    found, result = pair
    signed = new(found.contracts)
    assert (signed.groupby("replication").size().to_numpy() == result.counts["contracts"]).all()
    counted = signed[signed["in_total"] == 1]
    for at, industry in enumerate(result.industries):
        of_it = counted["value"].where(counted["industry"] == industry, 0.0)
        assert np.allclose(by_replication(of_it, counted), result.industry_values["orders_value"][:, at])


def test_prices_and_content_of_orders_are_those_of_a_run(pair):
    found, result = pair
    signed = new(found.contracts)
    for state in ("POL", "DEU", "USA"):
        mine = signed[signed["buyer"] == state]
        base = by_replication(mine["quantity"] * mine["base_price"], mine)
        value = by_replication(mine["value"], mine)
        at = result.places.index(state)
        assert np.allclose(value / base - 1.0, result.values["price_over_base"][:, at])
        content = by_replication(mine["value"] * mine["content"], mine)
        assert np.allclose(content / value, result.values["european_content"][:, at])


def test_punctuality_is_that_of_a_run(pair):
    found, result = pair
    table = found.contracts[(found.contracts["in_total"] == 1) & (found.contracts["promised"] + 3 < MONTHS)]
    on_time = (table["first"] <= table["promised"] + 3).groupby(table["replication"]).mean()
    assert np.allclose(on_time, result.values["on_time_share"][:, 0])


def test_tenders_are_those_of_a_run(pair):
    found, result = pair
    for name in ("tenders", "waited", "collapsed"):
        assert (by_replication(found.states[name], found.states) == result.counts[name]).all(), name


def test_order_books_are_those_of_a_run_at_its_end(pair):
    found, result = pair
    last = found.lines[found.lines["year"] == found.lines["year"].max()]
    for at, industry in enumerate(result.industries):
        value = (last["backlog"] * last["base_price"]).where(last["industry"] == industry, 0.0)
        assert np.allclose(
            by_replication(value, last), result.industry_series["backlog"][:, at, -1], rtol=1e-5
        )


def test_threads_and_length_change_nothing(kept):
    one = books(named("baseline"), replications=REPLICATIONS, threads=1)
    more = books(named("baseline"), replications=REPLICATIONS + 1, threads=2)
    for name in FRAMES:
        table, longer = getattr(kept, name), getattr(more, name)
        pd.testing.assert_frame_equal(getattr(one, name), table)
        longer = longer[longer["replication"] < REPLICATIONS].reset_index(drop=True)
        pd.testing.assert_frame_equal(longer, table)


def test_another_random_seed_gives_other_books_and_bad_arguments_are_refused():
    one = books(named("baseline"), replications=1, random_seed=2)
    other = run(named("baseline"), replications=1, random_seed=2)
    assert len(new(one.contracts)) == other.counts["contracts"][0]
    with pytest.raises(ScenarioError, match="replications must lie between"):
        books(named("baseline"), replications=0)


def test_without_uncertainty_books_are_those_of_such_a_run():
    one = books(named("baseline"), replications=1, uncertainty="none")
    other = run(named("baseline"), replications=1, uncertainty="none")
    assert len(new(one.contracts)) == other.counts["contracts"][0]


@pytest.mark.parametrize(("name", "first"), [("baseline", 2026), ("february_2022", 2023)])
def test_the_rows_of_each_table(name, first):
    found = books(named(name), replications=2)
    world = world_of(start=found.start)
    needs = int((world.template["pairs"]["needed"] == 1).sum())
    years = list(range(first, first + 10))
    rows = {"states": len(world.buyers), "fleets": 10 * needs, "lines": 10 * len(world.lines),
            "frameworks": len(world.frameworks)}  # fmt: skip
    for table, count in rows.items():
        frame = getattr(found, table)
        assert (frame.groupby("replication").size() == count).all(), table
        assert frame["replication"].tolist() == sorted(frame["replication"]), table
    for table in ("fleets", "families", "lines"):
        assert sorted(getattr(found, table)["year"].unique()) == years, table
    assert [column for column in found.states if column.startswith("inflow_")] == [
        f"inflow_{year}" for year in years
    ]
    existing = found.contracts[found.contracts["existing"] == 1]
    assert (existing.groupby("replication").size() == len(world.contracts)).all()
    assert found.replications == 2
    assert found.start == named(name).start


def test_ids_are_categories_of_the_world(kept):
    world = world_of()
    known = {"buyer": world.buyers, "line": world.lines, "category": world.categories, "route": ROUTES,
             "industry": world.industries, "family": world.families, "authority": world.authorities,
             "kind": KINDS}  # fmt: skip
    for column, names in known.items():
        assert tuple(kept.contracts[column].cat.categories) == tuple(names), column
    lines = {line.id: line for line in load_seeds().lines()}
    for row in kept.contracts.drop_duplicates("line").itertuples():
        line = lines[row.line]
        assert (row.category, row.industry, row.family, row.authority) == (
            line.category, line.industry, line.family, line.authority,
        )  # fmt: skip


def test_a_state_ordered_what_its_contracts_say(kept):
    signed = new(kept.contracts)
    keys = [signed["replication"], signed["buyer"]]
    sums = signed["value"].groupby(keys, observed=False).sum().to_numpy()
    assert np.allclose(sums, kept.states["orders_value"])
    assert (signed.groupby(keys, observed=False).size().to_numpy() == kept.states["contracts"]).all()


def test_the_money_of_the_years_is_the_money_of_the_run(kept):
    """What was in hand at the start came before the first year."""
    years = [column for column in kept.states if column.startswith("inflow_")]
    assert (kept.states[years] >= 0).to_numpy().all()
    assert (kept.states.loc[kept.states["state"] == "POL", years] > 0).to_numpy().all()
    before = kept.states["received"] - kept.states[years].sum(axis=1)
    assert (before >= -1e-6).all()
    spent = kept.states["received"] - kept.states["lapsed"] - kept.states["paid"]
    assert np.allclose(spent, kept.states["cash"], atol=1e-3)


def test_families_add_up_to_fleets(kept):
    """Families of less than one unit have no row."""
    category = {family.id: family.category for family in load_seeds().families()}
    families = kept.families.assign(category=kept.families["family"].astype(str).map(category))
    keys = ["replication", "year", "state", "category"]
    families["state"] = families["state"].astype(str)
    summed = families.groupby(keys)["stock"].sum()
    rows = kept.fleets.assign(**{name: kept.fleets[name].astype(str) for name in ("state", "category")})
    stock = rows.set_index(keys)["stock"]
    missing = stock - summed.reindex(stock.index, fill_value=0.0)
    count = len(world_of().families) / len(world_of().categories)
    assert missing.min() > -1e-6
    assert missing.max() < count
    assert (kept.families["stock"] >= 1.0).all()
    assert (kept.families["usable"] <= kept.families["stock"] + 1e-9).all()


def test_a_line_made_over_the_years_what_its_contracts_got_or_wait_for(kept):
    table = kept.lines
    assert (table["made_here"] >= -1e-9).all()
    assert (table["made"] >= table["made_here"] - 1e-9).all()
    keys = ["replication", "line"]
    made = table.groupby(keys, observed=False)["made_here"].sum()
    contracts = kept.contracts
    delivered = contracts["delivered"].groupby([contracts[key] for key in keys], observed=False).sum()
    # What was in progress at the start was made before: a part of every contract in the books at most.
    begun = contracts["quantity"].where(contracts["existing"] == 1, 0.0)
    begun = begun.groupby([contracts[key] for key in keys], observed=False).sum()
    assert (delivered <= made + begun + 1e-6).all()


def test_months_are_missing_only_for_what_has_not_come(kept):
    table = kept.contracts
    none, all_of_it = table["delivered"] == 0, table["delivered"] == table["quantity"]
    assert (table["first"].isna() == none).all()
    assert (table["usable"].isna() == none).all()
    assert (table["last"].isna() == ~all_of_it).all()
    assert (table["urgency"].isna() == (table["existing"] == 1)).all()
    assert (table["value"] == table["quantity"] * table["unit_price"]).all()


def test_waiting_by_cause_adds_up_to_the_first_delivery(kept):
    table = new(kept.contracts)
    here = table[table["first"].notna()]
    waited = here[[f"months_{cause}" for cause in CAUSES]].sum(axis=1)
    assert np.allclose(waited, here["first"] - here["signed"])


def test_no_framework_turns_into_more_than_it_allowed(kept):
    table = kept.frameworks
    assert (table["units"] > 0).all()
    assert (table["converted"] >= 0).all()
    assert (table["converted"] <= table["units"] + 1e-9).all()
    assert table["converted"].sum() > 0


def test_a_reader_who_moves_on_stops_the_books():
    with pytest.raises(Cancelled):
        books(named("baseline"), replications=2, cancel=lambda: True)


def test_the_contracts_of_a_workspace_are_those_of_the_books(kept):
    place = opened(named("baseline"), 1)
    run_months(place.state, 0, MONTHS)
    now = contracts_now(world_of(), place)
    then = kept.contracts[kept.contracts["replication"] == 1].reset_index(drop=True)
    pd.testing.assert_frame_equal(now.drop(columns="replication"), then.drop(columns="replication"))


def test_kinds_of_supply():
    lines = records("lines", 2)
    lines["surplus"] = (0, 1)
    rows = records("contracts", 5)
    rows["line"] = (0, 0, 0, 0, 1)
    rows["months_queue"] = (0.0, HOT_MONTHS, HOT_MONTHS + 1.0, 99.0, 99.0)
    rows["months_ramp"] = (0.0, 0.0, 0.0, 1.0, 1.0)
    assert [KINDS[kind] for kind in _kinds(rows, lines)] == ["hot", "hot", "queued", "new", "stock"]


def test_deliveries_by_year_are_those_of_a_run_and_of_the_contracts(pair):
    found, result = pair
    table, contracts = found.deliveries, found.contracts
    assert table["units"].min() > 0
    assert table["year"].min() == int(found.start[:4])
    assert table["units"].sum() == contracts["delivered"].sum()
    assert np.isclose(table["value"].sum(), (contracts["delivered"] * contracts["unit_price"]).sum())
    first = 13 - int(found.start[5:])  # months of the first calendar year
    counted = table[table["in_total"] == 1]
    for at, industry in enumerate(result.industries):
        mine = counted[(counted["industry"] == industry) & (counted["year"] < int(found.start[:4]) + 4)]
        months = first + 36
        if months % 3 == 0:  # series are noted by quarter
            noted = result.industry_series["deliveries_value"][:, at, months // 3]
            assert np.allclose(by_replication(mine["value"], mine), noted, rtol=1e-5)


def test_a_contract_in_the_books_has_its_id_and_others_none(kept):
    table = kept.contracts
    assert (table["contract"].isna() == (table["existing"] == 0)).all()
    order = load_seeds().value("POL-k2-2025", "quantity")
    assert (table.loc[table["contract"] == "POL-k2-2025", "quantity"] == order).all()
    assert (table.loc[table["contract"] == "POL-k2-2025", "line"] == "k2_changwon").all()


def test_what_falls_due_of_contracts_in_the_books_within_three_years():
    # Twelve at 10 million, half paid. Months 0 to 71: a half is done by month 36, so 30 million. Months -12
    # to 59: a sixth is behind, four sixths are done by month 36: a half again. With a loan for the whole
    # rest nothing is due in cash. What begins after three years is not counted, what ends before in full.
    rows = records("contracts", 5)
    rows["quantity"], rows["unit_price"], rows["paid_share"] = 12.0, 10.0, 0.5
    rows["start"], rows["finish"] = (0, -12, 0, 36, 0), (71, 59, 71, 99, 35)
    rows["credit"] = (0.0, 0.0, 1.0, 0.0, 0.0)
    rows["buyer"] = (0, 1, 2, 3, 3)
    assert _committed(5, rows).tolist() == pytest.approx([30.0, 30.0, 0.0, 60.0, 0.0])


@pytest.fixture(scope="module")
def toy(tmp_path_factory):
    """The toy seeds and the books of their plain scenario."""
    seeds = load_seeds(toy_with_rules(tmp_path_factory.mktemp("toy")))
    return seeds, books(toy_scenario(seeds), replications=4, seeds=seeds)


def test_books_of_the_toy_world(toy):
    seeds, found = toy
    assert len(found.states) == 4 * 3
    assert len(found.fleets) == 4 * 10 * 4  # four needs
    assert len(found.lines) == 4 * 10 * 4
    assert found.frameworks.empty
    assert set(found.contracts["buyer"]) <= {"POL", "NOR", "USA"}
    poland = found.contracts[(found.contracts["buyer"] == "POL") & (found.contracts["existing"] == 1)]
    assert poland["quantity"].tolist() == [seeds.value("POL-k2-2025", "quantity")] * 4


def test_the_toy_world_runs_as_its_books_say(toy):
    seeds, found = toy
    result = run(toy_scenario(seeds), replications=4, seeds=seeds)
    signed = new(found.contracts)
    sizes = signed.groupby("replication").size().reindex(range(4), fill_value=0)
    assert (sizes.to_numpy() == result.counts["contracts"]).all()
    counted = signed[signed["in_total"] == 1]
    value = counted.groupby("replication")["value"].sum().reindex(range(4), fill_value=0.0)
    assert np.allclose(value, result.industry_values["orders_value"].sum(axis=1))
    assert len(signed) > 0


def test_a_home_order_is_domestic_and_bids_of_korea_are_noted(toy):
    _, found = toy
    american = found.contracts["buyer"] == "USA"
    assert (found.contracts["domestic"][american] == 1).all()
    assert (found.contracts["domestic"][~american] == 0).all()
    signed = new(found.contracts)
    korean = signed[signed["industry"] == "korea"]
    assert len(korean) > 0
    assert (korean["korea_bid"] == 1).all()  # a call from a framework is an offer too
    assert (signed["korea_bid"][american] == 0).all()  # bought at home only
