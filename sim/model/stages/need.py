"""Stage 3: states receive money, retire equipment and assess need."""

from __future__ import annotations

from sim.model.compiled import stage
from sim.model.lever_rows import BUDGET_SQUEEZE, SAFE_ENVELOPE, SPENDING_DELIVERY, THREAT
from sim.model.randomness import SQUEEZE, uniform
from sim.model.rules import money, need, tender
from sim.model.stages.tender import note_wanting
from sim.model.state import MONTHS, NONE, QUARTER, State


@stage
def assess(index: int, state: State) -> None:
    """A state receives its money each month; each quarter it retires what is old and reviews its gaps."""
    receive_money(index, state)
    if state.clock[0].month % QUARTER != 0:
        return
    retire(index, state)
    give_away(index, state)
    categories = len(state.categories)
    for row in range(index * categories, (index + 1) * categories):
        if state.pairs[row].needed == 1:
            return_loan(row, state)
            assess_need(row, state)


@stage
def receive_money(index: int, state: State) -> None:
    """Equipment money of the month arrives; what was hoarded too long lapses."""
    buyer, rules, clock = state.buyers[index], state.rules[0], state.clock[0]
    if clock.month % 12 == 0:
        consider_squeeze(index, state)
    share = money.spending_share(
        buyer.defence_share,
        buyer.pledge_share,
        state.levers[SPENDING_DELIVERY],
        clock.month + 1.0,
        (buyer.pledge_year - clock.start_year) * 12.0,
    )
    equipment = money.equipment_part(
        buyer.defence_share, share, buyer.equipment_share, rules.money_marginal_equipment
    )
    usual = money.monthly_inflow(buyer.gdp * clock.growth, equipment, buyer.modelled_share)
    buyer.usual_inflow = usual
    buyer.inflow = money.squeezed(usual, clock.month, buyer.squeezed_until, rules.money_squeeze_depth)
    lapsed = money.lapse(buyer.cash, usual, rules.money_carry_months)
    buyer.lapsed += lapsed
    buyer.cash += buyer.inflow - lapsed
    buyer.received += buyer.inflow
    buyer.interest += (buyer.debt + buyer.interest) * rules.money_loan_interest / 12.0
    envelope = state.levers[SAFE_ENVELOPE] / state.lever_default[SAFE_ENVELOPE]
    open_still = clock.start_year + clock.month / 12.0 < rules.money_safe_end
    in_full = buyer.safe_allocation * rules.money_safe_modelled * envelope
    buyer.granted = in_full if open_still else buyer.drawn
    buyer.credit_left = max(0.0, buyer.granted - buyer.drawn)


@stage
def consider_squeeze(index: int, state: State) -> None:
    """Once a year a state may have to cut its equipment money for a time."""
    buyer, rules, clock = state.buyers[index], state.rules[0], state.clock[0]
    chance = rules.money_squeeze_chance * state.levers[BUDGET_SQUEEZE]
    if uniform(clock.stream, SQUEEZE, buyer.key, buyer.key, clock.month) < chance:
        buyer.squeezed_until = clock.month + int(rules.money_squeeze_months)


@stage
def retire(index: int, state: State) -> None:
    """Old equipment leaves family by family at its steady pace."""
    buyer = state.buyers[index]
    for row in range(buyer.first_fleet, buyer.last_fleet):
        fleet = state.fleets[row]
        leaving = min(QUARTER * fleet.retire_month, state.stock[index, fleet.family])
        if leaving > 0.0:
            take_out(index, fleet.category, fleet.family, leaving, state)


@stage
def give_away(index: int, state: State) -> None:
    """Equipment given to others leaves the stock in the quarter of the gift."""
    month = state.clock[0].month
    for row in range(len(state.gifts)):
        gift = state.gifts[row]
        if gift.buyer == index and month <= gift.month < month + QUARTER:
            leaving = min(gift.units, state.stock[index, gift.family])
            if leaving > 0.0:
                take_out(index, gift.category, gift.family, leaving, state)


@stage
def take_out(index: int, category: int, family: int, units: float, state: State) -> None:
    """Units of a family leave a state's stock; what leaves is old and was usable."""
    pair = state.pairs[index * len(state.categories) + category]
    pair.usable = max(0.0, pair.usable - units)
    pair.stock = max(0.0, pair.stock - units)
    state.stock[index, family] -= units
    if state.stock[index, family] < 0.5:
        state.families[family].users &= ~state.buyers[index].self_mask


@stage
def return_loan(row: int, state: State) -> None:
    """Equipment on loan goes back when the buyer's own has come, or two years after it should have."""
    pair = state.pairs[row]
    if pair.lent <= 0.0:
        return
    arrived = state.contracts[pair.lent_contract].first_month != NONE
    if arrived or state.clock[0].month >= pair.lent_until:
        state.lines[pair.lent_line].surplus_left += pair.lent
        buyer = state.buyers[pair.buyer]
        buyer.rent_month -= pair.rent
        pair.lent, pair.rent, pair.lent_line = 0.0, 0.0, NONE


@stage
def requirement_at(row: int, month: float, state: State) -> float:
    """The requirement of a pair in a month, from plan, force goals and threat; units."""
    pair, rules = state.pairs[row], state.rules[0]
    kept = min(pair.stock_start, pair.announced)
    to_target = (pair.announced_year - state.clock[0].start_year) * 12.0
    announced = need.announced_path(kept, pair.announced, to_target, month)
    goal = need.force_goal(announced, rules.need_goal_growth, month, float(MONTHS))
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
    pair, month, rules = state.pairs[row], state.clock[0].month, state.rules[0]
    category = state.categories[pair.category]
    ahead = category.planning_months
    pair.requirement = requirement_at(row, month, state)
    later = requirement_at(row, month + ahead, state)
    leaving = ahead * retirement_pace(row, state)
    pair.gap = need.gap(later, pair.stock, min(leaving, pair.stock), pair.on_order)
    pair.gap_ratio = pair.gap / max(1.0, later)
    pair.smallest = tender.smallest_lot(category.lot_min, pair.requirement, rules.tender_smallest_part)
    pair.urgency = need.urgency(
        pair.gap_ratio, state.levers[THREAT], state.buyers[pair.buyer].threat_exposure, rules.need_urgency_cap
    )
    note_wanting(row, state)


@stage
def retirement_pace(row: int, state: State) -> float:
    """Units of a pair that leave each month at the start's steady pace."""
    pair = state.pairs[row]
    life = state.categories[pair.category].service_life
    renewal = state.rules[0].need_renewal
    return need.retirement_pace(pair.legacy_due, pair.stock_start, float(MONTHS), life, renewal)
