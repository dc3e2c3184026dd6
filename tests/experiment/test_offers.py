"""Offers part by part, and what bars a line that makes none: worked in small worlds and held to the seeds."""

import numpy as np
import pytest

from sim.experiment.decisions import need_of, offers_made
from sim.experiment.ensemble import world_of
from sim.experiment.offers import (
    CALENDAR_END,
    OBSTACLES,
    PARTS,
    bars,
    lines_offering,
    offers_of,
    parts_of,
    silent_lines,
    untouched,
)
from sim.experiment.probe_table import copied, rows_due
from sim.model.lever_rows import KOREAN_SUPPLY, US_SUPPLY
from sim.model.schedule import run_month, suppliers_offer
from sim.model.stages.decide import decide
from sim.model.state import COMPETITION, NONE, OPTION
from tests.properties.runs import named, opened
from tests.worlds import call_tender, set_lever, small_state

TABLES = ("buyers", "pairs", "lines", "offers", "refused", "memory", "standing", "path", "levers", "clock")
TWO = ({}, {"price_platform": 12.0, "industry": 1, "authority": 1})


def asked(lines=TWO, levers=None, buyer=None, **pair):
    """A state in which one tender for six is due and all lines have answered."""
    state = small_state(lines=lines, buyers=(buyer or {},))
    for lever, value in (levers or {}).items():
        set_lever(state, lever, value)
    call_tender(state, 0, **{"quantity": 6.0, "route": COMPETITION, **pair})
    suppliers_offer(state)
    return state


def same(state, other):
    """Whether two states hold the same numbers; what fills a record up to whole blocks does not count."""
    return all(
        np.array_equal(one[field], two[field], equal_nan=True) if field else np.array_equal(one, two)
        for one, two in ((getattr(state, name), getattr(other, name)) for name in TABLES)
        for field in one.dtype.names or ("",)
    )


def test_the_parts_of_a_small_offer():
    parts = parts_of(0, 0, asked())
    # price: 13 against a mean of 14; nobody else has either line, and no need is urgent
    assert parts["price"] == pytest.approx(-2.0 * np.log(13.0 / 14.0))
    assert parts["users"] == parts["home"] == parts["credit"] == parts["fit"] == 0.0
    assert tuple(parts) == PARTS


@pytest.mark.parametrize("replication", [0, 1])
def test_parts_add_up_exactly_to_what_the_model_weighed(replication):
    place, world = opened(named("baseline"), replication), world_of()
    compared = 0
    for month in range(30):
        offers_made(place.state, month)
        state = copied(place.state)
        for row in rows_due(state):
            if state.pairs["known_line"][row] != NONE:
                continue
            decide(row, state)
            if state.pairs["collapsed"][row] == 0:
                for one in offers_of(world, row, state):
                    answer = state.offers[state.pairs["slot"][row], world.lines.index(one.line)]
                    assert one.worth == float(answer["utility"])
                    assert (one.months, one.all_in) == (answer["months"], answer["all_in"])
                    compared += 1
        run_month(place.state, month)  # another history than a run's, with offers all the same
    assert compared > 100


def test_every_line_of_the_category_either_offers_or_is_barred():
    place, world = opened(named("baseline")), world_of()
    row = need_of(world, "POL", "main_battle_tank")
    for month in range(120):
        offers_made(place.state, month)
        if row in rows_due(place.state):
            break
    before = copied(place.state)
    silent = silent_lines(world, row, place.state)
    offering = {one.line for one in offers_of(world, row, place.state)}
    assert offering.isdisjoint(silent)
    assert len(offering) + len(silent) == 8
    assert all(reasons for reasons in silent.values())
    assert silent["challenger_3_telford"] == ("own_army_only", "export_date")
    assert same(place.state, before), "looking changes nothing"


@pytest.mark.parametrize(
    ("reason", "line", "others"),
    [
        ("tier", {"upper": 0}, {"accepts_lower": 0}),
        ("own_army_only", {"home_only": 1}, {}),
        ("export_date", {"export_from": 2040.0}, {}),
        ("units", {"surplus": 1, "surplus_left": 2.0}, {}),
        ("seoul", {"korean": 1}, {}),
        ("washington", {"american": 1}, {}),
        ("buys_at_home", {}, {"home_only": 1}),
    ],
)
def test_one_obstacle_is_named_alone(reason, line, others):
    levers = {"seoul": {KOREAN_SUPPLY: 0.0}, "washington": {US_SUPPLY: 0.0}}
    state = asked(lines=(line, TWO[1]), levers=levers.get(reason), **others)
    assert 0 not in lines_offering(0, state)
    assert bars(0, 0, state) == (reason,)


def test_a_refused_sale_a_framework_and_a_missing_plant_are_named():
    state = asked()
    state.refused[0, 0] = 1.0
    state.pairs["route"], state.pairs["known_line"] = OPTION, 1
    assert bars(0, 0, state) == ("framework", "refused")
    state = asked()
    state.path[0, :], state.lines["opening"][0] = 0.0, NONE
    assert bars(0, 0, state) == ("plant",)


def test_a_line_that_may_offer_but_did_not_would_deliver_too_late():
    assert bars(0, 0, asked()) == (CALENDAR_END,)


def test_whatever_is_written_inside_is_put_back():
    state = asked()
    before = copied(state)
    with untouched(0, 0, state):
        for lift in OBSTACLES.values():
            lift(0, 0, state)
        state.offers["price"][0, 0], state.memory[0, 0] = 1.0, 0.5
        assert not same(state, before)
    assert same(state, before)
