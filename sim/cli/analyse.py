"""`sim analyse METHOD`: the analyst's bench; one file of its own for each method."""

from __future__ import annotations

import typer

from sim.cli import (
    analyse_attribution,
    analyse_discovery,
    analyse_flip,
    analyse_marginal,
    analyse_robustness,
    analyse_sensitivity,
    analyse_tradeoff,
)
from sim.cli.groups import Named


class Methods(Named):
    """The group of methods."""

    kind = "method"


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
