"""`sim game join|show|order|ready|propose|answer`: what a player does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.game_parts import Json, Token, Words, data_of, dials_table, host, new_key, table
from sim.cli.say import console, print_json

if TYPE_CHECKING:
    from sim.game.replay import Standing


def join(
    code: Annotated[str, typer.Argument(help="The code of the room.")],
    seat: Annotated[str, typer.Option(metavar="POL", help="The seat wished for; by lot unless given.")] = "",
    name: Annotated[str, typer.Option(help="A name that others see.")] = "",
    as_json: Json = False,
) -> None:
    """Take a seat in a room; prints your token, which is your seat: keep it."""
    from sim.game.secret import new_token

    token = new_token()
    player = host().rooms.join(code, token, "command line", name, seat)
    if as_json:
        print_json({"token": token, "player": player.id, "seat": player.seat, "role": player.role})
        return
    print(f"You sit in {player.seat}{_role(player.role)}. Your token: {token}")


def _role(role: str) -> str:
    return f" as {role.replace('_', ' ')}" if role else ""


def show(
    token: Token,
    seat: Annotated[str, typer.Option(metavar="POL", help="For the facilitator: whose view.")] = "",
    as_json: Json = False,
) -> None:
    """Show what your seat sees at the beginning of the open turn, and what it has ordered."""
    from sim.game.changes import changes
    from sim.game.errors import GameError
    from sim.game.orders import order_record
    from sim.game.seats import STATE, find_seat

    games = host()
    who, told, stand = games.rooms.who(token), games.told(token), games.standing(token)
    if who.part == "player" and seat not in ("", who.seat):
        raise GameError("a player sees the own seat only")
    mine = find_seat(who.seat or seat or told.game.setup.seats[0])
    record = {
        **_view(stand, mine.id, mine.kind == STATE),
        "changes": [one.record() for one in changes(stand, mine.states)],
        "orders": [order_record(one) for one in told.now.orders.get(mine.id, ())],
        "proposals": [
            {"number": at, "answer": told.now.answers.get(at), **one.model_dump(mode="json")}
            for at, one in told.now.proposals.items()
        ],
        "over": told.game.over,
    }
    if as_json:
        print_json(record)
        return
    _print(record)


def _view(stand: Standing, seat: str, buyer: bool) -> dict[str, Any]:
    from sim.game.view import buyer_view
    from sim.game.view_others import other_view

    return buyer_view(stand, seat).record() if buyer else other_view(stand, seat).record()


def _print(record: dict[str, Any]) -> None:
    """The view as tables that fit a screen."""
    out = console()
    title = f"{record['seat']}: turn {record['turn']} of {record['turns']}, {record['month']}"
    out.print(dials_table(title, record.get("dials") or record.get("states") or ()))
    for tender in record.get("tenders", ()):
        _print_tender(tender)
    needs = [
        (
            f"{one['state']} {one['category']}", f"{one['required']:,.0f}", f"{one['usable']:,.0f}",
            f"{one['on_order']:,.0f}", f"{one['gap']:,.0f}", one["decided"] or "-",
        )
        for one in record.get("needs", ())
    ]  # fmt: skip
    if needs:
        heads = ("Need", "Required", "Usable", "On order", "Gap as planned", "Tender decided")
        out.print(table("Needs", heads, needs))
    policies = [
        (one["lever"], f"{one['now']:g}", f"{one['lowest']:g} to {one['highest']:g}")
        for one in record.get("policies", ())
    ]
    if policies:
        out.print(table("Policies", ("Policy", "Now", "Can move to"), policies))
    for order in record["orders"]:
        out.print("ordered: " + " ".join(f"{name}={value}" for name, value in order.items() if value))


def _print_tender(tender: dict[str, Any]) -> None:
    heads = ("Offer", "First month", "Usual", "Worst case", "Price, musd", "Could withhold")
    rows = [
        (
            one["line"], f"{one['first']:.0f}", f"{one['likely']:.0f}", f"{one['worst']:.0f}",
            f"{one['all_in']:,.1f}", " ".join(sorted({*one["delivery"], *one["support"]})) or "-",
        )
        for one in tender["offers"]
    ]  # fmt: skip
    title = f"To decide: {tender['state']} {tender['category']}, {tender['quantity']:,.0f}, {tender['route']}"
    console().print(table(title, heads, rows))


def order(
    token: Token,
    words: Words,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take back what is ordered about it.")] = False,
    as_json: Json = False,
) -> None:
    """Give an order for your seat: choose, wait, launch, hold, lever, price, promise or expand."""
    games = host()
    told = games.told(token)
    give = games.withdraw if withdraw else games.order
    entry = give(token, told.game.number, data_of(words), new_key())
    _said(as_json, {"turn": entry.turn, "seat": entry.seat, "seq": entry.seq, **entry.payload}, "Noted.")


def ready(
    token: Token,
    not_yet: Annotated[bool, typer.Option("--not-yet", help="You want to go on deciding.")] = False,
    as_json: Json = False,
) -> None:
    """Say that you have decided."""
    games = host()
    entry = games.ready(token, games.told(token).game.number, not not_yet, new_key())
    _said(as_json, {"turn": entry.turn, "ready": not not_yet}, "Noted.")


def propose(token: Token, words: Words, as_json: Json = False) -> None:
    """Offer another seat a joint purchase or a framework, such as: joint receiver=ROU state=POL ..."""
    games = host()
    data = data_of(words)
    entry = games.propose(token, games.told(token).game.number, data, new_key())
    _said(as_json, {"proposal": entry.seq, **entry.payload}, f"Offered, as number {entry.seq}.")


def answer(
    token: Token,
    proposal: Annotated[int, typer.Argument(metavar="NUMBER", help="Of the offer, from `sim game show`.")],
    refuse: Annotated[bool, typer.Option("--refuse", help="Say no; without it, yes.")] = False,
    as_json: Json = False,
) -> None:
    """Answer an offer that was made to your seat."""
    games = host()
    entry = games.answer(token, games.told(token).game.number, proposal, not refuse, new_key())
    _said(as_json, {"proposal": proposal, "accept": entry.payload["accept"]}, "Answered.")


def _said(as_json: bool, record: dict[str, Any], sentence: str) -> None:
    if as_json:
        print_json(record)
    else:
        print(sentence)
