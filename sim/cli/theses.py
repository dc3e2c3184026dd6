"""`sim theses`: the two documents against the record, with power, break-evens and what would decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.say import console, print_json

if TYPE_CHECKING:
    from rich.console import RenderableType


def theses(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Let the two theses compete on past decisions: what the record supports, and what it cannot decide."""
    from sim.estimation.choice.estimate import estimate
    from sim.estimation.choice.theses import contest
    from sim.evidence.seeds import load_seeds
    from sim.model.version import MODEL_VERSION
    from sim.report.theses import theses_record

    seeds = load_seeds()
    found = contest(seeds, estimate(seeds))
    record = {"model_version": MODEL_VERSION} | theses_record(found, seeds)
    if as_json:
        print_json(record)
        return
    console().print(_tables(record))


def _tables(record: dict[str, Any]) -> RenderableType:
    from rich.console import Group

    from sim.cli.result_tables import table

    sides = [
        (
            one["label"], one["document"], one["expects"],
            f"{one['prior']['mean']:+.2f} ± {one['prior']['sd']:.2f}",
            f"{one['posterior']['mean']:+.2f} ± {one['posterior']['sd']:.2f}",
            f"{record['chance'][one['name']]:.0%}",
        )
        for one in record["theses"]
    ]  # fmt: skip
    heads = ("Thesis", "Document", "Says of agreements", "Before", "After", "Chance")
    evens = [
        (one["label"], f"{one['mean']:.2f}", f"{one['low']:.2f} to {one['high']:.2f}")
        for one in record["break_evens"]
    ]
    mixed = record["mixture"]
    return Group(
        record["headline"],
        table("A full agreement, points", heads, sides, left=3),
        f"Share of decisions that follow the enabler thesis: {mixed['mean']:.0%} "
        f"({mixed['low']:.0%} to {mixed['high']:.0%}).",
        record["power_sentence"],
        table("An agreement worth this much would equal", ("Step", "Points", "90 %"), evens, left=1),
    )
