"""Pattern 15: one direction for every lever, probed on the rules while orders are frozen."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.estimation.checks import Asked, Check, Found, judge
from sim.policy.scenario import Scenario, load_scenario

FILE = Path(__file__).with_name("directions.csv")
EXAMPLES = {"doctrine": "POL", "agreement": "ROU", "output": "main_battle_tank"}  # what a probe takes for *
SIGNS = {"more": 1.0, "less": -1.0}
Probe = Callable[[Scenario], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Direction:
    """Moving a lever from low to high moves a measure of the probe up or down."""

    lever: str
    low: float
    high: float
    measure: str
    direction: str
    why: str

    @property
    def example(self) -> str:
        """A lever that exists: the pattern's star filled in."""
        return self.lever.replace("*", EXAMPLES.get(self.lever.partition(".")[0], ""))


def directions() -> tuple[Direction, ...]:
    """One direction per lever, in the order of the file."""
    with FILE.open(encoding="utf-8", newline="") as text:
        return tuple(
            Direction(
                row["lever"], float(row["low"]), float(row["high"]),
                row["measure"], row["direction"], row["why"],
            )
            for row in csv.DictReader(text)
        )  # fmt: skip


def moved(one: Direction, at_low: Mapping[str, float], at_high: Mapping[str, float]) -> Found:
    """How far the measure moved; holds where it moved the expected way at all, fails without the measure."""
    low, high = (found.get(one.measure, math.nan) for found in (at_low, at_high))
    change = high - low
    words = f"{one.measure} {low:.4g} at {one.low:g}, {high:.4g} at {one.high:g}"
    return Found(change, words, holds=SIGNS[one.direction] * change > 0.0)


def direction_checks(probe: Probe, base: str = "baseline") -> list[Check]:
    """Every lever set low and high in a scenario, and what the probe says of its measure."""
    checks = []
    for one in directions():
        ends = [probe(load_scenario(base, set={one.example: value})) for value in (one.low, one.high)]
        asked = Asked(
            f"p15_{one.lever}", "15", f"{one.why}.", f"{one.measure}: {one.direction}", None, None, "",
            "MODEL 1.15; direction of the rule with orders frozen",
        )  # fmt: skip
        checks.append(judge("pattern", asked, moved(one, *ends)))
    return checks
