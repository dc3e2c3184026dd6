"""`sim analyse attribution`: which difference between two scenarios did it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.experiments import RANDOM_SEED, Buyers, Fact, Json, Out, Set, checked_buyers, load
from sim.cli.files import check_out, csv_text, write_out
from sim.cli.say import Refused, console, json_text, note, print_json
from sim.cli.work import RandomSeed, Replications, Scheduler, Uncertainty, working

if TYPE_CHECKING:
    from rich.console import Group

Permutations = Annotated[
    int, typer.Option(metavar="N", help="Orders to draw where more than 8 things differ; an even number.")
]
SHOWN = ("gap_years", "usable_gap_years", "cost_pv", "worst_authority_share")


def attribution(
    base: Annotated[str, typer.Argument(metavar="BASE", help="The scenario to start from.")],
    other: Annotated[
        str | None, typer.Argument(metavar="[OTHER]", help="The scenario to arrive at; BASE if left out.")
    ] = None,
    set_: Set = None,
    fact: Fact = None,
    replications: Replications = 50,
    random_seed: RandomSeed = RANDOM_SEED,
    uncertainty: Uncertainty = "evidence",
    permutations: Permutations = 40,
    buyer: Buyers = None,
    scheduler: Scheduler = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Which difference did it? Splits the change from BASE to OTHER over all that differs.

    Every lever, shock card and held number that differs gets its part (Shapley value), and the parts add up
    to the whole change in every replication. --set and --fact change OTHER, or BASE where there is no OTHER:
    sim analyse attribution baseline --set threat=1.2 --set joint_share=0.5
    """
    check_out(out, (".json", ".csv"))
    shown = checked_buyers(buyer)
    if other is None and not set_ and not fact:
        raise Refused("attribution needs a second scenario, or --set or --fact to change the base")
    first, second = load(base), load(other or base, set_, fact)
    from sim.experiment.analyse.attribution import attribute, runs
    from sim.experiment.points import Outcome, Work
    from sim.experiment.result import TOTAL
    from sim.model.record import MEASURES

    note(f"{runs(first, second, Work(replications, random_seed), permutations):,} runs of ten years")
    wanted = [Outcome(one.id, place) for place in (TOTAL, *shown) for one in MEASURES]
    with working("Attribution", replications, random_seed, uncertainty, scheduler) as work:
        record = attribute(first, second, wanted, work, permutations).record()
    write_out(out, {".json": lambda: json_text(record), ".csv": lambda: csv_text(part_rows(record))})
    if as_json:
        print_json(record)
        return
    places = shown or (TOTAL,)
    console().print(
        report(record, first.start, [Outcome(one, place).id for place in places for one in SHOWN])
    )


def part_rows(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The parts as a long table: one row for each outcome and part, and one for the whole change."""
    from sim.report.analyse_parts import total_of

    return [
        {"outcome": outcome, "part": name, **{key: part[key] for key in ("mean", "low", "high")}}
        for outcome, one in record["measures"].items()
        for name, part in (("total", total_of(one)), *one["parts"].items())
    ]


def report(record: Mapping[str, Any], start: str, outcomes: list[str]) -> Group:
    """Sentence and table of some outcomes; start: of the scenarios."""
    from rich.console import Group
    from rich.padding import Padding

    from sim.cli.result_tables import place_names, table
    from sim.evidence.seeds import load_seeds
    from sim.report import analyse_attribution as said

    known, names = said.labels(record, load_seeds(start=start)), place_names()
    parts: list[Any] = []
    for outcome in outcomes:
        parts.append(Padding(said.headline(record, outcome, known, names), (1, 0, 0, 0)))
        parts.append(said.levels(record, outcome))
        if pair := said.together(record, outcome, known, names):
            parts.append(pair)
        rows = said.table(record, outcome, known)
        parts.append(table("", list(rows.columns), rows.to_numpy().tolist()))
    return Group(*parts, Padding(said.made(record, outcomes[0]), (1, 0)))
