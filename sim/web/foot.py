"""The foot of the Compare page: what is changed, how to take the numbers along, what stays unknown."""

from __future__ import annotations

import datetime
import shlex
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from sim.evidence.starts import BASE
from sim.model.version import MODEL_VERSION
from sim.policy.scenario import Scenario
from sim.report import changed, language, words
from sim.report.language import _
from sim.report.reported import Case, Report
from sim.web import choice, engine, links, reproduce, standings
from sim.web.catalogue import Catalogue
from sim.web.engine import Pair
from sim.web.text import plain


def changes(book: Catalogue) -> None:
    """Every difference of the present scenario from the baseline."""
    st.header(_("What is changed"), divider="gray", anchor=False)
    if differences(choice.current().scenario, book) > 1:
        links.to_analysis("attribution", _("Which of these did it?"))


def differences(scenario: Scenario, book: Catalogue) -> int:
    """Every difference of a scenario from the baseline in full sentences; returns how many there are."""
    sentences = changed.sentences(scenario, book.baseline, book.levers, book.cards, book.seeds)
    if not sentences:
        st.markdown(_("Nothing yet: everything stands as in the baseline."))
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences))
    return len(sentences)


def command(book: Catalogue, replications: int) -> str:
    """The command line that gives the same comparison; gap-years there count until the year of the file."""
    now = choice.current()
    base = book.baseline.id if book.baseline.start == BASE else f"{book.baseline.id}.toml"
    other = now.arguments if now.needs_file or not now.is_baseline else now.arguments[1:]
    parts = ["sim", "compare", base, *other] if other else ["sim", "run", base]
    if now.place in book.states:
        parts += ["--buyer", now.place]
    if replications != engine.REPLICATIONS:
        parts += ["--replications", str(replications)]
    return shlex.join(parts)


def take_away(pair: Pair, book: Catalogue) -> None:
    """Share link, command, Python, CSV and scenario file."""
    st.header(_("Take it with you"), divider="gray", anchor=False)
    query = urlencode(choice.to_query(choice.current()), safe=choice.BETWEEN)
    address = st.context.url.split("?")[0] if st.context.url else ""
    link = f"{address}?{query}" if query else address
    st.markdown(_("Share link: it opens this page with the same choices."))
    st.code(link, language=None, wrap_lines=True)
    st.markdown(_("The same numbers on the command line:"))
    line = command(book, pair.other.replications)
    st.code(line, language=None, wrap_lines=True)
    st.markdown(_("The same in Python; this prints the difference in speed, or in the baseline its level:"))
    program = reproduce.python(choice.current(), book, pair.other.replications)
    st.code(program, language=None, wrap_lines=True)
    st.markdown(
        _(
            "Every chart can be saved as a picture (PNG): its button shows above the chart under the pointer "
            "or by keyboard. Printed, the page leaves its controls out."
        )
    )
    about = provenance(pair, link, line)
    if choice.current().needs_file:
        st.caption(_("Both read this scenario from its file, which you can save below."))
    elif choice.current().until != choice.current().preset.horizon_year:
        st.caption(
            _(
                "On the command line, gaps are counted until {year}; the program and the scenario file "
                "below keep the date chosen here."
            ).format(year=choice.current().preset.horizon_year)
        )
    if book.baseline.start != BASE:
        _baseline_file(book.baseline)
    numbers, file = st.columns(2)
    file.download_button(
        _("Download this scenario (TOML)"),
        data=choice.current().scenario.to_toml(MODEL_VERSION),
        file_name=choice.current().file_name,
        mime="application/toml",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )
    numbers.download_button(
        _("Download all numbers (CSV)"),
        data=lambda: standings.csv(pair, about).encode(),
        file_name=f"leadtime-{choice.current().scenario.id}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )
    _report(pair)


def _report(pair: Pair) -> None:
    """The page as a file to send and print; drawn only when it is asked for, in another thread."""
    now, spoken = choice.current(), language.spoken()
    others = () if pair.is_baseline else (Case(pair.other, replace(now.preset, horizon_year=now.until)),)
    asked = Report(pair.base, others, (now.place,), datetime.date.today())

    def made() -> bytes:
        from sim.report.document import document  # what draws without a browser is large to load

        language.use(spoken)
        return document(asked).encode()

    st.download_button(
        _("Download a report (HTML)"),
        data=made,
        file_name=f"leadtime-{now.scenario.id}.html",
        mime="text/html",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
        help=_("Everything above with its evidence and limits, as one file to send or print."),
    )


def _baseline_file(baseline: Scenario) -> None:
    """The baseline of another start has no name on the command line, so it comes as a file."""
    st.caption(_("Both read the baseline of this start from a file, which you can save here first."))
    st.download_button(
        _("Download its baseline (TOML)"),
        data=baseline.to_toml(MODEL_VERSION),
        file_name=f"{baseline.id}.toml",
        mime="application/toml",
        icon=":material/download:",
        on_click="ignore",
    )


def provenance(pair: Pair, link: str, line: str) -> dict[str, str]:
    """Where the numbers of a download come from."""
    now = choice.current()
    return {
        "scenario": now.preset.id,
        "question": _(now.preset.question),
        "changed_levers": " ".join(f"{lever}={value:g}" for lever, value in now.changes.items()),
        "horizon_year": str(now.until),
        "replications": str(pair.other.replications),
        "random_seed": str(pair.other.random_seed),
        "model_version": pair.other.model_version,
        "interval": _("low to high holds 90 % of the paired differences, replication by replication"),
        "units": _("years, months, shares from 0 to 1, million US dollars of 2025 (musd)"),
        "command": line,
        "link": link,
    }


def limits(pair: Pair) -> None:
    """What this model cannot say, and how the numbers were made."""
    st.header(_("What this model cannot say"), divider="gray", anchor=False)
    st.markdown("\n".join(f"- {sentence}" for sentence in words.limits()))
    st.caption(
        _(
            "Model version {version}, {number} runs, random seed {seed}. Every run draws the uncertain facts "
            "anew; scenario and baseline share the same draws, so that they differ only by what was changed."
        ).format(version=pair.other.model_version, number=pair.other.replications, seed=engine.RANDOM_SEED)
    )
