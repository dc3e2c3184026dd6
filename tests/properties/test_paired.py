"""Two scenarios differ only by what the change causes, and not a bit before it."""

from dataclasses import replace

import pytest

from sim.experiment.ensemble import world_of
from sim.model.state import QUARTER
from tests.properties.runs import SERIES, changed, ensemble, months, named, opened, same

DATED = {"us_pause": 12, "cooperation_dialogue": 12, "peninsula_contingency": 24}  # first month that differs


@pytest.mark.parametrize("name", DATED)
def test_no_series_differs_before_the_first_dated_change(name):
    base, other, month = ensemble("baseline", 50), ensemble(name, 50), DATED[name]
    moved = []
    for table in SERIES:
        for series, numbers in getattr(base, table).items():
            against = getattr(other, table)[series]
            # Column c is noted at the end of the c-th quarter; column 0 is the start.
            last = month // QUARTER + 1
            assert same(numbers[..., :last], against[..., :last]), f"{series} differs too early"
            moved.append(not same(numbers, against))
    assert any(moved), "the scenario changes nothing at all"


@pytest.mark.parametrize("name", DATED)
def test_no_book_differs_before_the_first_dated_change(name):
    base, other = opened(named("baseline")).state, opened(named(name)).state
    assert changed(base, other) == []
    for month, _ in zip(months(base), months(other), strict=True):
        if month < DATED[name]:
            assert changed(base, other) == [], f"in month {month}"
    assert changed(base, other)


@pytest.mark.parametrize("state", ["EST", "POL", "PRT"])
@pytest.mark.parametrize("part", ["speed", "reliance"])
def test_a_doctrine_changes_nothing_before_the_first_open_decision_of_its_state(state, part):
    """Until the first tender of that state is decided, every bit of all books is the same."""
    moved = 0
    scenario = named("baseline").with_levers({f"doctrine.{state}.{part}": 3.0})
    for replication in range(8):
        base, other = opened(named("baseline"), replication).state, opened(scenario, replication).state
        row = world_of().buyers.index(state)
        for month, _ in zip(months(base), months(other), strict=True):
            due = base.due[: int(base.clock["due"][0])]
            if (base.pairs["buyer"][due] == row).any():
                break
            assert changed(base, other) == [], f"replication {replication}, month {month}"
        for _ in zip(months(base, month + 1), months(other, month + 1), strict=True):
            pass
        moved += bool(changed(base, other))
    assert moved, "the doctrine never changed anything"


def test_an_expected_outcome_is_no_part_of_the_run():
    """Words and expectations describe a scenario; only levers, dates, cards and the horizon make the run."""
    silent = replace(named("us_pause"), expect=(), title="Other words", question="Why?")
    one, other = opened(named("us_pause")).state, opened(silent).state
    for _ in zip(months(one), months(other), strict=True):
        pass
    assert changed(one, other) == []
