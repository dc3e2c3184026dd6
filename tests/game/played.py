"""Games on the real seeds with a fixed random seed, for tests of how a game is played."""

from sim.game.allowed import due_rows
from sim.game.replay import standing
from sim.game.seats import find_seat
from sim.game.setup import new_setup
from sim.game.strategies import play
from sim.game.turn import Game, Turn

SEED = 7


def new(*people, **setup):
    """A game before its first turn, with people in some seats."""
    return Game(new_setup(**{"random_seed": SEED, **setup})).held_by(people)


def after(game, turns, scripts=None, **turn):
    """The game some turns later, with scripts in some seats."""
    for _ in range(turns):
        game = game.resolve(scripted(game, scripts or {}, **turn))
    return game


def scripted(game, scripts, **turn):
    """The open turn as scripts play it."""
    stand = standing(game)
    orders = tuple((seat, play(name, stand, seat)) for seat, name in scripts.items())
    return Turn(orders=orders, people=game.people, **turn)


def given(game, seat, *orders, **turn):
    """The game with the open turn resolved with these orders of a seat."""
    return game.resolve(Turn(orders=((seat, orders),), people=game.people, **turn))


def due(stand, seat):
    """The needs of a seat that are decided now, as (state, category)."""
    count = len(stand.world.categories)
    rows = due_rows(stand, find_seat(seat))
    return [(stand.world.buyers[row // count], stand.world.categories[row % count]) for row in rows]


def contracts(stand, state=None):
    """The contracts in the books, of one state or of all, without those from before the start."""
    table = stand.state.contracts[: int(stand.state.clock["contracts"][0])]
    table = table[table["signed"] >= 0]
    return table if state is None else table[table["buyer"] == stand.world.buyers.index(state)]
