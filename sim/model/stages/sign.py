"""Stage 7: contracts are signed."""

from __future__ import annotations

import math

from sim.model import bits
from sim.model.compiled import stage
from sim.model.lever_rows import STOPGAP_LOANS
from sim.model.randomness import (
    FRAMEWORK,
    FRAMEWORK_EASE,
    REPRICE,
    SLIP,
    SLIP_SPREAD,
    STOPGAP,
    exponential,
    triangular,
    uniform,
)
from sim.model.rules import quote, reliance, tender
from sim.model.stages.book import enter_book, start_of_work
from sim.model.stages.invest import localise
from sim.model.stages.offer import has_family, korean_credit_left, may_sell, slots_lent
from sim.model.stages.orders import note_first_order
from sim.model.stages.output import package, serves_home
from sim.model.stages.tender import money_open, note_wanting
from sim.model.state import (
    EXPORT,
    FMS,
    GOVERNMENT,
    HOME,
    MAX_CONTRACTS,
    NONE,
    OPTION,
    STOCK,
    URGENT,
    State,
)

LONGEST_LOAN = 24  # months after the promise for which equipment on loan may stay


@stage
def sign(row: int, state: State) -> None:
    """The chosen offers become contracts; without one the tender ends and may be opened again."""
    pair = state.pairs[row]
    buyer = state.buyers[pair.buyer]
    pair.open = 0
    buyer.open_tenders -= 1
    note_wanting(row, state)
    if pair.collapsed == 1:
        buyer.collapsed += 1
        return
    if pair.chosen == NONE:
        buyer.waited += 1
        return
    first = pair.quantity
    if pair.second != NONE:
        first = tender.first_part(pair.quantity, state.rules[0].tender_split_share)
    if not sign_with(row, pair.chosen, first, state):
        buyer.collapsed += 1
    elif pair.second != NONE:
        sign_with(row, pair.second, pair.quantity - first, state)
    note_wanting(row, state)


@stage
def sign_with(row: int, index: int, units: float, state: State) -> bool:
    """A contract with one supplier, as far as money and stock still reach; whether it came about."""
    pair, clock, line = state.pairs[row], state.clock[0], state.lines[index]
    if clock.contracts >= MAX_CONTRACTS:
        return False
    price = contract_price(row, index, state)
    if pair.funded == 0:
        units = tender.affordable(units, price, money_open(pair.buyer, state))
    if units < min(pair.smallest, pair.quantity) or units < 1.0:
        return False  # the money has gone elsewhere since the tender opened
    if line.surplus == 1 and line.surplus_left < units:
        return False  # an earlier buyer of this month took the last units
    number = clock.contracts
    clock.contracts += 1
    write_contract(row, index, number, units, price, state)
    enter_book(number, state)
    commit_money(number, state.offers[pair.slot, index].korean_loan, state)
    note_order(number, state)
    localise(number, state)
    settle_framework(row, index, units, state)
    consider_loan(row, number, state)
    return True


@stage
def contract_price(row: int, index: int, state: State) -> float:
    """The price at signing: quotes of competitions and direct awards move between choice and contract."""
    pair, rules, clock = state.pairs[row], state.rules[0], state.clock[0]
    price = state.offers[pair.slot, index].price
    if pair.route == URGENT or pair.route == OPTION or state.lines[index].surplus == 1:
        return price
    chance = uniform(clock.stream, REPRICE, state.buyers[pair.buyer].key, state.lines[index].key, clock.month)
    change = triangular(
        rules.tender_reprice_low, rules.tender_reprice_mode, rules.tender_reprice_high, chance
    )
    return quote.repriced(price, change)


@stage
def credit_now(row: int, index: int, value: float, state: State) -> float:
    """The part of the price a loan still covers when it is signed: others may have drawn on it this month."""
    answer = state.offers[state.pairs[row].slot, index]
    left = state.buyers[state.pairs[row].buyer].credit_left
    if answer.korean_loan == 1:
        left = korean_credit_left(state)
    return min(answer.credit, max(0.0, left) / value)


@stage
def route_of(row: int, index: int, state: State) -> int:
    """The route as it turned out: used stock, or a US government sale where the winner is American."""
    pair, line = state.pairs[row], state.lines[index]
    if line.surplus == 1:
        return STOCK
    if pair.route == GOVERNMENT and line.american == 1:
        return GOVERNMENT if serves_home(index, pair.buyer, state) else FMS
    return pair.route


@stage
def write_contract(row: int, index: int, number: int, units: float, price: float, state: State) -> None:
    """Fill in a new contract from the tender and the chosen offer."""
    pair, clock, rules = state.pairs[row], state.clock[0], state.rules[0]
    answer, contract = state.offers[pair.slot, index], state.contracts[number]
    contract.buyer, contract.line, contract.pair = pair.buyer, index, row
    contract.lane = HOME if serves_home(index, pair.buyer, state) else EXPORT
    contract.route, contract.existing, contract.urgency = route_of(row, index, state), 0, pair.urgency
    contract.new_family = 0 if has_family(pair.buyer, index, state) else 1
    contract.opened, contract.signed, contract.looked = pair.opened, clock.month, clock.month
    planned, early = answer.months + answer.early, int(answer.early)
    contract.first_due = clock.month + int(planned)
    # A part of a split tender is delivered at the pace of the whole.
    spread = (answer.last - answer.months) * (units - 1.0) / max(1.0, pair.quantity - 1.0)
    contract.last_due = contract.first_due + int(spread)
    contract.slip = slip_of(pair.buyer, index, planned, state)
    contract.quantity, contract.unit_price, contract.quoted_price = units, price, answer.price
    contract.base_price = package(index, state)
    contract.paid_share, contract.local_share = rules.money_advance, answer.local_share
    contract.credit = credit_now(row, index, units * price, state)
    contract.bidders = pair.bidders
    contract.content, contract.lent = answer.content, 0.0
    if answer.lent >= 1.0:  # others may have taken slots this month
        contract.lent = min(units, answer.lent, slots_lent(row, index, state))
    contract.seen, contract.allowed, contract.delivered = 0.0, 0.0, 0.0
    contract.first_month, contract.last_month, contract.usable_month = NONE, NONE, NONE
    contract.months_process, contract.months_finance = answer.process, answer.finance
    contract.months_queue, contract.months_ramp = answer.queue, answer.ramp
    contract.months_build = answer.build
    contract.months_supply, contract.months_priority, contract.months_licence = 0.0, 0.0, 0.0
    contract.first_year, contract.last_year = 0.0, 0.0
    contract.start = start_of_work(number, state) + int(contract.slip)
    contract.finish = contract.last_due + int(contract.slip)
    # Work is planned as the line can do it; what was promised earlier than that is late from the first day.
    contract.first_due, contract.last_due = contract.first_due - early, contract.last_due - early
    contract.slip += answer.early
    contract.months_residual = contract.slip


@stage
def slip_of(buyer: int, index: int, months: float, state: State) -> float:
    """The usual lateness of a quote, drawn once; whole months."""
    rules, clock = state.rules[0], state.clock[0]
    key, line = state.buyers[buyer].key, state.lines[index].key
    clock.draws += 2
    if uniform(clock.stream, SLIP, key, line, clock.month) <= rules.slip_on_time:
        return 0.0
    spread = uniform(clock.stream, SLIP_SPREAD, key, line, clock.month)
    return math.floor(exponential(rules.slip_mean * months, spread))


@stage
def commit_money(number: int, korean_loan: int, state: State) -> None:
    """The advance is paid, the rest is committed; a loan takes its share of both."""
    contract, clock = state.contracts[number], state.clock[0]
    buyer = state.buyers[contract.buyer]
    value = contract.quantity * contract.unit_price
    loan = value * contract.credit
    if korean_loan == 1:
        clock.korean_credit += loan
    else:
        buyer.credit_left -= loan
        buyer.drawn += loan
        clock.safe_used += loan
    advance = (value - loan) * contract.paid_share
    buyer.cash -= advance
    buyer.paid += advance
    buyer.committed += (value - loan) - advance
    buyer.debt += loan * contract.paid_share
    buyer.cost += advance * clock.discount


@stage
def note_order(number: int, state: State) -> None:
    """Count a new order: value, European content, and who could withhold it."""
    contract = state.contracts[number]
    buyer, line = state.buyers[contract.buyer], state.lines[contract.line]
    value = contract.quantity * contract.unit_price
    vetoes = reliance.foreign(line.delivery_mask, buyer.authority)
    buyer.contracts += 1
    note_first_order(contract.buyer, line.family, state)
    buyer.orders_value += value
    buyer.orders_base += contract.quantity * contract.base_price
    buyer.orders_content += value * contract.content
    buyer.orders_vetoes += value * bits.count(vetoes)
    buyer.orders_vetoed += value if vetoes != 0 else 0.0
    if reliance.foreign(line.support_mask, buyer.authority) != 0:
        buyer.orders_support += value
    if reliance.foreign(line.retransfer_mask, buyer.authority) != 0:
        buyer.orders_retransfer += value
    if buyer.in_total == 1:
        state.flows[line.industry, 0] += value


@stage
def settle_framework(row: int, index: int, units: float, state: State) -> None:
    """An option uses up its framework; a large contract may bring a new one for what is still missing."""
    pair, clock, rules = state.pairs[row], state.clock[0], state.rules[0]
    pair.gap = max(0.0, pair.gap - units)  # until the next review
    if pair.framework_line == index:
        called = min(units, pair.framework_units)
        pair.framework_units -= called
        pair.framework_called += 0.0 if pair.framework_new == 1 else called
        return
    buyer, line = state.buyers[pair.buyer], state.lines[index]
    contract = state.contracts[clock.contracts - 1]
    large = contract.quantity * contract.unit_price >= rules.tender_framework_value and line.surplus == 0
    used_up = pair.framework_line == NONE or pair.framework_units < 1.0 or clock.month >= pair.framework_until
    if not large or not used_up:
        return
    if uniform(clock.stream, FRAMEWORK, buyer.key, line.key, clock.month) < rules.tender_framework_chance:
        pair.framework_line, pair.framework_new = index, 1
        pair.framework_units = math.floor(units * rules.tender_framework_multiple)
        pair.framework_until = clock.month + int(12.0 * rules.tender_framework_years)
        pair.framework_ease = 2.0 * uniform(clock.stream, FRAMEWORK_EASE, buyer.key, line.key, clock.month)


@stage
def consider_loan(row: int, number: int, state: State) -> None:
    """An urgent buyer with a long wait may get used equipment on loan until its own arrives."""
    pair, clock, rules = state.pairs[row], state.clock[0], state.rules[0]
    contract, buyer = state.contracts[number], state.buyers[pair.buyer]
    wait = contract.first_due - clock.month
    if pair.lent > 0.0 or pair.urgency < rules.tender_loan_urgency or wait < rules.tender_loan_wait:
        return
    if uniform(clock.stream, STOPGAP, buyer.key, pair.key, clock.month) >= state.levers[STOPGAP_LOANS]:
        return
    category = state.categories[pair.category]
    for index in range(category.first_line, category.last_line):
        line = state.lines[index]
        units = math.floor(min(line.surplus_left, rules.tender_loan_part * contract.quantity))
        if line.surplus == 1 and units >= 1.0 and may_sell(row, index, state):
            line.surplus_left -= units
            pair.lent, pair.lent_line, pair.lent_contract = units, index, number
            pair.lent_until = contract.first_due + LONGEST_LOAN
            pair.rent = rules.tender_loan_rent * units * line.price_platform * clock.prices / 12.0
            buyer.rent_month += pair.rent
            buyer.loans += 1
            return
