"""The end of a report: what its numbers rest on, how to make them again, and what stays unknown."""

from __future__ import annotations

import shlex
from collections.abc import Iterable

from sim.estimation.checks import Check
from sim.evidence.facts import Source
from sim.model.version import MODEL_VERSION
from sim.policy.measures import ALLIANCE
from sim.policy.scenario import Scenario, list_scenarios, load_scenario
from sim.report import changed, ledger, odd, program, published, tables, words
from sim.report.blocks import Block, Code, Link, Paragraph, Points, Section, Table
from sim.report.inputs import largest
from sim.report.language import _, plural
from sim.report.ledger import Entry
from sim.report.measures import DIALS, EVERY
from sim.report.reported import Report


def evidence(report: Report) -> Section:
    """The levers' settings, the largest inputs and the pages they were read on, with grades."""
    book = ledger.entries(report.seeds)
    known = {one.key: one for one in book}
    moved = [
        ledger.find(book, f"{name}.default")
        for name in dict.fromkeys(
            name for one in report.others for name in changed.touched(one.scenario, report.base.scenario)
        )
    ]
    large = [known[key] for key in largest(report.seeds, report.places[0]) if key in known]
    found: list[Block] = [
        Paragraph(ledger.headline(book)),
        Paragraph(ledger.legend()),
    ]
    if moved:
        found.append(_entries(_("Settings of the moved levers, as they stand at the start"), moved))
    found.append(_entries(_("The largest inputs: money, orders in the books, output of lines"), large))
    cited = {source.id: source for one in (*moved, *large) for source in one.sources}
    told = {name: report.seeds.sources[name] for one in report.cases for name in one.scenario.sources}
    found.append(_pages({**told, **cited}.values()))
    return Section(_("Evidence"), found)


def _entries(title: str, entries: Iterable[Entry]) -> Table:
    rows = [
        (one.what, one.value, one.range, words.grade(one.fact.grade), ledger.cited(one), one.fact.note)
        for one in entries
    ]
    head = (_("What"), _("Value"), _("Range"), _("Grade"), _("Source"), _("Note"))
    return Table(title, head, rows)


def _pages(sources: Iterable[Source]) -> Table:
    """The pages behind the numbers of this report, each with its full address."""
    rows = [
        (one.name, one.publisher, Link(one.address), one.seen)
        for one in sources
        if one.address.startswith(("https://", "http://"))
    ]
    head = (_("Title"), _("Publisher"), _("Address"), _("Read"))
    return Table(_("Pages that these numbers and this question were read on"), head, rows)


def reproduce(report: Report) -> Section:
    """The command line and the Python that give the same numbers, and the files they read."""
    found: list[Block] = [
        Code(_("On the command line, with this version of Leadtime:"), command(report)),
        Code(_("In Python:"), python(report)),
    ]
    for one in needed_files(report):
        found.append(
            Code(_("The file {name}").format(name=one.file_name), one.to_toml(MODEL_VERSION), folded=True)
        )
    return Section(_("How to get the same numbers"), found)


def command(report: Report) -> str:
    """The command line that makes this report again."""
    parts = ["sim", "report", _named(report, report.base.scenario)]
    settings: list[tuple[str, str, float]] = []
    for one in report.others:
        if _is_set(report, one.scenario):
            parts += [one.scenario.base_id] if one.scenario.base_id != report.base.scenario.id else []
            settings = [("--set", *pair) for pair in _settings(one.scenario).items()]
            settings += [("--fact", *pair) for pair in _facts(one.scenario).items()]
        else:
            parts.append(_named(report, one.scenario))
    for option, name, value in settings:
        parts += [option, f"{name}={value:.10g}"]
    for place in report.places:
        parts += ["--buyer", place] if place != ALLIANCE else []
    parts += ["--replications", str(report.base.replications), "--random-seed", str(report.base.random_seed)]
    if report.base.uncertainty != "evidence":
        parts += ["--uncertainty", report.base.uncertainty]
    return shlex.join([*parts, "--out", "report.html"])


def python(report: Report) -> str:
    """The Python that gives the numbers behind this report."""
    base = report.base
    how = f"replications={base.replications}, random_seed={base.random_seed}"
    if base.uncertainty != "evidence":
        how += f', uncertainty="{base.uncertainty}"'
    names = [_loaded(report, one.scenario) for one in report.others]
    lines = ["import sim", "", f"base = sim.run({_loaded(report, base.scenario)}, {how})"]
    if not names:
        return "\n".join([*lines, "print(base.summary())"])
    lines += [f"other_{number} = sim.run({name}, {how})" for number, name in enumerate(names, start=1)]
    others = ", ".join(f"other_{number}" for number in range(1, len(names) + 1))
    return "\n".join([*lines, f"print(sim.compare(base, {others}).summary())"])


def _loaded(report: Report, scenario: Scenario) -> str:
    if _is_set(report, scenario):
        return program.loading(scenario.base_id, _settings(scenario), _facts(scenario))
    return program.loading(_named(report, scenario))


def needed_files(report: Report) -> list[Scenario]:
    """The scenarios that only a file names: they stand in the report in full."""
    used = [report.base.scenario, *(one.scenario for one in report.others)]
    return [one for one in used if not is_named(one) and not _is_set(report, one)]


def is_named(scenario: Scenario) -> bool:
    """Whether a scenario runs as the file of its name in `scenarios/` does."""
    return (
        scenario.id in list_scenarios() and load_scenario(scenario.id).fingerprint() == scenario.fingerprint()
    )


def _named(report: Report, scenario: Scenario) -> str:
    return scenario.id if is_named(scenario) else scenario.file_name


def _is_set(report: Report, scenario: Scenario) -> bool:
    """Whether a named scenario with levers and numbers set is the same; options set all of several alike."""
    if len(report.others) != 1 or is_named(scenario) or scenario.base_id not in list_scenarios():
        return False
    again = load_scenario(scenario.base_id, set=_settings(scenario), facts=_facts(scenario))
    return again.fingerprint() == scenario.fingerprint()


def _settings(scenario: Scenario) -> dict[str, float]:
    return changed.moved(scenario, load_scenario(scenario.base_id))


def _facts(scenario: Scenario) -> dict[str, float]:
    return changed.held(scenario, load_scenario(scenario.base_id))


def limits(report: Report) -> Section:
    """What this model cannot say, the published checks it fails, and what each measure counts."""
    counted = [_(DIALS.get(one, EVERY[one].label)) for one in _measures(report)]
    meanings = [_(EVERY[one].meaning) for one in _measures(report)]
    what = Table(
        _("What each measure counts"),
        (_("Measure"), _("What it counts")),
        list(zip(counted, meanings, strict=True)),
    )
    found: list[Block] = [Points(words.limits()), *_failing(published.checks()), what]
    return Section(_("What this model cannot say"), found)


def _measures(report: Report) -> list[str]:
    return [*tables.all_measures(report.base), *tables.all_industry_measures(report.base)]


def _failing(checks: tuple[Check, ...]) -> list[Block]:
    """The published checks that fail, each with its reason."""
    failing = [odd.in_percent(one) for one in checks if not one.passed]
    why = published.reasons()
    text = plural(
        "The model is held to {all} published checks; {number} fails, and is listed here with the reason as "
        "far as it is known.",
        "The model is held to {all} published checks; {number} fail, and are listed here with the reason as "
        "far as it is known.",
        len(failing),
    ).format(all=len(checks), number=len(failing))
    rows = [
        (one.title, published.span(one), f"{published.number(one.measured)} {one.unit}",
         why.get(one.name, _("no reason is written down yet.")).replace("`", ""))
        for one in failing
    ]  # fmt: skip
    head = (_("Check"), _("Asked"), _("Measured"), _("What we think is the reason"))
    if not failing:
        return [Paragraph(f"{odd.headline(checks)}.")]
    return [Paragraph(text), Table(_("Published checks that fail"), head, rows)]
