"""`sim analyse marginal`: what each industry contributes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.experiments import RANDOM_SEED, Buyers, Fact, Json, Out, Set, checked_buyers, load
from sim.cli.files import check_out, csv_text, write_out
from sim.cli.say import console, json_text, note, print_json
from sim.cli.work import RandomSeed, Replications, Scheduler, Uncertainty, working

if TYPE_CHECKING:
    from rich.console import Group


def marginal(
    scenario: Annotated[
        str, typer.Argument(metavar="[SCENARIO]", help="A name from `sim scenarios`, or a .toml file.")
    ] = "baseline",
    set_: Set = None,
    fact: Fact = None,
    replications: Replications = 50,
    random_seed: RandomSeed = RANDOM_SEED,
    uncertainty: Uncertainty = "evidence",
    buyer: Buyers = None,
    scheduler: Scheduler = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """What is each industry worth? Speed, price, reliance and European capacity with and without it.

    Without an industry: from the start on it signs no new contract outside the states whose home makers it
    has; what is ordered is delivered. Every set of industries is run, so that each gets its part as well
    (Shapley value). With --buyer for that state instead of Europe and Canada.
    """
    check_out(out, (".json", ".csv"))
    shown = checked_buyers(buyer)
    chosen = load(scenario, set_, fact)
    from sim.experiment.analyse import marginal as method
    from sim.experiment.points import Work
    from sim.experiment.result import TOTAL

    note(f"{method.runs(chosen, Work(replications)):,} runs of ten years")
    with working("Marginal", replications, random_seed, uncertainty, scheduler) as work:
        record = method.marginal(chosen, shown or (TOTAL,), work).record()
    write_out(out, {".json": lambda: json_text(record), ".csv": lambda: csv_text(industry_rows(record))})
    if as_json:
        print_json(record)
        return
    console().print(report(record))


def industry_rows(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Both figures as a long table: one row for each outcome, industry and figure."""
    return [
        {"outcome": outcome, "industry": name, "figure": figure,
         **{key: part[key] for key in ("mean", "low", "high")}}
        for outcome, one in record["measures"].items()
        for figure, found in (("beside_all", one["with_minus_without"]), ("shapley", one["parts"]))
        for name, part in found.items()
    ]  # fmt: skip


def report(record: Mapping[str, Any]) -> Group:
    """Sentence and table of every outcome."""
    from rich.console import Group
    from rich.padding import Padding

    from sim.cli.result_tables import place_names, table
    from sim.report import analyse_marginal as said

    names = place_names()
    parts: list[Any] = []
    for outcome in record["measures"]:
        parts.append(Padding(said.headline(record, outcome, names), (1, 0, 0, 0)))
        parts.append(said.levels(record, outcome))
        rows = said.table(record, outcome, names)
        parts.append(table("", list(rows.columns), rows.to_numpy().tolist()))
    parts += [Padding(said.meaning(record, names), (1, 0, 0, 0)), Padding(said.readings(record), (1, 0))]
    return Group(*parts)
