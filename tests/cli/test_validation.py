"""`sim patterns` and `sim history`: what they print, as tables and as JSON, and what they refuse."""

import pytest

from sim import MODEL_VERSION
from sim.cli import validation
from sim.estimation import contrasts
from sim.estimation.checks import Asked, Found, judge
from tests.cli.call import asked, call, refusal
from tests.estimation.frames import KOREA, books, worth

CHECKS = [
    judge("pattern", Asked("p01_stock", "1", "From stock.", "", 2.0, 8.0, "months", "seeds"), Found(5.0)),
    judge("pattern", Asked("p14_lumps", "14", "Lumps.", "", 0.5, None, "", "seeds"), Found(0.1, "smooth")),
    judge("plausibility", Asked("orders", "orders", "All.", "", None, 60.0, "bn", "judged"), Found(70.0)),
    judge("plausibility", Asked("when", "known", "Then.", "", 2027, 2028, "", "judged"), Found(float("nan"))),
]


@pytest.fixture
def measured(monkeypatch):
    """The command measures nothing but returns the four checks."""
    monkeypatch.setattr(validation, "run_checks", lambda replications, random_seed: CHECKS)


@pytest.fixture
def past(monkeypatch):
    """Twenty replications of one Korean order stand for the run from 2022."""
    rows = [worth(20_000.0 + n, replication=n, **KOREA) for n in range(20)]
    one = books(rows, replications=20, start="2022-02")
    monkeypatch.setattr(contrasts, "runner", lambda seeds, replications, random_seed: lambda name: one)


@pytest.mark.usefixtures("measured")
def test_failing_patterns_are_findings_and_not_errors():
    done = call("patterns")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "1 of 2 patterns, 0 of 2 ranges hold"
    assert any("p01_stock" in line and "pass" in line and "2 to 8" in line for line in lines)
    assert any("p14_lumps" in line and "FAIL" in line and "from 0.5" in line for line in lines)
    assert any("orders" in line and "FAIL" in line and "to 60" in line for line in lines)
    assert any("when" in line and "–" in line and "2027.0 to 2028.0" in line for line in lines)


@pytest.mark.usefixtures("measured")
def test_patterns_as_json():
    found = asked("patterns")
    assert [one["name"] for one in found] == ["p01_stock", "p14_lumps", "orders", "when"]
    assert {"name", "kind", "source", "target", "tolerance", "measured", "pass"} <= set(found[0])
    assert {one["model_version"] for one in found} == {MODEL_VERSION}
    assert (found[0]["pass"], found[0]["tolerance"], found[0]["measured"]) == (True, [2.0, 8.0], 5.0)
    assert (found[3]["pass"], found[3]["measured"]) == (False, None)


@pytest.mark.usefixtures("past")
def test_history_says_what_happened_and_what_the_model_orders():
    done = call("history")
    assert done.exit_code == 0
    assert done.stdout.startswith("Orders 2022-25: the total of ")
    for words in ("Main suppliers by value", "Outside the range:", "What counts: ", "Poland", "Submarines"):
        assert words in done.stdout


@pytest.mark.usefixtures("past")
def test_history_as_json():
    found = asked("history", "--replications", "20")
    assert (found["scenario"], found["replications"]) == ("february_2022", 20)
    assert {one["place"] for one in found["sums"]} == {"europe_canada", "POL", "NOR", "EST", "ROU", "DEU"}
    assert [one["state"] for one in found["suppliers"]] == ["POL", "NOR", "EST", "ROU", "DEU"]


@pytest.mark.parametrize("command", ["patterns", "history"])
def test_numbers_out_of_range_are_refused(command):
    assert "--replications must lie between 20 and 10000" in refusal(command, "--replications", "1")
    assert "--random-seed" in refusal(command, "--random-seed", "-1")
    assert refusal(command, "--replications", "many")
