"""Decisions written down while an ensemble runs: the months are those of `run`, and nothing is lost."""

import ast
import inspect

import numpy as np
import pytest

from sim import Cancelled, run
from sim.experiment.books import books
from sim.experiment.decisions import (
    AFTER_SIGNING,
    NO_MONEY,
    NO_STOCK,
    OUTCOMES,
    UNTIL_OFFERS,
    _outcome,
    explain,
    month_watched,
    need_of,
    needs_of,
)
from sim.experiment.ensemble import world_of
from sim.model import schedule
from sim.model.plan import plan_of
from sim.model.record import MEASURES, measure
from sim.model.schedule import suppliers_offer, tenders_decided
from sim.model.stages.sign import sign
from sim.model.state import COMPETITION, MONTHS
from sim.policy.errors import ScenarioError
from tests.properties.runs import BOOKS, named, opened
from tests.worlds import call_tender, small_state

REPLICATIONS = 2


@pytest.fixture(scope="module")
def poland():
    """All decisions of Poland on tanks in two replications of the baseline."""
    return explain(named("baseline"), "POL", "main_battle_tank", replications=REPLICATIONS)


def test_the_steps_of_a_watched_month_are_those_of_the_schedule():
    tree = ast.parse(inspect.getsource(schedule))
    month = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "run_month")
    called = [one.value.func.id for one in month.body if isinstance(getattr(one, "value", None), ast.Call)]
    ours = [step.__name__ for step in UNTIL_OFFERS] + ["tenders_decided", "contracts_signed"]
    assert called == ours + [step.__name__ for step in AFTER_SIGNING]


@pytest.mark.parametrize("name", ["baseline", "us_pause", "february_2022"])
def test_a_watched_replication_is_that_of_a_run_bit_for_bit(name):
    scenario = named(name)
    watched, plain, world = opened(scenario, 1), opened(scenario, 1), world_of(start=scenario.start)
    row = need_of(world, "POL", "main_battle_tank")
    for month in range(MONTHS):
        month_watched(world, watched.state, month, row, 1)
        schedule.run_month(plain.state, month)
    for table in (*BOOKS, "refused", "levers"):
        one, other = getattr(watched.state, table), getattr(plain.state, table)
        assert np.asarray(one).tobytes() == np.asarray(other).tobytes(), table


def test_measures_are_those_of_a_run():
    world = world_of()
    place = opened(named("baseline"))
    row = need_of(world, "DEU", "combat_aircraft")
    for month in range(MONTHS):
        month_watched(world, place.state, month, row, 0)
    result = run(named("baseline"), replications=1)
    assert (
        place.state.clock["contracts"][0] - place.state.clock["existing"][0] == result.counts["contracts"][0]
    )
    assert float(place.state.clock["draws"][0]) == result.counts["draws"][0]
    measure(place.state, plan_of(named("baseline"), world).horizon, place.top, place.bottom, place.industry)
    for at, one in enumerate(MEASURES):
        known = place.bottom[at] != 0.0
        assert np.array_equal(place.top[at][known] / place.bottom[at][known], result.values[one.id][0][known])


def test_all_tenders_of_a_state_are_those_of_its_books():
    kept = books(named("baseline"), replications=REPLICATIONS)
    mine = kept.states[kept.states["state"] == "POL"]
    found = [
        explain(named("baseline"), "POL", category, replications=REPLICATIONS)
        for category in needs_of(world_of(), "POL")
    ]
    tenders = [tender for one in found for tender in one.tenders]
    counted = {outcome: sum(one.outcome == outcome for one in tenders) for outcome in OUTCOMES}
    assert len(tenders) == mine["tenders"].sum()
    assert counted["waited"] + counted["no_offer"] == mine["waited"].sum()
    assert counted["collapsed"] + counted["no_money"] + counted["no_stock"] == mine["collapsed"].sum()
    assert sum(len(one.signed) for one in tenders) == mine["contracts"].sum()


def test_what_is_written_down_fits_together(poland):
    assert poland.tenders
    for tender in poland.tenders:
        assert tender.outcome in OUTCOMES
        assert 0 <= tender.opened <= tender.month < MONTHS or tender.opened < 0
        assert (tender.outcome == "signed") == bool(tender.signed)
        assert set(tender.signed) <= {tender.chosen, tender.second}
        assert {one.line for one in tender.offers}.isdisjoint(tender.silent)
        if tender.chosen is not None:
            assert tender.offer(tender.chosen).months > 0
    signed = poland.of_category
    assert len(signed) == sum(len(one.signed) for one in poland.tenders)
    assert set(poland.lines) >= set(signed["line"])
    assert set(poland.contracts["buyer"]) == {"POL"}
    assert set(poland.needs["replication"]) == set(range(REPLICATIONS))
    assert poland.reliance["share"].between(0.0, 1.0 + 1e-9).all()
    assert "POL" not in set(poland.reliance["authority"])


def test_more_replications_and_a_second_look_change_nothing(poland):
    more = explain(named("baseline"), "POL", "main_battle_tank", replications=REPLICATIONS + 1)
    assert tuple(one for one in more.tenders if one.replication < REPLICATIONS) == poland.tenders


@pytest.mark.parametrize(
    ("buyer", "category", "sentence"),
    [
        ("PLO", "main_battle_tank", "there is no state 'PLO'; the nearest is 'POL'"),
        ("POL", "tank", "there is no category 'tank'"),
        ("LUX", "submarine", "LUX has no need of submarine in this model; it needs "),
    ],
)
def test_what_cannot_be_explained_gets_a_sentence(buyer, category, sentence):
    with pytest.raises(ScenarioError, match=sentence):
        explain(named("baseline"), buyer, category, replications=1)


def test_a_run_tells_how_far_it_is_and_can_be_stopped():
    told = []
    with pytest.raises(Cancelled):
        explain(
            named("baseline"), "NOR", "submarine", replications=3,
            progress=lambda done, all_of_it: told.append((done, all_of_it)), cancel=lambda: len(told) == 1,
        )  # fmt: skip
    assert told == [(1, 3)]


def failed(line, buyer):
    """A tender for six with one offer, decided; it cannot be signed."""
    state = small_state(lines=(line,), buyers=(buyer,), rules={"choice_wait": -1e9})
    call_tender(state, 0, quantity=6.0, route=COMPETITION)
    suppliers_offer(state)
    tenders_decided(state)
    state.lines["surplus_left"][0] = min(2.0, state.lines["surplus_left"][0])
    sign(0, state)
    return state


def test_money_and_stock_that_no_longer_reach_are_told_apart():
    poor = failed({}, {"cash": 0.0, "usual_inflow": 0.0})
    assert _outcome(0, False, poor) == NO_MONEY
    late = failed({"surplus": 1, "surplus_left": 6.0}, {})
    assert _outcome(0, False, late) == NO_STOCK
