"""What does each industry contribute? Outcomes with and without its new offers abroad."""

from __future__ import annotations

import pandas as pd

from sim.experiment.analyse.marginal import AT_PLACE, CAPACITY, marginal, runs
from sim.experiment.kept import Record
from sim.experiment.points import Outcome, Work
from sim.report import analyse_marginal as report
from sim.report.language import mark
from sim.web import analyse_fields as fields
from sim.web import engine
from sim.web.analyse_fields import Arguments
from sim.web.analyse_method import Method, Prepared, View
from sim.web.catalogue import Catalogue
from sim.web.tables import bullets, draw


def prepare(arguments: Arguments, book: Catalogue) -> Prepared:
    """The scenario with every set of industries."""
    asked = fields.chosen(arguments["scenario"], book)
    number, place = int(arguments["replications"]), arguments["place"]
    line = fields.command("marginal", asked)
    line += ["--buyer", place] if place in book.states else []
    return Prepared(
        scenarios=(asked.scenario,),
        replications=number,
        runs=runs(asked.scenario, Work(number, engine.RANDOM_SEED)),
        call=lambda work: marginal(asked.scenario, (place,), work).record(),
        command=[*line, "--replications", str(number)],
        notes=fields.notes(asked),
    )


def outcome(view: View) -> str:
    """The outcome that is looked at."""
    measure = view.arguments["measure"]
    return CAPACITY.id if measure == CAPACITY.measure else Outcome(measure, view.arguments["place"]).id


def headline(record: Record, view: View) -> str:
    """What each changes beside all others."""
    return report.headline(record, outcome(view), view.names)


def show(record: Record, view: View) -> None:
    """Both figures of each industry, and what "without" means."""
    shown = outcome(view)
    rows = report.dots(record, shown, view.names)
    if not rows.empty:
        alt = report.alt(record, shown, view.names)
        table = report.table(record, shown, view.names)
        draw(rows, report.chart(record, shown, view.colours), alt, table, "marginal")
    bullets([report.levels(record, shown), report.meaning(record, view.names), report.readings(record)])


def table(record: Record, view: View) -> pd.DataFrame:
    """Both figures of each industry and outcome, in raw units."""
    rows = [
        {"outcome": name, "industry": industry, "figure": figure, **part}
        for name, one in record["measures"].items()
        for figure, found in (("beside_all", one["with_minus_without"]), ("shapley", one["parts"]))
        for industry, part in found.items()
    ]
    return pd.DataFrame(rows)


METHOD = Method(
    id="marginal",
    question=mark("What does each industry contribute?"),
    about=mark(
        "Runs one scenario with and without the new offers abroad of each industry, and says what each "
        "changes in speed, price, reliance and European capacity."
    ),
    fields=(
        fields.scenario("scenario", mark("Scenario"), "baseline"),
        fields.place(),
        fields.measure(options=(*AT_PLACE, CAPACITY.measure), only_shown=True),
        fields.replications(50),
    ),
    prepare=prepare,
    headline=headline,
    show=show,
    table=table,
)
