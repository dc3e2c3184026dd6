"""`sim game WHAT`: the wargame without a browser; one file of its own for each group of commands."""

from __future__ import annotations

import typer

from sim.cli import game_log, game_room, game_seat, game_simulate
from sim.cli.groups import Named


class Steps(Named):
    """The group of commands of the game."""

    kind = "command of the game"


app = typer.Typer(name="game", cls=Steps, rich_markup_mode=None, subcommand_metavar="WHAT ...")


@app.callback(invoke_without_command=True)
def start(context: typer.Context) -> None:
    """Play: open a room, take seats, give orders, end turns, go through a game again; each WHAT with --help.

    A TOKEN is what `new` (the facilitator's) and `join` (a player's own) print; whoever has it, has the seat.
    """
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


for _command in (
    game_room.new,
    game_room.rooms,
    game_seat.join,
    game_seat.show,
    game_seat.order,
    game_seat.ready,
    game_seat.propose,
    game_seat.answer,
    game_room.take,
    game_room.inject,
    game_room.resolve,
    game_room.undo,
    game_log.replay,
    game_log.fork,
    game_log.export,
    game_log.import_,
    game_simulate.simulate,
    game_simulate.tournament,
):
    app.command({"rooms": "list", "import_": "import"}.get(_command.__name__))(_command)
