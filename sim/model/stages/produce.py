"""Stage 8: lines produce."""

from __future__ import annotations

from sim.model.compiled import stage
from sim.model.rules import production
from sim.model.stages.output import home_priority, outside_now, refresh
from sim.model.state import CAUSES, EXPORT, HOME, State

SUPPLY, PRIORITY = CAUSES.index("supply"), CAUSES.index("priority")


@stage
def produce(index: int, state: State) -> None:
    """A line works its plan off in order; what it cannot make in time moves everything after it.

    Each lane (home, export) has a clock: how far its plan is worked off. All contracts of a lane follow it.
    """
    line, month = state.lines[index], state.clock[0].month
    if state.lending[month, index] != 0.0 or line.extra != 0.0:
        line.extra += state.lending[month, index]
        line.owed = max(0.0, line.owed + min(0.0, line.extra))
    due_home, due_export = promise(index, HOME, state), promise(index, EXPORT, state)
    if due_home + due_export <= 0.0:
        return
    refresh(index, state)
    output = max(0.0, line.output + line.extra)
    if due_home + due_export <= output + 1e-9:
        line.produced += due_home + due_export
        keep_up(index, HOME, state)
        keep_up(index, EXPORT, state)
    else:
        fall_behind(index, output, due_home, due_export, state)


@stage
def promise(index: int, lane: int, state: State) -> float:
    """Add what a lane has promised for this month; returns the units due by its end."""
    place, month = state.lanes[index, lane], state.clock[0].month
    place.rate += state.steps[month, index, lane]
    if place.rate > 1e-12:
        place.promised += place.rate
    state.worked[month, index, lane] = place.promised
    return place.promised - place.produced


@stage
def keep_up(index: int, lane: int, state: State) -> None:
    """Everything a lane has promised by now is made."""
    place = state.lanes[index, lane]
    place.produced = place.promised
    place.behind = 0


@stage
def fall_behind(index: int, output: float, due_home: float, due_export: float, state: State) -> None:
    """A plant that makes less than is due shares it between its lanes, home first where that is asked."""
    line, priority = state.lines[index], home_priority(index, state)
    made_home = production.home_part(output, due_home, due_export, priority)
    made_export = min(due_export, output - made_home)
    line.produced += made_home + made_export
    cause = PRIORITY if outside_now(index, state) > line.outside_share + 1e-9 else SUPPLY
    work_off(index, HOME, made_home, due_home, cause, state)
    served_first = priority > 0.0 and due_home > 0.0
    work_off(index, EXPORT, made_export, due_export, PRIORITY if served_first else cause, state)


@stage
def work_off(index: int, lane: int, made: float, due: float, cause: int, state: State) -> None:
    """Move the clock of a lane to where its plan is worked off."""
    place, month = state.lanes[index, lane], state.clock[0].month
    if made >= due - 1e-9:
        keep_up(index, lane, state)
        return
    if place.behind == 0:
        place.behind, place.at = 1, month
    place.produced += made
    place.cause = cause
    while place.at < month and state.worked[place.at, index, lane] <= place.produced + 1e-9:
        place.at += 1
    before = state.worked[place.at - 1, index, lane] if place.at > 0 else 0.0
    step = state.worked[place.at, index, lane] - before
    part = (place.produced - before) / step if step > 0.0 else 0.0
    place.clock = place.at + min(1.0, max(0.0, part))


@stage
def clock_of(index: int, lane: int, state: State) -> float:
    """How many months of its plan a lane has worked off by the end of this month."""
    place = state.lanes[index, lane]
    return place.clock if place.behind == 1 else state.clock[0].month + 1.0
