"""What each industry contributes, in words: sentences, tables and dots have the figures of the record."""

import altair
import pytest

from sim.experiment.analyse.marginal import marginal
from sim.experiment.points import Work
from sim.policy.scenario import load_scenario
from sim.report import analyse_marginal as words
from sim.report import charts
from sim.report.analyse_parts import measure_of
from tests.report.said import ends, said

NAMES = {"korea": "Korea", "europe": "Europe", "united_states": "United States", "other": "Other",
         "POL": "Poland"}  # fmt: skip


@pytest.fixture(scope="module")
def record():
    work = Work(replications=6, random_seed=1)
    return marginal(load_scenario("baseline"), ["europe_canada"], work).record()


def test_every_row_has_the_figures_of_the_record(record):
    for outcome, one in record["measures"].items():
        kind = measure_of(outcome).kind
        rows = words.table(record, outcome, NAMES).set_index("Industry")
        for name, gained in one["with_minus_without"].items():
            row = rows.loc[NAMES[name]]
            assert said(row["Beside all others"].lstrip("+"), kind).holds(gained["mean"])
            low, high = ends(row["90 % interval"], kind)
            assert low.holds(gained["low"]), outcome
            assert high.holds(gained["high"]), outcome
            assert said(row["Averaged over all orders"].lstrip("+"), kind).holds(one["parts"][name]["mean"])
        assert said(rows["Averaged over all orders"].iloc[-1].lstrip("+"), kind).holds(one["total"])


def test_the_headline_names_those_whose_interval_holds_no_zero(record):
    sentence = words.headline(record, "capacity.europe", NAMES)
    assert sentence.startswith(
        "In this model, each industry’s new offers abroad change “Capacity” of Europe,"
    )
    gained = record["measures"]["capacity.europe"]["with_minus_without"]
    own = sentence.partition("Europe +")[2].partition(" (90 % interval ")
    assert said(own[0], "musd").holds(gained["europe"]["mean"])
    assert gained["europe"]["low"] > 0.0 > gained["united_states"]["high"]
    assert "United States −$" in sentence


def test_what_is_not_clear_is_said_to_be(record):
    one = record["measures"]["capacity.europe"]
    still = {name: part | {"low": -1e5, "high": 1e5} for name, part in one["with_minus_without"].items()}
    unclear = {**record, "measures": {"capacity.europe": {**one, "with_minus_without": still}}}
    assert words.headline(unclear, "capacity.europe", NAMES) == (
        "In this model, no industry’s new offers abroad make a clear difference to “Capacity” of Europe, "
        "beside those of all others."
    )
    some = {**still, "korea": one["with_minus_without"]["korea"]}
    partly = {**record, "measures": {"capacity.europe": {**one, "with_minus_without": some}}}
    assert words.headline(partly, "capacity.europe", NAMES).endswith(
        "practically nothing, or nothing clear: Europe, United States and Other."
    )


def test_a_place_without_need_has_no_figure(record):
    one = record["measures"]["gap_years"]
    nothing = {name: dict.fromkeys(part) for name, part in one["with_minus_without"].items()}
    empty = {**record, "measures": {"gap_years.POL": {**one, "with_minus_without": nothing}}}
    assert words.headline(empty, "gap_years.POL", NAMES) == (
        "In this model, there is no figure for Poland: nothing is bought there."
    )


def test_without_is_explained(record):
    text = words.meaning(record, NAMES)
    assert "from January 2026 on its makers sign no new contract outside the states whose home makers" in text
    assert "Korea and United States: a lever closes new orders" in text
    assert "Europe and Other: the first year of export" in text
    assert "until January 2030" in words.readings(record)
    assert "just before January 2036" in words.readings(record)


def test_levels_are_said(record):
    with_all, with_none = words.levels(record, "gap_years").split("; ")
    one = record["measures"]["gap_years"]
    assert said(with_all, "years").holds(one["after"])
    assert said(with_none, "years").holds(one["before"])
    empty = {"measures": {"gap_years": one | {"before": None}}}
    assert "no figure" in words.levels(empty, "gap_years")


@pytest.mark.parametrize("dark", [False, True])
def test_the_chart_is_valid_vega_lite(record, dark):
    spec = words.chart(record, "price_over_base", charts.palette(dark))
    altair.LayerChart.from_dict({**spec, "data": {"values": []}})
    data = words.dots(record, "price_over_base", NAMES)
    assert len(data) == 8
    first = data.iloc[0]
    industry = next(name for name, label in NAMES.items() if label == first["what"])
    gained = record["measures"]["price_over_base"]["with_minus_without"][industry]
    assert first["mean"] == pytest.approx(100 * gained["mean"])
    assert spec["layer"][1]["encoding"]["x"]["title"] == "Change (percentage points)"
    assert NAMES[industry] in words.alt(record, "price_over_base", NAMES)
