"""Paired comparison: numbers typed by hand, ties, gaps, and what cannot be paired."""

import json
from dataclasses import replace

import numpy as np
import pytest

from sim import compare
from sim.experiment.compare import LEVEL, Difference, paired
from sim.model.record import INDUSTRY_MEASURES, MEASURES
from sim.policy.errors import ScenarioError
from sim.policy.scenario import Expectation
from tests.properties.runs import ensemble, named

NAN = np.nan
NOTHING = Difference(None, None, None, None, None, None)


def column(*numbers: float) -> np.ndarray:
    """A measure in a few replications."""
    return np.array(numbers, dtype=float)


def test_the_mean_and_the_interval_of_four_pairs():
    """Differences 1, 0, -2, 3: their mean is 0.5, and 5 and 95 % lie 0.15 of a step within the ends."""
    found = paired(column(1, 2, 3, 4), column(2, 2, 1, 7), "less")
    assert found.mean == 0.5
    assert found.low == pytest.approx(-1.7)
    assert found.high == pytest.approx(2.7)
    # Squared deviations .25 + .25 + 6.25 + 6.25 = 13; the error of the mean is sqrt(13 / 3) / 2.
    error = 1.645 * (13 / 3) ** 0.5 / 2
    assert found.mean_low == pytest.approx(0.5 - error)
    assert found.mean_high == pytest.approx(0.5 + error)


@pytest.mark.parametrize(("better", "share"), [("less", 0.375), ("more", 0.625), (None, None)])
def test_a_tie_counts_half(better, share):
    """One of four is less, two are more, one is the same."""
    assert paired(column(1, 2, 3, 4), column(2, 2, 1, 7), better).share_better == share


@pytest.mark.parametrize("better", ["less", "more"])
def test_equal_columns_differ_in_nothing(better):
    assert paired(column(3, 1, 2), column(3, 1, 2), better) == Difference(0, 0, 0, 0, 0, 0.5)


def test_pairs_are_formed_replication_by_replication():
    """The same numbers in another order: no difference on average, but in every pair."""
    found = paired(column(1, 2, 3), column(3, 1, 2), "less")
    assert found.mean == 0.0
    assert found.low < 0 < found.high


def test_a_pair_with_an_undefined_side_is_left_out():
    whole = paired(column(1, 2, 3, 4), column(2, 2, 1, 7), "more")
    with_gaps = paired(column(1, NAN, 2, 3, 5, 4), column(2, 8, 2, 1, NAN, 7), "more")
    assert with_gaps == whole


def test_without_a_whole_pair_nothing_is_said():
    assert paired(column(NAN, 1), column(2, NAN), "less") == NOTHING
    assert paired(column(), column(), "less") == NOTHING


def test_one_pair_says_nothing_about_the_error_of_the_mean():
    """The interval of the mean must not be taken for certainty: it is unknown."""
    found = paired(column(4), column(6), "less")
    assert (found.mean, found.low, found.high, found.share_better) == (2.0, 2.0, 2.0, 0.0)
    assert (found.mean_low, found.mean_high) == (None, None)


def small(name: str, values: dict, industry: dict | None = None):
    """A result of four replications with a few measures typed by hand and all others undefined."""
    model = ensemble(name, 50)
    places = ("europe_canada", "POL")
    gaps = {m.id: np.full((4, 2), NAN) for m in MEASURES}
    empty = {m.id: np.full((4, 4), NAN) for m in INDUSTRY_MEASURES}
    table = gaps | {name: np.array(numbers, dtype=float).T for name, numbers in values.items()}
    typed = empty | {name: np.array(numbers, dtype=float).T for name, numbers in (industry or {}).items()}
    counts = {name: numbers[:4] for name, numbers in model.counts.items()}
    return replace(model, places=places, values=table, industry_values=typed, counts=counts)


BASE = small("baseline", {"gap_years": [[1, 2, 3, 4], [1, 1, 1, 1]]}, {"share_orders": [[0.1] * 4] * 4})
PAUSE = small(
    "us_pause",
    {"gap_years": [[2, 2, 1, 7], [3, 3, 3, 3]], "on_time_share": [[1] * 4, [1] * 4]},
    {"share_orders": [[0.2] * 4, [0.1] * 4, [0, 0.2, 0, 0.2], [0.1] * 4]},
)


def test_a_difference_is_found_by_measure_and_place():
    comparison = compare(BASE, PAUSE)
    assert comparison.difference(PAUSE, "gap_years", "europe_canada").mean == 0.5
    assert comparison.difference(PAUSE, "gap_years", "POL") == Difference(2, 2, 2, 2, 2, 0.0)
    assert comparison.difference(PAUSE, "on_time_share", "POL") == NOTHING
    korea = comparison.difference(PAUSE, "share_orders", "korea")
    assert korea.mean == pytest.approx(0.1)
    assert korea.share_better is None, "no industry's share is better or worse"


def test_an_unknown_measure_gets_one_sentence():
    with pytest.raises(ScenarioError, match='there is no measure "gap_year"'):
        compare(BASE, PAUSE).difference(PAUSE, "gap_year", "POL")


def test_the_summary_has_the_promised_shape():
    summary = compare(BASE, PAUSE).summary()
    json.dumps(summary, allow_nan=False)
    assert {key: summary[key] for key in ("base", "replications", "random_seed", "level")} == {
        "base": "baseline", "replications": 4, "random_seed": 1, "level": LEVEL,
    }  # fmt: skip
    other = summary["others"]["us_pause"]
    assert set(other["by_buyer"]) == {"POL"}
    assert set(other["by_industry"]) == {"korea", "europe", "united_states", "other"}
    assert set(other["measures"]) == {measure.id for measure in MEASURES}
    assert set(other["by_industry"]["korea"]) == {measure.id for measure in INDUSTRY_MEASURES}
    gap = other["measures"]["gap_years"]
    assert set(gap["difference"]) >= {"mean", "low", "high"}
    assert gap["difference"]["mean"] == 0.5
    assert gap["share_better"] == 0.375
    assert other["by_buyer"]["POL"]["gap_years"]["difference"]["mean"] == 2.0


def test_several_others_stand_beside_one_base():
    korea = small("no_korea", {"gap_years": [[1, 2, 3, 5], [1, 1, 1, 1]]})
    summary = compare(BASE, PAUSE, korea).summary()
    assert list(summary["others"]) == ["us_pause", "no_korea"]
    assert summary["others"]["no_korea"]["measures"]["gap_years"]["difference"]["mean"] == 0.25


def expecting(measure: str, place: str, direction: str):
    """The pause with one expectation."""
    scenario = replace(named("us_pause"), expect=(Expectation(measure, place, direction, "because"),))
    return replace(PAUSE, scenario=scenario)


@pytest.mark.parametrize(
    ("measure", "place", "direction", "kept"),
    [
        ("gap_years", "POL", "more", True),
        ("gap_years", "POL", "less", False),
        ("gap_years", "europe_canada", "more", None),  # the interval of the mean holds zero
        ("share_orders", "korea", "more", True),
        ("share_orders", "europe", "less", None),  # no difference at all
        ("share_orders", "united_states", "less", None),
        ("cost_pv", "POL", "more", None),  # undefined
    ],
)
def test_an_expectation_is_kept_broken_or_open(measure, place, direction, kept):
    other = expecting(measure, place, direction)
    (verdict,) = compare(BASE, other).expected(other)
    said = {"measure": measure, "place": place, "direction": direction, "why": "because", "kept": kept}
    assert verdict == said


@pytest.mark.parametrize(
    "change",
    [
        {"random_seed": 2},
        {"uncertainty": "none"},
        {"counts": {"contracts": np.zeros(3)}},
        {"scenario": replace(named("us_pause"), start="2022-02")},
    ],
)
def test_results_that_cannot_be_paired_are_refused(change):
    with pytest.raises(ScenarioError, match="only results with the same start, random seed, replications"):
        compare(BASE, PAUSE, replace(PAUSE, **change))


def test_a_base_alone_compares_with_nobody():
    assert compare(BASE).summary()["others"] == {}
