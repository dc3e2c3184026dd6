"""`sim analyse tradeoff`: the front of speed, cost and reliance over levers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.analyse_discovery import FEW
from sim.cli.analyse_robustness import measured
from sim.cli.experiments import RANDOM_SEED, Fact, Json, Name, Out, Set, load
from sim.cli.files import check_out, csv_text, write_out
from sim.cli.say import console, json_text, note, print_json
from sim.cli.work import RandomSeed, Replications, Scheduler, Uncertainty, working

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sim.experiment.analyse.tradeoff import Tradeoff


def tradeoff(
    scenario: Name,
    lever: Annotated[
        list[str] | None, typer.Option("--lever", metavar="LEVER", help="Move this lever; may be repeated.")
    ] = None,
    levers: Annotated[
        int,
        typer.Option(metavar="N", help="Without --lever: move the N that alone change a goal most."),
    ] = 8,
    goal: Annotated[
        list[str] | None,
        typer.Option(
            "--goal", metavar="MEASURE", help="Two or three, such as gap_years.POL; else the dials."
        ),
    ] = None,
    points: Annotated[
        int, typer.Option(metavar="N", help="Combinations spread evenly, before the search around the front.")
    ] = 64,
    set_: Set = None,
    fact: Fact = None,
    replications: Replications = FEW,
    random_seed: RandomSeed = RANDOM_SEED,
    uncertainty: Uncertainty = "evidence",
    scheduler: Scheduler = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """What does speed cost? Combinations of levers that no other beats in two or three goals at once."""
    check_out(out, (".json", ".csv"))
    plan = load(scenario, set_, fact)
    from sim.experiment.analyse.tradeoff import runs, trade_off
    from sim.experiment.points import USUAL

    goals = measured(goal) if goal else list(USUAL)
    with working("tradeoff", replications, random_seed, uncertainty, scheduler) as work:
        note(f"tradeoff: up to {runs(plan, work, lever or (), levers, points):,} runs of ten years")
        found = trade_off(plan, work, lever or (), levers, points, goals)
    from sim.cli.result_tables import with_sentences
    from sim.report import analyse_tradeoff as words

    record = with_sentences(found, words)
    write_out(out, {".json": lambda: json_text(record), ".csv": lambda: csv_text(found.rows())})
    if as_json:
        print_json(record)
        return
    console().print(_report(found))


def _report(found: Tradeoff) -> RenderableType:
    from rich.console import Group

    from sim.cli.result_tables import frame, place_names
    from sim.report.analyse_tradeoff import front_table, headline, sentences

    names = place_names()
    return Group(
        headline(found, names),
        *sentences(found, names),
        frame("The front", front_table(found, names), left=1),
    )
