"""What an offer is worth to a buyer, part by part; `utility` adds them up and "Why" shows them (stage 6)."""

from __future__ import annotations

from sim.model import bits
from sim.model.compiled import stage
from sim.model.lever_rows import DOCTRINE, OUTPUT_FIRST, THREAT, UNION_PREFERENCE
from sim.model.rules import choice, reliance, trust
from sim.model.stages.offer import hub_share
from sim.model.stages.orders import earlier_purchases, is_known
from sim.model.stages.output import serves_home
from sim.model.state import COMPETITION, State

SPEED, COST, RELIANCE = range(len(DOCTRINE))


@stage
def doctrine(buyer: int, part: int, state: State) -> float:
    """The buyer's doctrine multiplier for speed, cost or reliance; 1 unless the scenario moves it."""
    return state.levers[OUTPUT_FIRST + len(state.categories) + len(DOCTRINE) * buyer + part]


@stage
def agreement(buyer: int, state: State) -> float:
    """How far an agreement with Korea is in force, 0-1."""
    after = OUTPUT_FIRST + len(state.categories) + len(DOCTRINE) * len(state.buyers)
    return state.levers[after + buyer]


@stage
def worth_of_months(row: int, index: int, state: State) -> float:
    """Months to the first delivery against those planned for, by urgency and the doctrine on speed."""
    pair, rules = state.pairs[row], state.rules[0]
    late = state.offers[pair.slot, index].months - state.categories[pair.category].planning_months
    worth = choice.value_of_time(rules.choice_months, rules.choice_months_floor, pair.urgency, late)
    return worth * doctrine(pair.buyer, SPEED, state)


@stage
def worth_of_price(row: int, index: int, usual: float, state: State) -> float:
    """All-in price against the usual one, by the buyer's doctrine on cost."""
    pair = state.pairs[row]
    answer = state.offers[pair.slot, index]
    worth = choice.value_of_price(state.rules[0].choice_price, answer.all_in, usual)
    return worth * doctrine(pair.buyer, COST, state)


@stage
def is_direct(row: int, state: State) -> bool:
    """Whether a purchase is made without an open competition."""
    return state.pairs[row].route != COMPETITION


@stage
def worth_of_product(row: int, index: int, state: State) -> float:
    """A published lead over its rivals; the risk of being the first to order it."""
    line, rules = state.lines[index], state.rules[0]
    kind = state.families[line.family]
    untried = kind.elsewhere == 0 and kind.ordered & ~state.buyers[state.pairs[row].buyer].self_mask == 0
    worth = rules.choice_capability * line.capability
    return worth + rules.choice_untried if untried else worth


@stage
def worth_of_users(row: int, index: int, state: State) -> float:
    """A family the buyer has, one that allies chose lately, and one that neighbours have or ordered."""
    pair, line, rules = state.pairs[row], state.lines[index], state.rules[0]
    buyer, kind = state.buyers[pair.buyer], state.families[line.family]
    known = is_known(pair.buyer, line.family, state)
    worth = choice.value_of_users(
        rules.choice_adopters,
        rules.choice_neighbours,
        bits.count(kind.adopters & ~buyer.self_mask),
        bits.count(kind.ordered & buyer.neighbours),
        not known,
        rules.choice_repeat_ties,
    )
    if not known:
        return worth
    return worth + rules.choice_family + (rules.choice_family_direct if is_direct(row, state) else 0.0)


@stage
def worth_of_reliance(row: int, index: int, state: State) -> float:
    """Exposure to a foreign government, by the buyer's doctrine on reliance, and that government's record."""
    pair, line, rules = state.pairs[row], state.lines[index], state.rules[0]
    worth = rules.choice_exposure * exposure(pair.buyer, index, state) * doctrine(pair.buyer, RELIANCE, state)
    if line.authority != state.buyers[pair.buyer].authority:
        worth += rules.choice_record * (rules.trust_start - distrust(pair.buyer, line.authority, state))
    return worth


@stage
def worth_of_ties(row: int, index: int, state: State) -> float:
    """Earlier purchases, the security tie for US goods, the Union for its members, agreements with Korea."""
    line, rules, buyer = state.lines[index], state.rules[0], state.buyers[state.pairs[row].buyer]
    worth = 0.0
    if line.authority != buyer.authority:
        before = earlier_purchases(state.pairs[row].buyer, line.family, line.authority, state)
        worth = choice.value_of_dealings(rules.choice_previous, before)
    if line.american == 1:
        return worth + rules.choice_us_tie * buyer.us_tie * state.levers[THREAT]
    if line.korean == 1:
        agreed = rules.choice_framework * agreement(state.pairs[row].buyer, state) * state.clock[0].seoul
        return worth + agreed + rules.choice_sustainment * hub_share(state)
    if buyer.eu == 1 and line.eu_plant == 1:
        return worth + rules.choice_union + state.levers[UNION_PREFERENCE]
    return worth


@stage
def worth_of_home(row: int, index: int, state: State) -> float:
    """A domestic maker, or work placed with the buyer's industry."""
    pair, line, rules = state.pairs[row], state.lines[index], state.rules[0]
    at_home = serves_home(index, pair.buyer, state) or line.country_buyer == pair.buyer
    worth = rules.choice_local * state.offers[pair.slot, index].local_share
    if not at_home:
        return worth
    return worth + rules.choice_domestic + (rules.choice_domestic_direct if is_direct(row, state) else 0.0)


@stage
def worth_of_credit(row: int, index: int, state: State) -> float:
    """The part of the price a loan would finance."""
    return state.rules[0].choice_credit * state.offers[state.pairs[row].slot, index].credit


@stage
def worth_of_fit(row: int, index: int, state: State) -> float:
    """A substitute of the other tier is worth less than what was asked for."""
    fits = state.lines[index].upper == state.pairs[row].tier
    return 0.0 if fits else state.rules[0].choice_substitute


@stage
def utility(row: int, index: int, usual: float, state: State) -> float:
    """The worth of an offer to the buyer: the sum of its parts, in points."""
    return (
        worth_of_months(row, index, state)
        + worth_of_price(row, index, usual, state)
        + worth_of_product(row, index, state)
        + worth_of_users(row, index, state)
        + worth_of_reliance(row, index, state)
        + worth_of_ties(row, index, state)
        + worth_of_home(row, index, state)
        + worth_of_credit(row, index, state)
        + worth_of_fit(row, index, state)
    )


@stage
def exposure(buyer: int, index: int, state: State) -> float:
    """The worst of the offer's foreign authorities: fleet share it could stop x distrust of it; 0-1.

    A buyer without any such fleet still minds a little.
    """
    line, own = state.lines[index], state.buyers[buyer].authority
    mask = reliance.foreign(line.support_mask | line.delivery_mask, own)
    fleet, least = state.buyers[buyer].fleet_value, state.rules[0].choice_exposure_least
    worst = 0.0
    while mask != 0:
        authority = bits.lowest(mask)
        share = state.holds[buyer, authority] / fleet if fleet > 0.0 else 0.0
        worst = max(worst, reliance.exposure(share, least, distrust(buyer, authority, state)))
        mask &= mask - 1
    return worst


@stage
def distrust(buyer: int, authority: int, state: State) -> float:
    """What a buyer expects of a government, 0 (none) to 1; nil towards its own."""
    if authority == state.buyers[buyer].authority:
        return 0.0
    return trust.distrust(
        state.rules[0].trust_start, state.memory[buyer, authority], state.standing[authority]
    )
