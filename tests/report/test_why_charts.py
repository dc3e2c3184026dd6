"""Charts of decisions: what is drawn is what the tables say."""

import pytest

from sim.evidence.seeds import load_seeds
from sim.experiment import decision_tables as tables
from sim.report import charts, why, why_charts
from sim.report.why_words import names
from tests.experiment.made_up import decisions, tender, two_offers

NAMES = names(load_seeds())
FOUND = decisions(tender(0, 12), tender(1, 24, signed=("leopard_2a8_munich",)))


def test_a_bar_for_each_line_that_won():
    won = tables.winners(FOUND)
    data = why_charts.wins_data(won, NAMES)
    assert data["percent"].tolist() == [50.0, 50.0]
    spec = why_charts.wins(won, NAMES)
    assert set(spec["encoding"]["color"]["scale"]["domain"]) == set(data["industry"])
    table = why_charts.wins_table(won, NAMES)
    assert table.iloc[0].tolist() == ["K2 tank (Changwon)", "Korea", "1", "1", "50 %"]


def test_parts_stand_best_first_and_add_up_in_the_table():
    worths = why_charts.worths_of(reversed(two_offers()))
    assert list(worths) == ["k2_changwon", "leopard_2a8_munich"]
    data = why_charts.parts_data(worths, NAMES)
    assert data.groupby("line")["points"].sum()["K2 tank (Changwon)"] == pytest.approx(1.4)
    table = why_charts.parts_table(worths, NAMES)
    assert table.iloc[-1].tolist() == ["All together", "+1.40", "+1.10"]
    assert table.iloc[4].tolist() == ["Reliance on a foreign government", "−0.40", "0"]


def test_every_part_has_a_colour_of_its_own():
    scale = why_charts.parts(2)["encoding"]["color"]["scale"]
    assert len(set(scale["range"])) == len(set(scale["domain"])) == 9


def test_means_leave_out_lines_that_never_offered():
    worths = why_charts.mean_worths(tables.offers(FOUND))
    assert set(worths) == {"k2_changwon", "leopard_2a8_munich"}
    assert worths["leopard_2a8_munich"]["users"] == pytest.approx(0.9)


def test_the_waterfall_starts_where_the_last_cause_ended_and_reaches_the_sum():
    waited = tables.waiting(FOUND)
    data = why_charts.waterfall_data(waited)
    assert data["cause"].tolist() == [
        "Slots promised to others", "Build time", "Signature to first delivery",
    ]  # fmt: skip
    assert data["start"].tolist() == [0.0, 6.0, 0.0]
    assert data["end"].tolist() == [6.0, 24.0, 24.0]
    spec = why_charts.waterfall(len(data), charts.LIGHT)
    assert spec["height"] > 3 * why_charts.ROW
    assert {spec["encoding"][name]["field"] for name in ("x", "x2", "y")} <= set(data)
    table = why_charts.waterfall_table(waited)
    assert table.iloc[-2].tolist() == ["Signature to first delivery", "24.0"]
    assert table.iloc[-1].tolist() == ["Promised at signature", "18.0"]


def test_offers_read_as_text():
    table = why.offers_table(tables.offers(FOUND), NAMES)
    assert table.iloc[0].tolist() == [
        "K2 tank (Changwon)", "Korea", "18 months", "30 months", "$23.0 m", "$23.0 m", "25.0 %", "50.0 %",
        "0.0 %",
    ]  # fmt: skip
