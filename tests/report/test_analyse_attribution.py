"""Which difference did it, in words: sentences, tables and bars have the figures of the record."""

import re

import altair
import pytest

from sim.evidence.seeds import load_seeds
from sim.report import analyse_attribution as words
from sim.report import analyse_parts as parts
from sim.report import charts
from tests.report.said import ends, said

NAMES = {"POL": "Poland"}
KNOWN = {"threat": "Felt threat", "joint_share": "Share bought jointly", "korea_war": "Shock: War in Korea"}


def part(mean, low, high):
    return {"mean": mean, "low": low, "high": high, "spread_low": low - 1.0, "spread_high": high + 1.0}


def record(exact=True, interactions=(), **shares):
    """The record of two scenarios whose gap-years of Poland differ by the sum of the shares given."""
    found = {name: part(*figures) for name, figures in shares.items()}
    total = sum(one["mean"] for one in found.values())
    return {
        "base": {"title": "Baseline"},
        "other": {"title": "Another plan"},
        "replications": 50,
        "exact": exact,
        "permutations": 0 if exact else 40,
        "horizon_year": 2030,
        "differences": dict.fromkeys(shares),
        "measures": {
            "gap_years.POL": {
                "replications": 50,
                "before": 4.0,
                "after": 4.0 + total,
                **{f"total_{key}": value for key, value in part(total, total - 0.5, total + 0.5).items()},
                "total": total,
                "parts": found,
                "interactions": list(interactions),
            }
        },
    }


THREE = record(threat=(1.5, 1.2, 1.8), joint_share=(-2.5, -3.0, -2.0), korea_war=(0.1, -0.2, 0.4))


def headline(one):
    return words.headline(one, "gap_years.POL", KNOWN, NAMES)


def test_the_headline_names_the_largest_parts_with_their_intervals():
    assert headline(THREE) == (
        "In this model, “Gap-years, delivered” of Poland changes from “Baseline” to “Another plan” by "
        "−0.9 years (90 % interval −1.4 to −0.4 years): “Share bought jointly” accounts for −2.5 years (90 % "
        "interval −3.0 to −2.0 years); “Felt threat” accounts for +1.5 years (90 % interval 1.2 to 1.8 "
        "years); the other one makes practically nothing, or no clear difference."
    )


def test_every_figure_of_the_headline_is_that_of_the_record():
    sentence, one = headline(THREE), THREE["measures"]["gap_years.POL"]
    for name in ("joint_share", "threat"):
        size, low_high = re.search(
            rf"“{KNOWN[name]}” accounts for ([^(]+) \(90 % interval ([^)]+)\)", sentence
        ).groups()
        assert said(size, "years").holds(one["parts"][name]["mean"])
        low, high = ends(low_high, "years")
        assert low.holds(one["parts"][name]["low"])
        assert high.holds(one["parts"][name]["high"])


def test_what_cancels_out_is_still_told():
    found = headline(record(threat=(2.0, 1.0, 3.0), joint_share=(-2.0, -3.0, -1.0)))
    assert "does not change clearly from “Baseline” to “Another plan”, 0.0 years" in found
    assert "“Felt threat” accounts for +2.0 years" in found


def test_small_parts_are_practically_nothing():
    found = headline(record(threat=(0.0008, 0.0007, 0.0009), joint_share=(0.1, -0.2, 0.4)))
    assert found.endswith("each of the 2 differences makes practically nothing, or no clear difference.")


def test_more_clear_parts_than_a_sentence_holds():
    shares = {f"lever_{number}": (1.0 + number, 0.5 + number, 1.5 + number) for number in range(6)}
    one = record(**shares)
    found = words.headline(one, "gap_years.POL", {name: name for name in shares}, NAMES)
    assert re.findall("lever_[0-9]", found) == ["lever_5", "lever_4", "lever_3"]
    assert found.endswith("the other 3 make less, or no clear difference.")


def test_without_a_figure_there_is_nothing_to_split():
    one = record(threat=(1.0, 0.5, 1.5))
    nothing = dict.fromkeys(part(0, 0, 0))
    empty = one["measures"]["gap_years.POL"]
    empty |= {"total": None, "total_low": None, "total_high": None, "replications": 0, "before": None,
              "parts": {"threat": nothing}}  # fmt: skip
    assert "has no figure" in headline(one)
    assert words.levels(one, "gap_years.POL") == ""
    assert words.bars(one, "gap_years.POL", KNOWN).empty
    assert words.alt(one, "gap_years.POL", KNOWN, NAMES) == headline(one)
    assert words.table(one, "gap_years.POL", KNOWN)["Its part"].tolist() == ["–", "–"]
    assert "0 of 50 runs count" in words.made(one, "gap_years.POL")


def test_a_changed_scenario_is_told_apart_from_itself():
    one = record(threat=(1.0, 0.5, 1.5)) | {"other": {"title": "Baseline"}}
    assert "from “Baseline” to “Baseline, changed”" in headline(one)
    assert words.levels(one, "gap_years.POL") == (
        "In “Baseline” it is 4.0 years on average, in “Baseline, changed” 5.0 years."
    )


@pytest.mark.parametrize(("mean", "word"), [(0.3, "higher"), (-0.3, "lower")])
def test_a_pair_that_acts_together_is_told_where_its_interval_holds_no_zero(mean, word):
    pairs = [
        {"between": ["threat", "joint_share"], **part(mean, mean - 0.2, mean + 0.2)},
        {"between": ["threat", "korea_war"], **part(5.0, -1.0, 11.0)},
    ]
    one = record(interactions=pairs, threat=(1.0, 0.5, 1.5), joint_share=(1.0, 0.5, 1.5))
    found = words.together(one, "gap_years.POL", KNOWN, NAMES)
    assert found.startswith("“Felt threat” and “Share bought jointly” act together: with both,")
    assert f"of Poland is 4 months {word} than" in found.replace("3.6", "4")
    assert "for all 2 pairs together" in found
    assert words.together(record(threat=(1.0, 0.5, 1.5)), "gap_years.POL", KNOWN, NAMES) == ""
    assert words.together(record(interactions=pairs[1:]), "gap_years.POL", KNOWN, NAMES) == ""


def test_how_it_was_made():
    assert "in all orders" not in words.made(THREE, "gap_years.POL")
    assert "averaged over all orders in which the 3 could come" in words.made(THREE, "gap_years.POL")
    drawn = record(exact=False, threat=(1.0, 0.5, 1.5))
    assert "averaged over 40 drawn orders" in words.made(drawn, "gap_years.POL")
    drawn["measures"]["gap_years.POL"]["replications"] = 48
    assert words.made(drawn, "gap_years.POL").endswith(
        "48 of 50 runs count: in the others the measure has no figure for some mixture."
    )


def test_the_table_has_all_parts_and_the_whole():
    rows = words.table(THREE, "gap_years.POL", KNOWN)
    assert rows["What differs"].tolist() == [
        "Share bought jointly", "Felt threat", "Shock: War in Korea", "All together"
    ]  # fmt: skip
    assert rows["Its part"].tolist() == ["−2.5 years", "+1.5 years", "+0.1 years", "−0.9 years"]
    assert rows["90 % interval of the mean"].tolist()[0] == "−3.0 to −2.0 years"
    assert rows["90 % of runs"].tolist()[0] == "−4.0 to −1.0 years"


def test_bars_go_from_part_to_part_to_the_whole():
    rows = words.bars(THREE, "gap_years.POL", KNOWN)
    assert rows["start"].tolist() == pytest.approx([0.0, -2.5, -1.0, 0.0])
    assert rows["end"].tolist() == pytest.approx([-2.5, -1.0, -0.9, -0.9])
    assert (rows["low"][1], rows["high"][1]) == pytest.approx((-1.3, -0.7))
    assert rows["total"].tolist() == [False, False, False, True]


def test_many_small_parts_are_one_bar():
    shares = {f"lever_{number:02}": (1.0 + number, 0.0, 2.0) for number in range(20)}
    one = record(**shares)
    rows = words.bars(one, "gap_years.POL", {name: name for name in shares})
    assert len(rows) == words.DRAWN + 1
    assert rows["what"].tolist()[-2:] == ["The other 9", "All together"]
    assert rows["end"].iloc[-2] == pytest.approx(rows["end"].iloc[-1])


@pytest.mark.parametrize("dark", [False, True])
def test_the_chart_is_valid_vega_lite(dark):
    spec = words.chart(THREE, "gap_years.POL", 4, charts.palette(dark))
    altair.LayerChart.from_dict({**spec, "data": {"values": []}})
    assert spec["layer"][0]["encoding"]["x"]["title"] == "Change (years)"
    said_to_all = words.alt(THREE, "gap_years.POL", KNOWN, NAMES)
    assert "Share bought jointly −2.5 years; Felt threat +1.5 years" in said_to_all
    assert said_to_all.endswith("all together −0.9 years.")


@pytest.mark.parametrize(
    ("kind", "reach", "factor", "unit"),
    [
        ("years", 0.01, 365.25, "days"),
        ("years", 0.5, 12.0, "months"),
        ("years", 2.0, 1.0, "years"),
        ("share", 0.1, 100.0, "percentage points"),
        ("musd", 2000.0, 0.001, "$ bn"),
        ("musd", 20.0, 1.0, "$ m"),
        ("months", 3.0, 1.0, "months"),
        ("number", 3.0, 1.0, "number"),
    ],
)
def test_an_axis_has_the_unit_of_the_sentence(kind, reach, factor, unit):
    assert parts.axis_unit(kind, reach) == (factor, unit)


@pytest.mark.parametrize(
    ("figures", "level", "word"),
    [
        ((None, None, None), None, "none"),
        ((0.0, 0.0, 0.0), None, "nil"),
        ((0.0005, 0.0004, 0.0006), None, "tiny"),
        ((0.005, 0.004, 0.006), 10.0, "tiny"),
        ((0.5, -0.1, 1.1), None, "unclear"),
        ((0.5, None, None), None, "unclear"),
        ((0.5, 0.1, 0.9), 1.0, "clear"),
    ],
)
def test_what_an_interval_says(figures, level, word):
    found = dict(zip(("mean", "low", "high"), figures, strict=True))
    assert parts.verdict("years", found, level) == word


def test_differences_are_named_as_on_the_page():
    kinds = {
        "threat": "lever",
        "korea_war": "card",
        "POL.main_battle_tank.requirement": "fact",
        "output.submarine": "lever",
    }
    found = words.labels(
        {"differences": {name: {"kind": kind} for name, kind in kinds.items()}}, load_seeds()
    )
    assert found["threat"] == "Felt threat"
    assert found["korea_war"] == "Shock: War in Korea"
    assert "Poland" in found["POL.main_battle_tank.requirement"]
    assert len(set(found.values())) == 4
