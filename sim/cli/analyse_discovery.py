"""`sim analyse discovery`: in which futures does a plan fail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.experiments import (
    RANDOM_SEED,
    Fact,
    Json,
    Name,
    Out,
    Set,
    load,
)
from sim.cli.files import check_out, csv_text, write_out
from sim.cli.say import Refused, console, json_text, note, print_json
from sim.cli.work import RandomSeed, Replications, Scheduler, Uncertainty, working

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sim.experiment.analyse.discovery import Discovery

FEW = 20  # replications of each future
Count = Annotated[
    int, typer.Option("--futures", metavar="N", help="How many futures, spread evenly over the ranges.")
]
Over = Annotated[
    list[str] | None,
    typer.Option(
        "--over", metavar="NAME", help="What moves: a lever, a fact or a family of facts; may be repeated."
    ),
]


def discovery(
    scenario: Name,
    fails: Annotated[
        str, typer.Option(metavar="CONDITION", help='What a miss is, such as "usable_gap_years.POL > 0.8".')
    ],
    futures: Count = 128,
    over: Over = None,
    set_: Set = None,
    fact: Fact = None,
    replications: Replications = FEW,
    random_seed: RandomSeed = RANDOM_SEED,
    uncertainty: Uncertainty = "evidence",
    scheduler: Scheduler = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """When does a plan fail? The box of futures in which most misses lie, tried on fresh futures.

    A future moves what nobody in the plan chooses: threat, demand from elsewhere, prices, shocks, months that
    plants need, and so on. It misses where the mean over its replications meets --fails.
    """
    check_out(out, (".json", ".csv", ".toml"))
    plan = load(scenario, set_, fact)
    from sim.experiment.analyse.conditions import condition
    from sim.experiment.analyse.discovery import discover, runs
    from sim.experiment.analyse.futures import dimensions
    from sim.policy.scenario_build import seeds_at

    miss = condition(fails, seeds_at(plan.start))
    moved = dimensions(over, start=plan.start) if over else ()
    with working("discovery", replications, random_seed, uncertainty, scheduler) as work:
        note(f"discovery: {runs(work, futures):,} runs of ten years")
        found = discover(plan, miss, work, futures, moved)
    from sim.cli.result_tables import with_sentences
    from sim.report import analyse_discovery as words

    record = with_sentences(found, words)
    makers = {".json": lambda: json_text(record), ".csv": lambda: csv_text(future_rows(found)),
              ".toml": lambda: _file(found)}  # fmt: skip
    write_out(out, makers)
    if as_json:
        print_json(record)
        return
    console().print(_report(found))


def future_rows(found: Discovery) -> list[dict[str, Any]]:
    """Every future as a row: whether it is a fresh one, where each dimension lies, outcome, if it misses."""
    values, misses = found.futures.values(), found.misses
    return [
        {
            "future": row + 1,
            "fresh": row >= found.found_in,
            **{one.id: float(values[row, at]) for at, one in enumerate(found.futures.dimensions)},
            found.condition.outcome.id: float(found.means[row]),
            "misses": bool(misses[row]),
        }
        for row in range(len(found.futures))
    ]


def _report(found: Discovery) -> RenderableType:
    from rich.console import Group

    from sim.cli.result_tables import frame, place_names
    from sim.report.analyse_discovery import headline, limits_table, sentences, trajectory_table
    from sim.report.analyse_futures import dimensions_table

    names = place_names()
    frames = [("What moves in the futures", dimensions_table(found.futures.dimensions))]
    if found.box is not None:
        frames.insert(0, ("The box", limits_table(found)))
    if found.boxes:
        frames.append(("The way to it", trajectory_table(found)))
    shown = [frame(title, data, left=1) for title, data in frames]
    return Group(headline(found, names), *sentences(found, names), *_middle(found), *shown)


def _middle(found: Discovery) -> list[str]:
    """How to go on with the middle of the box."""
    middle = found.in_the_middle
    if middle is None:
        return []
    if any(one.dimension.facts for one in found.limits):
        return [
            "The middle of the box holds numbers of the evidence: write it as a scenario with --out box.toml"
        ]
    levers = [f"{name}={value:g}" for name, value in middle.settings if found.scenario.levers[name] != value]
    words = " ".join(f"--set {one}" for one in levers)
    return [f"The middle of the box: sim run {found.scenario.base_id} {words}"]


def _file(found: Discovery) -> str:
    """The middle of the box as a scenario file; raises Refused where there is no box."""
    middle = found.in_the_middle
    if middle is None:
        raise Refused("--out: there is no box, so no scenario at its middle; name a .json or .csv file")
    return middle.to_toml()
