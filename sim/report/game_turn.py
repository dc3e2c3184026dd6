"""A buyer's screen in words, tables and one chart: headline, gaps, money, dials."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from sim.game.orders import Choose, Order
from sim.game.setup import Setup
from sim.game.view import BuyerView, Dial, MoneySeen, NeedSeen
from sim.report import numbers, words
from sim.report.charts import Palette, Spec
from sim.report.game_words import category_name, counted, listed, month_ahead, seat_name, state_name
from sim.report.language import _, plural

SHOWN = 4  # tenders that are shown open; any others are left to the ministry unless opened


def headline(view: BuyerView) -> str:
    """What there is to decide, in one sentence."""
    seat, due = seat_name(view.seat), len(view.tenders)
    worst = max(view.needs, key=lambda need: need.missing, default=None)
    if worst is None:
        return _("{seat} has no need that this model looks at.").format(seat=seat)
    if due == 0:
        text = _("{seat} has no tender to decide now; most is missing in {category}: {share} of the need.")
    else:
        text = plural(
            "{seat} has {number} tender to decide now; most is missing in {category}: {share} of the need.",
            "{seat} has {number} tenders to decide now; most is missing in {category}: {share} of the need.",
            due,
        )
    return text.format(
        seat=seat, number=due, category=category_name(worst.category), share=numbers.percent(worst.missing)
    )


def label(need: NeedSeen, several: bool) -> str:
    """A need's category, with its state where a seat has several."""
    name = _(need.label)
    return _("{state}: {name}").format(state=state_name(need.state), name=name) if several else name


def gaps(view: BuyerView) -> pd.DataFrame:
    """Category, missing (share, 0-1) and its words, the largest first."""
    several = len(view.money) > 1
    rows = sorted(view.needs, key=lambda need: -need.missing)
    return pd.DataFrame(
        {
            "category": [label(need, several) for need in rows],
            "missing": [need.missing for need in rows],
            "words": [numbers.percent(need.missing) for need in rows],
        }
    )


def gaps_chart(rows: int, colours: Palette) -> Spec:
    """Bars of what is missing by category, as a share of what will be needed."""
    names = {"field": "category", "type": "nominal", "sort": None, "title": None}
    x = {
        "field": "missing", "type": "quantitative", "title": None, "scale": {"domain": [0, 1]},
        "axis": {"format": ".0%", "tickCount": 3},
    }  # fmt: skip
    bar = {"type": "bar", "color": colours.scenario, "height": {"band": 0.6}}
    text = {"type": "text", "align": "left", "dx": 4, "color": colours.ink, "aria": False}
    return {
        "height": 26 * rows,
        "padding": {"left": 0, "right": 8, "top": 0, "bottom": 0},
        "encoding": {"y": {**names, "axis": {"labelLimit": 150}}, "x": x},
        "layer": [
            {"mark": bar, "encoding": {"tooltip": [names, {"field": "words", "title": _("Missing")}]}},
            {"mark": text, "encoding": {"text": {"field": "words"}}},
        ],
    }


def gaps_alt(view: BuyerView) -> str:
    """The chart in a sentence."""
    rows = gaps(view).head(3)
    said = [_("{name} {share}").format(name=row.category, share=row.words) for row in rows.itertuples()]
    return _("Missing of what will be needed, by category. Most: {list}.").format(list=listed(said))


def needs_table(view: BuyerView) -> pd.DataFrame:
    """All needs: usable now and required, on order, missing, and by when new orders are planned to arrive."""
    several = len(view.money) > 1
    return pd.DataFrame(
        {
            _("Need"): [label(need, several) for need in view.needs],
            _("Usable now"): [f"{need.usable:,.0f}" for need in view.needs],
            _("Required now"): [f"{need.required:,.0f}" for need in view.needs],
            _("On order"): [f"{need.on_order:,.0f}" for need in view.needs],
            _("Missing then"): [counted(need.gap, need.unit) for need in view.needs],
            _("“Then” is"): [month_ahead(view.month, need.ahead) for need in view.needs],
        }
    )


def gaps_note(setup: Setup) -> str:
    """What the chart counts, and the days it has to be read against."""
    return _(
        "Missing: what will be needed when new orders can arrive, less what will be there with all orders "
        "counted. The day that nobody knows lies between {first} and {last}."
    ).format(first=setup.first_crisis, last=setup.last_crisis)


def money_sentence(money: MoneySeen) -> str:
    """What a state can still promise, and why, in a sentence."""
    open_now = max(0.0, money.room)
    text = _(
        "{state} can still promise {room}: it has {cash} in hand, {inflow} come in a year, and {owed} are "
        "signed and unpaid."
    )
    return text.format(
        state=state_name(money.state), room=numbers.money(open_now), cash=numbers.money(max(0.0, money.cash)),
        inflow=numbers.money(money.inflow), owed=numbers.money(money.committed),
    )  # fmt: skip


def ticked(view: BuyerView, state: str, orders: Iterable[Order]) -> float:
    """What the offers that a state has ticked cost together, as far as its money reaches for each; musd."""
    lots = {(one.state, one.category): one for one in view.tenders}
    total = 0.0
    for order in orders:
        tender = lots.get((order.state, order.category)) if isinstance(order, Choose) else None
        if tender is None or not isinstance(order, Choose) or order.state != state:
            continue
        prices = [one.all_in for one in tender.offers if one.line in (order.line, order.second)]
        total += tender.quantity * sum(prices) / max(1, len(prices))
    return total


def ticked_sentence(money: MoneySeen, value: float) -> str:
    """What the ticked offers cost together, and whether that is more than can be promised."""
    if value > money.room:
        text = _("What you have ticked costs {value}: more than can be promised, so some of it may fail.")
    else:
        text = _("What you have ticked costs {value}.")
    return text.format(value=numbers.money(value))


def money_table(rows: Sequence[MoneySeen]) -> pd.DataFrame:
    """Money by state, and how many more tenders its ministry can run."""
    return pd.DataFrame(
        {
            _("State"): [state_name(one.state) for one in rows],
            _("In hand"): [numbers.money(one.cash) for one in rows],
            _("Comes in a year"): [numbers.money(one.inflow) for one in rows],
            _("Signed and unpaid"): [numbers.money(one.committed) for one in rows],
            _("Loans to pay back"): [numbers.money(one.debt) for one in rows],
            _("EU loans, with conditions"): [numbers.money(one.credit) for one in rows],
            _("Can still be promised"): [numbers.money(one.room) for one in rows],
            _("More tenders"): [f"{one.tenders}" for one in rows],
        }
    )


def dial_values(dial: Dial) -> tuple[str, str, str]:
    """A state's speed, cost and reliance in words."""
    cost = _("no order yet") if dial.cost is None else _("{number} %").format(number=f"{100 * dial.cost:.0f}")
    return numbers.percent(dial.speed), cost, numbers.percent(dial.reliance)


def dials_table(own: Sequence[str], all_states: Sequence[Dial]) -> pd.DataFrame:
    """The three dials of the own states, then of the other seats' states in the order of the seats."""
    rows = [
        *(one for one in all_states if one.state in own),
        *(one for one in all_states if one.state not in own),
    ]
    values = [dial_values(one) for one in rows]
    names = [
        _("{state} (you)").format(state=state_name(one.state)) if one.state in own else state_name(one.state)
        for one in rows
    ]
    return pd.DataFrame(
        {
            _("State"): names,
            _("Speed: usable now"): [speed for speed, _cost, _hold in values],
            _("Cost: paid of base price"): [cost for _speed, cost, _hold in values],
            _("Reliance: largest hold"): [hold for _speed, _cost, hold in values],
        }
    )


def ended(number: int, month: str) -> str:
    """That a turn has ended."""
    return _("Turn {number} has ended; it is now {month}.").format(number=number, month=words.month(month))
