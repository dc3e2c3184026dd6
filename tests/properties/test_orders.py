"""People order what they like: nothing is made or lost, both engines agree, and the past stays as it was."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.evidence.seeds import Seeds, load_seeds
from sim.model.builder import build_world
from sim.model.futures import advance
from sim.model.model import ProcurementModel
from sim.model.records import Array
from sim.model.state import (
    CHOOSE,
    EXPAND,
    FRAMEWORK,
    HOLD,
    JOINT,
    LAUNCH,
    MONTHS,
    NONE,
    PRICE,
    PROMISE,
    SEAT,
    WAIT,
)
from tests.properties.runs import changed, opened, toy_scenario
from tests.toy import toy_with_rules
from tests.worlds import orders_of

BUYERS, CATEGORIES, LINES = 3, 2, 4
TURN = 12
# Half of the months are those in which turns of a year, half a year or a quarter begin.
MONTH = st.integers(0, MONTHS - 1) | st.integers(0, MONTHS // 3 - 1).map(lambda at: 3 * at)
NEED, LINE = st.integers(0, BUYERS * CATEGORIES - 1), st.integers(0, LINES - 1)
SOME_LINE = st.integers(NONE, LINES - 1)


def order(kind: int, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Orders of a kind in some month."""
    return st.fixed_dictionaries({"kind": st.just(kind), "month": MONTH, **fields})


ORDER = st.one_of(
    order(SEAT, row=st.integers(0, BUYERS - 1), amount=st.sampled_from([0.0, 1.0, 3.0, 6.0, 12.0])),
    order(CHOOSE, row=NEED, line=SOME_LINE, second=SOME_LINE),
    order(WAIT, row=NEED),
    order(LAUNCH, row=NEED, line=SOME_LINE, route=st.integers(0, JOINT), upper=st.integers(0, 1),
          amount=st.floats(-1.0, 500.0)),
    order(HOLD, row=NEED, months=st.integers(0, 60)),
    order(FRAMEWORK, row=NEED, line=SOME_LINE, amount=st.floats(0.0, 500.0), months=st.integers(0, 60)),
    order(PRICE, row=LINE, amount=st.floats(0.2, 5.0)),
    order(PROMISE, row=LINE, amount=st.floats(0.0, 3.0)),
    order(EXPAND, row=LINE, amount=st.floats(-0.5, 2.0)),
)  # fmt: skip
# A person who chooses the same line at every turn, besides whatever else is ordered.
LOYAL = st.tuples(st.integers(0, BUYERS - 1), st.integers(0, LINES - 1))


def loyal(buyer: int, line: int) -> list[dict[str, Any]]:
    """A state whose person takes one line for all its needs, at every turn of a year."""
    rows = range(buyer * CATEGORIES, (buyer + 1) * CATEGORIES)
    return [{"kind": SEAT, "row": buyer, "amount": TURN}] + [
        {"kind": CHOOSE, "month": month, "row": row, "line": line}
        for month in range(0, MONTHS, TURN)
        for row in rows
    ]


TABLES = st.tuples(st.lists(ORDER, max_size=40), st.lists(LOYAL, max_size=2)).map(
    lambda found: orders_of(found[0] + [each for who in found[1] for each in loyal(*who)])
)


@pytest.fixture(scope="module")
def toy(tmp_path_factory) -> Seeds:
    """The toy world with the rules of the project."""
    return load_seeds(toy_with_rules(tmp_path_factory.mktemp("orders")))


@pytest.fixture(scope="module")
def begun(toy):
    """A replication of the toy world under orders, before the first month."""
    world, scenario = build_world(toy), toy_scenario(toy)

    def start(orders: Array | None = None, replication: int = 0):
        return opened(scenario, replication, world=world, orders=orders)

    start.world, start.scenario = world, scenario
    return start


def run_to(place, month=MONTHS):
    """The state of a replication after some months."""
    advance(place, 0, month)
    return place.state


def test_the_toy_world_is_as_large_as_these_orders_think(begun):
    world = begun.world
    assert (len(world.buyers), len(world.categories), len(world.lines)) == (BUYERS, CATEGORIES, LINES)


def test_orders_are_followed_in_these_runs(begun):
    """Without this all below could hold because nothing is ever done."""
    signed = set()
    for line in (0, 1, 2):
        state = run_to(begun(orders_of(loyal(0, line))))
        contracts = state.contracts[: int(state.clock["contracts"][0])]
        tanks = contracts[(contracts["existing"] == 0) & (contracts["pair"] == 0)]
        at_turn = tanks[tanks["signed"] % TURN == 0]
        assert len(at_turn)
        assert (at_turn["line"] == line).all()
        signed.add(at_turn.tobytes())
    assert len(signed) == 3


@settings(max_examples=15, deadline=None)
@given(orders=TABLES, replication=st.integers(0, 1000))
def test_agents_and_loops_give_the_same_bits(begun, toy, orders, replication):
    model = ProcurementModel(
        begun.scenario, replication=replication, seeds=toy, world=begun.world, orders=orders
    )
    state = run_to(begun(orders, replication))
    model.run()
    assert changed(model.state, state) == []


@settings(max_examples=60, deadline=None)
@given(orders=TABLES, replication=st.integers(0, 1000))
def test_units_and_money_are_conserved_every_month_whatever_is_ordered(begun, orders, replication):
    place = begun(orders, replication)
    state = place.state
    for month in range(MONTHS):
        advance(place, month, month + 1)
        clock = state.clock[0]
        assert clock["units_error"] < 1e-6, month
        assert clock["money_error"] < 1e-9, month
        running = np.bincount(state.pairs["buyer"], state.pairs["open"], minlength=BUYERS)
        assert (state.buyers["open_tenders"] == running).all(), month
    contracts = state.contracts[: int(state.clock["contracts"][0])]
    new = contracts[contracts["existing"] == 0]
    assert (state.lines["category"][new["line"]] == state.pairs["category"][new["pair"]]).all()
    assert (new["quantity"] == np.floor(new["quantity"])).all()
    assert (new["first_due"] >= new["signed"]).all()
    assert (new["unit_price"] > 0.0).all()
    assert np.isfinite(state.series).all()


@settings(max_examples=30, deadline=None)
@given(orders=TABLES, month=st.integers(0, MONTHS - 1), replication=st.integers(0, 1000))
def test_orders_leave_everything_before_them_as_it_was(begun, orders, month, replication):
    later = orders[orders["month"] >= month]
    for one, other in ((later, None), (orders, orders[orders["month"] < month])):
        states = [run_to(begun(table, replication), month) for table in (one, other)]
        assert changed(*states) == []


@settings(max_examples=30, deadline=None)
@given(orders=TABLES, data=st.data())
def test_the_order_of_months_in_the_table_decides_nothing(begun, orders, data):
    # What is ordered for one month keeps its order.
    months = data.draw(st.permutations(sorted(set(orders["month"].tolist()))))
    mixed = np.concatenate([orders[:0], *(orders[orders["month"] == month] for month in months)])
    assert changed(run_to(begun(orders)), run_to(begun(mixed))) == []


EMPTY = {
    "no orders": [],
    "what holds anyway": [
        {"kind": SEAT, "row": 0, "amount": 0.0},
        {"kind": HOLD, "row": 0, "months": 0},
        *({"kind": kind, "row": line, "amount": 1.0} for kind in (PRICE, PROMISE) for line in range(LINES)),
    ],
    "after the end": [{"kind": WAIT, "month": MONTHS, "row": row} for row in range(BUYERS * CATEGORIES)],
    "what cannot be": [
        {"kind": LAUNCH, "row": 0, "amount": 0.0},
        {"kind": LAUNCH, "row": 5, "amount": 10.0},  # the United States need no howitzers here
        {"kind": CHOOSE, "month": 0, "row": 5, "line": 3},
        {"kind": FRAMEWORK, "row": 0, "line": 3, "amount": 100.0, "months": 60},
    ],
}
COUNTS = ("first_order", "last_order")


@pytest.mark.parametrize("orders", EMPTY.values(), ids=EMPTY)
@pytest.mark.parametrize("replication", range(4))
def test_without_orders_a_run_is_the_plain_run(begun, toy, orders, replication):
    plain = run_to(begun(replication=replication))
    played = run_to(begun(orders_of(orders), replication))
    model = ProcurementModel(
        begun.scenario, replication=replication, seeds=toy, world=begun.world, orders=orders_of(orders)
    ).run()
    for state in (played, model.state):
        for name in COUNTS:
            state.clock[name] = plain.clock[name]
        state.pairs["hold_until"] = plain.pairs["hold_until"]
        assert changed(state, plain) == []
