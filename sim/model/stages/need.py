"""Stages 3 and 4: states assess need and launch tenders."""

from __future__ import annotations

from sim.model.compiled import stage
from sim.model.lever_rows import JOINT_SHARE, SAFE_ENVELOPE, SPENDING_DELIVERY, THREAT
from sim.model.randomness import (
    CATEGORY_TURN,
    TENDER_DELAY,
    TENDER_JOINT,
    TENDER_LAUNCH,
    TENDER_MONTHS,
    TENDER_ROUTE,
    TENDER_TIER,
    TENDER_TURN,
    uniform,
)
from sim.model.rules import money, need, tender
from sim.model.state import COMPETITION, MONTHS, NONE, URGENT, State

START_YEAR = 2026.0


@stage
def assess(index: int, state: State) -> None:
    """A state receives its money, retires what is old and looks at its gaps."""
    receive_money(index, state)
    retire(index, state)
    categories = len(state.categories)
    for c in range(categories):
        if state.pairs[index * categories + c].needed == 1:
            assess_need(index * categories + c, state)


@stage
def receive_money(index: int, state: State) -> None:
    """Equipment money of the month arrives; what was hoarded too long lapses."""
    buyer, rules, month = state.buyers[index], state.rules[0], state.clock[0].month
    share = money.spending_share(
        buyer.defence_share,
        rules.money_core_pledge,
        state.levers[SPENDING_DELIVERY],
        month + 1.0,
        (buyer.pledge_year - START_YEAR) * 12.0,
    )
    buyer.inflow = money.monthly_inflow(
        buyer.gdp, rules.money_growth, share, buyer.equipment_share, buyer.modelled_share, month
    )
    lapsed = money.lapse(buyer.cash, buyer.inflow, rules.money_carry_months)
    buyer.lapsed += lapsed
    buyer.cash += buyer.inflow - lapsed
    buyer.received += buyer.inflow
    buyer.interest += (buyer.debt + buyer.interest) * rules.money_loan_interest / 12.0
    envelope = state.levers[SAFE_ENVELOPE] / state.lever_default[SAFE_ENVELOPE]
    buyer.granted = buyer.safe_allocation * rules.money_safe_modelled * envelope
    buyer.credit_left = max(0.0, buyer.granted - buyer.drawn)


@stage
def retire(index: int, state: State) -> None:
    """Old equipment leaves family by family at its steady pace."""
    buyer, categories = state.buyers[index], len(state.categories)
    for row in range(buyer.first_fleet, buyer.last_fleet):
        fleet = state.fleets[row]
        leaving = min(fleet.retire_month, state.stock[index, fleet.family])
        if leaving > 0.0:
            pair = state.pairs[index * categories + fleet.category]
            pair.usable = max(0.0, pair.usable - leaving * pair.usable / max(pair.stock, leaving))
            pair.stock = max(0.0, pair.stock - leaving)
            state.stock[index, fleet.family] -= leaving
            if state.stock[index, fleet.family] < 0.5:
                state.families[fleet.family].users &= ~buyer.self_mask


@stage
def requirement_at(row: int, month: float, state: State) -> float:
    """The requirement of a pair in a month, from plan, force goals and threat; units."""
    pair, rules = state.pairs[row], state.rules[0]
    kept = min(pair.stock_start, pair.announced)
    announced = need.announced_path(kept, pair.announced, (pair.announced_year - START_YEAR) * 12.0, month)
    goal = need.force_goal(
        announced, rules.need_goal_growth, state.levers[SPENDING_DELIVERY], month, float(MONTHS)
    )
    return need.required(
        announced,
        goal,
        state.categories[pair.category].threat_elasticity,
        state.buyers[pair.buyer].threat_exposure,
        state.levers[THREAT],
    )


@stage
def assess_need(row: int, state: State) -> None:
    """A pair's requirement now, its gap at the planning horizon, and its urgency."""
    pair, month = state.pairs[row], state.clock[0].month
    ahead = state.categories[pair.category].planning_months
    pair.requirement = requirement_at(row, month, state)
    later = requirement_at(row, month + ahead, state)
    leaving = ahead * retirement_pace(row, state)
    pair.gap = need.gap(later, pair.stock, min(leaving, pair.stock), pair.on_order)
    pair.gap_ratio = pair.gap / max(1.0, later)
    pair.urgency = need.urgency(
        pair.gap_ratio,
        state.levers[THREAT],
        state.buyers[pair.buyer].threat_exposure,
        state.rules[0].need_urgency_cap,
    )


@stage
def retirement_pace(row: int, state: State) -> float:
    """Units of a pair that leave each month at the start's steady pace."""
    pair = state.pairs[row]
    life = state.categories[pair.category].service_life
    renewal = state.rules[0].need_renewal
    return need.retirement_pace(pair.legacy_due, pair.stock_start, float(MONTHS), life, renewal)


@stage
def launch(index: int, state: State) -> None:
    """A state opens tenders for its gaps, as many as its ministry can run, in an order drawn each month."""
    buyer, clock = state.buyers[index], state.clock[0]
    categories = len(state.categories)
    turn = uniform(clock.stream, CATEGORY_TURN, buyer.key, buyer.key, clock.month)
    first = int(turn * categories)
    for step in range(categories):
        row = index * categories + (first + step) % categories
        pair = state.pairs[row]
        free = buyer.open_tenders < buyer.procurement_capacity
        if free and pair.needed == 1 and pair.open == 0:
            consider_tender(row, state)


@stage
def consider_tender(row: int, state: State) -> None:
    """A gap of at least the smallest lot may become a tender this month, if there is money for it."""
    pair, clock, rules = state.pairs[row], state.clock[0], state.rules[0]
    buyer, category = state.buyers[pair.buyer], state.categories[pair.category]
    smallest = tender.smallest_lot(category.lot_min, pair.requirement, rules.tender_smallest_part)
    if pair.gap < smallest:
        return
    clock.draws += 1
    chance = tender.launch_chance(rules.tender_base, rules.tender_slope, pair.urgency)
    if uniform(clock.stream, TENDER_LAUNCH, buyer.key, pair.key, clock.month) >= chance:
        return
    open_money = money.room(
        buyer.cash, buyer.inflow, rules.money_horizon_months, buyer.committed, buyer.credit_left
    )
    draw = uniform(clock.stream, TENDER_TIER, buyer.key, pair.key, clock.month)
    upper = 1 if pair.accepts_lower == 0 or (pair.accepts_upper == 1 and draw < pair.upper_share) else 0
    price = clock.prices * (pair.price_upper if upper == 1 else pair.price_lower)
    if price <= 0.0:
        return  # no line of that tier is open to this state
    quantity = tender.lot(pair.gap, category.lot_fraction, category.lot_typical, open_money / price)
    if quantity >= smallest:
        open_tender(row, quantity, upper, state)


@stage
def open_tender(row: int, quantity: float, upper: int, state: State) -> None:
    """A tender opens: its route, and the month in which it will be decided."""
    pair, clock, rules = state.pairs[row], state.clock[0], state.rules[0]
    buyer, category = state.buyers[pair.buyer], state.categories[pair.category]
    by_route = uniform(clock.stream, TENDER_ROUTE, buyer.key, pair.key, clock.month)
    pair.route = tender.route(
        pair.urgency,
        rules.tender_urgent_slope,
        rules.tender_urgent_cap,
        rules.tender_direct_share,
        by_route,
    )
    low, high = rules.tender_direct_low, rules.tender_direct_high
    if pair.route == URGENT:
        low, high = rules.tender_urgent_low, rules.tender_urgent_high
    elif pair.route == COMPETITION:
        low, high = rules.tender_competition_low, rules.tender_competition_high
    by_months = uniform(clock.stream, TENDER_MONTHS, buyer.key, pair.key, clock.month)
    pair.open = 1
    pair.opened = clock.month
    pair.due = clock.month + tender.procedure_months(low, high, category.tender_factor, by_months)
    pair.quantity = quantity
    pair.tier = upper
    pair.known_line = NONE
    pair.joint = 0
    if pair.route != URGENT and pair.home_only == 0:
        consider_joint(row, state)
    buyer.open_tenders += 1
    clock.draws += 3


@stage
def consider_joint(row: int, state: State) -> None:
    """Some tenders are run with other states: a lower price, more months of talks."""
    pair, clock, rules = state.pairs[row], state.clock[0], state.rules[0]
    buyer = state.buyers[pair.buyer]
    clock.draws += 1
    if uniform(clock.stream, TENDER_JOINT, buyer.key, pair.key, clock.month) < state.levers[JOINT_SHARE]:
        chance = uniform(clock.stream, TENDER_DELAY, buyer.key, pair.key, clock.month)
        pair.joint = 1
        pair.due += tender.procedure_months(rules.tender_joint_low, rules.tender_joint_high, 1.0, chance)


@stage
def call_due(state: State) -> None:
    """Tenders that are due this month are put in an order drawn afresh, never that of the roster."""
    clock = state.clock[0]
    clock.due = 0
    for row in range(len(state.pairs)):
        pair = state.pairs[row]
        if pair.open == 1 and pair.due <= clock.month:
            turn = turn_of(row, state)
            place = clock.due
            while place > 0 and turn_of(state.due[place - 1], state) > turn:
                state.due[place] = state.due[place - 1]
                place -= 1
            state.due[place] = row
            clock.due += 1


@stage
def turn_of(row: int, state: State) -> float:
    """The draw that orders the tenders of a month."""
    pair, clock = state.pairs[row], state.clock[0]
    return uniform(clock.stream, TENDER_TURN, state.buyers[pair.buyer].key, pair.key, clock.month)
