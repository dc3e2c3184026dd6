"""`sim analyse tradeoff`: the front of speed, cost and reliance over levers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.analyse_discovery import FEW, framed
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
    from sim.experiment.analyse.robustness import USUAL
    from sim.experiment.analyse.tradeoff import runs, trade_off

    goals = measured(goal) if goal else list(USUAL)
    with working("tradeoff", replications, random_seed, uncertainty, scheduler) as work:
        note(f"tradeoff: up to {runs(plan, work, lever or (), levers, points):,} runs of ten years")
        found = trade_off(plan, work, lever or (), levers, points, goals)
    record = _record(found)
    write_out(out, {".json": lambda: json_text(record), ".csv": lambda: csv_text(point_rows(found))})
    if as_json:
        print_json(record)
        return
    console().print(_report(found))


def point_rows(found: Tradeoff) -> list[dict[str, Any]]:
    """Every combination that was tried, as a row: its levers, the goals, and where it stands."""
    means = found.means
    return [
        {
            "point": found.numbered.index(row) + 1 if row in found.numbered else "",
            "on_front": bool(found.on_front[row]),
            "practically_on_front": bool(found.practically[row] or found.on_front[row]),
            **{one.id: found.setting(row).levers[one.id] for one in found.levers},
            **{one.id: float(means[row, at]) for at, one in enumerate(found.goals)},
        }
        for row in range(len(found.points))
    ]


def _record(found: Tradeoff) -> dict[str, Any]:
    from sim.cli.result_tables import place_names
    from sim.report.analyse_tradeoff import headline, sentences

    names = place_names()
    return {**found.record(), "sentences": [headline(found, names), *sentences(found, names)]}


def _report(found: Tradeoff) -> RenderableType:
    from rich.console import Group

    from sim.cli.result_tables import place_names
    from sim.report.analyse_tradeoff import front_table, headline, sentences

    names = place_names()
    return Group(
        headline(found, names), *sentences(found, names), framed("The front", front_table(found, names))
    )
