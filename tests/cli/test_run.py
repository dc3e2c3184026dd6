"""`sim run` and `sim compare`: the shapes of their JSON, what a person sees, and the files they write."""

import csv
import shutil

import pytest

from sim.policy.measures import MEASURES
from tests.cli.call import asked, call, refusal, strict_json
from tests.structure.tree import ROOT

FEW = ("--replications", "3")
BY_PLACE = {name for name, one in MEASURES.items() if one.scope == "place"}
BY_INDUSTRY = {name for name, one in MEASURES.items() if one.scope == "industry"}
INDUSTRIES = {"korea", "europe", "united_states", "other"}
QUANTILES = {"p10", "p50", "p90", "mean"}


@pytest.fixture(scope="module")
def baseline():
    return asked("run", "baseline", *FEW)


@pytest.fixture(scope="module")
def pause():
    return asked("compare", "baseline", "us_pause", "no_korea", *FEW)


def test_run_prints_what_was_promised(baseline):
    assert {"scenario", "model_version", "random_seed", "replications", "measures"} <= set(baseline)
    assert (baseline["scenario"], baseline["random_seed"], baseline["replications"]) == ("baseline", 1, 3)
    assert set(baseline["measures"]) == BY_PLACE
    for name, one in baseline["measures"].items():
        assert set(one) == {"label", "unit", "better"} | QUANTILES, name
        assert one["p10"] <= one["p50"] <= one["p90"]


def test_run_has_every_state_and_every_industry(baseline):
    assert len(baseline["by_buyer"]) == 32
    for found in baseline["by_buyer"].values():
        assert set(found) == BY_PLACE
        assert all(set(one) == QUANTILES for one in found.values())
    assert set(baseline["by_industry"]) == INDUSTRIES
    for found in baseline["by_industry"].values():
        assert set(found) == BY_INDUSTRY
        assert all(set(one) == QUANTILES for one in found.values())


def test_the_random_seed_decides(baseline):
    assert asked("run", "baseline", *FEW) == baseline
    other = asked("run", "baseline", *FEW, "--random-seed", "2")
    assert other["measures"] != baseline["measures"]


def test_set_changes_the_run_and_its_name(baseline):
    changed = asked("run", "baseline", *FEW, "--set", "threat=1.5", "--set", "korean_supply=off")
    assert changed["scenario"].startswith("baseline-")
    assert changed["measures"] != baseline["measures"]


def test_without_uncertainty_no_fact_is_drawn(baseline):
    assert asked("run", "baseline", *FEW, "--uncertainty", "none")["measures"] != baseline["measures"]


def test_a_scenario_can_be_a_path(tmp_path):
    path = tmp_path / "my_pause.toml"
    shutil.copy(ROOT / "scenarios" / "us_pause.toml", path)
    assert asked("run", str(path), *FEW)["scenario"] == "my_pause"


def test_run_shows_tables():
    done = call("run", "baseline", *FEW)
    assert (done.exit_code, done.stderr) == (0, "")
    for text in ("Europe and Canada", "Industry: Korea", "Larger buyers", "Poland", "not a forecast"):
        assert text in done.stdout


def test_run_shows_the_states_asked_for():
    shown = call("run", "baseline", *FEW, "--buyer", "nor", "--buyer", "POL").stdout
    assert shown.index("Norway") < shown.index("Poland")
    assert "Larger buyers" not in shown


def test_run_writes_what_it_prints(tmp_path, baseline):
    out = tmp_path / "result.json"
    assert asked("run", "baseline", *FEW, "--out", str(out)) == baseline
    assert strict_json(out.read_text(encoding="utf-8")) == baseline


def test_run_writes_a_long_table(tmp_path, baseline):
    out = tmp_path / "result.csv"
    assert call("run", "baseline", *FEW, "--out", str(out)).exit_code == 0
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 33 * len(BY_PLACE) + 4 * len(BY_INDUSTRY)
    first = next(row for row in rows if (row["place"], row["measure"]) == ("POL", "cost_pv"))
    assert float(first["p50"]) == baseline["by_buyer"]["POL"]["cost_pv"]["p50"]


def test_compare_prints_what_was_promised(pause):
    assert (pause["base"], pause["replications"]) == ("baseline", 3)
    assert list(pause["others"]) == ["us_pause", "no_korea"]
    for found in pause["others"].values():
        tables = [found["measures"], *found["by_buyer"].values(), *found["by_industry"].values()]
        assert len(tables) == 1 + 32 + 4
        for one in (one for table in tables for one in table.values()):
            assert {"mean", "low", "high"} <= set(one["difference"])
            assert one["share_better"] is None or 0 <= one["share_better"] <= 1
        assert set(found["measures"]) == BY_PLACE
        assert set(found["by_industry"]) == INDUSTRIES
        for one in found["expected"]:
            assert {"measure", "direction", "kept"} <= set(one)
            assert one["kept"] in (True, False, None)


def test_no_korean_supply_means_fewer_korean_orders(pause):
    korea = pause["others"]["no_korea"]["by_industry"]["korea"]
    assert korea["orders_value"]["difference"]["high"] < 0


def test_compare_with_itself_changes_nothing():
    found = asked("compare", "baseline", "baseline", *FEW)["others"]["baseline"]
    assert {one["difference"]["mean"] for one in found["measures"].values()} == {0.0}


def test_compare_takes_levers_for_the_other():
    found = asked("compare", "baseline", "--set", "threat=1.5", *FEW)
    (name,) = found["others"]
    assert found["base"] == "baseline"
    assert name.startswith("baseline-")


def test_a_fact_is_held_on_the_command_line(baseline):
    held = asked("run", "baseline", *FEW, "--fact", "POL.main_battle_tank.requirement=3000")
    assert held["scenario"].startswith("baseline-")
    gaps = [one["by_buyer"]["POL"]["gap_years"]["mean"] for one in (baseline, held)]
    assert gaps[1] > gaps[0]
    assert "unknown fact" in refusal("run", "baseline", "--fact", "POL.tanks=3")


def test_compare_shows_tables():
    done = call("compare", "baseline", "us_pause", *FEW)
    assert (done.exit_code, done.stderr) == (0, "")
    for text in ("Europe and Canada", "Expected before the run", "90 % of replications", "Better in"):
        assert text in done.stdout
    assert any(verdict in done.stdout for verdict in ("kept", "not clear"))


def test_compare_writes_a_long_table(tmp_path):
    out = tmp_path / "difference.csv"
    assert call("compare", "baseline", "us_pause", *FEW, "--out", str(out)).exit_code == 0
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert {row["other"] for row in rows} == {"us_pause"}
    assert {"base", "place", "measure", "mean", "low", "high", "share_better"} <= set(rows[0])


def test_a_file_that_cannot_be_written_is_refused_before_the_run(tmp_path):
    (tmp_path / "folder.json").mkdir()
    assert "is a folder" in refusal("run", "baseline", "--out", str(tmp_path / "folder.json"))
    assert "must end in .json or .csv" in refusal("run", "baseline", "--out", str(tmp_path / "x.png"))
    assert "does not exist" in refusal(
        "compare", "baseline", "us_pause", "--out", str(tmp_path / "no" / "x.csv")
    )
    assert list(tmp_path.iterdir()) == [tmp_path / "folder.json"]
