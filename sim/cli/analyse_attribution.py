"""`sim analyse attribution`: which difference between two scenarios did it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from sim.cli.analysing import carried_out, say_before
from sim.cli.experiments import (
    RANDOM_SEED,
    Buyers,
    Fact,
    Json,
    Out,
    RandomSeed,
    Replications,
    Set,
    Uncertainty,
    checked_buyers,
    load,
)
from sim.cli.files import check_out, csv_text, write_out
from sim.cli.say import Refused, json_text, print_json

Permutations = Annotated[
    int, typer.Option(metavar="N", help="Orders to draw where more than 8 things differ; an even number.")
]


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
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Which difference did it? Splits the change from BASE to OTHER over all that differs.

    Every lever, shock card and held number that differs gets its part (Shapley value), and the parts add up
    to the whole change in every replication. --set and --fact change OTHER, or BASE where there is no OTHER.
    """
    check_out(out, (".json", ".csv"))
    shown = checked_buyers(buyer)
    if other is None and not set_ and not fact:
        raise Refused("attribution needs a second scenario, or --set or --fact to change the base")
    first = load(base)
    second = load(base if other is None else other, set_, fact)
    from sim.experiment.analyse.attribution import attribute, runs
    from sim.experiment.points import Outcome, Work
    from sim.experiment.result import TOTAL
    from sim.model.record import MEASURES

    work = Work(replications, random_seed, uncertainty)  # type: ignore[arg-type]  # refused by the ensemble
    wanted = [Outcome(one.id, place) for place in (TOTAL, *shown) for one in MEASURES]
    say_before("attribution", runs(first, second, work, permutations))
    found = carried_out(
        "attribution", first, work, lambda going: attribute(first, second, wanted, going, permutations)
    )
    record = found.record()
    write_out(out, {".json": lambda: json_text(record), ".csv": lambda: csv_text(part_rows(record))})
    if as_json:
        print_json(record)
        return


def part_rows(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The parts as a long table: one row for each outcome and difference, and one for the whole change."""
    rows = []
    for outcome, one in record["measures"].items():
        total = {"mean": one["total"], "low": one["total_low"], "high": one["total_high"]}
        for name, part in (("total", total), *one["parts"].items()):
            rows.append({"outcome": outcome, "part": name, **{key: part[key] for key in total}})
    return rows
