"""Which lever did it? The change between two scenarios split over all that differs."""

from __future__ import annotations

import pandas as pd

from sim.experiment.analyse.attribution import attribute, runs
from sim.experiment.kept import Record
from sim.experiment.points import Outcome, Work
from sim.model.record import MEASURES
from sim.report import analyse_attribution as report
from sim.report.analyse_parts import total_of
from sim.report.language import mark
from sim.web import analyse_fields as fields
from sim.web import engine
from sim.web.analyse_fields import Arguments
from sim.web.analyse_method import Method, Prepared, View
from sim.web.catalogue import Catalogue
from sim.web.tables import bullets, draw


def prepare(arguments: Arguments, book: Catalogue) -> Prepared:
    """Both scenarios and every measure of the chosen place."""
    base, other = fields.pair(arguments, book)
    number = int(arguments["replications"])
    place = arguments["place"]
    wanted = [Outcome(one.id, place) for one in MEASURES]
    line = fields.command("attribution", base, other)
    line += ["--buyer", place] if place in book.states else []
    return Prepared(
        scenarios=(base.scenario, other.scenario),
        replications=number,
        runs=runs(base.scenario, other.scenario, Work(number, engine.RANDOM_SEED)),
        call=lambda work: attribute(base.scenario, other.scenario, wanted, work).record(),
        command=[*line, "--replications", str(number)],
        notes=fields.notes(base, other),
    )


def outcome(view: View) -> str:
    """The outcome that is looked at."""
    return Outcome(view.arguments["measure"], view.arguments["place"]).id


def headline(record: Record, view: View) -> str:
    """Who did it."""
    return report.headline(record, outcome(view), report.labels(record, view.book.seeds), view.names)


def show(record: Record, view: View) -> None:
    """The parts as a waterfall and a table, what acts together, and how it was found."""
    known, shown = report.labels(record, view.book.seeds), outcome(view)
    rows = report.bars(record, shown, known)
    if not rows.empty:
        spec = report.chart(record, shown, len(rows), view.colours)
        alt = report.alt(record, shown, known, view.names)
        draw(rows, spec, alt, report.table(record, shown, known), "attribution")
    said = [report.together(record, shown, known, view.names), report.made(record, shown)]
    bullets([one for one in said if one])


def table(record: Record, view: View) -> pd.DataFrame:
    """Every part of every outcome, in raw units."""
    rows = []
    for name, one in record["measures"].items():
        for part, found in {**one["parts"], "total": total_of(one)}.items():
            rows.append({"outcome": name, "part": part, **found})
    return pd.DataFrame(rows)


METHOD = Method(
    id="attribution",
    question=mark("Which lever did it?"),
    about=mark(
        "Takes everything that differs between two scenarios, runs every mixture of it, and says what part "
        "of the change each difference makes."
    ),
    fields=(
        fields.scenario("other", mark("Scenario"), "fortress_europe"),
        fields.base(),
        fields.place(),
        fields.measure("cost_pv", only_shown=True),
        fields.replications(50),
    ),
    prepare=prepare,
    headline=headline,
    show=show,
    table=table,
)
