"""Futures of a replication held still: the one it would have had, and others, each with its own chance."""

import numpy as np
import pytest

from sim.model.futures import ACCOUNTS, advance, held_still, keys_of, released, run_futures
from sim.model.randomness import stream
from sim.model.stages.strength import fielded
from sim.model.state import MONTHS, NEVER, NONE, PRICE
from tests.properties.runs import changed, named, opened, same
from tests.worlds import orders_of

NOW, LEFT, SEED = 24, 0.5, 1
MARKS = np.array([35, 59])
ROWS = np.array([3, 0, 11])  # Albania, without needs, in the middle
AUTHORITIES = np.array([35, 6, NONE])  # the United States, Czechia, nobody
MANY = 700


@pytest.fixture
def place():
    """A replication of the baseline after two years."""
    found = opened(named("baseline"))
    advance(found, 0, NOW)
    return found


def futures(place, keys, marks=MARKS, month=NOW, held=None, contracts=MANY):
    """Futures of a replication from a month on."""
    held = held_still(place) if held is None else held
    return run_futures(place, held, keys, month, marks, ROWS, AUTHORITIES, LEFT, contracts)


def own_key(place):
    """The key of a replication's own chance."""
    return np.array([place.state.clock["stream"][0]], np.uint64)


def tables(found):
    """The tables of futures."""
    return (found.strength, found.accounts, found.books)


def assert_same_futures(one, other):
    """Hold futures to the same bits."""
    for left, right in zip(tables(one), tables(other), strict=True):
        assert same(left, right)


def noted(state):
    """What each state asked for could field under each authority asked for."""
    return np.array([[fielded(row, one, LEFT, state) for one in AUTHORITIES] for row in ROWS])


def test_a_future_with_a_replications_own_key_is_the_replication_run_on(place):
    held = held_still(place)
    found = futures(place, own_key(place), held=held)
    after = place.state.whole.copy()
    released(place, held)
    for at, mark in enumerate(MARKS):
        advance(place, NOW if at == 0 else int(MARKS[at - 1]) + 1, int(mark) + 1)
        assert same(found.strength[0, at], noted(place.state))
    assert same(place.state.whole, after)
    buyers = place.state.buyers[ROWS]
    money = [buyers["cash"], buyers["debt"] + buyers["interest"], buyers["committed"], buyers["usual_inflow"]]
    assert same(found.accounts[0], np.array(money).T)
    assert len(money) == len(ACCOUNTS)


def test_a_replication_is_run_on_as_if_it_had_never_been_held_still(place):
    held = held_still(place)
    advance(place, NOW, 60)
    on = held_still(place)
    released(place, held)
    assert same(place.state.whole, held)
    assert not same(on, held)
    elsewhere = opened(named("baseline"), replication=5)
    for other in (place, elsewhere):
        released(other, held)
        advance(other, NOW, 60)
        assert same(other.state.whole, on)
    straight = opened(named("baseline"))
    advance(straight, 0, 60)
    assert changed(straight.state, place.state) == []


def test_what_is_held_does_not_move_with_the_replication(place):
    held = held_still(place)
    before = held.copy()
    advance(place, NOW, NOW + 6)
    assert same(held, before)


def test_each_future_hangs_on_its_key_alone(place):
    keys = keys_of(SEED, 3)
    found = futures(place, keys, held=(held := held_still(place)))
    assert_same_futures(found, futures(place, keys, held=held))
    turned = futures(place, keys[::-1].copy(), held=held)
    for left, right in zip(tables(found), tables(turned), strict=True):
        assert same(left, right[::-1])
    assert len({money.tobytes() for money in found.accounts}) == 3


def test_keys_are_those_of_replications_and_do_not_hang_on_their_count():
    keys = keys_of(7, 200)
    assert keys.tolist() == [int(stream(7, number)) for number in range(200)]
    assert len(set(keys.tolist())) == 200
    assert same(keys_of(7, 20), keys[:20])
    assert not np.intersect1d(keys, keys_of(8, 200)).size


def test_what_had_happened_is_the_same_in_all_futures(place):
    before = place.state.contracts[: int(place.state.clock["contracts"][0])]
    come = np.array(before["first_month"])
    found = futures(place, keys_of(SEED, 3))
    for future in range(3):
        known = come != NONE
        assert same(found.of_books("first")[future, : len(come)][known], come[known].astype(float))
        assert (found.of_books("first")[future, : len(come)][~known] >= NOW).all()


def test_the_last_delivery_is_noted_when_everything_is_there(place):
    found = futures(place, own_key(place))  # leaves the replication at the end of the future
    contracts = place.state.contracts[: int(place.state.clock["contracts"][0])]
    count, complete = len(contracts), contracts["delivered"] >= contracts["quantity"]
    assert (~complete & (contracts["delivered"] > 0)).any(), (
        "nothing is delivered in part: this shows nothing"
    )
    assert complete.any()
    assert (found.of_books("signed")[0] < NEVER).tolist() == [True] * count + [False] * (MANY - count)
    for column, name, there in (
        ("first", "first_month", contracts["delivered"] > 0),
        ("last", "last_month", complete),
        ("usable", "usable_month", contracts["delivered"] > 0),
    ):
        expected = np.where(there, contracts[name], NEVER)
        assert same(found.of_books(column)[0, :count], expected.astype(float)), name
        assert (found.of_books(column)[0, count:] == NEVER).all()


def test_fewer_contracts_may_be_noted_than_there_are(place):
    held, keys = held_still(place), keys_of(SEED, 2)
    many, few = futures(place, keys, held=held), futures(place, keys, held=held, contracts=5)
    assert few.books.shape[:2] == (2, 5)
    assert same(few.books, many.books[:, :5])
    assert same(few.accounts, many.accounts)


def test_after_the_end_nothing_changes(place):
    held, key = held_still(place), keys_of(SEED, 1)
    end = futures(place, key, marks=np.array([MONTHS - 1]), held=held)
    beyond = futures(place, key, marks=np.array([MONTHS - 1, MONTHS, MONTHS + 60]), held=held)
    for mark in range(3):
        assert same(beyond.strength[:, mark], end.strength[:, 0])
    assert same(beyond.accounts, end.accounts)
    assert same(beyond.books, end.books)
    advance(place, MONTHS, MONTHS)  # no month is left


def test_a_mark_that_is_over_shows_what_is_now(place):
    now = noted(place.state)
    found = futures(place, keys_of(SEED, 2), marks=np.array([NOW - 1]))
    assert same(found.strength[0, 0], now)
    assert same(found.strength[1, 0], now)


def test_withholding_never_helps_in_any_future(place):
    strength = futures(place, keys_of(SEED, 5)).strength
    assert np.isnan(strength[:, :, 1]).all(), "a state without needs has no share"
    strength = strength[:, :, [0, 2]]
    assert (strength >= 0.0).all()
    assert (strength <= strength[..., -1:] + 1e-12).all()
    assert (strength[..., -1] <= 1.0 + 1e-12).all()
    assert (strength[..., :-1] < strength[..., -1:]).any()


def test_orders_to_come_are_those_of_the_plan_it_is_released_under(place):
    orders = [{"month": month, "kind": PRICE, "row": 0, "amount": amount}
              for month, amount in ((0, 3.0), (5, 4.0), (30, 1.5))]  # fmt: skip
    other = opened(named("baseline"), orders=orders_of(orders))
    advance(other, 0, NOW)
    assert other.state.lines["stance"][0] == 4.0
    released(other, held_still(place))
    advance(other, NOW, 30)
    assert other.state.lines["stance"][0] == 1.0  # what was ordered before is not made up for
    advance(other, 30, 31)
    assert other.state.lines["stance"][0] == 1.5
    released(place, held_still(other))
    advance(place, 31, 40)
    assert place.state.lines["stance"][0] == 1.5  # what was ordered once holds on


def test_a_replication_of_another_world_is_not_taken(place):
    held = held_still(place)[:-1]
    with pytest.raises(ValueError, match="held still in another world"):
        futures(place, keys_of(SEED, 1), held=held)
    with pytest.raises(ValueError, match="could not broadcast"):
        released(place, held)
