"""`sim game replay|fork|export|import`: a game gone through again, changed, handed on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.files import write_text
from sim.cli.game_parts import Json, Source, Words, data_of, game_id, host, lines_of, played, shown, table
from sim.cli.say import console, print_json

Turn = Annotated[int, typer.Option(metavar="N", help="The turn in which the order is another.")]
Seat = Annotated[str, typer.Option(metavar="POL", help="Whose order it is.")]


def replay(source: Source, as_json: Json = False) -> None:
    """Compute a game again from its log and say whether every turn ends as it did, bit for bit.

    Exit code 1 where one does not: another model, or a log that was changed.
    """
    from sim.game.retrace import retrace

    setup, entries = played(source)
    found = retrace(setup, entries)
    turns = [
        {"turn": one.turn, "logged": one.logged, "found": one.found, "same": one.same, "undone": one.undone}
        for one in found.turns
    ]
    if as_json:
        print_json({"same": found.same, "entries": len(entries), "turns": turns})
    else:
        rows = [
            (str(one.turn), one.found[:12], "yes" if one.same else f"no: {one.logged[:12]}")
            for one in found.turns
        ]
        console().print(table("Each turn again", ("Turn", "Digest", "As in the log"), rows))
    if not found.same:
        raise typer.Exit(1)


def fork(
    source: Source,
    words: Words,
    turn: Turn,
    seat: Seat,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Leave the order out instead.")] = False,
    as_json: Json = False,
) -> None:
    """Play a game again with one order changed and all else as it was, and show what differs at the end."""
    from sim.game.orders import parse_order
    from sim.game.retrace import differences, forked, retrace

    order = parse_order(data_of(words))
    setup, entries = played(source)
    game = retrace(setup, entries).told.game
    record = differences(game, forked(game, turn, seat, order, withdraw))
    if as_json:
        print_json(record)
        return
    heads = ("State", "Usable", "with it", "Price over base", "with it", "Foreign hold", "with it")
    rows = []
    for one in record["states"]:
        was, then = shown(one), shown(one, "_fork")
        rows.append((one["state"], *(part for both in zip(was, then, strict=True) for part in both)))
    console().print(table("At the end, and with the changed order", heads, rows))
    if record["same"]:
        print("Nothing differs.")


def export(
    source: Annotated[str, typer.Argument(metavar="GAME", help="A code or a token.")],
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="A file; else it is printed.")] = None,
) -> None:
    """Write a game as lines of JSON, without tokens and names: to keep, to hand on, to replay."""
    from sim.game.transfer import export_lines

    games = host()
    text = "".join(f"{line}\n" for line in export_lines(games.rooms.store, game_id(games, source)))
    if out is None:
        typer.echo(text, nl=False)
        return
    write_text(out, text)


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file of `sim game export`.")],
    as_json: Json = False,
) -> None:
    """Read an exported game into the store as a new room, with a code and facilitator's token of its own."""
    from sim.game.transfer import import_lines

    game, token = import_lines(host().rooms.store, lines_of(file))
    if as_json:
        print_json({"code": game.code, "token": token, "turn": game.turn})
        return
    print(f"Room {game.code}, turn {game.turn}. Facilitator's token: {token}")
