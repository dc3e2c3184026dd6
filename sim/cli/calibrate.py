"""`sim calibrate`: which values of hazards, mark-ups and responses the years 2022 to 2025 rule out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.say import Refused, console, print_json
from sim.cli.validation import Json, RandomSeed
from sim.cli.work import Scheduler, working
from sim.report.published import number

if TYPE_CHECKING:
    from rich.console import RenderableType

POINTS, MOST_POINTS = 256, 4096
REPLICATIONS, FEWEST, MOST = 24, 8, 1000
RANDOM_SEED = 1

Points = Annotated[int, typer.Option(metavar="N", help="How many settings of the facts are run.")]
Replications = Annotated[int, typer.Option(metavar="N", help="How often each setting is run.")]


def calibrate(
    points: Points = POINTS,
    replications: Replications = REPLICATIONS,
    random_seed: RandomSeed = RANDOM_SEED,
    scheduler: Scheduler = None,
    as_json: Json = False,
) -> None:
    """Find what the years 2022 to 2025 leave of the ranges of some facts.

    Takes about five minutes. It reports and changes nothing in seeds/.
    """
    _check(points, replications, random_seed)
    found = run_calibration(points, replications, random_seed, scheduler)
    if as_json:
        print_json(found)
        return
    console().print(calibration_report(found))


def _check(points: int, replications: int, random_seed: int) -> None:
    from sim.estimation.calibration import FACTS
    from sim.estimation.matching import fewest

    least = fewest(len(FACTS))
    if not least <= points <= MOST_POINTS:
        raise Refused(f"--points must lie between {least} and {MOST_POINTS}; got {points}")
    if not FEWEST <= replications <= MOST:
        raise Refused(f"--replications must lie between {FEWEST} and {MOST}; got {replications}")
    if not 0 <= random_seed < 2**63:
        raise Refused(f"--random-seed must lie between 0 and 2^63 - 1; got {random_seed}")


def run_calibration(
    points: int, replications: int, random_seed: int, scheduler: str | None = None
) -> dict[str, Any]:
    """Run the calibration with a bar for whoever watches; Ctrl-C stops it with exit code 130.

    scheduler: the address of a Dask scheduler, or None for this machine.
    """
    from sim.estimation.calibration import calibrate as matched
    from sim.estimation.fit import report
    from sim.evidence.seeds import load_seeds

    with working("Calibration", replications, random_seed, scheduler=scheduler) as work:
        found = matched(
            load_seeds(), points=points, replications=replications, random_seed=random_seed,
            progress=work.progress, cancel=work.cancel, executor=work.executor,
        )  # fmt: skip
    return {"random_seed": random_seed, **report(found)}


def calibration_report(found: dict[str, Any]) -> RenderableType:
    """The headline, what is left of each range, the fit, matched and held out, and the caution."""
    from rich.console import Group

    from sim.cli.result_tables import table

    facts = [
        (
            one["fact"], *(number(one[key]) for key in ("low", "value", "high")), _three(one["weighed"]),
            one["verdict"], f"{one['moves_most']['aggregate']} {one['moves_most']['deviations']:+.1f}",
        )
        for one in found["facts"]
    ]  # fmt: skip
    heads = ("Fact", "Low", "Seeds", "High", "Weighed: 5, 50, 95 %", "Range", "Moves most, deviations")
    return Group(
        found["headline"],
        table("What is left of the ranges", heads, facts),
        *(_fit(found, use, title) for use, title in (("matched", "Matched"), ("held_out", "Held out"))),
        "",
        found["method"],
        found["caution"],
    )


def _fit(found: dict[str, Any], use: str, title: str) -> RenderableType:
    from sim.cli.result_tables import table

    rows = [
        (
            one["title"], number(one["observed"]), _three(one["before"]), _three(one["weighed"]),
            _signed(one["miss_before"]), _signed(one["miss_weighed"]), one["verdict"],
        )
        for one in found["aggregates"]
        if one["use"] == use
    ]  # fmt: skip
    heads = (
        "Aggregate",
        "Observed",
        "Before: 5, 50, 95 %",
        "Weighed",
        "Miss before",
        "Weighed",
        "The record",
    )
    return table(f"{title} aggregates (misses in standard deviations)", heads, rows)


def _three(points: list[float] | None) -> str:
    return ", ".join(map(number, points)) if points else "none"


def _signed(miss: float | None) -> str:
    return "–" if miss is None else f"{miss:+.1f}"
