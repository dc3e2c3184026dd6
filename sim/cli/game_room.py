"""`sim game new|list|take|inject|resolve|undo`: what whoever runs a room does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.game_parts import Json, Token, dials_table, host, new_key, table
from sim.cli.say import console, print_json

if TYPE_CHECKING:
    from sim.game.setup import Setup

Seats = Annotated[
    str | None,
    typer.Option(metavar="POL,ROU,...", help="Who sits at the table; a class of thirty unless given."),
]
RandomSeed = Annotated[
    int | None, typer.Option(metavar="S", help="The same random seed, the same luck; drawn unless given.")
]


def new(
    scenario: Annotated[str, typer.Option(metavar="NAME", help="A name from `sim scenarios`.")] = "baseline",
    seats: Seats = None,
    turns: Annotated[int, typer.Option(metavar="N", help="How many turns.")] = 7,
    turn_months: Annotated[int, typer.Option(metavar="N", help="Months of a turn.")] = 12,
    random_seed: RandomSeed = None,
    title: Annotated[str, typer.Option(help="What the room is called.")] = "Leadtime",
    team: Annotated[int, typer.Option(metavar="N", help="People in a seat at most.")] = 3,
    as_json: Json = False,
) -> None:
    """Open a room and its first turn; prints the code to join by and the facilitator's token, only now."""
    setup = setup_of(scenario, seats, turns, turn_months, random_seed, title)
    games = host()
    game, token = games.open(setup, team)
    games.begin(token)
    if as_json:
        print_json({"code": game.code, "token": token, "setup": setup.model_dump(mode="json")})
        return
    print(f"Room {game.code}: join by `sim game join {game.code}`. Facilitator's token: {token}")


def setup_of(
    scenario: str, seats: str | None, turns: int, turn_months: int, random_seed: int | None, title: str
) -> Setup:
    """A set-up from the options of a command; raises GameError."""
    from sim.game.setup import new_setup

    given: dict[str, Any] = {} if random_seed is None else {"random_seed": random_seed}
    if seats is not None:
        given["seats"] = tuple(name.strip() for name in seats.split(",") if name.strip())
    return new_setup(scenario=scenario, turns=turns, turn_months=turn_months, title=title, **given)


def rooms(as_json: Json = False) -> None:
    """List the rooms of this machine: code, title, turn, people."""
    store = host().rooms.store
    found: list[dict[str, Any]] = [
        {
            "code": game.code,
            "title": game.title,
            "turn": game.turn,
            "turns": game.setup.get("turns"),
            "status": game.status,
            "people": sum(not each.left_at for each in store.players(game.id)),
            "created_at": game.created_at,
        }
        for game in store.games()
    ]
    if as_json:
        print_json(found)
        return
    heads = ("Code", "Title", "Turn", "People", "Status", "Opened")
    rows = [
        (
            one["code"], one["title"], f"{one['turn']} of {one['turns']}", str(one["people"]),
            one["status"], one["created_at"][:16],
        )
        for one in found
    ]  # fmt: skip
    console().print(table("Rooms", heads, rows))


def take(
    token: Token,
    seat: Annotated[str, typer.Argument(help="A seat of the game.")],
    by: Annotated[str, typer.Argument(metavar="HOW", help="rule, person, or script:NAME.")],
    as_json: Json = False,
) -> None:
    """Say who plays a seat from now on: its rules, a person, or a script. For the facilitator."""
    games = host()
    entry = games.take(token, games.told(token).game.number, seat, by, new_key())
    _said(as_json, {"seat": seat, "by": by, "seq": entry.seq}, f"{seat} is played by: {by}")


def inject(
    token: Token,
    card: Annotated[str, typer.Argument(help="A shock card of `seeds/cards.csv`.")],
    months: Annotated[int, typer.Option(metavar="N", help="How long it lasts.")] = 12,
    strength: Annotated[float, typer.Option(metavar="X", help="Of its usual strength, 0 to 1.")] = 1.0,
    as_json: Json = False,
) -> None:
    """Place a shock card in the second month of the open turn. For the facilitator."""
    from sim.game.turn import Inject

    games = host()
    placed = Inject(card, months, strength)
    entry = games.inject(token, games.told(token).game.number, placed, new_key())
    _said(as_json, {**entry.payload, "seq": entry.seq}, f"{card} comes for {months} months")


def resolve(token: Token, as_json: Json = False) -> None:
    """End the open turn: the model plays on to the next. For the facilitator."""
    from sim.game.simulate import dials

    games = host()
    game = games.told(token).game
    last = game.number == game.setup.turns
    entry = games.resolve(token, game.number, new_key(), "debrief" if last else "play")
    record = {
        "turn": game.number,
        "digest": entry.payload["digest"],
        "over": last,
        "dials": dials(games.standing(token)),
    }
    if as_json:
        print_json(record)
        return
    console().print(dials_table(f"After turn {game.number} of {game.setup.turns}", record["dials"]))


def undo(token: Token, as_json: Json = False) -> None:
    """Open the last turn again, with its orders as they were. For the facilitator."""
    games = host()
    turn = games.undo(token, new_key()).turn - 1
    _said(as_json, {"turn": turn}, f"Turn {turn} is open again")


def _said(as_json: bool, record: dict[str, object], sentence: str) -> None:
    if as_json:
        print_json(record)
    else:
        print(sentence)
