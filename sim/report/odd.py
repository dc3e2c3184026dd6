"""The model in the order of the ODD protocol (Grimm et al. 2020), made from code, seeds and documents.

Every name, number and sentence about the model is read where it stands: records, stages, docstrings of rules,
facts, published checks and the prose of docs/. Only headings and what joins them are written here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sim.estimation.checks import Check, tally
from sim.evidence.seeds import load_seeds
from sim.evidence.starts import STARTS
from sim.evidence.tables import GRADES
from sim.model.builder import build_world
from sim.model.fields import BUYER_FACTS, CATEGORY_FACTS, CONTRACT_FACTS, LINE_FACTS, PAIR_FACTS
from sim.model.records import RECORDS
from sim.model.schedule import STAGES, Stage
from sim.model.state import HALF, MAX_CONTRACTS, MONTHS, QUARTER, YEAR
from sim.model.version import MODEL_VERSION
from sim.report import outline, published, source, submodels, words
from sim.report.language import _, mark
from sim.report.outline import Item, Part, Section, plain

PROCESS = "process"  # the section whose parts are the stages of a month
PATTERNS = "patterns"
FROM_SEEDS = {
    "buyers": BUYER_FACTS,
    "categories": CATEGORY_FACTS,
    "pairs": PAIR_FACTS,
    "lines": LINE_FACTS,
    "contracts": CONTRACT_FACTS,
}
ENTITIES = {
    "buyers": mark("NATO states that buy"),
    "categories": mark("Categories of equipment"),
    "pairs": mark("Needs: a state and a category"),
    "lines": mark("Lines: a plant and its product, or a store of used equipment"),
    "lanes": mark("Lanes of a line: home and export"),
    "families": mark("Families of equipment that share spares, training and support"),
    "fleets": mark("Families in service with a state at the start"),
    "gifts": mark("Equipment that a state is known to give away"),
    "contracts": mark("Contracts"),
    "cards": mark("Shock cards"),
    "effects": mark("Effects of a shock card on a lever"),
    "orders": mark("Orders of people in a game"),
    "authorities": mark("Governments that could withhold delivery, support or re-transfer"),
    "clock": mark("The Alliance and the month: what all share"),
    "offers": mark("Offers to a tender that is decided this month"),
}
ACTORS = {
    "card": mark("each shock card"),
    "alliance": mark("the Alliance"),
    "buyer": mark("each state"),
    "line": mark("each line"),
    "tender": mark("each tender that is due"),
}


def sections() -> tuple[Section, ...]:
    """The whole description in the reader's language; nothing is run or compiled."""
    method = published.chapters("method.md")
    overview, design, details = _("Overview"), _("Design concepts"), _("Details")
    chance = Part(_("Randomness and uncertainty"), method.get("Randomness and uncertainty", ""))
    seeds = load_seeds()
    return (
        Section("purpose", overview, _("Purpose"), method.get("Purpose", "")),
        patterns(published.checks()),
        entities(),
        process(),
        Section(
            "design", design, _("How the concepts are used"), method.get("Design concepts", ""), (chance,)
        ),
        Section("start", details, _("Initialisation"), method.get("Initialisation", "")),
        input_data(),
        submodels.rules(seeds),
        submodels.levers(seeds),
        submodels.cards(seeds),
        submodels.measures(),
        missing(),
        version(),
    )


def document(found: Sequence[Section]) -> str:
    """The description as one Markdown document."""
    return outline.document(_("The model of Leadtime"), introduction(), found)


def introduction() -> str:
    """What this description is, and where it comes from."""
    return _(
        "The model in the order of the ODD protocol (overview, design concepts, details; Grimm and others "
        "2020). It is made from the code and the seeds of model version {version}, so it says what the model "
        "does today. Names of functions and numbers are those of the code; their descriptions are in English."
    ).format(version=MODEL_VERSION)


def headline(checks: tuple[Check, ...]) -> str:
    """How many patterns and ranges hold, counted from the published results."""
    if not checks:
        return _(
            "The published results are not here: docs/patterns.json is missing. "
            "Take it from the repository, or measure again with “sim patterns --json”"
        )
    patterns, ranges = tally(checks).values()
    return _("{patterns} of {all_patterns} patterns and {ranges} of {all_ranges} ranges hold").format(
        patterns=sum(patterns), all_patterns=len(patterns), ranges=sum(ranges), all_ranges=len(ranges)
    )


def measured_with(version: str) -> str:
    """Which model version the published results were measured with, and whether it is this one."""
    if not version:
        return _("The published results do not name the model version they were measured with.")
    if version == MODEL_VERSION:
        return _("Measured with this model version, {version}.").format(version=version)
    return _(
        "Measured with model version {version}; this is version {now}, and the results may differ."
    ).format(version=version, now=MODEL_VERSION)


def patterns(checks: tuple[Check, ...]) -> Section:
    """The patterns and ranges the model is held to: failing ones first, each with its reason."""
    why = published.reasons()
    kinds = {"pattern": _("Patterns"), "plausibility": _("Ranges")}
    failing, holding = [], []
    for kind, many in kinds.items():
        mine = [check for check in checks if check.kind == kind]
        failed = tuple(check_item(one, why) for one in mine if not one.passed)
        passed = tuple(check_item(one, why) for one in mine if one.passed)
        failing.append(
            Part(
                _("{kind}: {number} checks that fail").format(kind=many, number=len(failed)),
                "",
                failed,
                first=True,
            )
        )
        holding.append(
            Part(_("{kind}: {number} checks that hold").format(kind=many, number=len(passed)), "", passed)
        )
    text = _(
        "{headline}. A pattern of the record or the literature holds where all of its checks do; a range is "
        "a judgement on what is plausible. A check that fails is a finding and is shown here."
    ).format(headline=headline(checks))
    if checks:
        text += " " + measured_with(published.measured_with())
    parts = (
        (Part(_("Pattern by pattern"), "", by_pattern(checks), first=True), *failing, *holding)
        if checks
        else ()
    )
    return Section(PATTERNS, _("Overview"), _("Patterns and plausibility"), text, parts)


def by_pattern(checks: tuple[Check, ...]) -> tuple[Item, ...]:
    """One entry for each pattern, failing ones first: whether it holds and how many of its checks do."""
    titles = published.pattern_titles()
    found: dict[str, list[bool]] = {}
    for check in checks:
        if check.kind == "pattern":
            found.setdefault(check.about, []).append(check.passed)
    return tuple(
        Item(
            f"{about} {titles.get(about, '')}".strip(),
            (
                _("holds (checks: {held} of {all})")
                if all(held)
                else _("fails (checks that hold: {held} of {all})")
            ).format(held=sum(held), all=len(held)),
        )
        for about, held in sorted(found.items(), key=lambda one: all(one[1]))
    )


def check_item(check: Check, why: dict[str, str]) -> Item:
    """One check in lines: pass or fail, what was measured and asked, and the reason where it fails."""
    one = in_percent(check)
    lines = [
        _("{verdict}. {title}").format(
            verdict=_("Pass") if check.passed else _("Fail"), title=plain(check.title)
        ),
        _("Measured: {measured}. Asked: {asked}.").format(
            measured=measured(one),
            asked=plain(published.span(one)),
        ),
    ]
    if check.target != published.span(check):
        lines[-1] += " " + _("Target: {target}.").format(target=plain(check.target))
    if check.note:
        lines[-1] += " " + _("Note: {note}.").format(note=plain(check.note))
    if not check.passed:
        reason = why.get(check.name, _("no reason is written down yet."))
        lines.append(_("What we think is the reason: {reason}").format(reason=reason))
    return Item(f"`{check.name}`", "  \n".join(lines))


def measured(check: Check) -> str:
    """What was measured with its unit, where it has one."""
    figure, unit = published.number(check.measured), plain(check.unit)
    return f"{figure} {unit}".strip() if unit[:1] in ("", "%") else f"{figure} ({unit})"


def in_percent(check: Check) -> Check:
    """A check of a share with its numbers in per cent; any other as it is."""
    if not check.unit.startswith("share"):
        return check
    low, high = (None if bound is None else 100.0 * bound for bound in (check.low, check.high))
    unit = check.unit.replace("share", "%", 1)
    return replace(check, measured=100.0 * check.measured, low=low, high=high, unit=unit)


def entities() -> Section:
    """Entities with their state variables, tables between them, and the scales of time and number."""
    world = build_world(load_seeds())
    parts = [
        Part(
            f"{_(ENTITIES[name])} (`{name}`)",
            how_many(name, world.template[name].size if name in world.template else 0),
            tuple(Item(f"`{field}`", field_said(name, field, unit, said)) for field, unit, said in fields),
        )
        for name, fields in RECORDS.items()
    ]
    tables = tuple(
        Item(f"`{name}`", plain(said)) for name, said in source.state_tables().items() if name not in RECORDS
    )
    between = Part(
        _("Tables between entities"), _("Sizes are in brackets, one letter for each kind."), tables
    )
    text = _(
        "Time runs in {months} months from {starts}. Needs, prices and measures are looked at every "
        "{quarter} months, slots of a plant by {half} months, what is looked at once a year every {year} "
        "months. Money is in million US dollars of 2025 (musd), times count in months from the start, shares "
        "run from 0 to 1. Numbers marked “seeds” are facts with a source; the others are set up from the "
        "tables of the seeds, or move during a run."
    ).format(
        months=MONTHS,
        starts=_(" or ").join(words.month(start) for start in STARTS),
        quarter=QUARTER,
        half=HALF,
        year=YEAR,
    )
    return Section(
        "entities", _("Overview"), _("Entities, state variables and scales"), text, (*parts, between)
    )


def how_many(name: str, rows: int) -> str:
    """How many of an entity there are in the world of the baseline."""
    if name == "offers":
        return _("They are made and dropped within a month.")
    if name == "contracts":
        return _("{number} are in the books at the start of the baseline; at most {most} fit.").format(
            number=rows, most=MAX_CONTRACTS
        )
    return _("In the baseline: {number}.").format(number=rows)


def field_said(record: str, field: str, unit: str, said: str) -> str:
    """One state variable: its meaning, its unit, and whether the seeds give it."""
    template = _("{said} ({unit}; seeds)") if field in FROM_SEEDS.get(record, ()) else _("{said} ({unit})")
    return template.format(said=plain(said), unit=submodels.unit_words(unit))


def process() -> Section:
    """The stages of a month with their steps, in their order."""
    text = _(
        "A month has {number} stages, always in this order; then the next month begins with the first. "
        "Tenders that are due in the same month are decided and signed in an order drawn afresh."
    ).format(number=len(STAGES))
    return Section(
        PROCESS, _("Overview"), _("Process overview and scheduling"), text, tuple(map(stage, STAGES))
    )


def stage(one: Stage) -> Part:
    """One stage: who acts, by which function, and the first sentence of that function."""
    return Part(
        f"{one.number} {one.title}",
        "",
        tuple(
            Item(
                f"`{step.__name__}`",
                _("{said} Who acts: {actor}. File: {file}.").format(
                    actor=_(ACTORS[who]),
                    said=plain(source.first_sentence(step.__doc__ or "")),
                    file=f"`{step.__module__.replace('.', '/')}.py`",
                ),
            )
            for who, step in one.steps
        ),
    )


def input_data() -> Section:
    """What the model reads: tables of the seeds by length, facts by grade, the two starts."""
    seeds = load_seeds()
    graded = dict.fromkeys(GRADES, 0)
    for fact in seeds.facts.values():
        graded[fact.grade] += 1
    grades = tuple(
        Item(words.grade(letter), _("{number} facts").format(number=number))
        for letter, number in graded.items()
    )
    tables = tuple(
        Item(f"`seeds/{name}.csv`", _("{number} rows").format(number=len(rows)))
        for name, rows in seeds.tables.items()
    )
    text = _(
        "The model reads nothing during a run. All of its numbers are in the seeds when it starts: {facts} "
        "facts, each with a value, a range, a unit, a date, a source and a grade."
    ).format(facts=sum(graded.values()))
    parts = (
        Part(_("Facts by grade of the evidence"), "", grades),
        Part(_("Tables of the seeds"), "", tables),
    )
    return Section("data", _("Details"), _("Input data"), text, parts)


def missing() -> Section:
    """What is not modelled or in a simple form, as docs/limits.md has it."""
    parts = tuple(
        Part(title, text, first=title == "Not modelled")
        for title, text in published.chapters("limits.md").items()
    )
    text = "" if parts else _("docs/limits.md is not here; it is in the repository.")
    return Section("limits", _("Limits and version"), _("What is not modelled"), text, parts)


def version() -> Section:
    """The model version and how to get the same numbers again."""
    steps = (
        Item(
            _("The same run again"),
            _("`{command}`; the same scenario, random seed and model version give the same numbers.").format(
                command="sim run baseline --random-seed 1"
            ),
        ),
        Item(_("The checks again"), "`sim patterns`"),
        Item(_("Every fact checked"), "`sim check`"),
        Item(_("This description as a file"), "`sim model --out model.md`"),
    )
    text = _(
        "Model version {version}. It rises with every change of results; CHANGELOG.md says which and why."
    ).format(version=MODEL_VERSION)
    return Section(
        "version",
        _("Limits and version"),
        _("Version and how to reproduce"),
        text,
        (Part(_("On the command line"), "", steps, first=True),),
    )
