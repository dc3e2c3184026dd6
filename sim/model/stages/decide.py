"""Stages 6 and 7: tenders are decided, contracts are signed."""

from __future__ import annotations

import math

from sim.model.compiled import stage
from sim.model.lever_rows import (
    DIALOGUE,
    KOREAN_CREDIT,
    OUTPUT_FIRST,
    THREAT,
    UNION_PREFERENCE,
)
from sim.model.randomness import CHOICE_LINE, CHOICE_NEST, SLIP, SLIP_SPREAD, exponential, gumbel, uniform
from sim.model.rules import choice, money, production, reliance
from sim.model.stages.offer import hub_share
from sim.model.stages.output import yearly_output
from sim.model.state import CALENDAR, MAX_CONTRACTS, NONE, State

SPEED, COST, RELIANCE = 0, 1, 2


@stage
def decide(row: int, state: State) -> None:
    """A buyer weighs the offers on the table: first which industry, or to wait, then which line."""
    pair, clock = state.pairs[row], state.clock[0]
    buyer, category = state.buyers[pair.buyer], state.categories[pair.category]
    pair.chosen = NONE
    pair.offers = 0
    if pair.known_line != NONE and state.offers[row, pair.known_line].valid == 1:
        pair.chosen = pair.known_line
        pair.offers = 1
        return
    usual = usual_price(row, state)
    if usual <= 0.0:
        return
    for index in range(category.first_line, category.last_line):
        if state.offers[row, index].valid == 1:
            state.offers[row, index].utility = utility(row, index, usual, state)
            pair.offers += 1
    clock.draws += pair.offers
    best = wait_value(row, state) + gumbel(clock.stream, CHOICE_NEST, buyer.key, pair.key, clock.month)
    for index in range(category.first_line, category.last_line):
        if state.offers[row, index].valid == 1 and leads_nest(row, index, state):
            worth = nest_worth(row, index, state)
            if worth > best:
                best = worth
                pair.chosen = best_of_nest(row, index, state)


@stage
def usual_price(row: int, state: State) -> float:
    """The mean all-in price of the offers on the table, musd a unit; 0 if there is none."""
    category = state.categories[state.pairs[row].category]
    total, count = 0.0, 0
    for index in range(category.first_line, category.last_line):
        if state.offers[row, index].valid == 1:
            total += state.offers[row, index].all_in
            count += 1
    return total / count if count > 0 else 0.0


@stage
def doctrine(buyer: int, part: int, state: State) -> float:
    """The buyer's doctrine multiplier for speed, cost or reliance; 1 unless the scenario moves it."""
    return state.levers[OUTPUT_FIRST + len(state.categories) + 3 * buyer + part]


# What an offer is worth, part by part; `utility` adds them up and "Why" shows them one by one.


@stage
def worth_of_months(row: int, index: int, state: State) -> float:
    """Months to the first delivery, by urgency and the buyer's doctrine on speed."""
    pair, rules = state.pairs[row], state.rules[0]
    worth = choice.value_of_time(
        rules.choice_months, rules.choice_months_floor, pair.urgency, state.offers[row, index].months
    )
    return worth * doctrine(pair.buyer, SPEED, state)


@stage
def worth_of_price(row: int, index: int, usual: float, state: State) -> float:
    """All-in price against the usual one, by the buyer's doctrine on cost."""
    worth = choice.value_of_price(state.rules[0].choice_price, state.offers[row, index].all_in, usual)
    return worth * doctrine(state.pairs[row].buyer, COST, state)


@stage
def worth_of_users(row: int, index: int, state: State) -> float:
    """A family the buyer has, and one that allies and neighbours have."""
    pair, line, rules = state.pairs[row], state.lines[index], state.rules[0]
    buyer = state.buyers[pair.buyer]
    users = state.families[line.family].users & ~buyer.self_mask
    known = state.stock[pair.buyer, line.family] >= 1.0
    worth = choice.value_of_users(
        rules.choice_allies,
        rules.choice_neighbours,
        reliance.count_bits(users),
        reliance.count_bits(users & buyer.neighbours),
        not known,
        rules.choice_repeat_ties,
    )
    return worth + rules.choice_family if known else worth


@stage
def worth_of_reliance(row: int, index: int, state: State) -> float:
    """Exposure to a foreign government, by the buyer's doctrine on reliance, and that government's record."""
    pair, line, rules = state.pairs[row], state.lines[index], state.rules[0]
    worth = rules.choice_exposure * exposure(pair.buyer, index, state) * doctrine(pair.buyer, RELIANCE, state)
    if line.authority != state.buyers[pair.buyer].authority:
        worth += rules.choice_record * (rules.trust_start - state.distrust[pair.buyer, line.authority])
    return worth


@stage
def worth_of_ties(row: int, index: int, state: State) -> float:
    """The security tie for US goods, the Union for its members, agreements for Korean goods."""
    line, rules, buyer = state.lines[index], state.rules[0], state.buyers[state.pairs[row].buyer]
    if line.american == 1:
        return rules.choice_us_tie * buyer.us_tie * state.levers[THREAT]
    if buyer.eu == 1 and line.eu_plant == 1 and line.korean == 0:
        return rules.choice_union + state.levers[UNION_PREFERENCE]
    if line.korean == 1:
        return rules.choice_framework * state.levers[DIALOGUE] + rules.choice_sustainment * hub_share(state)
    return 0.0


@stage
def worth_of_home(row: int, index: int, state: State) -> float:
    """A domestic maker, or work placed with the buyer's industry."""
    pair, line, rules = state.pairs[row], state.lines[index], state.rules[0]
    at_home = (line.home & state.buyers[pair.buyer].self_mask) != 0 or line.country_buyer == pair.buyer
    worth = rules.choice_local * state.offers[row, index].local_share
    return worth + rules.choice_domestic if at_home else worth


@stage
def worth_of_credit(row: int, index: int, state: State) -> float:
    """The part of the price a loan would finance."""
    return state.rules[0].choice_credit * state.offers[row, index].credit


@stage
def utility(row: int, index: int, usual: float, state: State) -> float:
    """The worth of an offer to the buyer: the sum of its parts, in points."""
    return (
        worth_of_months(row, index, state)
        + worth_of_price(row, index, usual, state)
        + worth_of_users(row, index, state)
        + worth_of_reliance(row, index, state)
        + worth_of_ties(row, index, state)
        + worth_of_home(row, index, state)
        + worth_of_credit(row, index, state)
    )


@stage
def exposure(buyer: int, index: int, state: State) -> float:
    """The worst of the offer's foreign authorities: fleet share it could stop x distrust of it; 0-1.

    A buyer without any such fleet still minds a little.
    """
    line, own = state.lines[index], state.buyers[buyer].authority
    mask = reliance.foreign(line.support_mask | line.delivery_mask, own)
    fleet, least = state.buyers[buyer].fleet_value, state.rules[0].choice_exposure_least
    worst, authority = 0.0, 0
    while mask != 0:
        if mask & 1 == 1:
            share = state.holds[buyer, authority] / fleet if fleet > 0.0 else 0.0
            worst = max(worst, (least + (1.0 - least) * share) * state.distrust[buyer, authority])
        mask >>= 1
        authority += 1
    return worst


@stage
def wait_value(row: int, state: State) -> float:
    """The worth of not buying now: less where the need is urgent."""
    rules = state.rules[0]
    return rules.choice_wait - rules.choice_wait_urgency * state.pairs[row].urgency


@stage
def leads_nest(row: int, index: int, state: State) -> bool:
    """True for the first valid line of its industry, so that each industry is weighed once."""
    category, industry = state.categories[state.pairs[row].category], state.lines[index].industry
    for other in range(category.first_line, index):
        if state.offers[row, other].valid == 1 and state.lines[other].industry == industry:
            return False
    return True


@stage
def nest_worth(row: int, index: int, state: State) -> float:
    """The worth of an industry's offers together, with its unseen part."""
    pair, clock, rules = state.pairs[row], state.clock[0], state.rules[0]
    category, line = state.categories[pair.category], state.lines[index]
    total = 0.0
    for other in range(category.first_line, category.last_line):
        if state.offers[row, other].valid == 1 and state.lines[other].industry == line.industry:
            total += math.exp(state.offers[row, other].utility / rules.choice_dissimilarity)
    clock.draws += 1
    unseen = gumbel(
        clock.stream, CHOICE_NEST, state.buyers[pair.buyer].key ^ pair.key, line.nest_key, clock.month
    )
    return choice.nest_value(total, rules.choice_dissimilarity) + unseen


@stage
def best_of_nest(row: int, index: int, state: State) -> int:
    """The line of an industry with the highest worth, its unseen part included."""
    pair, clock, rules = state.pairs[row], state.clock[0], state.rules[0]
    category, industry = state.categories[pair.category], state.lines[index].industry
    best, chosen = -1e300, NONE
    for other in range(category.first_line, category.last_line):
        if state.offers[row, other].valid == 1 and state.lines[other].industry == industry:
            unseen = gumbel(
                clock.stream, CHOICE_LINE, state.buyers[pair.buyer].key, state.lines[other].key, clock.month
            )
            worth = state.offers[row, other].utility / rules.choice_dissimilarity + unseen
            if worth > best:
                best, chosen = worth, other
    return chosen


@stage
def sign(row: int, state: State) -> None:
    """The chosen offer becomes a contract; without one the tender ends and may be opened again."""
    pair, clock = state.pairs[row], state.clock[0]
    buyer = state.buyers[pair.buyer]
    pair.open = 0
    buyer.open_tenders -= 1
    if pair.chosen == NONE or clock.contracts >= MAX_CONTRACTS:
        buyer.waited += 1
        return
    line = state.lines[pair.chosen]
    if line.surplus == 1 and line.surplus_left < pair.quantity:
        buyer.waited += 1  # an earlier buyer of this month took the last units
        return
    number = clock.contracts
    clock.contracts += 1
    write_contract(row, number, state)
    enter_book(number, state)
    commit_money(number, state.offers[row, pair.chosen].korean_loan, state)
    note_order(number, state)


@stage
def credit_now(row: int, state: State) -> float:
    """The part of the price a loan still covers when it is signed: others may have drawn on it this month."""
    pair, answer = state.pairs[row], state.offers[row, state.pairs[row].chosen]
    left = state.buyers[pair.buyer].credit_left
    if answer.korean_loan == 1:
        left = 1000.0 * state.levers[KOREAN_CREDIT] - state.clock[0].korean_credit
    return min(answer.credit, max(0.0, left) / (pair.quantity * answer.price))


@stage
def write_contract(row: int, number: int, state: State) -> None:
    """Fill in a new contract from the tender and the chosen offer."""
    pair, clock, rules = state.pairs[row], state.clock[0], state.rules[0]
    line, answer = state.lines[pair.chosen], state.offers[row, pair.chosen]
    contract, buyer = state.contracts[number], state.buyers[pair.buyer]
    contract.buyer, contract.line, contract.pair = pair.buyer, pair.chosen, row
    contract.route, contract.existing = pair.route, 0
    contract.new_family = 0 if state.stock[pair.buyer, line.family] >= 1.0 else 1
    contract.opened, contract.signed = pair.opened, clock.month
    contract.first_due = clock.month + int(answer.months)
    contract.last_due = clock.month + int(answer.last)
    late = uniform(clock.stream, SLIP, buyer.key, line.key, clock.month)
    spread = uniform(clock.stream, SLIP_SPREAD, buyer.key, line.key, clock.month)
    clock.draws += 2
    contract.slip = 0.0
    if late > rules.slip_on_time:
        contract.slip = math.floor(exponential(rules.slip_mean * answer.months, spread))
    contract.quantity, contract.unit_price = pair.quantity, answer.price
    contract.base_price = line.price_platform + line.price_support + line.price_munitions
    contract.paid_share, contract.local_share = rules.money_advance, answer.local_share
    contract.credit, contract.content = credit_now(row, state), answer.content
    contract.made, contract.seen, contract.allowed, contract.delivered = 0.0, 0.0, 0.0, 0.0
    contract.first_month, contract.last_month, contract.usable_month = NONE, NONE, NONE
    contract.months_process = answer.process
    contract.months_queue = answer.queue
    contract.months_build = answer.build
    contract.months_slip, contract.months_capacity, contract.months_hold = 0.0, 0.0, 0.0
    contract.first_year, contract.last_year = 0.0, 0.0
    contract.start = start_of_work(number, state)


@stage
def start_of_work(number: int, state: State) -> int:
    """The month in which work begins so that the first unit is ready when promised."""
    contract = state.contracts[number]
    pace = production.months_a_unit(
        contract.quantity,
        float(contract.first_due),
        float(contract.last_due),
        yearly_output(contract.line, state),
    )
    return contract.first_due + 1 - math.ceil(pace)


@stage
def enter_book(number: int, state: State) -> None:
    """A contract joins the line's queue and calendar, and the buyer's list."""
    contract = state.contracts[number]
    line = state.lines[contract.line]
    contract.next_of_line = NONE
    if line.last_contract == NONE:
        line.first_contract = number
    else:
        state.contracts[line.last_contract].next_of_line = number
    line.last_contract = number
    contract.next_of_buyer = state.first_of_buyer[contract.buyer]
    state.first_of_buyer[contract.buyer] = number
    months = contract.last_due - contract.start + 1
    for month in range(max(0, contract.start), min(CALENDAR, contract.last_due + 1)):
        state.calendar[contract.line, month] += contract.quantity / months
    line.backlog += contract.quantity
    if line.surplus == 1:
        line.surplus_left -= contract.quantity
    state.pairs[contract.pair].on_order += contract.quantity


@stage
def commit_money(number: int, korean_loan: int, state: State) -> None:
    """The advance is paid, the rest is committed; a loan takes its share of both."""
    contract, rules, clock = state.contracts[number], state.rules[0], state.clock[0]
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
    buyer.cost += money.present_value(advance, rules.money_discount, float(clock.month))


@stage
def note_order(number: int, state: State) -> None:
    """Count a new order: value, European content, and who could withhold it."""
    contract = state.contracts[number]
    buyer, line = state.buyers[contract.buyer], state.lines[contract.line]
    value = contract.quantity * contract.unit_price
    vetoes = reliance.foreign(line.delivery_mask, buyer.authority)
    buyer.contracts += 1
    buyer.orders_value += value
    buyer.orders_base += contract.quantity * contract.base_price
    buyer.orders_content += value * contract.content
    buyer.orders_vetoes += value * reliance.count_bits(vetoes)
    if vetoes != 0:
        buyer.orders_vetoed += value
    authority = 0
    while vetoes != 0:
        if vetoes & 1 == 1:
            state.orders_by_authority[contract.buyer, authority] += value
        vetoes >>= 1
        authority += 1
