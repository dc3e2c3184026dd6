"""Stage 5: suppliers offer."""

from __future__ import annotations

import math

from sim.model.compiled import stage
from sim.model.lever_rows import (
    CONTENT_THRESHOLD,
    DIALOGUE,
    FMS_REFORM,
    KOREAN_CREDIT,
    KOREAN_SUPPLY,
    MRO_HUBS,
    OBSERVER_SEATS,
    SLOT_LENDING,
    US_SUPPLY,
)
from sim.model.rules import money, production, quote
from sim.model.stages.output import monthly_output, output_per_capacity, yearly_output, years_of_cover
from sim.model.state import CALENDAR, URGENT, State

START_YEAR = 2026.0
LOOK = 12  # months of the calendar for which planned output is looked up once


@stage
def offer(index: int, state: State) -> None:
    """A line answers every tender of its category that is due this month."""
    line = state.lines[index]
    for k in range(state.clock[0].due):
        row = state.due[k]
        if state.pairs[row].category == line.category:
            answer = state.offers[row, index]
            answer.valid = 0
            if may_offer(row, index, state):
                make_offer(row, index, state)


@stage
def may_offer(row: int, index: int, state: State) -> bool:
    """A line may offer if tier and export date fit, nobody bars the sale, and stock is left."""
    pair, line = state.pairs[row], state.lines[index]
    buyer = state.buyers[pair.buyer]
    at_home = (line.home & buyer.self_mask) != 0
    if line.upper != pair.tier or state.refused[pair.buyer, index] == 1:
        return False
    if (line.home_only == 1 or pair.home_only == 1) and not at_home:
        return False
    if line.korean == 1 and state.levers[KOREAN_SUPPLY] < 0.5:
        return False
    if line.american == 1 and state.levers[US_SUPPLY] < 0.5 and not at_home:
        return False
    if line.surplus == 1 and line.surplus_left < pair.quantity:
        return False
    year = START_YEAR + state.clock[0].month / 12.0
    if not at_home and year < line.export_from:
        return False
    return line.capacity > 0.0 or line.opens > year or line.surplus == 1


@stage
def make_offer(row: int, index: int, state: State) -> None:
    """Months, price, local work and European content of one offer."""
    pair, line, rules, clock = state.pairs[row], state.lines[index], state.rules[0], state.clock[0]
    buyer, answer = state.buyers[pair.buyer], state.offers[row, index]
    same_state = line.country_buyer == pair.buyer
    answer.process = quote.process_months(
        same_state,
        buyer.eu == 1 and line.eu_plant == 1,
        line.american == 1,
        state.authorities[line.authority].member == 1,
        state.stock[pair.buyer, line.family] >= 1.0,
        rules.quote_ally_months,
        rules.quote_government_months,
        rules.quote_partner_months,
        state.levers[FMS_REFORM],
        partner_ease(index, state),
        rules.quote_union_share,
        rules.quote_known_share,
    )
    value = pair.quantity * (line.price_platform + line.price_support + line.price_munitions)
    answer.local_share = 0.0
    if not same_state and value >= rules.quote_local_threshold:
        answer.local_share = line.local_share_max
    answer.price = package_price(index, answer.local_share, state)
    if pair.joint == 1:
        answer.price *= 1.0 - rules.quote_joint_discount
    answer.content = line.content_europe
    if buyer.safe_content == 1:
        answer.content += answer.local_share * (1.0 - line.content_europe)
    answer.all_in = answer.price + new_family_cost(row, index, state) / pair.quantity
    find_credit(row, index, state)
    schedule(row, index, state)
    answer.valid = 1 if answer.last + clock.month < CALENDAR - 1 else 0


@stage
def new_family_cost(row: int, index: int, state: State) -> float:
    """Present value of supporting one more family, musd; 0 for a known or a first family."""
    pair, line, rules = state.pairs[row], state.lines[index], state.rules[0]
    category = state.categories[pair.category]
    if pair.stock < 1.0 or state.stock[pair.buyer, line.family] >= 1.0:
        return 0.0
    return category.family_cost * money.annuity(rules.money_discount, rules.quote_family_years)


@stage
def find_credit(row: int, index: int, state: State) -> None:
    """An EU loan where the content rule is met, else Korean export credit up to its ceiling."""
    pair, line, answer = state.pairs[row], state.lines[index], state.offers[row, index]
    value = pair.quantity * answer.price
    answer.korean_loan = 0
    answer.credit = quote.credit_share(
        answer.content, state.levers[CONTENT_THRESHOLD], state.buyers[pair.buyer].credit_left, value
    )
    if answer.credit == 0.0 and line.korean == 1:
        ceiling = 1000.0 * state.levers[KOREAN_CREDIT] - state.clock[0].korean_credit
        answer.credit = min(state.rules[0].money_korean_loan_share, max(0.0, ceiling / value))
        answer.korean_loan = 1


@stage
def partner_ease(index: int, state: State) -> float:
    """Share by which Dialogue and observer seats shorten a Korean line's consent; 0 for others."""
    if state.lines[index].korean == 0:
        return 0.0
    rules = state.rules[0]
    return min(
        rules.quote_most_ease,
        rules.quote_dialogue_cut * state.levers[DIALOGUE]
        + rules.quote_observer_cut * state.levers[OBSERVER_SEATS],
    )


@stage
def package_price(index: int, local_share: float, state: State) -> float:
    """The price of a unit with its support and munitions, musd."""
    line, rules = state.lines[index], state.rules[0]
    before = max(1.0, rules.quote_scale_years * line.rate_now)
    platform = quote.platform_price(
        line.price_platform,
        rules.quote_scarcity,
        years_of_cover(index, state),
        rules.invest_cover_target,
        (before + line.produced) / before,
        rules.quote_learning,
        local_share,
        rules.quote_local_cost,
        rules.quote_price_floor,
        rules.quote_price_cap,
    )
    return (platform + line.price_support + line.price_munitions) * state.clock[0].prices


@stage
def schedule(row: int, index: int, state: State) -> None:
    """Find the first and last month in which the line's planned output is not yet promised to others.

    The queue solves: planned output, month by month, less what the calendar holds and what is behind.
    """
    pair, line, clock = state.pairs[row], state.lines[index], state.clock[0]
    answer, rules = state.offers[row, index], state.rules[0]
    build = line.build_months
    if line.korean == 1 and pair.route == URGENT and line.outside_share > 0.0:
        build *= 1.0 - rules.quote_slot_cut * state.levers[SLOT_LENDING]
    opening = max(0.0, (line.opens - START_YEAR) * 12.0 - clock.month)
    # A line that has not opened can prepare while it waits: the later of the two counts.
    ready = clock.month + math.ceil(
        max(answer.process + build, opening + (1.0 - rules.quote_prepared) * build)
    )
    per_capacity = output_per_capacity(index, state)
    # Work on a large unit (a submarine) takes slots long before it is delivered.
    unit_months = math.floor(min(build, production.months_a_unit(1.0, 0.0, 0.0, yearly_output(index, state))))
    behind = max(0.0, line.promised - line.produced)
    first, got, month = -1, 0.0, clock.month
    while got < pair.quantity and month < CALENDAR - 1:
        making = monthly_output(index, month - clock.month + LOOK // 2, per_capacity, state)
        until = min(month + LOOK, CALENDAR - 1)
        while got < pair.quantity and month < until:
            free = -state.calendar[index, month] - behind
            if month - clock.month >= opening:
                free += making
            behind = max(0.0, -free)
            if month > ready - unit_months and free > rules.quote_free_slot * making:
                got += free
                if first < 0 and got >= min(1.0, pair.quantity):
                    first = max(ready, month)
            month += 1
    if got < pair.quantity:
        month = CALENDAR
    first = first if first >= 0 else CALENDAR - 1
    answer.months = float(first - clock.month)
    answer.build = min(answer.months, max(build, answer.months - answer.process if first == ready else build))
    answer.queue = max(0.0, answer.months - answer.process - answer.build)
    answer.last = float(max(first, month - 1) - clock.month)


@stage
def hub_share(state: State) -> float:
    """How much of a full programme of support hubs stands; 0 to 1."""
    return min(1.0, state.levers[MRO_HUBS] / state.rules[0].usable_full_hubs)
