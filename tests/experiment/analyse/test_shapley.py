"""Shapley values against games worked by hand, against all orders typed out, and what must always hold."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.experiment.analyse.shapley import exact, interactions, orders, sampled, sets_of

SIZES = st.integers(1, 5)
GAMES = SIZES.flatmap(lambda n: arrays(float, (2**n, 3), elements=st.floats(-1e3, 1e3, width=32)))


FIVE = (16 / 3, 4 / 3, 13 / 12, 23 / 12, 4 / 3)
PAIRS = {
    (0, 1): 2.0, (0, 2): 2.0, (0, 3): 2.0, (0, 4): 0.0, (1, 2): 0.0,
    (1, 3): 1.5, (1, 4): 1.5, (2, 3): 0.5, (2, 4): 0.0, (3, 4): 1.5,
}  # fmt: skip


def game(count, worth):
    """The outcomes of all sets of a game, given as a function of the set of its players."""
    return np.array(
        [float(worth({one for one in range(count) if number >> one & 1})) for number in range(2**count)]
    )


def by_all_orders(values):
    """Each player's mean gain over every order of joining: the definition, word by word."""
    count = len(values).bit_length() - 1
    found = np.zeros((count, *values.shape[1:]))
    ways = list(permutations(range(count)))
    for way in ways:
        here = 0
        for player in way:
            found[player] += (values[here + 2**player] - values[here]) / len(ways)
            here += 2**player
    return found


def by_samples(values, pairs, random_seed=1):
    """What sampled orders make of a game of which every set is known."""
    drawn = orders(len(values).bit_length() - 1, pairs, random_seed)
    return sampled(values, sets_of(drawn), drawn)


def gloves(players):
    """Player 0 has a left glove, 1 and 2 a right one each; a pair is worth 1."""
    return 0 in players and len(players) > 1


def voting(players):
    """Five permanent and ten other members: all five and four others carry a resolution."""
    return players >= set(range(5)) and len(players) >= 9


def test_the_glove_game():
    """Of the six orders the left glove completes a pair in four, each right glove in one."""
    assert exact(game(3, gloves)) == pytest.approx([4 / 6, 1 / 6, 1 / 6])


def test_an_additive_game_gives_each_player_its_own():
    own = (3.0, -1.0, 0.5, 7.0)
    assert exact(game(4, lambda players: sum(own[one] for one in players))) == pytest.approx(own)


def test_the_airport_game():
    """Runways for planes that need 1, 2 and 4: each metre is shared by those that need it."""
    needs = (1.0, 2.0, 4.0)
    found = exact(game(3, lambda players: max((needs[one] for one in players), default=0.0)))
    assert found == pytest.approx([1 / 3, 1 / 3 + 1 / 2, 1 / 3 + 1 / 2 + 2])


def test_the_security_council():
    """Shapley and Shubik's index of 1954, for the council of fifteen: 0.1963 and 0.0019."""
    found = exact(game(15, voting))
    assert found[:5] == pytest.approx([421 / 2145] * 5)
    assert found[5:] == pytest.approx([4 / 2145] * 10)


def test_a_game_of_five_as_another_program_solves_it():
    """Values and pairs (index of Grabisch and Roubens) computed once with shapiq 1.4.1, exactly."""
    values = game(5, five)
    assert exact(values) == pytest.approx(FIVE)
    found = interactions(values)
    assert {pair: found[pair] for pair in PAIRS} == pytest.approx(PAIRS)


def five(players):
    c = [one in players for one in range(5)]
    pairs = 2 * c[0] * c[1] - 1.5 * c[2] * c[3] + 4 * c[0] * c[2] * c[3]
    return 3 * c[0] - c[1] + 0.5 * c[2] + pairs + max(0, c[1] + c[3] + c[4] - 1) ** 2


@given(values=GAMES)
@settings(max_examples=60)
def test_it_is_the_mean_over_all_orders(values):
    assert exact(values) == pytest.approx(by_all_orders(values), abs=1e-8)


@given(values=GAMES)
@settings(max_examples=60)
def test_the_parts_add_up_in_every_replication(values):
    assert exact(values).sum(axis=0) == pytest.approx(values[-1] - values[0], abs=1e-8)
    found, _ = by_samples(values, 2)
    assert found.sum(axis=0) == pytest.approx(values[-1] - values[0], abs=1e-8)


@given(values=GAMES)
@settings(max_examples=40)
def test_a_dummy_gets_exactly_nothing_and_changes_no_other(values):
    """A player is added who changes nothing: the sets come twice, without and with it."""
    with_dummy = np.concatenate([values, values])
    found = exact(with_dummy)
    assert (found[-1] == 0.0).all()
    assert found[:-1] == pytest.approx(exact(values), abs=1e-8)
    assert (interactions(with_dummy)[-1] == 0.0).all()
    assert (by_samples(with_dummy, 2)[0][-1] == 0.0).all()


@given(st.lists(st.floats(-1e3, 1e3, width=32), min_size=5, max_size=5))
def test_players_that_are_alike_get_the_same(by_size):
    found = exact(np.array([by_size[number.bit_count()] for number in range(16)]))
    assert found == pytest.approx(np.full(4, (by_size[4] - by_size[0]) / 4), abs=1e-8)


def test_what_has_no_figure_in_one_set_has_none_at_all():
    values = np.array([[0.0, 0.0], [1.0, np.nan], [2.0, 2.0], [4.0, 4.0]])
    found = exact(values)
    assert found[:, 0] == pytest.approx([1.5, 2.5])
    assert np.isnan(found[:, 1]).all()


def test_some_sets_are_no_game():
    with pytest.raises(ValueError, match="6 sets"):
        exact(np.zeros(6))


def test_interactions_of_two():
    """Two switches that work only together, two that do the same work, two that do not meet."""
    together = interactions(np.array([0.0, 0.0, 0.0, 1.0]))
    assert together[0, 1] == together[1, 0] == 1.0
    assert together[0, 0] == together[1, 1] == 0.0
    assert interactions(np.array([0.0, 1.0, 1.0, 1.0]))[0, 1] == -1.0
    assert interactions(np.array([0.1, 0.3, 0.2, 0.4]))[0, 1] == 0.0  # the rest of rounding is no interaction


def test_orders_are_pairs_of_opposites_that_more_pairs_keep():
    few, many = orders(7, 2, random_seed=4), orders(7, 5, random_seed=4)
    assert np.array_equal(many[:4], few)
    assert np.array_equal(many[1::2], many[::2, ::-1])
    assert (np.sort(many, axis=1) == np.arange(7)).all()
    assert not np.array_equal(orders(7, 2, random_seed=5), few)
    assert sets_of(np.array([[2, 0, 1]])) == [[0, 4, 5, 7]]


def test_more_players_than_bits_of_a_word():
    assert sets_of(orders(150, 1, random_seed=1))[0][-1] == 2**150 - 1


def test_sampled_values_come_near_the_exact_ones_within_their_error():
    values = game(10, lambda players: len(players & {0, 1, 2}) ** 2 + 3 * (7 in players and 8 in players))
    found, error = by_samples(values[:, None], 60)
    true = exact(values)
    assert (np.abs(found[:, 0] - true) <= 4 * error + 1e-9).all()
    assert error.max() < 0.3
    assert found[9, 0] == 0.0
    assert error[9] == 0.0


def test_an_order_and_its_reverse_leave_no_error_where_players_meet_in_pairs():
    """Two players' joint gain goes to one of them in an order and to the other in its reverse."""
    values = game(6, lambda players: len(players) ** 2)
    found, error = by_samples(values[:, None], 3)
    assert found[:, 0] == pytest.approx(np.full(6, 6.0))
    assert error == pytest.approx(np.zeros(6), abs=1e-9)
