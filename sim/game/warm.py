"""A short game of which nothing is kept, so that no player waits while functions are made ready."""

from __future__ import annotations


def warm() -> None:
    """Play a turn and look at it from every kind of seat; takes seconds once in a process, then nothing."""
    from sim.game.changes import changes
    from sim.game.replay import standing
    from sim.game.setup import new_setup
    from sim.game.turn import Game, Turn
    from sim.game.view import buyer_view
    from sim.game.view_others import other_view

    setup = new_setup(random_seed=1, turns=2)
    game = Game(setup).held_by(("POL",)).resolve(Turn(people=frozenset({"POL"})))
    stand = standing(game)
    buyer_view(stand, "POL")
    other_view(stand, "korea")
    changes(stand, ["POL"])
