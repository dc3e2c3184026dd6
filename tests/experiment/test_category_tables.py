"""What a place has and needs by category: typed by hand, and the same gap as a run notes."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from sim import run
from sim.experiment.books import books
from sim.experiment.category_tables import by_category, missing_share, over_years
from sim.model.state import QUARTER, YEAR
from tests.properties.runs import named

PLAIN = {
    "replication": 0, "year": 2026, "state": "POL", "category": "main_battle_tank", "stock": 60.0,
    "usable": 50.0, "lent": 0.0, "requirement": 100.0, "on_order": 20.0, "availability": 0.5,
}  # fmt: skip


def typed(*rows):
    """Books with these fleets; the United States are not part of Europe and Canada."""
    states = pd.DataFrame({"state": ["POL", "NOR", "USA"], "in_total": [1, 1, 0]})
    return SimpleNamespace(fleets=pd.DataFrame([PLAIN | row for row in rows]), states=states)


def test_a_state_is_read_off_its_own_rows():
    table = by_category(typed({"lent": 5.0}, {"state": "NOR"}), "POL")
    assert len(table) == 1
    row = table.iloc[0]
    assert (row.requirement, row.gap, row.usable, row.on_order) == (100.0, 40.0, 55.0, 20.0)
    assert row.availability == 0.5


def test_a_surplus_of_one_state_fills_no_gap_of_another():
    richer = {"state": "NOR", "stock": 180.0, "availability": 0.75}
    row = by_category(typed({}, richer, {"state": "USA", "stock": 0.0}), "europe_canada").iloc[0]
    assert (row.requirement, row.gap, row.on_order) == (200.0, 40.0, 40.0)
    assert row.availability == pytest.approx((60 * 0.5 + 180 * 0.75) / 240)


def test_a_state_without_stock_has_no_availability_and_counts_in_none():
    empty = {"state": "NOR", "stock": 0.0, "availability": np.nan}
    assert np.isnan(by_category(typed(empty), "NOR").iloc[0].availability)
    assert by_category(typed({}, empty), "europe_canada").iloc[0].availability == 0.5


def test_categories_that_are_not_needed_have_no_row():
    assert by_category(typed({}), "NOR").empty


def test_the_missing_share_is_the_mean_of_the_first_year_ends():
    table = by_category(
        typed({}, {"year": 2027, "stock": 80.0}, {"year": 2028, "stock": 0.0},
              *({"replication": 1, "year": year, "requirement": 0.0} for year in (2026, 2027, 2028))),
        "POL",
    )  # fmt: skip
    assert over_years(table, "main_battle_tank", "gap").tolist() == [[40.0, 20.0, 100.0], [0.0, 0.0, 0.0]]
    assert missing_share(table, "main_battle_tank", 2)[0] == pytest.approx(0.3)
    assert np.isnan(missing_share(table, "main_battle_tank", 2)[1])


@pytest.mark.parametrize("place", ["POL", "europe_canada"])
def test_gaps_at_base_prices_are_those_of_a_run(place):
    scenario = named("baseline")
    kept, result = books(scenario, replications=2), run(scenario, replications=2)
    ends = slice(YEAR // QUARTER, None, YEAR // QUARTER)
    noted = result.series["gap_share"][:, result.places.index(place), ends]
    members = [place] if place == "POL" else kept.states.loc[kept.states["in_total"] == 1, "state"].unique()
    worth = {"gap": 0.0, "requirement": 0.0}
    for state in members:
        table = by_category(kept, state)
        for category in table["category"].unique():
            own = kept.fleets[(kept.fleets["state"] == state) & (kept.fleets["category"] == category)]
            price = own.pivot(index="replication", columns="year", values="base_price").to_numpy()
            for name in worth:
                worth[name] = worth[name] + over_years(table, category, name) * price
    assert np.allclose(worth["gap"] / worth["requirement"], noted, atol=1e-6)
