"""`sim analyse METHOD`: the analyst's bench; one file of its own for each method."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from sim.cli import (
    analyse_attribution,
    analyse_discovery,
    analyse_flip,
    analyse_marginal,
    analyse_robustness,
    analyse_sensitivity,
    analyse_tradeoff,
)
from sim.cli.say import Refused
from sim.evidence.facts import nearest, quoted


class Methods(TyperGroup):
    """The group of methods."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the method a person named; one that is not there gets a sentence with the nearest."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            raise Refused(f"there is no method {quoted(args[0])}; {nearest(args[0], self.commands)}")
        return super().resolve_command(ctx, args)


app = typer.Typer(name="analyse", cls=Methods, rich_markup_mode=None, subcommand_metavar="METHOD ...")


@app.callback(invoke_without_command=True)
def start(context: typer.Context) -> None:
    """Ask why, what matters and what holds: one METHOD for each question, each with --help of its own."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


for _method in (
    analyse_attribution.attribution,
    analyse_sensitivity.sensitivity,
    analyse_discovery.discovery,
    analyse_robustness.robustness,
    analyse_tradeoff.tradeoff,
    analyse_flip.flip,
    analyse_marginal.marginal,
):
    app.command()(_method)
