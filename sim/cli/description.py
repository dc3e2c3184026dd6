"""`sim model`: the model described from its own code, as one Markdown document."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.files import check_out, write_out

Out = Annotated[Path | None, typer.Option(metavar="FILE", help="Write it to this .md file instead.")]


def model(out: Out = None) -> None:
    """Describe the model from its own code: entities, stages, rules, levers, checks, limits."""
    check_out(out, (".md",))
    from sim.report.odd import document, sections

    text = document(sections())
    if out is None:
        sys.stdout.write(text)
    else:
        write_out(out, {".md": lambda: text})
