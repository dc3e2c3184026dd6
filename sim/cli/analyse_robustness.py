"""`sim analyse robustness`: plans over the same futures, regret and satisficing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.analyse_discovery import FEW, Count, Over
from sim.cli.experiments import RANDOM_SEED, Json, Out, load
from sim.cli.files import check_out, csv_text, write_out
from sim.cli.say import console, json_text, note, print_json
from sim.cli.work import RandomSeed, Replications, Scheduler, Uncertainty, working

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sim.experiment.analyse.adaptive import Plan
    from sim.experiment.analyse.robustness import Robustness
    from sim.experiment.points import Outcome

Plans = Annotated[
    list[str] | None, typer.Argument(metavar="[PLAN]...", help="Scenarios to set beside each other.")
]
Adaptive = Annotated[
    list[str] | None,
    typer.Option(
        "--adaptive",
        metavar="RULE",
        help='A plan that turns: "A if gap_years.POL > 0.3 by 2028 then B"; may be repeated.',
    ),
]
Measured = Annotated[
    list[str] | None,
    typer.Option(
        "--measure",
        metavar="MEASURE",
        help="Such as gap_years.POL; may be repeated; else speed, cost, reliance.",
    ),
]
Marks = Annotated[
    list[str] | None,
    typer.Option(
        "--satisfies",
        metavar="CONDITION",
        help='What a plan must keep, such as "gap_years < 0.5"; may be repeated; else to be as good as the '
        "first plan as things are.",
    ),
]


def robustness(
    plans: Plans = None,
    adaptive: Adaptive = None,
    measure: Measured = None,
    satisfies: Marks = None,
    futures: Count = 64,
    over: Over = None,
    replications: Replications = FEW,
    random_seed: RandomSeed = RANDOM_SEED,
    uncertainty: Uncertainty = "evidence",
    scheduler: Scheduler = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """What is robust? Plans over the same futures: regret, least worst regret, and how often each is enough.

    Regret is how far a plan stays behind the best of the plans in the same future.
    """
    check_out(out, (".json", ".csv"))
    chosen = _plans(plans or [], adaptive or [])
    from sim.experiment.analyse.conditions import condition
    from sim.experiment.analyse.futures import dimensions
    from sim.experiment.analyse.robustness import check_plans, compare_plans, runs
    from sim.experiment.points import USUAL
    from sim.policy.scenario_build import seeds_at

    wanted = measured(measure) if measure else list(USUAL)
    check_plans(chosen, wanted)
    start = chosen[0].scenario.start
    marks = [condition(text, seeds_at(start), "--satisfies") for text in satisfies or []]
    moved = dimensions(over, start=start) if over else ()
    with working("robustness", replications, random_seed, uncertainty, scheduler) as work:
        note(f"robustness: {runs(chosen, work, futures):,} runs of ten years")
        found = compare_plans(chosen, work, futures, wanted, marks, moved)
    from sim.cli.result_tables import with_sentences
    from sim.report import analyse_robustness as words

    record = with_sentences(found, words)
    write_out(out, {".json": lambda: json_text(record), ".csv": lambda: csv_text(future_rows(found))})
    if as_json:
        print_json(record)
        return
    console().print(_report(found))


def future_rows(found: Robustness) -> list[dict[str, Any]]:
    """A long table: one row for each future, plan and measure; future 0 is as things are."""
    means, values = found.means, found.futures.values()
    return [
        {
            "future": row,
            **{
                one.id: float(values[row - 1, column]) if row else ""
                for column, one in enumerate(found.futures.dimensions)
            },
            "plan": plan.id,
            "measure": one.id,
            "mean": float(means[number, row, at]),
        }
        for row in range(len(found.futures) + 1)
        for number, plan in enumerate(found.plans)
        for at, one in enumerate(found.measured)
    ]


def _plans(names: list[str], rules: list[str]) -> list[Plan]:
    """The plans named and those that turn; raises ScenarioError."""
    from sim.evidence.seeds import load_seeds
    from sim.experiment.analyse.adaptive import adaptive, fixed, parse

    found = [fixed(load(name)) for name in names]
    for rule in rules:
        first, trigger, then = parse(rule, load_seeds())
        found.append(adaptive(load(first), trigger, load(then)))
    return found


def measured(texts: list[str]) -> list[Outcome]:
    """The outcomes as written on the command line, each once; raises ScenarioError."""
    from sim.evidence.seeds import load_seeds
    from sim.experiment.analyse.conditions import industries, places
    from sim.experiment.points import outcome

    seeds = load_seeds()
    found = [outcome(text, places(seeds), industries(seeds)) for text in texts]
    return list(dict.fromkeys(found))


def _report(found: Robustness) -> RenderableType:
    from rich.console import Group

    from sim.cli.result_tables import frame, place_names
    from sim.report.analyse_futures import outcome_name
    from sim.report.analyse_robustness import headline, regret_table, sentences

    names = place_names()
    tables = [
        frame(outcome_name(one, names), regret_table(found, at), left=1)
        for at, one in enumerate(found.measured)
    ]
    return Group(headline(found, names), *sentences(found, names), *tables)
