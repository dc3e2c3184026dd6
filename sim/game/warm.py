"""A short game of which nothing is kept, so that no player waits while functions are made ready."""

from __future__ import annotations

from sim.model.compiled import cache_folder


def is_warm() -> bool:
    """Say whether what a game compiles beyond a run is on disk already."""
    folder = cache_folder()
    return folder.is_dir() and any(folder.rglob("*run_block_of_futures*.nbi"))


def warm() -> None:
    """Play a turn, look at it from every kind of seat, ask for futures; takes seconds once in a process."""
    from sim.game.advisor import advise
    from sim.game.changes import changes
    from sim.game.replay import standing
    from sim.game.setup import new_setup
    from sim.game.turn import Game, Turn
    from sim.game.view import buyer_view
    from sim.game.view_others import other_view

    setup = new_setup(random_seed=1, turns=2)
    game = Game(setup).held_by(("POL",))
    view = buyer_view(standing(game), "POL")
    for tender in view.tenders[:1]:
        advise(game, Turn(people=frozenset({"POL"})), "POL", tender.state, tender.category, futures=2)
    stand = standing(game.resolve(Turn(people=frozenset({"POL"}))))
    other_view(stand, "korea")
    changes(stand, ["POL"])
