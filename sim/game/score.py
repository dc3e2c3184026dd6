"""How a seat has done, in points of its own: dials to talk about, never a ranking.

A buyer: what it could field on a day that nobody knows, while a government that nobody knows withholds,
expected over many futures (skill) and as it came (luck), less what it owes beyond what its rules would owe.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any, Final

import numpy as np

from sim.evidence.seeds import load_seeds
from sim.game.allowed import capital_spent
from sim.game.crisis import (
    FUTURES,
    Fielded,
    cases,
    chances,
    fielded_in_futures,
    hidden,
    keys_of_futures,
    own_key,
)
from sim.game.orders import Expand
from sim.game.replay import Standing, standing
from sim.game.seats import ALLIANCE, INDUSTRY, Seat, find_seat
from sim.game.turn import Game, Turn, lines_of
from sim.model.record import GRACE
from sim.model.records import Array
from sim.model.stages.output import package

POINTS: Final = 100.0  # of a buyer that could field all it requires


@dataclass(frozen=True)
class BuyerScore:
    """A buyer's seat: points of 100.

    expected, low, high: mean and middle nine tenths over futures; realised: on the hidden day of this game;
    strength: expected share fielded; owed: years of usual equipment money owed beyond what the rules' own
    play would often owe;
    rules: expected points of the same seat when its rules decide all; better: expected less rules, paired,
    with its 95 % interval.
    """

    seat: str
    expected: float
    low: float
    high: float
    realised: float
    strength: float
    owed: float
    rules: float
    better: float
    better_low: float
    better_high: float

    def record(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


@dataclass(frozen=True)
class IndustryScore:
    """An industry's seat, all in musd.

    margin: on what was delivered; backlog: part of the margin on what is ordered; damages: for broken
    promises; growth: cost of the growth that was ordered; rules: points of its rules' own play.
    """

    seat: str
    points: float
    margin: float
    backlog: float
    damages: float
    growth: float
    rules: float

    def record(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


@dataclass(frozen=True)
class AllianceScore:
    """The Alliance's seat: expected share that the worst-off state could field, political capital left."""

    seat: str
    worst: float
    worst_state: str
    capital: float
    rules: float

    def record(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


Score = BuyerScore | IndustryScore | AllianceScore


def scores(game: Game, futures: int = FUTURES) -> dict[str, Score]:
    """The score of every seat of a game as it stands."""
    plain = without_people(game)
    return {name: score_of(game, plain, find_seat(name), futures) for name in game.setup.seats}


def score_of(game: Game, plain: Game, seat: Seat, futures: int = FUTURES) -> Score:
    """The score of one seat; plain: the same game played by rules alone."""
    if seat.kind == INDUSTRY:
        return _industry(game, plain, seat)
    if seat.kind == ALLIANCE:
        return _alliance(game, plain, seat, futures)
    return _buyer(game, plain, seat, futures)


def without_people(game: Game) -> Game:
    """The same game, as many turns long, with nobody at the table; cards of the facilitator stay."""
    turns = tuple(Turn(injects=turn.injects) for turn in game.turns)
    return replace(game, turns=turns, people=frozenset())


@lru_cache(maxsize=16)
def many(game: Game, futures: int) -> Fielded:
    """What all states at the table could field in many futures of a game (kept)."""
    return fielded_in_futures(game, states_at(game), keys_of_futures(game, futures))


@lru_cache(maxsize=16)
def own(game: Game) -> Fielded:
    """The same in the one future that the game goes on with (kept)."""
    return fielded_in_futures(game, states_at(game), own_key(game))


def states_at(game: Game) -> tuple[str, ...]:
    """The states that seats of a game decide for."""
    return tuple(state for name in game.setup.seats for state in find_seat(name).states)


def of_states(seen: Fielded, states: tuple[str, ...]) -> Fielded:
    """What is seen of some states only."""
    at = [seen.states.index(state) for state in states]
    after, accounts = seen.after[:, at], seen.accounts[:, at]
    return replace(seen, states=states, strength=seen.strength[:, :, at], after=after, accounts=accounts)


def expected_strength(game: Game, seen: Fielded) -> Array:
    """The share each state could field in each future, over all days and governments; (futures, states)."""
    weights = chances(game)
    return with_after(seen.strength.mean(axis=1) @ weights, seen.after @ weights)


def with_after(strength: Array, after: Array) -> Array:
    """Strength on the days of the window, and for a part what is there at the end of the model."""
    part = load_seeds().value("game", "after_part")
    return np.asarray((1.0 - part) * strength + part * after)


def owed_years(accounts: Array) -> Array:
    """Years of usual equipment money that states owe; accounts: (..., 4) as in futures.ACCOUNTS."""
    cash, debt, committed, inflow = np.moveaxis(accounts, -1, 0)
    return np.asarray((debt + committed + np.maximum(0.0, -cash)) / (12.0 * inflow))


def buyer_points(strength: Array, owed: Array, owed_by_rules: Array) -> Array:
    """Points: what can be fielded, less what is owed beyond what the rules' own play would often owe.

    strength, owed: (futures, states); owed_by_rules: the same of the rules. Their ninth tenth over futures is
    the limit: what differs by when a contract happens to be signed costs nothing.
    """
    weight = load_seeds().value("game", "debt_points")
    return np.asarray(POINTS * strength - weight * np.maximum(0.0, owed - usual_limit(owed_by_rules)))


def usual_limit(owed_by_rules: Array) -> Array:
    """Years owed that the rules' own play stays under in nine of ten futures, by state; (states,)."""
    return np.asarray(np.quantile(owed_by_rules, 0.9, axis=0))


def weights_of(game: Game, states: tuple[str, ...]) -> Array:
    """The part of each state in a seat that decides for several: what they require at the start, by value."""
    stand = standing(replace(game, turns=(), people=frozenset()))
    pairs, world = stand.state.pairs, stand.world
    values = [
        float((pairs["requirement"] * pairs["base_price"])[pairs["buyer"] == world.buyers.index(state)].sum())
        for state in states
    ]
    return np.array(values) / sum(values)


def _buyer(game: Game, plain: Game, seat: Seat, futures: int) -> BuyerScore:
    mine, theirs = (of_states(many(one, futures), seat.states) for one in (game, plain))
    weights = weights_of(game, seat.states)
    owed, owed_by_rules = owed_years(mine.accounts), owed_years(theirs.accounts)
    strength = expected_strength(game, mine)
    points = buyer_points(strength, owed, owed_by_rules) @ weights
    rules = buyer_points(expected_strength(plain, theirs), owed_by_rules, owed_by_rules) @ weights
    gain = points - rules
    better, better_low, better_high = mean_gain(gain)
    return BuyerScore(
        seat=seat.id,
        expected=float(points.mean()),
        low=float(np.quantile(points, 0.05)),
        high=float(np.quantile(points, 0.95)),
        realised=realised(game, seat.states, weights, owed_by_rules),
        strength=float((strength @ weights).mean()),
        owed=float((np.maximum(0.0, owed - usual_limit(owed_by_rules)) @ weights).mean()),
        rules=float(rules.mean()),
        better=better,
        better_low=better_low,
        better_high=better_high,
    )


def mean_gain(gain: Array) -> tuple[float, float, float]:
    """The mean of paired gains and its 95 % interval."""
    mean = float(gain.mean())
    half = 1.96 * float(gain.std(ddof=1)) / float(np.sqrt(len(gain))) if len(gain) > 1 else 0.0
    return mean, mean - half, mean + half


def realised(game: Game, states: tuple[str, ...], weights: Array, owed_by_rules: Array) -> float:
    """Points on the hidden day of this game, in the future that it goes on with."""
    crisis, seen = hidden(game), of_states(own(game), states)
    day = int(np.flatnonzero(seen.months == crisis.month)[0])
    case = [name for name, _ in cases(game)].index(crisis.authority)
    strength = with_after(seen.strength[0, day, :, case], seen.after[0, :, case])
    return float(buyer_points(strength, owed_years(seen.accounts)[0], owed_by_rules) @ weights)


def _industry(game: Game, plain: Game, seat: Seat) -> IndustryScore:
    mine = _industry_money(standing(game), seat)
    rules = _industry_money(standing(plain), seat)
    grown = growth_cost(game, seat)
    return IndustryScore(seat.id, sum(mine) - grown, *mine[:2], -mine[2], grown, sum(rules))


def _industry_money(stand: Standing, seat: Seat) -> tuple[float, float, float]:
    """Margin delivered, part of it on what is ordered, damages (negative) of new contracts; musd."""
    assert seat.industry is not None
    seeds, state = load_seeds(), stand.state
    margin, part = seeds.value("game", "usual_margin"), seeds.value("game", "backlog_part")
    month, most = seeds.value("game", "damages_month"), seeds.value("game", "damages_most")
    contracts = stand.contracts
    mine = state.lines["industry"][contracts["line"]] == stand.world.industries.index(seat.industry)
    new = contracts[mine & (contracts["existing"] == 0)]
    prices = prices_then(stand, new["signed"])
    cost = (1.0 - margin) * new["base_price"] * prices
    earned = counted_margin(new["unit_price"], cost, seeds.value("game", "most_margin"))
    made = float((new["delivered"] * earned).sum())
    ordered = float(((new["quantity"] - new["delivered"]) * earned).sum())
    arrived = np.where(new["first_month"] >= 0, new["first_month"], stand.game.month)
    late = np.maximum(0.0, arrived - new["first_due"] - GRACE)
    damages = np.minimum(most, month * late) * new["quantity"] * new["unit_price"]
    return made, part * ordered, -float(damages.sum())


def counted_margin(price: Array, cost: Array, most: float) -> Array:
    """What counts of a margin, musd a unit: buyers that may look into the books give no more than usual.

    most = share of cost. Without it the highest price would always pay, since buyers answer little to price.
    """
    return np.asarray(np.minimum(price - cost, most * cost))


def prices_then(stand: Standing, months: Array) -> Array:
    """The price level of equipment in some months, 1 at the start (stages/policy.move_world)."""
    inflation = stand.plan.levers[:, stand.world.levers.index("price_inflation")]
    level = np.cumprod((1.0 + inflation) ** (1.0 / 12.0))
    return np.asarray(level[np.clip(months, 0, len(level) - 1)])


def growth_cost(game: Game, seat: Seat) -> float:
    """What the growth that a seat ordered costs it, musd, at base prices."""
    assert seat.industry is not None
    cost, total = load_seeds().value("game", "capacity_cost"), 0.0
    for number, turn in enumerate(game.turns):
        before = standing(game.at(number))
        for order in turn.of(seat.id):
            if isinstance(order, Expand):
                for row in lines_of(before.world, seat.industry, order.category):
                    total += cost * _grown(before, row, order.share)
    return total


def _grown(stand: Standing, row: int, share: float) -> float:
    """Yearly output that an order to grow adds to a line, musd at base prices."""
    line = stand.state.lines[row]
    rate = float(line["made_a_year"])
    return min(share, float(line["growth"])) * rate * float(package(row, stand.state))


def _alliance(game: Game, plain: Game, seat: Seat, futures: int) -> AllianceScore:
    states = states_at(game)
    mine = expected_strength(game, many(game, futures)).mean(axis=0)
    rules = expected_strength(plain, many(plain, futures)).mean(axis=0)
    worst = int(mine.argmin())
    spent = 0.0
    for number, turn in enumerate(game.turns):
        before = standing(game.at(number))
        spent += capital_spent(before, turn.of(seat.id))
    left = game.setup.capital * len(game.turns) - spent
    return AllianceScore(seat.id, float(mine[worst]), states[worst], left, float(rules.min()))
