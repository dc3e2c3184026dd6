"""Plans over the same futures with the real model; adaptive plans share the past of those they turn from."""

import numpy as np
import pytest

from sim.evidence.seeds import load_seeds
from sim.experiment.analyse.adaptive import adaptive, as_of, fixed, parse, standing, turn
from sim.experiment.analyse.conditions import condition
from sim.experiment.analyse.futures import dimensions
from sim.experiment.analyse.robustness import compare_plans, runs
from sim.experiment.ensemble import run
from sim.experiment.points import Outcome, Work
from sim.policy.dates import month_index
from sim.policy.errors import ScenarioError
from sim.policy.scenario import Scheduled, from_query, load_scenario

RULE = "baseline if gap_years.POL > 0.2 by 2028 then european_ramp_up"
FEW = Work(replications=3)
MEASURED = (Outcome("gap_years", "POL"), Outcome("cost_pv"))


def plans():
    base, ramp = load_scenario("baseline"), load_scenario("european_ramp_up")
    _, trigger, _ = parse(RULE, load_seeds())
    return [fixed(base), fixed(ramp), adaptive(base, trigger, ramp)]


@pytest.fixture(scope="module")
def found():
    return compare_plans(plans(), FEW, 16, MEASURED, moved=dimensions(("threat", "price_inflation")))


@pytest.mark.parametrize("then", ["european_ramp_up", "two_suppliers"])
def test_until_it_turns_a_plan_has_the_past_of_the_plan_it_turns_from(then):
    base = load_scenario("baseline")
    turned = turn(base, load_scenario(then), "2028-01")
    before, after = run(base, replications=4), run(turned, replications=4)
    quarter = month_index("2028-01") // 3
    for name, series in before.series.items():
        past = after.series[name][:, :, 1 : quarter + 1]
        assert np.array_equal(series[:, :, 1 : quarter + 1], past, equal_nan=True), name
    for name, series in before.industry_series.items():
        assert np.array_equal(series[..., 1 : quarter + 1], after.industry_series[name][..., 1 : quarter + 1])
    assert not np.array_equal(before.values["cost_pv"], after.values["cost_pv"])


def test_judged_at_an_earlier_date_the_run_is_the_same():
    base = load_scenario("baseline")
    whole, so_far = run(base, replications=4), run(as_of(base, 2028), replications=4)
    assert np.array_equal(whole.series["gap_share"], so_far.series["gap_share"], equal_nan=True)
    assert np.array_equal(whole.values["cost_pv"], so_far.values["cost_pv"])
    summed = np.nansum(whole.series["gap_share"][:, :, 1:9], axis=2) / 4.0
    told = so_far.values["gap_years"]
    known = ~np.isnan(told)
    assert known.mean() > 0.8
    assert told[known] == pytest.approx(summed[known], rel=1e-5)


def test_where_the_trigger_fires_the_turned_run_counts_and_else_the_first(found):
    base = found.plans[0].scenario
    for row in (0, 3, 9):
        future = base if row == 0 else found.futures.scenario(base, row - 1)
        turned = found.plans[2].turned if row == 0 else found.futures.scenario(found.plans[2].turned, row - 1)
        one, two, look = (run(each, replications=3) for each in (future, turned, as_of(future, 2028)))
        fires = look.values["gap_years"][:, look.places.index("POL")] > 0.2
        expected = np.where(fires, two.values["cost_pv"][:, 0], one.values["cost_pv"][:, 0])
        assert np.array_equal(found.values[2, row, :, 1], expected)
        assert found.turned[2, row] == fires.mean()
    assert 0.0 < found.turned[2, 1:].mean() < 1.0


def test_the_record_holds_every_plan_and_measure(found):
    record = found.record()
    assert list(record["plans"]) == ["baseline", "european_ramp_up", "baseline_then_european_ramp_up"]
    assert record["plans"]["baseline"]["scenario"]["fingerprint"] == load_scenario("baseline").fingerprint()
    assert (
        record["plans"]["baseline_then_european_ramp_up"]["adaptive"]["trigger"]
        == "gap_years.POL > 0.2 by 2028"
    )
    assert record["futures"] == 16
    turned = record["plans"]["baseline_then_european_ramp_up"]["adaptive"]["turned"]
    assert from_query(turned["query"]).fingerprint() == found.plans[2].turned.fingerprint()
    cost = record["measures"]["cost_pv"]
    assert cost["least_worst"] == "baseline"
    assert cost["plans"]["european_ramp_up"]["worst_regret"]["mean"] > 0
    means = found.means[:, 1:, 1]
    regret = means - means.min(axis=0)
    for row, plan in enumerate(record["plans"]):
        one = cost["plans"][plan]
        assert one["worst_regret"]["mean"] == pytest.approx(regret[row].max())
        assert one["mean_regret"]["mean"] == pytest.approx(regret[row].mean())
        assert one["keeps"]["share"] == (means[row] <= found.means[0, 0, 1]).mean()
    assert runs(found.plans, FEW, 16) == 3 * 17 * 5


def test_marks_of_ones_own_count_together():
    marks = [condition(text, load_seeds()) for text in ("gap_years.POL < 0.5", "on_time_share > 0.1")]
    found = compare_plans(plans()[:2], Work(replications=2), 16, MEASURED[:1], marks, dimensions(("threat",)))
    gap, on_time = found.means[:, 1:, 0], found.means[:, 1:, 1]
    assert np.array_equal(found.keeps(0), ((gap < 0.5) & (on_time > 0.1)).astype(float))
    assert found.record()["measures"]["gap_years.POL"]["marks"] == [mark.text for mark in marks]


def test_a_plan_turns_to_what_the_other_would_do_by_then():
    base = load_scenario("baseline").with_schedule(
        [Scheduled("dialogue", "2027-01", 0.8), Scheduled("dialogue", "2029-01", 0.9)]
    )
    other = load_scenario("two_suppliers").with_schedule([Scheduled("mro_hubs", "2030-01", 3.0)])
    found = turn(base, other, "2028-01")
    dated = {(entry.lever, entry.at): entry.value for entry in found.schedule}
    assert dated["dialogue", "2027-01"] == 0.8
    assert dated["dialogue", "2028-01"] == other.levers["dialogue"]
    assert ("dialogue", "2029-01") not in dated
    assert dated["two_suppliers", "2028-01"] == other.levers["two_suppliers"]
    assert dated["mro_hubs", "2030-01"] == 3.0
    assert standing(found, "2028-01") == standing(other, "2028-01")
    assert standing(found, "2031-01") == standing(other, "2031-01")


def test_what_a_plan_sets_of_the_world_is_overruled_and_said():
    chosen = [fixed(load_scenario("baseline")), fixed(load_scenario("us_build_up"))]
    moved = dimensions(("us_home_build_up",))
    found = compare_plans(chosen, Work(replications=1), 16, MEASURED[:1], moved=moved)
    assert found.overruled() == {"us_build_up": ["us_home_build_up"]}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("baseline then two_suppliers", "is not of the form"),
        ("baseline if gap_years > 1 by 2028-06 then two_suppliers", "is not of the form"),
        ("baseline if gap_year > 1 by 2028 then two_suppliers", "there is no measure 'gap_year'"),
        ("baseline if cost_pv > 1 by 2028 then two_suppliers", "cost_pv is not known before the end"),
        ("baseline if gap_years > 1 by 2050 then two_suppliers", "2050 is outside 2027 to 2036"),
        ("baseline if gap_years > 1 by 2028 then us_pause", "differ in their shocks"),
    ],
)
def test_bad_rules_are_refused(text, sentence):
    with pytest.raises(ScenarioError, match=sentence):
        _plan_of(text)


def test_plans_that_cannot_be_compared_are_refused():
    base, past = fixed(load_scenario("baseline")), fixed(load_scenario("february_2022"))
    for chosen, measured, sentence in (
        ([base], MEASURED, "needs 2 to 12 plans"),
        ([base, base], MEASURED, "name each once"),
        ([base, past], MEASURED, "start in different months"),
        (
            [base, fixed(load_scenario("two_suppliers"))],
            [Outcome("backlog", "korea")],
            "neither better nor worse",
        ),
    ):
        with pytest.raises(ScenarioError, match=sentence):
            compare_plans(chosen, FEW, 16, measured)


def _plan_of(text):
    first, trigger, then = parse(text, load_seeds())
    return adaptive(load_scenario(first), trigger, load_scenario(then))
