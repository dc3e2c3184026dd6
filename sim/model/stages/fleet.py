"""Once a year a state's fleet is looked at: families, readiness, and who could stop what (stage 12)."""

from __future__ import annotations

from sim.model import bits
from sim.model.compiled import stage
from sim.model.lever_rows import MRO_HUBS
from sim.model.rules import reliance
from sim.model.stages.offer import hub_share
from sim.model.state import State


@stage
def look_at_fleet(index: int, state: State) -> None:
    """A state's families: what they cost, how ready they are, who could stop supporting them."""
    buyer = state.buyers[index]
    buyer.families, buyer.extra_month = 0, 0.0
    buyer.fleet_value, buyer.ready_value, buyer.fleet_vetoed = 0.0, 0.0, 0.0
    for authority in range(len(state.authorities)):
        state.holds[index, authority] = 0.0
    for c in range(len(state.categories)):
        look_at_category(index, c, state)
    buyer.extra_month += hub_bill(index, state) / 12.0
    look_at_authorities(index, state)


@stage
def hub_bill(index: int, state: State) -> float:
    """A state's part of the yearly cost of the hubs: shared alike by all that have Korean families, musd."""
    if state.levers[MRO_HUBS] <= 0.0:
        return 0.0
    users = 0
    for family in range(len(state.families)):
        if state.families[family].korean == 1:
            users |= state.families[family].users
    if users & state.buyers[index].self_mask == 0:
        return 0.0
    return state.rules[0].usable_hub_cost * state.levers[MRO_HUBS] / bits.count(users)


@stage
def look_at_category(index: int, c: int, state: State) -> None:
    """Families, value, readiness and holders of one category."""
    buyer, rules, category, clock = state.buyers[index], state.rules[0], state.categories[c], state.clock[0]
    value, korean, working, families = 0.0, 0.0, 0.0, 0
    for family in range(category.first_family, category.last_family):
        units = state.stock[index, family]
        if units >= 1.0:
            kind = state.families[family]
            families += 1
            worth = units * max(1e-6, kind.price)
            value += worth
            korean += worth * kind.korean
            in_service = clock.month - state.since[index, family]
            settled = reliance.ready_units(worth, in_service, rules.usable_new_months, rules.usable_new_ready)
            american = clock.usa >= 0 and (kind.support_mask >> clock.usa) & 1 == 1
            abroad = buyer.authority != clock.usa
            working += settled * (clock.us_spares if american and abroad else 1.0)
            note_holders(index, kind.support_mask, worth, state)
    if families == 0:
        return
    ready = reliance.availability(
        category.availability,
        families - 1.0,
        rules.usable_family_cut,
        korean / value,
        hub_share(state),
        rules.usable_hub_gain,
    )
    buyer.families += families
    buyer.extra_month += (families - 1) * category.family_cost / 12.0
    buyer.fleet_value += value
    buyer.ready_value += working * ready
    state.pairs[index * len(state.categories) + c].ready = ready * working / value


@stage
def note_holders(index: int, support_mask: int, worth: float, state: State) -> None:
    """Add a family's value to every foreign authority that could stop supporting it."""
    buyer = state.buyers[index]
    mask = reliance.foreign(support_mask, buyer.authority)
    if mask != 0:
        buyer.fleet_vetoed += worth
    while mask != 0:
        state.holds[index, bits.lowest(mask)] += worth
        mask &= mask - 1


@stage
def look_at_authorities(index: int, state: State) -> None:
    """By value: what any and what the worst foreign authority could stop, and how many count."""
    buyer, total = state.buyers[index], state.buyers[index].fleet_value
    buyer.worst_share, buyer.effective = 0.0, 0.0
    if total <= 0.0:
        return
    buyer.fleet_vetoed /= total
    sum_shares, sum_squares = 0.0, 0.0
    for authority in range(len(state.authorities)):
        share = state.holds[index, authority] / total
        buyer.worst_share = max(buyer.worst_share, share)
        sum_shares += share
        sum_squares += share * share
    buyer.effective = sum_shares * sum_shares / sum_squares if sum_squares > 0.0 else 0.0


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
