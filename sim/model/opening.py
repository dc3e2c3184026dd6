"""How the books open: what follows from the facts before the first month runs."""

from __future__ import annotations

from sim.model.compiled import compiled, stage
from sim.model.lever_rows import CODEVELOPMENT
from sim.model.rules import money, need, production
from sim.model.schedule import states_launch
from sim.model.stages.book import enter_book, start_of_work
from sim.model.stages.fleet import look_at_all_fleets, look_at_fleet
from sim.model.stages.invest import plan_capacity
from sim.model.stages.need import assess_need
from sim.model.stages.offer import has_family
from sim.model.stages.orders import look_at_orders
from sim.model.stages.output import package, refresh, reprice, serves_home, years_of_cover
from sim.model.stages.tender import enter_due, note_wanting
from sim.model.state import CALENDAR, EXPORT, HALF, HALVES, HOME, MONTHS, NEVER, NONE, State

LONG_AGO = -1000  # month in which families in service at the start came in


@compiled
def open_books(state: State) -> None:
    """Prices, fleets, lines, money and the contracts in force, derived from the world's facts."""
    open_clock(state)
    for row in range(len(state.categories)):
        category = state.categories[row]
        rules = state.rules[0]
        years = money.annuity(rules.money_discount, rules.quote_family_years)
        category.extra_family = category.family_cost * years
    for family in range(len(state.families)):
        price_family(family, state)
    for row in range(len(state.pairs)):
        if state.pairs[row].needed == 1:
            open_pair(row, state)
    for row in range(len(state.fleets)):
        open_fleet(row, state)
    look_at_orders(state)
    for index in range(len(state.lines)):
        open_line(index, state)
    for index in range(len(state.buyers)):
        open_buyer(index, state)
    for number in range(state.clock[0].contracts):
        open_contract(number, state)
    for index in range(len(state.lines)):
        reserve(index, state)
    for row in range(len(state.pairs)):
        if state.pairs[row].open == 1:
            enter_due(row, state.pairs[row].due, state)
    run_up(state)


@stage
def open_clock(state: State) -> None:
    """Prices, growth and the work of governments stand where they are today."""
    clock = state.clock[0]
    clock.prices, clock.growth, clock.discount, clock.seoul, clock.us_spares = 1.0, 1.0, 1.0, 1.0, 1.0
    for row in range(len(state.levers)):
        state.levers[row] = state.plan[0, row]
    clock.codeveloped = state.lever_default[CODEVELOPMENT]


@compiled
def run_up(state: State) -> None:
    """Tenders launched in the years before the start are still running, so that month one has no burst.

    The launch stage runs over the months before the start under the first month's levers; what would
    have been decided before the start is in the books or came to nothing.
    """
    clock = state.clock[0]
    for index in range(len(state.buyers)):
        look_at_fleet(index, state)
    look_at_all_fleets(state)
    for row in range(len(state.pairs)):
        if state.pairs[row].needed == 1:
            assess_need(row, state)
    for month in range(-int(state.rules[0].tender_run_up), 0):
        clock.month = month
        states_launch(state)
        for row in range(len(state.pairs)):
            pair = state.pairs[row]
            if pair.open == 1 and pair.due < 0:
                pair.open = 0
                state.buyers[pair.buyer].open_tenders -= 1
                note_wanting(row, state)
    clock.month, clock.draws = 0, 0


@stage
def price_family(family: int, state: State) -> None:
    """A family is worth the mean base price of its lines; one no longer made, part of the category's mean."""
    kind = state.families[family]
    category = state.categories[kind.category]
    total, count, every, lines = 0.0, 0, 0.0, 0
    for index in range(category.first_line, category.last_line):
        every += package(index, state)
        lines += 1
        if state.lines[index].family == family:
            total += package(index, state)
            count += 1
    if count > 0:
        kind.price = total / count
    elif lines > 0:
        kind.price = every / lines * state.rules[0].fleet_legacy_value


@stage
def open_pair(row: int, state: State) -> None:
    """What a need's equipment usually costs: the mean over the lines open to it, tier by tier."""
    pair = state.pairs[row]
    pair.price_upper = tier_price(row, 1, state)
    pair.price_lower = tier_price(row, 0, state)
    pair.base_price = pair.upper_share * pair.price_upper + (1.0 - pair.upper_share) * pair.price_lower
    pair.requirement = min(pair.stock_start, pair.announced)


@stage
def tier_price(row: int, tier: int, state: State) -> float:
    """Mean base price of the lines of a tier that a pair could buy from; 0 if there is none."""
    pair = state.pairs[row]
    category = state.categories[pair.category]
    total, count = 0.0, 0
    for index in range(category.first_line, category.last_line):
        line = state.lines[index]
        at_home = serves_home(index, pair.buyer, state)
        if at_home and line.surplus == 0:
            pair.home_maker = 1
        if line.upper == tier and (at_home or (pair.home_only == 0 and line.home_only == 0)):
            total += package(index, state)
            count += 1
    return total / count if count > 0 else 0.0


@stage
def open_fleet(row: int, state: State) -> None:
    """Stock by family, scaled to the drawn total; legacy leaves by 2035, the rest with age."""
    fleet = state.fleets[row]
    pair = state.pairs[fleet.buyer * len(state.categories) + fleet.category]
    listed, legacy = 0.0, 0.0
    buyer = state.buyers[fleet.buyer]
    for other in range(buyer.first_fleet, buyer.last_fleet):
        if state.fleets[other].category == fleet.category:
            listed += state.fleets[other].stock_start
            if state.families[state.fleets[other].family].legacy == 1:
                legacy += state.fleets[other].stock_start
    if listed <= 0.0:
        return
    units = pair.stock_start * fleet.stock_start / listed
    due = min(pair.legacy_due, pair.stock_start)
    old = pair.stock_start * legacy / listed
    # Legacy families leave first; what is due beyond them leaves the others in proportion.
    if state.families[fleet.family].legacy == 1:
        leaving = min(due, old) * units / max(old, 1e-9)
    else:
        rest = max(1e-9, pair.stock_start - old)
        leaving = max(0.0, due - old) * units / rest
    life = state.categories[fleet.category].service_life
    renewal = state.rules[0].need_renewal
    fleet.retire_month = need.retirement_pace(leaving, units, float(MONTHS), life, renewal)
    state.stock[fleet.buyer, fleet.family] += units
    state.since[fleet.buyer, fleet.family] = LONG_AGO
    pair.stock += units
    pair.usable += units
    if units >= 1.0:
        state.families[fleet.family].users |= buyer.self_mask
        if state.adopted[fleet.buyer, fleet.family] == NEVER:
            state.adopted[fleet.buyer, fleet.family] = LONG_AGO


@stage
def open_line(index: int, state: State) -> None:
    """A line starts with its announced plan, an empty book and today's price."""
    line, start = state.lines[index], state.clock[0].start_year
    line.opening = max(0, int((line.opens - start) * 12.0)) if line.opens > start else -1
    line.export_month = int((line.export_from - start) * 12.0)
    line.plan_month = int((line.rate_planned_year - start) * 12.0)
    line.decided, line.extra = -12, 0.0
    line.surplus_left = line.surplus_units
    for lane in (HOME, EXPORT):
        state.lanes[index, lane].behind = 0
    plan_capacity(index, state)
    line.checked = NONE
    refresh(index, state)
    reprice(index, years_of_cover(index, state), state)


@stage
def open_buyer(index: int, state: State) -> None:
    """Some months of money are in hand; nobody has broken a promise yet."""
    buyer, rules, clock = state.buyers[index], state.rules[0], state.clock[0]
    if buyer.pledge_share <= 0.0:
        buyer.pledge_share = rules.money_core_pledge
    equipment = buyer.defence_share * buyer.equipment_share
    month = money.monthly_inflow(buyer.gdp, equipment, buyer.modelled_share)
    buyer.inflow = buyer.usual_inflow = month
    buyer.cash = month * rules.money_start_months
    buyer.received = buyer.cash
    buyer.reached, buyer.squeezed_until = NONE, NONE
    buyer.granted = buyer.safe_allocation * rules.money_safe_modelled
    if clock.start_year < rules.money_safe_end:
        buyer.credit_left = buyer.granted


@stage
def open_contract(number: int, state: State) -> None:
    """A contract in the books: its months, its slots on the line, and what is still to be paid."""
    contract, start_year = state.contracts[number], state.clock[0].start_year
    buyer, line = state.buyers[contract.buyer], state.lines[contract.line]
    first = max(0, int((contract.first_year - start_year) * 12.0))
    last = max(first, int((contract.last_year - start_year) * 12.0))
    contract.first_due, contract.last_due = min(first, CALENDAR - 2), min(last, CALENDAR - 2)
    contract.slip = 0.0
    contract.lane = HOME if serves_home(contract.line, contract.buyer, state) else EXPORT
    contract.start = start_of_work(number, state)
    contract.finish = contract.last_due
    made = production.work_done(
        contract.quantity, float(contract.start), float(contract.finish), 0.0
    )  # work in progress
    contract.seen = contract.allowed = made
    contract.base_price = package(contract.line, state)
    contract.quoted_price = contract.unit_price
    contract.content = line.content_europe
    contract.looked = -1
    contract.first_month, contract.last_month, contract.usable_month = NONE, NONE, NONE
    contract.new_family = 0 if has_family(contract.buyer, contract.line, state) else 1
    enter_book(number, state)
    if line.surplus == 1:
        line.surplus_left += contract.quantity  # the seeds count these units as sold already
    buyer.committed += contract.quantity * contract.unit_price * (1.0 - contract.paid_share)


@stage
def reserve(index: int, state: State) -> None:
    """Slots promised before the start belong to the contracts in the books.

    A plant's plan holds what its contracts need: their dates are better known than its rate.
    """
    line = state.lines[index]
    usual = 1.0 / 12.0 if line.surplus == 1 else production.real_output(1.0, line.output_share, 1.0)
    for slot in range(HALVES):
        promised = state.booked[index, HOME, slot] + state.booked[index, EXPORT, slot]
        state.reserved[index, slot] = promised / HALF
        needed = state.reserved[index, slot] / max(1e-9, usual)  # a shock to output is no part of the plan
        state.path[index, slot] = max(state.path[index, slot], needed)
    line.checked = NONE
    refresh(index, state)
