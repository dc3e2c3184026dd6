"""Stage 12: books are checked and measures noted."""

from __future__ import annotations

from sim.model.compiled import stage
from sim.model.lever_rows import MRO_HUBS
from sim.model.rules import money, reliance
from sim.model.stages.offer import hub_share
from sim.model.state import EVERY, State

# Rows of state.series and state.industry_series; record.py turns them into measures.
REQUIRED, GAP, USABLE_GAP, SPENDING, WORST = 0, 1, 2, 3, 4
SERIES = ("required", "gap", "usable_gap", "spending", "reliance_fleet")
BACKLOG, ORDERS, DELIVERIES, CAPACITY = 0, 1, 2, 3
INDUSTRY_SERIES = ("backlog", "orders_value", "deliveries_value", "capacity")


@stage
def check_buyer(index: int, state: State) -> None:
    """A state's ledger must close; its gaps, spending and upkeep are noted."""
    buyer, clock = state.buyers[index], state.clock[0]
    error = abs(buyer.received - buyer.lapsed - buyer.paid - buyer.cash)
    clock.money_error = max(clock.money_error, error / max(1.0, buyer.received))
    pay_upkeep(index, state)
    categories = len(state.categories)
    at, place = clock.month + 1, index + 1
    for c in range(categories):
        row = index * categories + c
        pair = state.pairs[row]
        if pair.needed == 1:
            needed, price = pair.requirement, pair.base_price
            state.series[REQUIRED, place, at] += needed * price
            state.series[GAP, place, at] += max(0.0, needed - pair.stock) * price
            state.series[USABLE_GAP, place, at] += max(0.0, needed - pair.usable) * price
    state.series[SPENDING, place, at] = buyer.paid + buyer.debt
    if buyer.in_total == 1:
        for kind in range(SPENDING + 1):
            state.series[kind, EVERY, at] += state.series[kind, place, at]
    if at % 12 == 0 or at == 1:
        look_at_fleet(index, state)
    state.series[WORST, place, at] = buyer.worst_share


@stage
def pay_upkeep(index: int, state: State) -> None:
    """New equipment and extra families are supported from the running budget, not from equipment money."""
    buyer, clock, rules = state.buyers[index], state.clock[0], state.rules[0]
    upkeep = buyer.upkeep_month + buyer.extra_month
    buyer.upkeep_paid += upkeep
    buyer.cost += money.present_value(upkeep, rules.money_discount, float(clock.month))


@stage
def look_at_fleet(index: int, state: State) -> None:
    """Once a year a state's families are counted: what they cost, how ready they are, who could stop them."""
    buyer = state.buyers[index]
    buyer.families, buyer.extra_month = 0, 0.0
    buyer.fleet_value, buyer.ready_value = 0.0, 0.0
    first = 0
    for c in range(len(state.categories)):
        last = first
        while last < len(state.families) and state.families[last].category == c:
            last += 1
        look_at_category(index, c, first, last, state)
        first = last
    buyer.extra_month += hub_bill(index, state) / 12.0
    look_at_authorities(index, state)


@stage
def hub_bill(index: int, state: State) -> float:
    """A state's part of the yearly cost of the hubs: shared alike by all that have Korean families, musd."""
    users = 0
    for family in range(len(state.families)):
        if state.families[family].korean == 1:
            users |= state.families[family].users
    if users & state.buyers[index].self_mask == 0:
        return 0.0
    return state.rules[0].usable_hub_cost * state.levers[MRO_HUBS] / reliance.count_bits(users)


@stage
def look_at_category(index: int, c: int, first: int, last: int, state: State) -> None:
    """Families, value and readiness of one category; first to last are its rows among families."""
    buyer, rules, category = state.buyers[index], state.rules[0], state.categories[c]
    value, korean, families = 0.0, 0.0, 0
    for family in range(first, last):
        units = state.stock[index, family]
        if units >= 1.0:
            families += 1
            value += units * max(1e-6, state.families[family].price)
            korean += units * state.families[family].price * state.families[family].korean
    if families == 0:
        return
    extra = families - 1
    ready = reliance.availability(
        category.availability,
        extra,
        rules.usable_family_cut,
        korean / value,
        hub_share(state),
        rules.usable_hub_gain,
    )
    buyer.families += families
    buyer.extra_month += extra * category.family_cost / 12.0
    buyer.fleet_value += value
    buyer.ready_value += value * ready


@stage
def look_at_authorities(index: int, state: State) -> None:
    """By value: what any and what the worst foreign authority could stop, and how many count."""
    buyer, total = state.buyers[index], state.buyers[index].fleet_value
    buyer.fleet_vetoed, buyer.worst_share, buyer.effective = 0.0, 0.0, 0.0
    count_holds(index, state)
    if total <= 0.0:
        return
    sum_shares, sum_squares = 0.0, 0.0
    for authority in range(len(state.authorities)):
        share = state.holds[index, authority] / total
        buyer.worst_share = max(buyer.worst_share, share)
        sum_shares += share
        sum_squares += share * share
    buyer.effective = sum_shares * sum_shares / sum_squares if sum_squares > 0.0 else 0.0


@stage
def count_holds(index: int, state: State) -> None:
    """Add up, by foreign authority, the value of the families whose support it could withhold."""
    buyer = state.buyers[index]
    for authority in range(len(state.authorities)):
        state.holds[index, authority] = 0.0
    for family in range(len(state.families)):
        units = state.stock[index, family]
        if units >= 1.0:
            kind = state.families[family]
            mask = reliance.foreign(kind.support_mask, buyer.authority)
            if mask != 0:
                buyer.fleet_vetoed += units * kind.price / buyer.fleet_value
            authority = 0
            while mask != 0:
                if mask & 1 == 1:
                    state.holds[index, authority] += units * kind.price
                mask >>= 1
                authority += 1


@stage
def look_at_all_fleets(state: State) -> None:
    """Europe and Canada together: the largest hold of one authority, and how evenly holds are spread."""
    worst, shares, squares, total = 0.0, 0.0, 0.0, 0.0
    for index in range(len(state.buyers)):
        if state.buyers[index].in_total == 1:
            total += state.buyers[index].fleet_value
    for authority in range(len(state.authorities)):
        stopped = 0.0
        for index in range(len(state.buyers)):
            if state.buyers[index].in_total == 1:
                stopped += state.holds[index, authority]
        worst = max(worst, stopped)
        shares += stopped
        squares += stopped * stopped
    clock = state.clock[0]
    clock.worst_share = worst / total if total > 0.0 else 0.0
    clock.effective = shares * shares / squares if squares > 0.0 else 0.0


@stage
def check_line(index: int, state: State) -> None:
    """A line's book must hold what its contracts still owe; its industry's totals are noted."""
    line, at = state.lines[index], state.clock[0].month + 1
    price = line.price_platform + line.price_support + line.price_munitions
    state.industry_series[BACKLOG, line.industry, at] += line.backlog * price
    state.industry_series[CAPACITY, line.industry, at] += line.capacity * line.output_share * price


@stage
def check_alliance(state: State) -> None:
    """Units are conserved between lines and buyers; orders and deliveries of each industry are summed."""
    clock = state.clock[0]
    ordered, booked = 0.0, 0.0
    for row in range(len(state.pairs)):
        ordered += state.pairs[row].on_order
    for index in range(len(state.lines)):
        booked += state.lines[index].backlog
    clock.units_error = max(clock.units_error, abs(ordered - booked))
    at = clock.month + 1
    if at % 12 == 0 or at == 1:
        look_at_all_fleets(state)
    state.series[WORST, EVERY, at] = clock.worst_share
    for number in range(clock.contracts):
        contract = state.contracts[number]
        if state.buyers[contract.buyer].in_total == 1:
            industry = state.lines[contract.line].industry
            if contract.existing == 0:
                state.industry_series[ORDERS, industry, at] += contract.quantity * contract.unit_price
            state.industry_series[DELIVERIES, industry, at] += contract.delivered * contract.unit_price
