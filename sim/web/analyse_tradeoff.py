"""What can be had for what? The front of speed, cost and reliance over levers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from sim.experiment.analyse.tradeoff import LEVERS, Tradeoff, runs, trade_off
from sim.experiment.kept import Record
from sim.experiment.points import Work
from sim.policy.scenario import Scenario
from sim.report import analyse_tradeoff as report
from sim.report.language import _, mark
from sim.web import analyse_fields as fields
from sim.web import engine, links
from sim.web.analyse_fields import Arguments, OneOf
from sim.web.analyse_method import Method, Prepared, View, values_of
from sim.web.catalogue import Catalogue
from sim.web.tables import bullets, draw

POINTS = ("32", "64", "128", "256")


def prepare(arguments: Arguments, book: Catalogue) -> Prepared:
    """The scenario, the goals at the chosen place, and how far to search."""
    asked = fields.chosen(arguments["scenario"], book)
    number, points = int(arguments["replications"]), int(arguments["points"])
    goals = fields.dials(arguments)
    line = fields.command("tradeoff", asked)
    for goal in goals:
        line += ["--goal", goal.id]
    return Prepared(
        scenarios=(asked.scenario,),
        replications=number,
        runs=runs(asked.scenario, Work(number, engine.RANDOM_SEED), (), LEVERS, points),
        call=lambda work: _record(trade_off(asked.scenario, work, (), LEVERS, points, goals)),
        command=[*line, "--points", str(points), "--replications", str(number)],
        notes=fields.notes(asked),
        at_most=True,
    )


def headline(record: Record, view: View) -> str:
    """How many combinations are not beaten."""
    return report.headline(_found(record, view), view.names)


def show(record: Record, view: View) -> None:
    """The front as a chart and a table, and the way to the Compare page."""
    found = _found(record, view)
    spec = report.front_chart(found, view.names, view.colours)
    alt = report.front_alt(found, view.names)
    draw(report.front_rows(found), spec, alt, report.front_table(found, view.names), "front")
    bullets(report.sentences(found, view.names))
    _open_point(record)


def _open_point(record: Record) -> None:
    """Choose a point of the front and open its levers on the Compare page."""
    points = {one["number"]: one for one in record["front"] if one["setting"]["query"] is not None}
    if not points:
        return
    best = next((number for number, one in points.items() if one["best_balanced"]), next(iter(points)))
    number = st.selectbox(
        _("Point of the front"),
        list(points),
        index=list(points).index(best),
        key="analyse_point",
        width=240,
    )
    links.to_scenario(points[number]["setting"]["query"], _("Open this point on the Compare page"))


def table(record: Record, view: View) -> pd.DataFrame:
    """Every combination that was tried: its levers, the goals, and where it stands."""
    return pd.DataFrame(_found(record, view).rows())


def _record(found: Tradeoff) -> dict[str, Any]:
    """The record, and the values from which all of it follows."""
    values = {
        "points": found.points.tolist(),
        "values": found.values.tolist(),
        "on_front": found.on_front.tolist(),
        "practically": found.practically.tolist(),
        "numbered": list(found.numbered),
        "best_balanced": found.best_balanced,
    }
    return {**found.record(), "kept": values}


def _found(record: Record, view: View) -> Tradeoff:
    """The result of which this is the record."""
    asked: Scenario = fields.chosen(view.arguments["scenario"], view.book).scenario
    known, kept = {one.id: one for one in asked.catalogue}, record["kept"]
    return Tradeoff(
        scenario=asked,
        levers=tuple(known[name] for name in record["levers"]),
        screened=record["levers_screened"],
        goals=fields.dials(view.arguments),
        points=values_of(kept["points"]),
        values=values_of(kept["values"]),
        on_front=np.array(kept["on_front"], bool),
        practically=np.array(kept["practically"], bool),
        numbered=tuple(kept["numbered"]),
        best_balanced=kept["best_balanced"],
        work=Work(record["replications"], record["random_seed"]),
    )


METHOD = Method(
    id="tradeoff",
    question=mark("What can be had for what?"),
    about=mark(
        "Tries many combinations of the levers that move speed, cost and reliance most, and keeps those "
        "that no other beats in all three at once."
    ),
    fields=(
        fields.scenario("scenario", mark("Scenario"), "baseline"),
        fields.place(),
        OneOf(
            "points",
            mark("Combinations at first"),
            lambda book, before: "64",
            mark("So many are spread evenly before the search goes on around the best of them."),
            options=lambda book, before: {one: one for one in POINTS},
        ),
        fields.replications(20, ("10", "20", "50")),
    ),
    prepare=prepare,
    headline=headline,
    show=show,
    table=table,
)
