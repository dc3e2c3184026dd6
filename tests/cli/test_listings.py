"""`sim check`, `scenarios`, `levers`, `measures`: what they list, and that a broken row is found."""

from sim.cli.listings import checked
from sim.policy.measures import MEASURES
from tests.cli.call import asked, call, strict_json
from tests.structure.tree import ROOT
from tests.toy import TOY, change, copy_of_toy, toy_with_rules


def test_the_project_is_fine():
    report = asked("check")
    assert report["ok"] is True
    assert set(report["facts"]) == {"A", "B", "C", "D"}
    assert sum(report["facts"].values()) > 2000
    assert report["scenarios"] == len(list((ROOT / "scenarios").glob("*.toml")))


def test_a_fine_check_counts_facts_by_grade():
    done = call("check")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("fine: ")
    assert "D (judgement)" in done.stdout


def test_another_folder_of_seeds_can_be_checked(tmp_path):
    done = call("check", "--seeds", str(toy_with_rules(tmp_path)))
    assert done.exit_code == 0, done.stdout


def test_seeds_that_cannot_fill_the_model_fail_the_check():
    done = call("check", "--seeds", str(TOY))
    assert (done.exit_code, done.stderr) == (1, "")
    assert "the model cannot be filled: the seeds hold no" in done.stdout


def test_a_broken_row_fails_the_check(tmp_path):
    seeds = copy_of_toy(tmp_path)
    (seeds / "lines.csv").write_text("id,nonsense\n", encoding="utf-8")
    done = call("check", "--seeds", str(seeds))
    assert (done.exit_code, done.stderr) == (1, "")
    assert "lines.csv line 1" in done.stdout
    assert "found" in done.stdout.splitlines()[-1]
    report = call("check", "--seeds", str(seeds), "--json")
    assert report.exit_code == 1
    found = strict_json(report.stdout)
    assert found["ok"] is False
    assert {"file", "line", "field", "message", "level"} == set(found["problems"][0])


def test_a_range_that_excludes_its_value_is_named(tmp_path):
    seeds = copy_of_toy(tmp_path)
    change(seeds, "facts/levers.csv", "threat,default,1,0.3,2,index", "threat,default,5,0.3,2,index")
    (problem,) = checked(seeds)["problems"]
    assert (problem["file"], problem["level"]) == ("facts/levers.csv", "error")


def test_scenarios_are_listed_with_what_they_change():
    found = {one["id"]: one for one in asked("scenarios")}
    assert next(iter(found)) == "baseline"
    assert {path.stem for path in (ROOT / "scenarios").glob("*.toml")} == set(found)
    assert found["us_pause"]["extends"] == "baseline"
    assert "us_pause_of_deliveries" in {card["card"] for card in found["us_pause"]["shocks"]}
    assert all(one["title"] and one["question"] for one in found.values())
    assert "us_pause" in call("scenarios").stdout


def test_levers_are_listed_with_range_and_source():
    found = {one["id"]: one for one in asked("levers")}
    assert {"threat", "doctrine.POL.speed", "output.submarine"} <= set(found)
    for one in found.values():
        assert one["low"] <= one["default"] <= one["high"]
        assert one["sources"]
        assert one["grade"] in "ABCD"
        assert one["cost"]
    shown = call("levers").stdout
    assert "doctrine.*.speed" in shown
    assert "What it costs" in shown


def test_measures_are_listed():
    found = asked("measures")
    assert {one["id"] for one in found} == set(MEASURES)
    assert all(one["label"] and one["definition"] for one in found)
    assert "gap_years" in call("measures").stdout
