"""`sim game simulate|tournament`: scripts play, alone and against the rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.game_parts import Json, dials_table, table
from sim.cli.game_room import RandomSeed, setup_of
from sim.cli.say import Refused, console, note, print_json, progress
from sim.evidence.facts import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

Scripts = Annotated[
    list[str] | None,
    typer.Option("--script", metavar="POL=NAME", help="Who plays a seat; may be repeated. Else by lot."),
]
Futures = Annotated[
    int, typer.Option(metavar="N", help="Futures over which scores are expected; 0 for no scores.")
]


def simulate(
    seats: Annotated[int, typer.Option(metavar="N", help="Players, spread over the seats of the game.")] = 30,
    turns: Annotated[int, typer.Option(metavar="N", help="How many turns.")] = 7,
    turn_months: Annotated[int, typer.Option(metavar="N", help="Months of a turn.")] = 12,
    table_of: Annotated[
        str | None, typer.Option("--table", metavar="POL,ROU,...", help="The seats of the game.")
    ] = None,
    scenario: Annotated[str, typer.Option(metavar="NAME", help="A name from `sim scenarios`.")] = "baseline",
    random_seed: RandomSeed = 1,
    script: Scripts = None,
    futures: Futures = 50,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write the game as an export.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Play a whole class without a browser: players join a room, scripts decide, the game runs to its end."""
    from sim.game.simulate import simulate as play

    setup = setup_of(scenario, table_of, turns, turn_months, random_seed, "Simulated class")
    with progress("Turns") as told:
        record = play(setup, seats, _scripts(script), futures, told)
    lines = record.pop("export")
    if out is not None:
        _write(out, lines)
    if as_json:
        print_json(record)
        return
    last = record["turns"][-1]
    console().print(dials_table(f"After turn {last['turn']}, {last['month']}", last["dials"]))
    heads = ("Seat", "Played by", "Orders", "Score", "Rules' own play")
    rows = [
        (
            seat,
            record["scripts"].get(seat, "rule"),
            str(sum(len(turn["orders"].get(seat, ())) for turn in record["turns"])),
            *_points(record["scores"].get(seat)),
        )
        for seat in setup.seats
    ]
    console().print(table("Seats", heads, rows))
    print(f"Digest {record['digest']}")


def _points(score: dict[str, Any] | None) -> tuple[str, str]:
    """A score and that of the rules in the same seat, in the unit of the seat."""
    if score is None:
        return "-", "-"
    if "expected" in score:
        return f"{score['expected']:.1f} points", f"{score['rules']:.1f}"
    if "points" in score:
        return f"{score['points']:,.0f} musd", f"{score['rules']:,.0f}"
    return f"worst off {score['worst']:.1%}", f"{score['rules']:.1%}"


def _scripts(given: list[str] | None) -> dict[str, str]:
    """Who plays which seat from options SEAT=NAME; raises Refused."""
    parts = [one.partition("=") for one in given or ()]
    for seat, sign, name in parts:
        if not (seat and sign and name):
            raise Refused(f"--script: {quoted(seat)} is not of the form SEAT=NAME, such as POL=cheapest")
    return {seat: name for seat, _, name in parts}


def _write(out: Path, lines: Sequence[str]) -> None:
    try:
        out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a file name"
        raise Refused(f"--out: {quoted(out)} cannot be written ({reason})") from None
    note(f"written to {out}")


def tournament(
    games: Annotated[int, typer.Option(metavar="N", help="Games, each with a random seed of its own.")] = 8,
    futures: Annotated[int, typer.Option(metavar="N", help="Futures of each score.")] = 60,
    turns: Annotated[int, typer.Option(metavar="N", help="How many turns.")] = 7,
    random_seed: RandomSeed = 1,
    as_json: Json = False,
) -> None:
    """Does a trivial way to play do well? Each script in one seat against rules in all others (minutes)."""
    from sim.game.tournament import tournament as compete

    if not 1 <= games <= 1000 or not 2 <= futures <= 1000:
        raise Refused("--games is from 1 to 1000 and --futures from 2 to 1000")
    setup = setup_of("baseline", None, turns, 12, random_seed, "Tournament")
    with progress("Games") as told:
        record = compete(setup, games, futures, told)
    if as_json:
        print_json(record)
        return
    heads = ("Script", "Gain, points", "from", "to", "Games with a gain")
    rows = [
        (one["script"], f"{one['gain']:+.1f}", f"{one['low']:+.1f}", f"{one['high']:+.1f}",
         f"{one['above']} of {one['games']}")
        for one in record["buyers"]
    ]  # fmt: skip
    console().print(table("Buyers: gain on the rules in the same seat, mean of seats", heads, rows))
    others = [
        (f"{one['seat']} {one['script']}", f"{one['gain']:+,.3g}", f"{one['low']:+,.3g}",
         f"{one['high']:+,.3g}", f"{one['above']} of {one['games']}")
        for one in record["seats"] if one["kind"] != "state"
    ]  # fmt: skip
    console().print(table("Industries (musd) and Alliance (share)", heads, others))
