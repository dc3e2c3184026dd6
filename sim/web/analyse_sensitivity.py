"""Which assumption matters? The numbers of the evidence moved over their ranges."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from sim.experiment.analyse.sensitivity import OUTCOMES, Options, analyse, runs
from sim.experiment.kept import Record
from sim.experiment.points import Outcome, Work
from sim.report import analyse_sensitivity as report
from sim.report.factor_words import FactorWords
from sim.report.language import _, mark
from sim.web import analyse_fields as fields
from sim.web import engine
from sim.web.analyse_fields import Arguments, OneOf
from sim.web.analyse_method import Method, Prepared, View
from sim.web.catalogue import Catalogue
from sim.web.tables import bullets, draw, opener
from sim.web.text import plain

POINTS = ("none", "128", "512", "1024")


def prepare(arguments: Arguments, book: Catalogue) -> Prepared:
    """The scenario, the three dials of the chosen place, and how far to look."""
    asked = fields.chosen(arguments["scenario"], book)
    number, points = int(arguments["replications"]), arguments["points"]
    outcomes = tuple(Outcome(one, arguments["place"]).id for one in OUTCOMES)
    options = Options(outcomes=outcomes, sobol=points != POINTS[0])
    line = fields.command("sensitivity", asked)
    for one in outcomes:
        line += ["--outcome", one]
    if options.sobol:
        options = Options(outcomes=outcomes, sobol=True, points=int(points))
        line += ["--sobol", "--points", points]
    return Prepared(
        scenarios=(asked.scenario,),
        replications=number,
        runs=runs(asked.scenario, options, Work(number, engine.RANDOM_SEED)),
        call=lambda work: analyse(asked.scenario, options, work).record(),
        command=[*line, "--replications", str(number)],
        notes=fields.notes(asked),
        at_most=True,
    )


def outcome(view: View) -> str:
    """The outcome that is looked at."""
    return Outcome(view.arguments["measure"], view.arguments["place"]).id


def headline(record: Record, view: View) -> str:
    """What it hangs on most."""
    return report.headline(record, FactorWords(view.book.seeds), outcome(view))


def show(record: Record, view: View) -> None:
    """One at a time, single numbers, all at once, and what is most worth researching."""
    said, shown = FactorWords(view.book.seeds), outcome(view)
    _tornado(record, said, shown, view)
    bullets([report.caution(record)])
    if record["opened"] and report.tornado_rows(record, shown, single=True):
        st.subheader(_("Single numbers of the kinds that move most"), divider="gray", anchor=False)
        _tornado(record, said, shown, view, single=True)
    if record["sobol"]:
        st.subheader(_("All at once"), divider="gray", anchor=False)
        st.markdown(plain(report.sobol_headline(record, said, shown)))
        data = report.sobol_data(record, said, shown)
        table = report.sobol_table(record, said, shown)
        draw(
            data,
            report.sobol_chart(data, view.colours),
            report.sobol_alt(record, said, shown),
            table,
            "at_once",
        )
    st.subheader(_("What to research next"), divider="gray", anchor=False)
    st.markdown(plain(report.research_words(record, said)))
    if record["research"]:
        opener(report.research_table(record, said), _("What is most worth researching"), "research")


def _tornado(record: Record, said: FactorWords, shown: str, view: View, single: bool = False) -> None:
    data = report.tornado_data(record, said, shown, single)
    if data.empty:
        return
    table = report.tornado_table(record, said, shown, single)
    alt = report.tornado_alt(record, said, shown, single)
    draw(data, report.tornado(data, shown, view.colours), alt, table, f"tornado_{single}")


def table(record: Record, view: View) -> pd.DataFrame:
    """Every effect on every outcome, in raw units."""
    rows = [
        {
            "outcome": name,
            "factor": one["id"],
            "kind": one["kind"],
            "grades": one["grades"],
            "end": end,
            **{key: effect[end][key] for key in ("mean", "low", "high")},
        }
        for one in (*record["moves"], *record["opened"])
        for name, effect in one["effects"].items()
        for end in ("low", "high", "swing")
    ]
    return pd.DataFrame(rows)


def _points() -> OneOf:
    """A field for whether the strongest are moved all at once too, and how finely."""
    names = {
        "none": mark("No"),
        "128": mark("Yes, 128 points"),
        "512": mark("Yes, 512 points"),
        "1024": mark("Yes, 1,024 points"),
    }
    return OneOf(
        "points",
        mark("Also move the strongest all at once"),
        lambda book, before: "128",
        mark("Shows what they do together (Sobol indices). More points make the intervals narrower."),
        options=lambda book, before: {one: _(names[one]) for one in POINTS},
    )


METHOD = Method(
    id="sensitivity",
    question=mark("Which assumption matters?"),
    about=mark(
        "Moves every uncertain number of the evidence to the lowest and the highest end of its range, first "
        "all of a kind together, then single ones, and shows what changes the result most."
    ),
    fields=(
        fields.scenario("scenario", mark("Scenario"), "baseline"),
        fields.place(),
        fields.measure(options=OUTCOMES, only_shown=True),
        _points(),
        fields.replications(20, ("10", "20", "50", "100")),
    ),
    prepare=prepare,
    headline=headline,
    show=show,
    table=table,
)
