"""Stage 8: lines produce."""

from __future__ import annotations

from sim.model.compiled import stage
from sim.model.rules import production
from sim.model.stages.output import home_priority, outside_now, per_capacity
from sim.model.state import CAUSES, EXPORT, HALF, HOME, State

SUPPLY, PRIORITY = CAUSES.index("supply"), CAUSES.index("priority")


@stage
def produce(index: int, state: State) -> None:
    """A line works its plan off in order; what it cannot make in time moves everything after it.

    Each lane (home, export) has a clock: how far its plan is worked off. All contracts of a lane follow it.
    """
    line, month = state.lines[index], state.clock[0].month
    line.extra += state.lending[index, month]
    line.owed = max(0.0, line.owed + min(0.0, line.extra))
    home, export = state.lanes[index, HOME], state.lanes[index, EXPORT]
    promise(index, HOME, state)
    promise(index, EXPORT, state)
    due_home, due_export = home.promised - home.produced, export.promised - export.produced
    if due_home + due_export <= 0.0:
        home.clock, home.at = month + 1.0, month + 1
        export.clock, export.at = month + 1.0, month + 1
        return
    line.per_capacity = per_capacity(index, state)
    output = max(0.0, state.path[index, month // HALF] * line.per_capacity + line.extra)
    priority = home_priority(index, state)
    made_home = production.home_part(output, due_home, due_export, priority)
    made_export = min(due_export, output - made_home)
    line.produced += made_home + made_export
    cause = PRIORITY if outside_now(index, state) > line.outside_share + 1e-9 else SUPPLY
    work_off(index, HOME, made_home, due_home, cause, state)
    served_first = priority > 0.0 and due_home > 0.0
    work_off(index, EXPORT, made_export, due_export, PRIORITY if served_first else cause, state)


@stage
def promise(index: int, lane: int, state: State) -> None:
    """What a lane has promised by the end of this month."""
    place, month = state.lanes[index, lane], state.clock[0].month
    place.rate += state.steps[lane, index, month]
    if place.rate > 1e-12:
        place.promised += place.rate
    state.worked[lane, index, month] = place.promised


@stage
def work_off(index: int, lane: int, made: float, due: float, cause: int, state: State) -> None:
    """Move the clock of a lane to where its plan is worked off."""
    place, month = state.lanes[index, lane], state.clock[0].month
    if made >= due - 1e-9:
        place.produced = place.promised
        place.clock, place.at = month + 1.0, month + 1
        return
    place.produced += made
    place.cause = cause
    while place.at <= month and state.worked[lane, index, place.at] <= place.produced + 1e-9:
        place.at += 1
    before = state.worked[lane, index, place.at - 1] if place.at > 0 else 0.0
    step = state.worked[lane, index, place.at] - before
    part = (place.produced - before) / step if step > 0.0 else 0.0
    place.clock = place.at + min(1.0, max(0.0, part))
