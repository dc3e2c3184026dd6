"""`--scheduler`: the same command on a cluster, with the same numbers."""

import pytest
import typer

from sim.cli.work import working
from sim.experiment import cluster
from sim.experiment.ensemble import Cancelled
from sim.experiment.points import Outcome, evaluate
from sim.policy.errors import ScenarioError
from sim.policy.scenario import load_scenario
from tests.cli.call import asked, refusal
from tests.experiment.cluster import processes

RUN = ("run", "baseline", "--replications", "6")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with processes(tmp_path_factory.mktemp("cluster"), workers=1) as running:
        yield running.address


@pytest.mark.parametrize(
    "words",
    [
        RUN,
        (*RUN, "--fact", "POL.gdp=900000"),
        ("compare", "baseline", "no_korea", "--replications", "4"),
        ("analyse", "marginal", "--replications", "2"),
    ],
)
def test_a_command_prints_the_same_with_a_cluster(address, words):
    assert asked(*words, "--scheduler", address) == asked(*words)


@pytest.mark.parametrize("command", [RUN, ("compare", "baseline", "no_korea"), ("calibrate",),
                                     ("report", "baseline", "--out", "never.html")])  # fmt: skip
def test_an_address_where_nobody_answers_is_refused_in_one_sentence(command, monkeypatch):
    monkeypatch.setattr(cluster, "WAIT", 0.5)
    said = refusal(*command, "--scheduler", "tcp://127.0.0.1:1")
    assert said.startswith("no Dask scheduler answers at tcp://127.0.0.1:1; start one with `dask scheduler`")


def test_a_method_gets_its_work_from_the_options(address):
    scenario, wanted = load_scenario("baseline"), [Outcome("gap_years")]
    with working("Here", 2, 7, "none") as work:
        here = evaluate([scenario], wanted, work)
    with working("There", 2, 7, "none", address) as work:
        assert evaluate([scenario], wanted, work).tobytes() == here.tobytes()
    assert here.shape == (1, 2, 1)
    assert here[0, 0] != here[0, 1]


def test_stopping_ends_the_command_with_130_and_numbers_out_of_range_are_refused():
    with pytest.raises(typer.Exit) as stopped, working("Here", 2, 7):
        raise Cancelled("stopped")
    assert stopped.value.exit_code == 130
    with pytest.raises(ScenarioError, match="got 0"), working("Here", 0, 7):
        pass
