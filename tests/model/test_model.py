"""The Mesa model and the compiled ensemble are one model: same stages, same order, same bits."""

import ast
import gc
import inspect
import weakref

import numpy as np
import pytest

from sim import run
from sim.experiment.ensemble import world_of
from sim.model import schedule
from sim.model.model import ProcurementModel
from sim.model.record import INDUSTRY_MEASURES, MEASURES
from sim.model.schedule import STAGES
from sim.model.stages.books import INDUSTRY_SERIES, SERIES
from sim.model.state import CAUSES, MONTHS, ROUTES
from tests.properties.runs import NAMES, ensemble, named, same

# Many replications of three scenarios, the first of every other.
MANY = dict.fromkeys(("baseline", "us_pause", "peninsula_contingency"), 12)
RUNS = [(name, replication) for name in NAMES for replication in range(MANY.get(name, 1))]


def stepped(name: str, replication: int, **how) -> ProcurementModel:
    """A replication of a scenario stepped by agents to the end."""
    scenario = named(name)
    world = world_of(start=scenario.start)
    return ProcurementModel(scenario, replication=replication, world=world, **how).run()


def assert_same_replication(model: ProcurementModel, result, replication: int) -> None:
    """Hold everything the ensemble notes of a replication to the same bits in the model."""
    measures, industry = model.measures(), model.industry_measures()
    for row, measure in enumerate(MEASURES):
        assert same(measures[row], result.values[measure.id][replication]), measure.id
    for row, measure in enumerate(INDUSTRY_MEASURES):
        assert same(industry[row], result.industry_values[measure.id][replication]), measure.id
    clock = model.state.clock[0]
    counts = {name: numbers[replication] for name, numbers in result.counts.items()}
    assert clock["contracts"] - clock["existing"] == counts["contracts"]
    assert clock["draws"] == counts["draws"]
    for name in ("waited", "collapsed", "tenders"):
        assert model.state.buyers[name].sum() == counts[name]
    spending = model.state.series[SERIES.index("spending")].astype(np.float32)
    assert same(spending, result.series["spending"][replication])
    for row, name in enumerate(INDUSTRY_SERIES):
        noted = model.state.industry_series[row].astype(np.float32)
        assert same(noted, result.industry_series[name][replication]), name


@pytest.mark.parametrize(("name", "replication"), RUNS)
def test_agents_and_ensemble_give_the_same_bits(name, replication):
    assert_same_replication(stepped(name, replication), ensemble(name, 12), replication)


def test_agents_and_ensemble_hold_the_same_facts():
    held = named("baseline").with_facts({"POL.main_battle_tank.requirement": 1500, "need.renewal": 0.2})
    result = run(held, replications=2)
    assert_same_replication(ProcurementModel(held, replication=1).run(), result, 1)
    assert not same(result.values["gap_years"], ensemble("baseline", 12).values["gap_years"][:2])


def test_a_replication_is_the_same_in_runs_of_any_length():
    short, long = ensemble("baseline", 12), run(named("baseline"), replications=40)
    for name, numbers in short.values.items():
        assert same(numbers, long.values[name][:12]), name


def test_agents_and_ensemble_agree_without_uncertainty_and_under_another_random_seed():
    result = run(named("baseline"), replications=2, random_seed=99, uncertainty="none")
    model = stepped("baseline", 1, random_seed=99, uncertainty="none")
    assert_same_replication(model, result, 1)


# What a loop of the schedule runs over, and the kind of entity whose stage it calls.
KINDS = {"len(state.cards)": "card", "len(state.buyers)": "buyer", "len(state.lines)": "line",
         "category.first_line": "line", "state.clock[0].due": "tender"}  # fmt: skip


def steps_of_a_month() -> list[tuple[str, str]]:
    """(kind, stage) of every call in `run_month`, in order, read from the source of the schedule."""
    tree = ast.parse(inspect.getsource(schedule))
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    assigned, *calls = functions["run_month"].body[1:]
    assert isinstance(assigned, ast.Assign)
    found = []
    for statement in calls:
        loop = functions[statement.value.func.id]
        over = [node for node in ast.walk(loop) if isinstance(node, ast.For)]
        made = [node for node in ast.walk(loop) if isinstance(getattr(node, "value", None), ast.Call)]
        calls_made = [node.value for node in made if isinstance(node, ast.Expr)]
        assert len(over) <= 1, f"{loop.name} loops over more than one thing"
        assert len(calls_made) == 1, f"{loop.name} does more than one thing"
        kind = KINDS[ast.unparse(over[0].iter.args[0])] if over else "alliance"
        found.append((kind, calls_made[0].func.id))
    return found


def test_the_compiled_month_calls_the_stages_in_their_order():
    listed = [(kind, function.__name__) for stage in STAGES for kind, function in stage.steps]
    assert steps_of_a_month() == listed


def test_there_are_twelve_stages_numbered_from_one():
    assert [stage.number for stage in STAGES] == list(range(1, 13))
    assert len({stage.title for stage in STAGES}) == 12


def test_a_model_runs_as_many_months_as_there_are_and_no_more():
    model = stepped("baseline", 0)
    assert model.month == MONTHS
    with pytest.raises(ValueError, match=f"the run ends after {MONTHS} months"):
        model.step()


def test_contracts_are_plain_rows():
    model = stepped("baseline", 3)
    rows = model.contracts()
    assert len(rows) == model.state.clock["contracts"][0]
    world = model.world
    for row in rows:
        assert row["buyer"] in world.buyers
        assert row["line"] in world.lines
        assert row["industry"] in world.industries
        assert row["category"] in world.categories
        assert row["route"] in ROUTES
        assert tuple(row["causes"]) == CAUSES
        assert all(type(value) in (str, bool, float, int, dict, type(None)) for value in row.values())
    poland = next(buyer for buyer in model.buyers if buyer.name == "POL")
    assert poland.contracts() == [row for row in rows if row["buyer"] == "POL"]


def test_agents_show_their_own_row():
    model = ProcurementModel(named("baseline"), world=world_of())
    assert [agent.name for agent in model.buyers] == list(world_of().buyers)
    for agents, keys in ((model.buyers, model.state.buyers), (model.suppliers, model.state.lines)):
        assert [int(agent.record["key"]) for agent in agents] == [int(key) for key in keys["key"]]


def test_a_tender_due_belongs_to_its_state():
    model = ProcurementModel(named("baseline"), world=world_of())
    seen = 0
    for _ in range(24):
        model.step()
        due = sorted(model.state.due[: int(model.state.clock["due"][0])].tolist())
        assert sorted(row for buyer in model.buyers for row in buyer.tenders_due()) == due
        seen += len(due)
    assert seen


def test_a_model_leaves_memory_when_nobody_holds_it():
    model = ProcurementModel(named("baseline"), world=world_of())
    model.step()
    held = [weakref.ref(model), weakref.ref(model.buyers[0]), weakref.ref(model.state.contracts)]
    del model
    gc.collect()
    assert [ref() for ref in held] == [None, None, None]
