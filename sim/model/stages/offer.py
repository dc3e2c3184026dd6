"""Stage 5: suppliers offer."""

from __future__ import annotations

import math

from sim.model.compiled import stage
from sim.model.lever_rows import (
    CODEVELOPMENT,
    CONTENT_THRESHOLD,
    DIALOGUE,
    FMS_REFORM,
    KOREAN_CREDIT,
    KOREAN_HOME_PRIORITY,
    KOREAN_SUPPLY,
    MRO_HUBS,
    OBSERVER_SEATS,
    SLOT_LENDING,
    STANDARDS,
    US_SUPPLY,
)
from sim.model.rules import production, quote
from sim.model.stages.output import army_slots, refresh, serves_home
from sim.model.stages.queue import find_slots, split_months
from sim.model.state import CALENDAR, HALF, JOINT, OPTION, URGENT, State


@stage
def offer(index: int, state: State) -> None:
    """A line answers every tender of its category that is due this month."""
    line, clock = state.lines[index], state.clock[0]
    if (clock.due_categories >> line.category) & 1 == 0:
        return
    refresh(index, state)
    for k in range(clock.due):
        row = state.due[k]
        if state.pairs[row].category == line.category:
            answer = state.offers[k, index]
            answer.valid = 0
            if may_offer(row, index, state):
                make_offer(row, index, state)


@stage
def may_offer(row: int, index: int, state: State) -> bool:
    """A line may offer if it may sell, has not lost the need to a framework, and has units to sell."""
    pair, line = state.pairs[row], state.lines[index]
    month = state.clock[0].month
    if pair.route == OPTION and pair.known_line != index:
        return False  # an option of a framework: nobody else is asked
    if not may_sell(row, index, state):
        return False
    if line.surplus == 1:
        return line.surplus_left >= pair.quantity
    return line.opening > month or state.path[index, month // HALF] > 0.0


@stage
def may_sell(row: int, index: int, state: State) -> bool:
    """Whether tier and export date fit and nobody bars the sale.

    The export date binds sales abroad: the state in which a plant stands is served from its opening on.
    """
    pair, line = state.pairs[row], state.lines[index]
    if line.upper != pair.tier and (pair.accepts_upper == 0 or pair.accepts_lower == 0):
        return False
    if state.refused[pair.buyer, index] == 1:
        return False
    if serves_home(index, pair.buyer, state):
        return True
    if line.home_only == 1 or pair.home_only == 1:
        return False
    if state.clock[0].month < line.export_month and line.country_buyer != pair.buyer:
        return False
    if line.korean == 1:
        return state.levers[KOREAN_SUPPLY] >= 0.5
    return line.american == 0 or state.levers[US_SUPPLY] >= 0.5


@stage
def make_offer(row: int, index: int, state: State) -> None:
    """Months, price, local work and European content of one offer."""
    pair, line, rules, clock = state.pairs[row], state.lines[index], state.rules[0], state.clock[0]
    buyer, answer = state.buyers[pair.buyer], state.offers[pair.slot, index]
    known = has_family(pair.buyer, index, state)
    used = line.surplus == 1  # consent is all that used equipment needs
    answer.process = quote.process_months(
        line.country_buyer == pair.buyer,
        buyer.eu == 1 and line.eu_plant == 1,
        line.american == 1 and not used,
        state.authorities[line.authority].member == 1 or used,
        known or pair.route == OPTION,
        rules.quote_ally_months,
        rules.quote_government_months,
        rules.quote_partner_months,
        state.levers[FMS_REFORM],
        partner_ease(index, state),
        rules.quote_union_share,
        rules.quote_known_share,
    )
    large = pair.quantity * line.price_platform >= rules.quote_local_threshold
    offered = line.local_share_max if large and line.country_buyer != pair.buyer else 0.0
    content, platform = content_now(index, state), line.price_now
    if line.korean == 1:
        platform *= 1.0 - rules.partners_development_price * joint_gain(state)
    answer.price = clock.prices * (
        platform * (1.0 + rules.quote_local_cost * offered) + line.price_support + line.price_munitions
    )
    answer.price *= line.stance
    if pair.route == JOINT:
        answer.price *= 1.0 - rules.quote_joint_discount
    if pair.route == URGENT:
        answer.price *= 1.0 + rules.quote_urgent_premium
    answer.all_in = answer.price
    if pair.stock >= 1.0 and not known:
        answer.all_in += state.categories[pair.category].extra_family / pair.quantity
    answer.content = content
    find_credit(row, index, offered, state)
    answer.lent = slots_lent(row, index, state)
    find_slots(row, index, state)
    answer.local_share = quote.localised(offered, answer.months, answer.last, rules.quote_local_lag)
    if buyer.safe_content == 1:
        answer.content += answer.local_share * (1.0 - content)
    answer.valid = 1 if answer.last + clock.month < CALENDAR - 1 else 0
    promise_early(row, index, state)


@stage
def promise_early(row: int, index: int, state: State) -> None:
    """A person promises other months than the line plans; work, and what can be delivered at all, stay."""
    answer = state.offers[state.pairs[row].slot, index]
    answer.early = math.floor((1.0 - state.lines[index].promise) * answer.months)
    if answer.early != 0.0:
        answer.months -= answer.early
        answer.last -= answer.early
        split_months(row, index, answer.build, answer.ramp, state)


@stage
def has_family(buyer: int, index: int, state: State) -> bool:
    """Whether a state has a line's family in service."""
    return state.stock[buyer, state.lines[index].family] >= 1.0


@stage
def joint_gain(state: State) -> float:
    """How much more joint development has borne fruit than at the start; 0-1."""
    usual = state.lever_default[CODEVELOPMENT]
    return max(0.0, state.clock[0].codeveloped - usual) / max(1e-9, 1.0 - usual)


@stage
def content_now(index: int, state: State) -> float:
    """European content of a line's goods: from its date on, and more where they were developed together."""
    line, clock, rules = state.lines[index], state.clock[0], state.rules[0]
    if clock.start_year + clock.month / 12.0 < line.content_from:
        return 0.0
    if line.korean == 0:
        return line.content_europe
    gain = rules.partners_development_content * joint_gain(state)
    return line.content_europe + gain * (1.0 - line.content_europe)


@stage
def find_credit(row: int, index: int, offered: float, state: State) -> None:
    """An EU loan where the content rule is met, else Korean export credit up to its ceiling."""
    pair, line, rules = state.pairs[row], state.lines[index], state.rules[0]
    answer, buyer = state.offers[pair.slot, index], state.buyers[pair.buyer]
    value = pair.quantity * answer.price
    content = answer.content
    if buyer.safe_content == 1:
        content += offered * (1.0 - content)
    answer.korean_loan, answer.finance = 0, 0.0
    answer.credit = quote.credit_share(content, state.levers[CONTENT_THRESHOLD], buyer.credit_left, value)
    large = value >= rules.quote_local_threshold
    if answer.credit == 0.0 and line.korean == 1 and large:
        answer.credit = min(rules.money_korean_loan_share, max(0.0, korean_credit_left(state) / value))
        answer.korean_loan = 1
        if answer.credit > 0.0:
            answer.finance = rules.quote_finance_months


@stage
def korean_credit_left(state: State) -> float:
    """Export credit that Seoul can still give, musd."""
    clock = state.clock[0]
    return 1000.0 * state.levers[KOREAN_CREDIT] * clock.seoul - clock.korean_credit


@stage
def partner_ease(index: int, state: State) -> float:
    """Share by which Dialogue, seats and accepted standards shorten a Korean line's consent; 0 for others."""
    if state.lines[index].korean == 0:
        return 0.0
    rules, levers = state.rules[0], state.levers
    ease = (
        rules.quote_dialogue_cut * levers[DIALOGUE]
        + rules.quote_observer_cut * levers[OBSERVER_SEATS]
        + rules.quote_standards_cut * levers[STANDARDS]
    )
    return min(rules.quote_most_ease, ease * state.clock[0].seoul)


@stage
def lending_now(index: int, state: State) -> float:
    """The part of its slots that a home army would lend on this line; 0-1."""
    line = state.lines[index]
    if line.korean == 0 or line.surplus == 1 or line.in_korea == 0:
        return 0.0
    return state.levers[SLOT_LENDING] * min(1.0, state.clock[0].seoul)


@stage
def slots_lent(row: int, index: int, state: State) -> float:
    """Units of an urgent order that a home army's slots can take, whole units."""
    pair, line = state.pairs[row], state.lines[index]
    lending = lending_now(index, state)
    if pair.route != URGENT or lending <= 0.0:
        return 0.0
    hold = state.levers[KOREAN_HOME_PRIORITY]
    return min(pair.quantity, production.slots_to_lend(lending, hold, army_slots(index, state), line.owed))


@stage
def hub_share(state: State) -> float:
    """How much of a full programme of support hubs stands; 0 to 1."""
    return min(1.0, state.levers[MRO_HUBS] / state.rules[0].usable_full_hubs)
