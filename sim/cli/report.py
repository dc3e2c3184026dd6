"""`sim report`: a comparison as one HTML file to send, keep and print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.experiments import (
    RANDOM_SEED,
    REPLICATIONS,
    Buyers,
    Fact,
    RandomSeed,
    Replications,
    Scheduler,
    Set,
    Uncertainty,
    checked_buyers,
    load,
    run_all,
    scenarios_to_compare,
)
from sim.cli.files import check_out, write_out
from sim.cli.say import Refused
from sim.evidence.facts import quoted

if TYPE_CHECKING:
    from sim.policy.scenario import Scenario

Names = Annotated[
    list[str], typer.Argument(metavar="SCENARIO", help="The others are compared with the first.")
]
Out = Annotated[Path, typer.Option(metavar="FILE.html", help="The file to write.")]


def report(
    scenarios: Names,
    out: Out,
    set_: Set = None,
    fact: Fact = None,
    replications: Replications = REPLICATIONS,
    random_seed: RandomSeed = RANDOM_SEED,
    uncertainty: Uncertainty = "evidence",
    scheduler: Scheduler = None,
    buyer: Buyers = None,
) -> None:
    """Write a report as one HTML file: sentences, charts, tables, evidence, limits.

    A scenario alone is compared with the baseline; the baseline alone is shown as it is. --set and
    --fact change the others, or the only one: sim report baseline --set threat=1.2 --out threat.html
    """
    check_out(out, (".html",))
    places = checked_buyers(buyer)
    base, others = wanted(scenarios, set_, fact)
    results = run_all([base, *others], replications, random_seed, uncertainty, scheduler)
    import datetime

    from sim.experiment.compare import compare
    from sim.policy.measures import ALLIANCE
    from sim.report.document import document
    from sim.report.reported import Case, Report

    compare(*results)  # refuses what cannot be paired
    named = [load(name) for name in (scenarios[1:] or scenarios)]
    made = Report(
        base=results[0],
        others=tuple(Case(result, preset) for result, preset in zip(results[1:], named, strict=False)),
        places=places or (ALLIANCE,),
        date=datetime.date.today(),
    )
    write_out(out, {".html": lambda: document(made)})


def wanted(
    names: list[str], settings: list[str] | None, facts: list[str] | None = None
) -> tuple[Scenario, list[Scenario]]:
    """The scenario to compare with and those compared with it; raises Refused, ScenarioError."""
    if len(names) > 1 or settings or facts:
        return scenarios_to_compare(names[0], names[1:], settings, facts)
    only, baseline = load(names[0]), load("baseline")
    if only.fingerprint() == baseline.fingerprint():
        return only, []
    if only.start != baseline.start:
        raise Refused(
            f"{quoted(names[0])} starts in {only.start}: "
            "name before it the scenario of that start to compare with"
        )
    return baseline, [only]
