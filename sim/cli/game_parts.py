"""What the commands of the game share: orders as words, games by file, code or token, one table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.say import Refused
from sim.evidence.facts import quoted

if TYPE_CHECKING:
    from rich.table import Table

    from sim.game.entry import Entry
    from sim.game.host import Host
    from sim.game.setup import Setup

Token = Annotated[str, typer.Argument(help="A token that `sim game new` or `sim game join` printed.")]
Words = Annotated[
    list[str],
    typer.Argument(
        metavar="ORDER...", help="Such as: wait state=POL category=submarine; or one JSON object."
    ),
]
Source = Annotated[str, typer.Argument(metavar="GAME", help="An exported file, a code or a token.")]
Turns = Annotated[int | None, typer.Option(metavar="N", help="How many turns; 7 unless the plan says else.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
NUMBERS = ("value", "factor", "share")


def host() -> Host:
    """The games of the usual store."""
    from sim.game.host import Host

    return Host()


def new_key() -> str:
    """A key for one entry: each call of the program says a thing of its own."""
    from sim.game.secret import new_id

    return new_id()


def data_of(words: Sequence[str]) -> dict[str, Any]:
    """An order or proposal from words, `kind name=value ...`, or from one JSON object; raises Refused."""
    if words[0].lstrip().startswith("{"):
        try:
            found = json.loads(" ".join(words))
        except ValueError as error:
            raise Refused(f"order: {quoted(' '.join(words))} is not JSON ({error})") from None
        return dict(found)
    parts = [word.partition("=") for word in words[1:]]
    for name, sign, _ in parts:
        if not sign or not name:
            raise Refused(f"order: {quoted(name)} is not of the form NAME=VALUE, such as state=POL")
    return {"kind": words[0], **{name: value for name, _, value in parts}}


def played(source: str) -> tuple[Setup, list[Entry]]:
    """The set-up and log of a game from an exported file, a code or a token; raises Refused or GameError."""
    from sim.game.setup import new_setup

    file = Path(source)
    if is_file(file):
        from sim.game.transfer import read_lines

        header, entries, _turn, _status = read_lines(lines_of(file))
        return new_setup(**header.setup), entries
    games = host()
    record = games.rooms.store.game(game_id(games, source))
    return new_setup(**record.setup), games.rooms.store.entries(record.id)


def game_id(games: Host, source: str) -> str:
    """The id of the game with this code or token; raises Refused or GameError."""
    from sim.game.access import is_token

    if is_token(source):
        return games.rooms.who(source).game
    if len(source) > 20 or "." in source or "/" in source:
        raise Refused(f"there is no file {quoted(source)}")
    return games.rooms.find(source, "command line").id


def is_file(file: Path) -> bool:
    """Whether there is such a file; what cannot be the name of one is none."""
    try:
        return file.is_file()
    except (OSError, ValueError):
        return False


def lines_of(file: Path) -> list[str]:
    """The lines of a file; raises Refused where it cannot be read as text."""
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text in UTF-8"
        raise Refused(f"{quoted(file)} cannot be read ({reason})") from None


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A table whose first column is text and whose others stand to the right."""
    from rich import box
    from rich.table import Table

    found = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for at, head in enumerate(heads):
        found.add_column(head, justify="left" if at == 0 else "right", overflow="fold")
    for row in rows:
        found.add_row(*row)
    return found


def dials_table(title: str, dials: Sequence[dict[str, Any]]) -> Table:
    """The three dials of states."""
    heads = ("State", "Usable, share of need", "Price over base", "Largest foreign hold")
    return table(title, heads, [(one["state"], *shown(one)) for one in dials])


def shown(one: dict[str, Any], ending: str = "") -> tuple[str, str, str]:
    """The three dials of a state as text."""
    cost = one[f"cost{ending}"]
    return (
        f"{one[f'speed{ending}']:.0%}",
        "-" if cost is None else f"{cost:.2f}",
        f"{one[f'reliance{ending}']:.0%}",
    )
