"""Flows of equipment: sums that agree with the books, arcs in the right place, and the same in sentences."""

import altair
import numpy as np
import pandas as pd
import pytest

from sim.evidence.seeds import load_seeds
from sim.experiment.books import books
from sim.policy.scenario import load_scenario
from sim.report import charts, flows, geography
from sim.report.flows import Wanted
from tests.report import trade

BOTH = Wanted("europe_canada", (2026, 2027))
LESS = tuple(row for row in trade.DELIVERED if row[3] != "k2")


def table(delivered=trade.DELIVERED, wanted: Wanted = BOTH) -> pd.DataFrame:
    """The flows of books typed by hand as baseline, and of others as scenario."""
    base = trade.books()
    other = base if delivered is trade.DELIVERED else trade.books(delivered)
    return flows.flows(base, other, trade.ATLAS.plants, wanted)


def test_a_flow_is_the_mean_of_the_runs_from_the_state_of_the_plant():
    found = table().set_index(["origin", "buyer", "category"])
    assert found["value"].to_dict() == {
        ("KOR", "POL", "tank"): 750.0,
        ("POL", "POL", "gun"): 80.0,
        ("KOR", "POL", "gun"): 25.0,
        ("KOR", "NOR", "gun"): 20.0,
    }
    assert found.loc[("KOR", "POL", "tank"), "units"] == 25.0
    assert found.loc[("KOR", "POL", "tank"), "lines"] == ("k2",)
    assert set(found["verdict"]) == {"same"}


def test_a_flow_that_ends_stands_with_its_difference_from_the_baseline():
    found = table(LESS)
    gone = found[found["category"] == "tank"].iloc[0]
    assert (gone["value"], gone["baseline"], gone["difference"]) == (0.0, 750.0, -750.0)
    assert gone["low"] == pytest.approx(-900.0 + 0.05 * 300.0)
    assert gone["verdict"] == "down"
    assert "tank" not in set(flows.arcs(found, "POL")[0].get("category", []))
    assert flows.arcs(found, "POL")[0]["value"].tolist() == [25.0, 20.0]


def test_arcs_and_discs_together_are_all_that_the_books_hand_over():
    found = books(load_scenario("baseline"), replications=3)
    atlas = flows.atlas(load_seeds())
    for place in ("POL", "USA", "europe_canada"):
        wanted = Wanted(place, (2026, 2035))
        flow = flows.flows(found, found, atlas.plants, wanted)
        arcs, part = flows.arcs(flow, place)
        drawn = arcs["value"].sum() / part + flows.at_home(flow)["value"].sum()
        rows = found.deliveries
        mine = rows[rows["in_total"] == 1 if place == "europe_canada" else rows["buyer"] == place]
        assert np.isclose(drawn, mine["value"].sum() / 3)
        assert np.isclose(flow["units"].sum(), mine["units"].sum() / 3)
        assert (part < 1.0) == (place == "europe_canada")


def test_the_largest_arcs_only_for_europe_and_canada(monkeypatch):
    monkeypatch.setattr(flows, "MOST_ARCS", 1)
    found, part = flows.arcs(table(), "europe_canada")
    assert found["buyer"].tolist() == ["POL"]
    assert found["value"].tolist() == [775.0]
    assert part == pytest.approx(775.0 / 795.0)
    assert len(flows.arcs(table(), "POL")[0]) == 2
    assert "The map shows the 1 largest arcs, 97 % of what crosses borders." in flows.how_much(table(), BOTH)


def test_an_arc_from_korea_begins_at_the_edge_and_grows_towards_its_buyer():
    found, _part = flows.arcs(table(), "europe_canada")
    points = [row for row in flows.arc_points(found, trade.ATLAS) if row["arc"] == 0]
    first = geography.to_plane((points[0]["east"], points[0]["north"]))
    last = geography.to_plane((points[-1]["east"], points[-1]["north"]))
    assert max(abs(first[0]) / geography.EDGE[0], abs(first[1]) / geography.EDGE[1]) == pytest.approx(1.0)
    assert last == pytest.approx(trade.ATLAS.place("POL"))
    assert points[0]["width"] < points[-1]["width"] == flows.WIDEST
    assert points[0]["way"] == "Republic of Korea to Poland"
    beyond = {row["id"]: row["beyond"] for row in flows.ends(found, flows.at_home(table()), trade.ATLAS)}
    assert beyond == {"KOR": True, "POL": False, "NOR": False}


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("delivered", [trade.DELIVERED, LESS, ()])
def test_the_map_is_valid_vega_lite_and_fetches_nothing_from_outside(dark, delivered):
    base = trade.books(delivered)
    found = flows.flows(base, base, trade.ATLAS.plants, BOTH)
    spec = flows.chart(found, BOTH, trade.ATLAS, charts.palette(dark))
    altair.LayerChart.from_dict(spec)
    urls = [layer["data"]["url"] for layer in spec["layer"] if "url" in layer["data"]]
    assert urls == ["app/static/countries-50m.json"]


def test_the_map_in_sentences():
    assert flows.alt(table(), BOTH, trade.ATLAS) == (
        "Largest deliveries across borders: Republic of Korea to Poland $775 m; Republic of Korea to Norway "
        "$20.0 m. Made in the buyer’s own state: $80.0 m."
    )
    assert flows.alt(table().iloc[:0], BOTH, trade.ATLAS) == "Nothing is delivered."
    assert flows.how_much(table(), BOTH).startswith(
        "From 2026 to 2027, goods worth $875 m are handed over, $795 m of it across borders"
    )
    one = Wanted("POL", (2026, 2026))
    assert flows.how_much(table(), one).startswith("In 2026, goods worth")
    assert flows.how_much(table().iloc[:0], one) == "In 2026, nothing is handed over."


def test_the_table_of_a_baseline_has_no_difference_and_that_of_a_scenario_has():
    plain = flows.shown(table(), trade.ATLAS, True)
    assert plain.iloc[0].to_dict() == {
        "From": "Republic of Korea", "To": "Poland", "Category": "Main battle tanks", "Value ($ m)": 750.0,
        "Units": 25.0, "Counted in": "tanks", "Lines": "K2 tank (Changwon)",
    }  # fmt: skip
    paired = flows.shown(table(LESS), trade.ATLAS, False)
    gone = paired[paired["Category"] == "Main battle tanks"].iloc[0]
    assert gone["Difference ($ m)"] == -750.0
    assert gone["Reading"] == "less"


def test_all_deliveries_against_the_baseline_in_a_sentence():
    base = trade.books()
    assert flows.against(base, trade.books(LESS), BOTH) == (
        "Against the baseline: less, −$750 m (90 % interval −$885 m to −$615 m)."
    )
    assert flows.against(base, trade.books(), BOTH) == "Against the baseline: unchanged."
