"""What a result holds and how it sums itself up."""

import json
from dataclasses import replace

import numpy as np
import pytest

from sim import MODEL_VERSION, run
from sim.experiment.ensemble import world_of
from sim.experiment.result import TOTAL, quantiles
from sim.model.record import INDUSTRY_MEASURES, MEASURES
from sim.model.state import QUARTER, QUARTERS
from sim.policy.measures import MEASURES as DECLARED
from tests.properties.runs import ensemble, named, same

RESULT = ensemble("baseline", 50)
ROWS = ("p10", "p50", "p90", "mean")


def test_axes_have_names_and_arrays_their_shape():
    assert RESULT.places == (TOTAL, *world_of().buyers)
    assert len(RESULT.places) == 33
    assert RESULT.industries == ("korea", "europe", "united_states", "other")
    assert list(RESULT.values) == [measure.id for measure in MEASURES]
    assert list(RESULT.industry_values) == [measure.id for measure in INDUSTRY_MEASURES]
    assert {numbers.shape for numbers in RESULT.values.values()} == {(50, 33)}
    assert {numbers.shape for numbers in RESULT.industry_values.values()} == {(50, 4)}
    assert {numbers.shape for numbers in RESULT.series.values()} == {(50, 33, QUARTERS + 1)}
    assert {numbers.shape for numbers in RESULT.industry_series.values()} == {(50, 4, QUARTERS + 1)}
    assert RESULT.replications == 50
    assert RESULT.model_version == MODEL_VERSION


@pytest.mark.parametrize("name", ["gap_share", "usable_gap_share", "spending", "reliance_fleet"])
def test_the_series_that_charts_need_are_there(name):
    assert name in RESULT.series


@pytest.mark.parametrize("name", ["backlog", "orders_value", "deliveries_value"])
def test_the_series_of_industries_are_there(name):
    assert name in RESULT.industry_series


def test_a_result_cannot_be_changed():
    for table in (RESULT.values, RESULT.industry_values, RESULT.counts, RESULT.industry_series):
        for numbers in table.values():
            with pytest.raises(ValueError, match="read-only"):
                numbers[0] = 0


def test_the_summary_has_the_promised_shape():
    summary = RESULT.summary()
    json.dumps(summary, allow_nan=False)
    assert summary["scenario"] == "baseline"
    assert summary["model_version"] == MODEL_VERSION
    assert (summary["random_seed"], summary["replications"]) == (1, 50)
    assert set(summary["by_buyer"]) == set(world_of().buyers)
    assert set(summary["by_industry"]) == set(RESULT.industries)
    for measure in MEASURES:
        told = summary["measures"][measure.id]
        assert set(told) == {"label", "unit", "better", *ROWS}
        assert (told["unit"], told["better"]) == (measure.unit, measure.better)
        assert told["p10"] <= told["p50"] <= told["p90"]
        assert set(summary["by_buyer"]["POL"][measure.id]) == set(ROWS)
    for measure in INDUSTRY_MEASURES:
        assert set(summary["by_industry"]["korea"][measure.id]) == set(ROWS)


def test_quantiles_of_numbers_typed_by_hand():
    """Eleven numbers from 0 to 10: the tenth, the middle and the ninetieth are 1, 5 and 9."""
    numbers = np.array([10, 3, 7, 1, 5, 9, 0, 2, 8, 4, 6, np.nan, np.nan])
    assert quantiles(numbers) == {"p10": 1.0, "p50": 5.0, "p90": 9.0, "mean": 5.0}


def test_what_never_exists_is_none():
    assert quantiles(np.full(3, np.nan)) == dict.fromkeys(ROWS)
    iceland = RESULT.summary()["by_buyer"]["ISL"]
    assert iceland["gap_years"] == dict.fromkeys(ROWS)
    assert iceland["months_to_delivery"] == dict.fromkeys(ROWS)


def test_the_total_is_made_of_europe_and_canada():
    """Cost adds up over the states; the United States are beside the total."""
    within = [RESULT.places.index(place) for place in RESULT.places[1:] if place != "USA"]
    states = RESULT.values["cost_pv"][:, within].sum(axis=1)
    assert np.allclose(RESULT.values["cost_pv"][:, 0], states, rtol=1e-9)
    spent = RESULT.series["spending"][:, within, QUARTERS].sum(axis=1)
    assert np.allclose(RESULT.series["spending"][:, 0, QUARTERS], spent, rtol=1e-5)


def test_shares_of_orders_are_shares_of_the_value_ordered():
    value = RESULT.industry_values["orders_value"]
    assert np.allclose(RESULT.industry_values["share_orders"], value / value.sum(axis=1, keepdims=True))


def test_running_totals_never_fall():
    for name in ("orders_value", "deliveries_value"):
        assert (np.diff(RESULT.industry_series[name], axis=2) >= 0).all(), name
    assert (np.diff(RESULT.series["spending"], axis=2) >= -1).all()


def test_the_last_quarter_of_a_series_is_the_measure():
    orders = RESULT.industry_series["orders_value"][:, :, QUARTERS]
    assert same(orders, RESULT.industry_values["orders_value"].astype(np.float32))


def test_gap_years_add_up_the_quarters_to_the_horizon():
    horizon = (named("baseline").horizon_year - 2026) * 12 // QUARTER
    summed = np.nansum(RESULT.series["gap_share"][:, :, 1 : horizon + 1], axis=2) * QUARTER / 12
    known = ~np.isnan(RESULT.values["gap_years"])
    assert np.allclose(RESULT.values["gap_years"][known], summed[known], rtol=1e-4, atol=1e-6)


def test_a_later_horizon_never_shortens_the_gap():
    later = run(replace(named("baseline"), horizon_year=2035), replications=5)
    known = ~np.isnan(later.values["gap_years"])
    assert (later.values["gap_years"] >= RESULT.values["gap_years"][:5])[known].all()
    assert same(later.values["cost_pv"], RESULT.values["cost_pv"][:5])


def test_the_result_reads_as_a_labelled_dataset():
    data = RESULT.to_xarray()
    assert set(data.data_vars) == {*RESULT.values, *RESULT.industry_values}
    poland = data["gap_years"].sel(place="POL").to_numpy()
    assert same(poland, RESULT.values["gap_years"][:, RESULT.places.index("POL")])


def test_measures_are_those_a_scenario_may_name():
    """Scenario files are checked without loading the model, so ids and directions stand in two places."""
    told = {measure.id: (measure.unit, measure.better or "") for measure in (*MEASURES, *INDUSTRY_MEASURES)}
    assert told == {measure.id: (measure.unit, measure.better) for measure in DECLARED.values()}
