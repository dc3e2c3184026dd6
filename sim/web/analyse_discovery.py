"""When does the plan fail? The box of futures in which most misses lie."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from sim.experiment.analyse.conditions import condition
from sim.experiment.analyse.discovery import Discovery, discover, restored, runs
from sim.experiment.kept import Record
from sim.experiment.points import Outcome, Work
from sim.policy.scenario import Scenario
from sim.policy.scenario_build import seeds_at
from sim.report import analyse_discovery as report
from sim.report.analyse_futures import dimensions_table
from sim.report.language import _, mark
from sim.report.measures import MEASURES
from sim.web import analyse_fields as fields
from sim.web import engine, links
from sim.web.analyse_fields import Arguments, OneOf
from sim.web.analyse_limit import limit
from sim.web.analyse_method import Method, Prepared, View
from sim.web.catalogue import Catalogue
from sim.web.tables import bullets, draw, opener

SIGNS = {"more": ">", "less": "<"}
FUTURES = ("64", "128", "256", "512", "1024")
QUANTILES = {"more": 0.75, "less": 0.25}  # the usual limit lies where a quarter of these runs miss it


def prepare(arguments: Arguments, book: Catalogue) -> Prepared:
    """The plan, its mark, and how many futures."""
    asked = fields.chosen(arguments["scenario"], book)
    number, futures = int(arguments["replications"]), int(arguments["futures"])
    outcome = Outcome(arguments["measure"], arguments["place"]).id
    text = f"{outcome} {SIGNS[arguments['side']]} {arguments['limit']}"
    miss = condition(text, seeds_at(asked.preset.start))
    line = [*fields.command("discovery", asked), "--fails", text, "--futures", str(futures)]
    return Prepared(
        scenarios=(asked.scenario,),
        replications=number,
        runs=runs(Work(number, engine.RANDOM_SEED), futures),
        call=lambda work: discover(asked.scenario, miss, work, futures).record(),
        command=[*line, "--replications", str(number)],
        notes=fields.notes(asked),
    )


def headline(record: Record, view: View) -> str:
    """When it fails."""
    return report.headline(_found(record, view), view.names)


def show(record: Record, view: View) -> None:
    """The box, the way to it, what moved, and the way to the Compare page."""
    found = _found(record, view)
    if found.box is not None:
        data = report.box_rows(found)
        draw(data, report.box_chart(view.colours), report.box_alt(found), report.limits_table(found), "box")
        _open_middle(record)
    bullets(report.sentences(found, view.names))
    if found.boxes:
        st.subheader(_("The way to it"), divider="gray", anchor=False)
        data = report.trajectory_rows(found)
        alt, table = report.trajectory_alt(found), report.trajectory_table(found)
        draw(data, report.trajectory_chart(view.colours), alt, table, "trajectory")
    opener(dimensions_table(found.futures.dimensions), _("What moves in the futures"), "dimensions")


def _open_middle(record: Record) -> None:
    """One click puts levers and numbers where the middle of the box is."""
    middle = record["box"]["middle"]
    if middle["query"] is not None:
        links.to_scenario(middle["query"], _("Open the middle of this box on the Compare page"))
        return
    st.caption(_("The middle of this box has too many numbers for a link; the Compare page opens its file."))
    st.download_button(
        _("Download the middle of this box (TOML)"),
        data=middle["toml"],
        file_name=f"{middle['id'].replace('-', '_')}.toml",
        mime="application/toml",
        icon=":material/download:",
        on_click="ignore",
    )


def table(record: Record, view: View) -> pd.DataFrame:
    """Every future: what moved to where, the outcome, and whether it misses."""
    found = _found(record, view)
    values = found.futures.values()
    columns = {one.id: values[:, at] for at, one in enumerate(found.futures.dimensions)}
    fresh = np.arange(len(found.means)) >= found.found_in
    return pd.DataFrame(
        {**columns, found.condition.outcome.id: found.means, "misses": found.misses, "fresh": fresh}
    )


def _found(record: Record, view: View) -> Discovery:
    return _restored(view.key, record, fields.chosen(view.arguments["scenario"], view.book).scenario)


@st.cache_resource(max_entries=16, show_spinner=False)
def _restored(key: str, _record: Record, _scenario: Scenario) -> Discovery:
    """The result of which this is the record, worked out once for all readers."""
    return restored(_record, _scenario)


def _side() -> OneOf:
    """A field for which side of the limit is a miss."""
    names = {"more": mark("lies above the limit"), "less": mark("lies below the limit")}
    return OneOf(
        "side",
        mark("The plan fails where it"),
        lambda book, before: "less" if MEASURES[before["measure"]].better == "more" else "more",
        options=lambda book, before: {one: _(names[one]) for one in SIGNS},
    )


METHOD = Method(
    id="discovery",
    question=mark("When does the plan fail?"),
    about=mark(
        "Runs one scenario in many futures that differ in what nobody in the plan chooses, such as threat, "
        "prices and months to build, and finds where most of the futures that miss a mark lie."
    ),
    fields=(
        fields.scenario("scenario", mark("Scenario"), "baseline"),
        fields.place(),
        fields.measure("usable_gap_years"),
        _side(),
        limit("scenario", QUANTILES),
        OneOf(
            "futures",
            mark("Futures"),
            lambda book, before: "128",
            mark("More futures take longer and find smaller boxes."),
            options=lambda book, before: {one: f"{int(one):,}" for one in FUTURES},
        ),
        fields.replications(10, ("4", "10", "20", "50")),
    ),
    prepare=prepare,
    headline=headline,
    show=show,
    table=table,
)
