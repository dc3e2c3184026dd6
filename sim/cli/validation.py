"""`sim patterns` and `sim history`: whether the model behaves as the record and the literature say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.say import Refused, console, note, print_json
from sim.report.published import number, span

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sim.estimation.checks import Check

REPLICATIONS, RANDOM_SEED, MOST = 200, 1, 10_000
FEWEST = 20  # replications from which intervals mean something

Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
Replications = Annotated[int, typer.Option(metavar="N", help="How often each scenario is run.")]
RandomSeed = Annotated[int, typer.Option(metavar="S", help="The same random seed gives the same numbers.")]


def patterns(
    replications: Replications = REPLICATIONS, random_seed: RandomSeed = RANDOM_SEED, as_json: Json = False
) -> None:
    """Check the model against patterns of the record and ranges of plausibility.

    A check that fails is a finding, not an error: the exit code stays 0.
    """
    _check_numbers(replications, random_seed)
    checks = run_checks(replications, random_seed)
    if as_json:
        from sim.model.version import MODEL_VERSION

        print_json([check.record() | {"model_version": MODEL_VERSION} for check in checks])
        return
    from sim.estimation.checks import headline

    out = console()
    out.print(headline(checks))
    for kind, title in (("pattern", "Patterns"), ("plausibility", "Ranges of plausibility")):
        out.print(checks_table(title, [check for check in checks if check.kind == kind]))


def run_checks(replications: int, random_seed: int) -> list[Check]:
    """Run every scenario that the checks need and measure all of them."""
    from sim.estimation.contrasts import runner
    from sim.estimation.directions import direction_checks
    from sim.estimation.market import market
    from sim.estimation.patterns import pattern_checks
    from sim.estimation.plausibility import plausibility_checks
    from sim.evidence.seeds import load_seeds
    from sim.experiment.probe import probe

    seeds = load_seeds()
    known, run = market(seeds), runner(seeds, replications, random_seed)
    note("running the scenarios that the checks compare")
    checks = pattern_checks(seeds, known, run) + direction_checks(probe)
    return checks + plausibility_checks(seeds, known, run)


def history(
    replications: Replications = REPLICATIONS, random_seed: RandomSeed = RANDOM_SEED, as_json: Json = False
) -> None:
    """Start in February 2022 and set the model's orders of 2022 to 2025 beside what happened."""
    _check_numbers(replications, random_seed)
    from sim.estimation.contrasts import PAST, runner
    from sim.estimation.history import report
    from sim.estimation.market import market
    from sim.estimation.record import purchase_table
    from sim.evidence.seeds import load_seeds

    seeds = load_seeds()
    known = market(seeds)
    found = report(runner(seeds, replications, random_seed)(PAST), purchase_table(seeds, known), known)
    if as_json:
        print_json({"scenario": PAST, "replications": replications, "random_seed": random_seed, **found})
        return
    console().print(history_report(found))


def _check_numbers(replications: int, random_seed: int) -> None:
    if not FEWEST <= replications <= MOST:
        raise Refused(f"--replications must lie between {FEWEST} and {MOST}; got {replications}")
    if not 0 <= random_seed < 2**63:
        raise Refused(f"--random-seed must lie between 0 and 2^63 - 1; got {random_seed}")


def checks_table(title: str, checks: list[Check]) -> RenderableType:
    """One row a check: whether it holds, what was measured, what was asked, in words."""
    from sim.cli.result_tables import table

    rows = [
        (
            one.about, one.name, "pass" if one.passed else "FAIL", number(one.measured), span(one), one.unit,
            f"{one.title} {one.note}".strip(),
        )
        for one in checks
    ]  # fmt: skip
    return table(title, ("About", "Check", "", "Measured", "Range", "Unit", "What"), rows, left=7)


def history_report(found: dict[str, Any]) -> RenderableType:
    """The headline, what each sum was and is, main suppliers, what is missed, and the definition."""
    from rich.console import Group

    from sim.cli.result_tables import place_names, table
    from sim.evidence.seeds import load_seeds

    seeds = load_seeds()
    names = place_names() | {one.id: one.name for one in seeds.authorities()} | {"all": "All"}
    names |= {one.id: one.label for one in seeds.categories()}
    rows = [
        (
            names.get(one["place"], one["place"]), names.get(one["part"], one["part"]),
            *(number(one[key]) for key in ("happened", "p10", "p50", "p90")), one["verdict"],
        )
        for one in found["sums"]
    ]  # fmt: skip
    heads = ("Place", "Part", "Happened, bn", "10 %", "Median", "90 %", "The record")
    makers = [
        (names[one["state"]], _makers(one["happened"], names), _makers(one["model"], names))
        for one in found["suppliers"]
    ]
    return Group(
        found["headline"],
        table("Orders signed 2022 to 2025", heads, rows, left=2),
        table("Main suppliers by value", ("State", "Happened", "Model, mean"), makers, left=3),
        *(["", "Outside the range:", *found["misses"]] if found["misses"] else []),
        "",
        f"What counts: {found['definition']}",
        found["caution"],
    )


def _makers(shares: dict[str, float], names: dict[str, str]) -> str:
    return ", ".join(f"{names.get(one, one)} {part:.0%}" for one, part in shares.items()) or "none"
