"""Scenarios of another start: months count from it, seeds and lever defaults are its own."""

import pytest

from sim.evidence.seeds import load_seeds
from sim.policy.dates import month_index, month_text, years_within
from sim.policy.errors import ScenarioError
from sim.policy.scenario import (
    Card,
    from_query,
    load_scenario,
    scenario_from_dict,
    scenario_from_toml,
)

EARLY = {"title": "Early", "start": "2022-02"}


def test_months_count_from_the_start():
    assert [month_index(text, start="2022-02") for text in ("2022-02", "2026-01", "2032-01")] == [0, 47, 119]
    assert [month_text(index, "2022-02") for index in (0, 11, 119)] == ["2022-02", "2023-01", "2032-01"]
    assert (years_within(), years_within("2022-02")) == ((2027, 2036), (2023, 2032))
    for text in ("2022-01", "2032-02"):
        with pytest.raises(ScenarioError, match="outside 2022-02 to 2032-01"):
            month_index(text, start="2022-02")


def test_a_scenario_takes_the_seeds_of_its_start_whichever_are_given():
    early = load_seeds(start="2022-02")
    for given in (None, load_seeds(), early):
        scenario = scenario_from_dict(EARLY, seeds=given)
        assert scenario.start == "2022-02"
        assert scenario.deviations == {}
        assert scenario.levers["dialogue"] == early.value("dialogue", "default")
    assert scenario_from_dict({"title": "Now"}, seeds=early).start == "2026-01"


def test_dated_entries_count_from_the_start():
    scenario = scenario_from_dict(
        EARLY
        | {
            "schedule": [{"lever": "threat", "at": "2022-03", "value": 1.5}],
            "shocks": [{"card": "programme_stop", "at": "2023-07"}],
        }
    )
    assert (scenario.schedule[0].month, scenario.shocks[0].month) == (1, 17)
    assert Card("programme_stop", "2026-03", 1, 1.0).month == 2


def test_the_usual_start_leaves_fingerprints_as_they_were():
    now = scenario_from_dict({"title": "Now"})
    assert scenario_from_dict({"title": "Now", "start": "2026-01"}).fingerprint() == now.fingerprint()
    assert "start" not in now.to_toml()
    early = scenario_from_dict(EARLY)
    same_levers = scenario_from_dict({"title": "Now", "levers": early.levers})
    assert same_levers.levers == early.levers
    assert same_levers.fingerprint() != early.fingerprint()


def test_the_start_is_inherited_and_cannot_be_changed(tmp_path):
    (tmp_path / "eve.toml").write_text('title = "Eve"\nstart = "2022-02"\n')
    child = {"title": "Child", "extends": "eve"}
    assert scenario_from_dict(child, folder=tmp_path).start == "2022-02"
    assert scenario_from_dict(child | {"start": "2022-02"}, folder=tmp_path).start == "2022-02"
    with pytest.raises(ScenarioError, match="start: 2026-01 differs from 2022-02, the start of eve"):
        scenario_from_dict(child | {"start": "2026-01"}, folder=tmp_path)


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ({"start": "2021-01"}, "unknown start '2021-01'; the known starts are 2026-01 and 2022-02"),
        ({"horizon_year": 2033}, "horizon_year: 2033 is outside 2023 to 2032"),
        ({"start": "2026-01", "horizon_year": 2026}, "horizon_year: 2026 is outside 2027 to 2036"),
        ({"schedule": [{"lever": "threat", "at": "2035-01", "value": 1}]}, "outside 2022-02 to 2032-01"),
    ],
)
def test_what_does_not_fit_the_start_is_refused(part, sentence):
    with pytest.raises(ScenarioError, match=sentence):
        scenario_from_dict(EARLY | part)


def test_files_and_links_keep_the_start():
    scenario = scenario_from_dict(EARLY | {"levers": {"dialogue": 0.7}, "horizon_year": 2027})
    assert scenario_from_toml(scenario.to_toml()).fingerprint() == scenario.fingerprint()
    link = scenario.to_query()
    assert link == "1~~t~2022-02~l~dialogue~0.7~h~2027"
    assert from_query(link).fingerprint() == scenario.fingerprint()
    with pytest.raises(ScenarioError, match="a named scenario has its own start"):
        from_query("1~baseline~t~2022-02")


def test_the_scenario_of_february_2022_counts_gaps_to_2026():
    scenario = load_scenario("february_2022")
    assert (scenario.start, scenario.horizon_year) == ("2022-02", 2026)
    assert scenario.levers["threat"] == 1.0
    assert next(entry for entry in scenario.schedule if entry.lever == "threat").at == "2022-03"
    assert from_query(scenario.to_query()) == scenario
    changed = scenario.with_levers({"dialogue": 0.8})
    assert from_query(changed.to_query()) == changed
