"""`sim run` and `sim compare`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.files import check_out, comparison_rows, csv_text, run_rows, write_out
from sim.cli.say import Refused, console, json_text, note, print_json
from sim.evidence.facts import nearest, quoted

if TYPE_CHECKING:
    from sim.experiment.points import Work
    from sim.experiment.result import Result
    from sim.policy.scenario import Scenario

REPLICATIONS, RANDOM_SEED = 200, 1
SUFFIXES = (".json", ".csv")

Name = Annotated[str, typer.Argument(help="A name from `sim scenarios`, or a .toml file.")]
Others = Annotated[
    list[str] | None, typer.Argument(metavar="[OTHER]...", help="Scenarios to set beside BASE.")
]
Set = Annotated[
    list[str] | None, typer.Option("--set", metavar="LEVER=VALUE", help="Set a lever; may be repeated.")
]
Fact = Annotated[
    list[str] | None,
    typer.Option(
        "--fact", metavar="FACT=VALUE", help="Hold a number of the evidence at a value; may be repeated."
    ),
]
Replications = Annotated[int, typer.Option(metavar="N", help="How often the ten years are run.")]
RandomSeed = Annotated[int, typer.Option(metavar="S", help="The same random seed gives the same numbers.")]
Uncertainty = Annotated[
    str,
    typer.Option(
        metavar="evidence|none",
        help="Draw every fact from its range in the evidence, or take its middle value.",
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Run on the workers of this Dask scheduler: tcp://HOST:8786."),
]
Buyers = Annotated[
    list[str] | None, typer.Option("--buyer", metavar="POL", help="Show this state in full; may be repeated.")
]
Out = Annotated[Path | None, typer.Option(metavar="FILE", help="Also write to a .json or .csv file.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


def run(
    scenario: Name,
    set_: Set = None,
    fact: Fact = None,
    replications: Replications = REPLICATIONS,
    random_seed: RandomSeed = RANDOM_SEED,
    uncertainty: Uncertainty = "evidence",
    scheduler: Scheduler = None,
    buyer: Buyers = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Run a scenario: speed, cost and reliance."""
    check_out(out, SUFFIXES)
    shown = checked_buyers(buyer)
    (result,) = run_all([load(scenario, set_, fact)], replications, random_seed, uncertainty, scheduler)
    summary = result.summary()
    write_out(out, {".json": lambda: json_text(summary), ".csv": lambda: csv_text(run_rows(summary))})
    if as_json:
        print_json(summary)
        return
    from sim.cli.result_tables import run_report

    console().print(run_report(result, summary, shown))


def compare(
    base: Annotated[str, typer.Argument(metavar="BASE", help="The scenario to compare with.")],
    others: Others = None,
    set_: Set = None,
    fact: Fact = None,
    replications: Replications = REPLICATIONS,
    random_seed: RandomSeed = RANDOM_SEED,
    uncertainty: Uncertainty = "evidence",
    scheduler: Scheduler = None,
    buyer: Buyers = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Compare scenarios with a base under the same draws.

    --set and --fact change the others. With them and no OTHER, the other is the base so changed:
    sim compare baseline --set threat=1.2
    """
    check_out(out, SUFFIXES)
    shown = checked_buyers(buyer)
    first, rest = scenarios_to_compare(base, others or [], set_, fact)
    results = run_all([first, *rest], replications, random_seed, uncertainty, scheduler)
    from sim.experiment.compare import compare as side_by_side

    comparison = side_by_side(*results)
    summary = comparison.summary()
    write_out(out, {".json": lambda: json_text(summary), ".csv": lambda: csv_text(comparison_rows(summary))})
    if as_json:
        print_json(summary)
        return
    from sim.cli.result_tables import comparison_report

    for result in results[1:]:
        console().print(comparison_report(results[0], result, summary["others"][result.scenario.id], shown))


def scenarios_to_compare(
    base: str, others: list[str], settings: list[str] | None, facts: list[str] | None = None
) -> tuple[Any, list[Scenario]]:
    """The base and the scenarios beside it, with ids that tell them apart; raises Refused, ScenarioError."""
    if not others and not settings and not facts:
        raise Refused("compare needs a second scenario, or --set or --fact to change the base")
    first = load(base)
    rest = [load(name, settings, facts) for name in others or [base]]
    ids = [one.id for one in rest]
    for name in ids:
        if ids.count(name) > 1:
            raise Refused(f"two of the scenarios to compare have the id {quoted(name)}; name each once")
    return first, rest


def load(name: str, settings: list[str] | None = None, facts: list[str] | None = None) -> Scenario:
    """A scenario by name or path with levers and facts set as on the command line; raises ScenarioError."""
    from sim.evidence.seeds import load_seeds
    from sim.policy.levers import levers, parse_set
    from sim.policy.scenario import load_scenario

    chosen: dict[str, float] = {}
    known = levers(load_seeds()) if settings else {}
    for text in settings or []:
        lever, value = parse_set(text, known)
        if lever in chosen:
            raise Refused(f"--set: the lever {quoted(lever)} is set twice")
        chosen[lever] = value
    scenario = load_scenario(name, set=chosen)
    if not facts:
        return scenario
    from sim.policy.assumptions import parse_facts

    return scenario.with_facts(parse_facts(facts, load_seeds(start=scenario.start)))


def checked_buyers(names: list[str] | None) -> tuple[str, ...]:
    """The ids of the states asked for, in capitals and once each; raises Refused naming the nearest."""
    if not names:
        return ()
    from sim.evidence.seeds import load_seeds

    known = [state.id for state in load_seeds().states()]
    for name in names:
        if name.upper() not in known:
            raise Refused(f"--buyer: there is no state {quoted(name)}; {nearest(name.upper(), known)}")
    return tuple(dict.fromkeys(name.upper() for name in names))


def run_all(
    scenarios: list[Scenario],
    replications: int,
    random_seed: int,
    uncertainty: str,
    scheduler: str | None = None,
) -> list[Result]:
    """Run scenarios in turn, with a bar for whoever watches; Ctrl-C ends the command with exit code 130."""
    from sim.cli.work import working
    from sim.experiment.ensemble import run as run_ensemble

    def one(number: int, scenario: Scenario, work: Work) -> Result:
        told, wanted = work.progress, len(scenarios) * replications
        return run_ensemble(
            scenario,
            replications=replications,
            random_seed=random_seed,
            uncertainty=work.uncertainty,
            progress=told and (lambda done, _: told(number * replications + done, wanted)),
            cancel=work.cancel,
            executor=work.executor,
        )

    title = " | ".join(scenario.title for scenario in scenarios)
    with working(title, replications, random_seed, uncertainty, scheduler) as work:
        return [one(number, scenario, work) for number, scenario in enumerate(scenarios)]


def compiles_first() -> bool:
    """Whether the rules are still to be compiled for this machine; a person is told so."""
    from sim.model.compiled import is_warm, without_compilation

    if is_warm() or without_compilation():
        return False
    note("compiling the rules for this machine first; this happens once and takes about a minute")
    return True
