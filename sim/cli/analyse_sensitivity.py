"""`sim analyse sensitivity`: which assumption matters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.experiments import RANDOM_SEED, Fact, Json, Name, Out, RandomSeed, Set, Uncertainty, load
from sim.cli.files import check_out, csv_text, write_out
from sim.cli.say import console, json_text, note, print_json
from sim.cli.work import Scheduler, working

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sim.report.factor_words import Record

SHOWN = 12  # rows of a table

Facts = Annotated[
    list[str] | None,
    typer.Option(
        metavar="PATTERN", help="Move the facts that fit, such as 'POL.*', one by one; may be repeated."
    ),
]
Levers = Annotated[
    list[str] | None,
    typer.Option(metavar="PATTERN", help="Move the levers that fit too, over their range; may be repeated."),
]
Outcomes = Annotated[
    list[str] | None,
    typer.Option("--outcome", metavar="MEASURE[.PLACE]", help="What to look at; may be repeated."),
]


def sensitivity(
    scenario: Name,
    facts: Facts = None,
    levers: Levers = None,
    outcome: Outcomes = None,
    sobol: Annotated[bool, typer.Option("--sobol", help="Also move the strongest all at once.")] = False,
    points: Annotated[int, typer.Option(metavar="N", help="Base points of --sobol, a power of two.")] = 128,
    per_point: Annotated[int, typer.Option(metavar="N", help="Replications at each point of --sobol.")] = 4,
    top: Annotated[int, typer.Option(metavar="N", help="How many of the strongest --sobol moves.")] = 8,
    set_: Set = None,
    fact: Fact = None,
    replications: Annotated[int, typer.Option(metavar="N", help="Paired runs at each end of a range.")] = 20,
    random_seed: RandomSeed = RANDOM_SEED,
    uncertainty: Uncertainty = "evidence",
    scheduler: Scheduler = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Which assumption matters? Moves the numbers of the evidence over their ranges, one at a time.

    First all numbers of a kind together, then the single ones of the kinds that move most; with --facts only
    those that fit. --sobol then moves the strongest all at once and splits the variance over them.
    """
    check_out(out, (".json", ".csv"))
    chosen = load(scenario, set_, fact)
    from sim.experiment.analyse.sensitivity import OUTCOMES, Options, analyse, runs
    from sim.experiment.points import Work

    options = Options(tuple(facts or ()), tuple(levers or ()), tuple(outcome or OUTCOMES), sobol, points,
                      per_point, top)  # fmt: skip
    note(f"at most {runs(chosen, options, Work(replications, random_seed)):,} runs of ten years")
    with working("Sensitivity", replications, random_seed, uncertainty, scheduler) as work:
        record = analyse(chosen, options, work).record()
    write_out(out, {".json": lambda: json_text(record), ".csv": lambda: csv_text(effect_rows(record))})
    if as_json:
        print_json(record)
        return
    from sim.evidence.seeds import load_seeds
    from sim.report.factor_words import FactorWords

    said = FactorWords(load_seeds(start=chosen.start))
    for part in report(record, said):
        console().print(part)


def effect_rows(record: Record) -> list[dict[str, Any]]:
    """Every effect as a long table: outcome, factor, end of its range, mean change and interval."""
    return [
        {"outcome": outcome, "factor": one["id"], "kind": one["kind"], "grades": one["grades"], "end": end,
         **{key: effect[end][key] for key in ("mean", "low", "high")}}
        for one in (*record["moves"], *record["opened"])
        for outcome, effect in one["effects"].items()
        for end in ("low", "high", "swing")
    ]  # fmt: skip


def report(record: Record, said: Any) -> list[RenderableType]:
    """What a person reads: for each outcome a sentence and the strongest, then what to research."""
    from sim.cli.result_tables import frame
    from sim.report import analyse_sensitivity as words

    parts: list[RenderableType] = []
    for outcome in record["outcomes"]:
        title = said.outcome(outcome)
        parts += [words.headline(record, said, outcome),
                  frame(title, words.tornado_table(record, said, outcome, most=SHOWN))]  # fmt: skip
        parts.append(words.caution(record, outcome))
        if record["opened"]:
            single = words.tornado_table(record, said, outcome, single=True, most=SHOWN)
            parts.append(frame(f"{title}: single numbers", single))
        if record["sobol"]:
            parts.append(words.sobol_headline(record, said, outcome))
            parts.append(frame(f"{title}: shares of variance", words.sobol_table(record, said, outcome)))
    parts += [words.research_words(record, said),
              frame("Most worth researching next", words.research_table(record, said, SHOWN))]  # fmt: skip
    return parts
