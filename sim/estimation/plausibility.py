"""All ranges of plausibility: judgements about outcomes, held against the baseline and the start of 2022."""

from __future__ import annotations

from sim.estimation.checks import Check, judge_all, read_list
from sim.estimation.contrasts import BASE, PAST, Run
from sim.estimation.known import known_checks
from sim.estimation.market import Market
from sim.estimation.ranges import contract_ranges, order_ranges
from sim.estimation.ranges_industry import (
    availability_ranges,
    budget_ranges,
    capacity_ranges,
    german_tanks,
    start_ranges,
)
from sim.evidence.seeds import Seeds

FILE = "plausibility.csv"


def plausibility_checks(seeds: Seeds, market: Market, run: Run) -> list[Check]:
    """Every range, in the order of the list, the known contracts last."""
    base, past = run(BASE), run(PAST)
    found = (
        order_ranges(base, past, market)
        | contract_ranges(base, past, market)
        | budget_ranges(base, market)
        | german_tanks(base)
        | availability_ranges(base, run, seeds, market)
        | capacity_ranges(base, past, market)
        | start_ranges(base, seeds, market)
    )
    return judge_all("plausibility", read_list(FILE), found) + known_checks(base)
