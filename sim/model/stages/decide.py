"""Stage 6: tenders are decided."""

from __future__ import annotations

import math

from sim.model.compiled import stage
from sim.model.lever_rows import TWO_SUPPLIERS
from sim.model.randomness import CHOICE_LINE, CHOICE_NEST, SPLIT, TENDER_COLLAPSE, gumbel, uniform
from sim.model.rules import choice
from sim.model.stages.worth import utility
from sim.model.state import CHOOSE, NONE, OPTION, URGENT, WAIT, State

OFFERS, SUM, BEST = 0, 1, 2  # columns of state.nests


@stage
def decide(row: int, state: State) -> None:
    """A buyer weighs the offers on the table: first which industry, or to wait, then which line."""
    pair = state.pairs[row]
    pair.chosen, pair.second, pair.offers, pair.bidders, pair.collapsed = NONE, NONE, 0, 0, 0
    state.buyers[pair.buyer].tenders += 1
    told = order_about(row, state)
    if told != NONE and follow(told, row, state):
        return
    known = offered(pair.known_line, row, state)
    if ends_without(pair.known_line if known else NONE, row, state):
        pair.collapsed = 1
        return
    if known:
        pair.chosen, pair.offers = pair.known_line, 1
        pair.bidders = 1 << state.lines[pair.known_line].industry
        return
    weigh(row, state)
    pair.chosen = choose(row, state)
    if pair.chosen != NONE and splits(row, state):
        pair.second = best_of_others(row, state)


@stage
def order_about(row: int, state: State) -> int:
    """What a person ordered last about a tender decided this month; NONE if nothing."""
    told = NONE
    for number in range(state.clock[0].first_order, state.clock[0].last_order):
        order = state.orders[number]
        if order.row == row and (order.kind == CHOOSE or order.kind == WAIT):
            told = number
    return told


@stage
def offered(index: int, row: int, state: State) -> bool:
    """Whether a line has an offer on the table for a tender; of other categories old ones may still lie."""
    pair = state.pairs[row]
    if index == NONE or state.lines[index].category != pair.category:
        return False
    return state.offers[pair.slot, index].valid == 1


@stage
def follow(told: int, row: int, state: State) -> bool:
    """A person's choice is carried out; whether it could be: an offer that is gone cannot be chosen."""
    pair, order = state.pairs[row], state.orders[told]
    if order.kind == CHOOSE and not offered(order.line, row, state):
        return False
    if order.kind == CHOOSE and ends_without(order.line, row, state):
        pair.collapsed = 1
        return True
    weigh(row, state)
    if order.kind == WAIT:
        return True
    pair.chosen = order.line
    if order.second != order.line and may_split(row, state) and offered(order.second, row, state):
        pair.second = order.second
    return True


@stage
def may_split(row: int, state: State) -> bool:
    """Whether the smaller part of a split tender would be worth a contract."""
    pair = state.pairs[row]
    return pair.quantity * (1.0 - state.rules[0].tender_split_share) >= max(1.0, pair.smallest)


@stage
def ends_without(line: int, row: int, state: State) -> bool:
    """Whether a tender collapses; one whose winner is known at the start comes about with that winner."""
    pair = state.pairs[row]
    if line != NONE and line == pair.known_line and pair.funded == 1:
        return False
    return fails(row, state)


@stage
def fails(row: int, state: State) -> bool:
    """Some tenders end for reasons of their own: courts, elections, changed plans. Urgent ones do not."""
    pair, clock = state.pairs[row], state.clock[0]
    if pair.route == URGENT or pair.route == OPTION:
        return False
    chance = uniform(clock.stream, TENDER_COLLAPSE, state.buyers[pair.buyer].key, pair.key, clock.month)
    return chance < state.rules[0].tender_collapse


@stage
def weigh(row: int, state: State) -> None:
    """The worth of each offer, and the sum of worths by industry."""
    pair, rules = state.pairs[row], state.rules[0]
    category = state.categories[pair.category]
    same, other = usual_price(row, pair.tier, state), usual_price(row, 1 - pair.tier, state)
    for nest in range(len(state.nests)):
        state.nests[nest, OFFERS], state.nests[nest, SUM], state.nests[nest, BEST] = 0.0, 0.0, NONE
    for index in range(category.first_line, category.last_line):
        answer = state.offers[pair.slot, index]
        if answer.valid == 1:
            line = state.lines[index]
            answer.utility = utility(row, index, same if line.upper == pair.tier else other, state)
            pair.offers += 1
            pair.bidders |= 1 << line.industry
            state.nests[line.industry, OFFERS] += 1.0
            state.nests[line.industry, SUM] += math.exp(answer.utility / rules.choice_dissimilarity)
            state.nests[line.industry, BEST] = index
    state.clock[0].draws += pair.offers


@stage
def usual_price(row: int, tier: int, state: State) -> float:
    """The mean all-in price of the offers of a tier on the table, musd a unit; 0 if there is none."""
    pair = state.pairs[row]
    category = state.categories[pair.category]
    total, count = 0.0, 0
    for index in range(category.first_line, category.last_line):
        answer = state.offers[pair.slot, index]
        if answer.valid == 1 and state.lines[index].upper == tier:
            total += answer.all_in
            count += 1
    return total / count if count > 0 else 0.0


@stage
def wait_value(row: int, state: State) -> float:
    """The worth of not buying now: less where the need is urgent."""
    rules = state.rules[0]
    return rules.choice_wait - rules.choice_wait_urgency * state.pairs[row].urgency


@stage
def choose(row: int, state: State) -> int:
    """The line chosen, or NONE to wait: the best industry with its unseen part, then its best line."""
    pair, clock = state.pairs[row], state.clock[0]
    buyer = state.buyers[pair.buyer]
    best = wait_value(row, state) + gumbel(clock.stream, CHOICE_NEST, buyer.key, pair.key, clock.month)
    chosen = NONE
    for nest in range(len(state.nests)):
        if state.nests[nest, OFFERS] > 0.0:
            worth = nest_worth(row, nest, state)
            if worth > best:
                best, chosen = worth, nest
    return best_of_nest(row, chosen, state) if chosen != NONE else NONE


@stage
def nest_worth(row: int, nest: int, state: State) -> float:
    """The worth of an industry's offers together, with its unseen part."""
    pair, clock = state.pairs[row], state.clock[0]
    clock.draws += 1
    name = state.lines[int(state.nests[nest, BEST])].nest_key
    unseen = gumbel(clock.stream, CHOICE_NEST, state.buyers[pair.buyer].key ^ pair.key, name, clock.month)
    return choice.nest_value(state.nests[nest, SUM], state.rules[0].choice_dissimilarity) + unseen


@stage
def worth_in_nest(row: int, index: int, state: State) -> float:
    """The worth of an offer among those of its industry, its unseen part included."""
    pair, clock, line = state.pairs[row], state.clock[0], state.lines[index]
    unseen = gumbel(clock.stream, CHOICE_LINE, state.buyers[pair.buyer].key, line.key, clock.month)
    return state.offers[pair.slot, index].utility / state.rules[0].choice_dissimilarity + unseen


@stage
def best_of_nest(row: int, nest: int, state: State) -> int:
    """The line of an industry with the highest worth; with one offer there is nothing to draw."""
    pair = state.pairs[row]
    if state.nests[nest, OFFERS] == 1.0:
        return int(state.nests[nest, BEST])
    category = state.categories[pair.category]
    best, chosen = -1e300, NONE
    for index in range(category.first_line, category.last_line):
        if state.offers[pair.slot, index].valid == 1 and state.lines[index].industry == nest:
            worth = worth_in_nest(row, index, state)
            if worth > best:
                best, chosen = worth, index
    return chosen


@stage
def splits(row: int, state: State) -> bool:
    """A large tender is split where doctrine asks for two suppliers, or one alone would take too long."""
    pair, clock, rules = state.pairs[row], state.clock[0], state.rules[0]
    if not may_split(row, state):
        return False
    if pair.route == URGENT and state.offers[pair.slot, pair.chosen].last > rules.tender_split_months:
        return True
    chance = uniform(clock.stream, SPLIT, state.buyers[pair.buyer].key, pair.key, clock.month)
    return chance < state.levers[TWO_SUPPLIERS]


@stage
def best_of_others(row: int, state: State) -> int:
    """The best offer under another government than the first choice; NONE if there is none."""
    pair = state.pairs[row]
    category, first = state.categories[pair.category], state.lines[pair.chosen].authority
    best, found = -1e300, NONE
    for index in range(category.first_line, category.last_line):
        if state.offers[pair.slot, index].valid == 1 and state.lines[index].authority != first:
            worth = worth_in_nest(row, index, state)
            if worth > best:
                best, found = worth, index
    return found
