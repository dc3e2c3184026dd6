"""The program `sim`: its commands, and one sentence with exit code 2 for whatever cannot be used."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Annotated, Any, NoReturn

import typer

from sim.cli import (
    analyse,
    calibrate,
    delivery_exam,
    description,
    experiments,
    explain,
    game,
    hindcast,
    listings,
    machine,
    report,
    theses,
    validation,
)
from sim.cli.groups import Named
from sim.cli.say import Refused, one_sentence, warn
from sim.evidence.facts import EvidenceError
from sim.game.errors import GameError
from sim.policy.errors import ScenarioError

FINE, FAILED, BAD_INPUT = 0, 1, 2


class Program(Named):
    """The group of commands; every way in (script, module, tests) leaves through `main` here."""

    def main(self, args: Sequence[str] | None = None, *_: Any, **extra: Any) -> NoReturn:
        """Carry out a command line and exit with 0 (fine), 1 (a check failed) or 2 (bad input)."""
        _never_fail_to_print()
        extra |= {"prog_name": "sim", "standalone_mode": False}
        try:
            code = super().main(args, **extra)
        except typer.TyperException as error:
            code = _refuse(error.format_message())
        except typer.Abort:
            code = 130
        except (Refused, ScenarioError, EvidenceError, GameError) as error:
            code = _refuse(str(error))
        except MemoryError:
            code = _refuse("there is not enough memory for this; ask for fewer replications")
        except BrokenPipeError:  # the reader, such as `head`, has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            code = FINE
        sys.exit(code or FINE)


def _refuse(message: str) -> int:
    warn(one_sentence(message))
    return BAD_INPUT


def _never_fail_to_print() -> None:
    """On a terminal with a small alphabet, show a question mark rather than stop."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and not stream.encoding.lower().startswith("utf"):
            stream.reconfigure(errors="replace")


app = typer.Typer(
    name="sim",
    cls=Program,
    add_completion=False,
    rich_markup_mode=None,  # decorated help would load for as long again as the whole program
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the versions and stop.")] = False,
) -> None:
    """Leadtime: how fast, at what cost and relying on whom NATO states could equip themselves, in this model.

    SCENARIO is a name from `sim scenarios` or the path of a .toml file.
    """
    if version:
        from importlib.metadata import version as installed

        from sim.model.version import MODEL_VERSION

        typer.echo(f"Leadtime {installed('leadtime')}, model {MODEL_VERSION}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


for _command in (
    experiments.run,
    experiments.compare,
    report.report,
    explain.explain,
    listings.check,
    listings.scenarios,
    listings.levers,
    listings.measures,
    description.model,
    validation.patterns,
    validation.history,
    hindcast.hindcast,
    theses.theses,
    delivery_exam.hindcast_deliveries,
    calibrate.calibrate,
    machine.app,
    machine.warm,
    machine.bench,
):
    app.command()(_command)
app.command("estimate")(hindcast.estimate_weights)
app.add_typer(analyse.app)
app.add_typer(game.app)


def main() -> NoReturn:
    """The console script `sim`."""
    app()
    sys.exit(FINE)
