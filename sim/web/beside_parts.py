"""The parts of several scenarios beside each other: the dials, a table, the years, and the command."""

from __future__ import annotations

import io
import shlex
import zipfile
from collections.abc import Sequence

import streamlit as st

import sim
from sim.model.version import MODEL_VERSION
from sim.policy.measures import ALLIANCE
from sim.report import beside, charts, tables, wide, words
from sim.report.beside import LETTERS, Side
from sim.report.language import _
from sim.report.measures import DIALS, SERIES
from sim.web import choice
from sim.web.catalogue import Catalogue
from sim.web.choice import Choice
from sim.web.chooser import one_of
from sim.web.engine import Pair
from sim.web.text import plain


def dots(pair: Pair, sides: Sequence[Side], place: str, dark: bool) -> None:
    """One chart per dial, all scenarios on one axis."""
    where, letters = choice.current().place, [side.letter for side in sides]
    for column, measure in zip(st.columns(len(DIALS)), DIALS, strict=True):
        rows = beside.paired(pair.base, sides, measure, where)
        with column.container(border=True, height="stretch", key=f"beside_{measure}"):
            st.markdown(f"**{plain(_(DIALS[measure]))}**")
            st.vega_lite_chart(
                beside.dots_data(rows, letters),
                beside.dots(rows, letters, charts.palette(dark)),
                alt=beside.dots_alt(rows, sides, place),
                key=f"dots_{measure}",
            )
    st.caption(
        _(
            "Difference from the baseline, paired run by run: the sign stands at the mean, the bar holds 90 "
            "% of the runs. The upright line is the baseline. Gaps are counted until {until} for all."
        ).format(until=choice.current().until)
    )


def table(pair: Pair, sides: Sequence[Side], place: str) -> None:
    """The dials and all other measures of every scenario, behind an opener."""
    title = _("All scenarios as a table")
    box = st.expander(title, icon=":material/table:", key="beside_table", on_change="rerun")
    if box.open:
        order = [*DIALS, *(one for one in tables.all_measures(pair.base) if one not in DIALS)]
        box.caption(
            _("{place}. Difference from the baseline with its 90 % interval. {names}.").format(
                place=place, names="; ".join(f"{side.letter}: {plain(side.name)}" for side in sides)
            )
        )
        rows = beside.table(pair.base, sides, order, choice.current().place)
        box.html(wide.table(rows, title))


def lines(pair: Pair, sides: Sequence[Side], place: str, dark: bool) -> None:
    """One series over the years, one line per scenario, and the same numbers as a table."""
    shown = {one.id: one for one in SERIES.values() if one.id in pair.base.series}
    series = shown[one_of(_("Over the years"), list(shown), "beside_series", lambda one: _(shown[one].label))]
    data = beside.lines_data(pair.base, sides, series.id, choice.current().place)
    if data.empty:
        return
    st.caption(_("{meaning} Lines: the middle of all runs.").format(meaning=_(series.meaning)))
    letters = [side.letter for side in sides]
    said = data.replace({"who": {side.letter: f"{side.letter}, {side.name}" for side in sides}})
    st.vega_lite_chart(
        data,
        beside.lines(letters, series, charts.palette(dark)),
        alt=words.fan_alt(series.label, place, said, series.kind),
        key="beside_lines",
    )
    title = _("The same numbers as a table")
    box = st.expander(title, icon=":material/table:", key="beside_years", on_change="rerun")
    if box.open:
        rows = words.years_table(tables.by_year(data), series.kind)
        about = _("{label}, {place}").format(label=_(series.label), place=place)
        box.html(wide.table(rows, about))


def show_command(sides: Sequence[Side], book: Catalogue, replications: int) -> None:
    """The same comparison on the command line, with the files it reads."""
    title = _("The same on the command line")
    box = st.expander(title, icon=":material/terminal:", key="beside_command", on_change="rerun")
    if not box.open:
        return
    found = compared([side.letter for side in sides], book)
    line = command(found, replications)
    box.code(line, language=None, wrap_lines=True)
    files = [one for one in found if argument(one) == one.file_name]
    if files:
        box.caption(
            _("The command reads what has no name of its own from files. Save and unpack them first.")
        )
        box.download_button(
            _("Download the scenario files (ZIP)"),
            data=lambda: packed(files),
            file_name="leadtime-scenarios.zip",
            mime="application/zip",
            icon=":material/download:",
            on_click="ignore",
        )


def compared(letters: Sequence[str], book: Catalogue) -> list[Choice]:
    """The baseline and the scenarios of these letters, all with the place and the date of the present one."""
    now = choice.current()
    known = dict(zip(LETTERS, (now, *now.beside), strict=False))
    every = (Choice(book.baseline), *(known[letter] for letter in letters))
    return [choice.dated(one, now) for one in every]


def command(found: Sequence[Choice], replications: int) -> str:
    """The command line for the baseline and others, in the order of their letters."""
    parts = ["sim", "compare", *(argument(one) for one in found), "--replications", str(replications)]
    if found[0].place != ALLIANCE:
        parts += ["--buyer", found[0].place]
    return shlex.join(parts)


def argument(one: Choice) -> str:
    """How the command names a scenario: by its name where it stands as in its file, else by a file."""
    named = not one.is_changed and one.until == one.preset.horizon_year
    return one.preset.id if named and one.preset.id in sim.list_scenarios() else one.file_name


def packed(found: Sequence[Choice]) -> bytes:
    """The scenario files in one archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for one in found:
            archive.writestr(one.file_name, one.scenario.to_toml(MODEL_VERSION))
    return buffer.getvalue()
