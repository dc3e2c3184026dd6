"""A report: one HTML page that stands by itself, with every number of a comparison and what it rests on.

It loads nothing and needs no script, so that it can be sent, kept and printed. Words and numbers come from
the same functions as those of the Compare page; pairing is by replication, as in `sim compare`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from sim.report import document_evidence, document_results, language
from sim.report.blocks import Block, Section
from sim.report.language import _, plural
from sim.report.reported import Report

TEMPLATES: Final = Path(__file__).resolve().parent / "templates"


def document(report: Report) -> str:
    """The whole report as the text of an HTML file."""
    sections = [
        document_results.summary(report),
        *(document_results.case(report, one) for one in report.cases),
        document_evidence.evidence(report),
        document_evidence.reproduce(report),
        document_evidence.limits(report),
    ]
    return page(title(report), report.base.model_version, document_results.top(report), sections)


def page(title: str, version: str, top: Sequence[Block], sections: Sequence[Section]) -> str:
    """Sections as the text of an HTML file that stands by itself; version: of the model."""
    text = _page().render(
        language=language.spoken(),
        title=title,
        generator=_("Leadtime, model {version}").format(version=version),
        top=top,
        sections=sections,
        words={
            "contents": _("Contents"),
            "same_numbers": _("The same numbers as a table"),
            "foot": _("Leadtime, model version {version}. Not a forecast.").format(version=version),
        },
    )
    return text.lstrip() + "\n"


def title(report: Report) -> str:
    """What the report is called: the scenario, or how many there are."""
    if len(report.cases) == 1:
        return _("Leadtime report: {title}").format(title=report.title(report.cases[0]))
    return plural(
        "Leadtime report: {number} scenario beside “{base}”",
        "Leadtime report: {number} scenarios beside “{base}”",
        len(report.cases),
    ).format(number=len(report.cases), base=_(report.base.scenario.title))


def _page() -> Template:
    known = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    return known.get_template("report.html.jinja")
