"""The results of a report: the sentences, the dials, the years, the states and the industries."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sim.experiment.compare import compare
from sim.policy.scenario import Scenario
from sim.report import blocks, changed, charts, claims, findings, ledger, maps, numbers, tables, words
from sim.report.blocks import Block, Facts, Figure, Figures, Paragraph, Points, Section, Table
from sim.report.language import _, plural
from sim.report.measures import DIALS, INDUSTRY_MEASURES, INDUSTRY_SERIES, MEASURES, SERIES, Series
from sim.report.pictures import COLOURS, Picture
from sim.report.reported import Case, Report
from sim.report.tables import Paired

SPEED = next(iter(DIALS))
# The maps: width in pixels, and what can be seen in each (west, south, east, north).
WINDOWS = {"europe": (400, (-35.0, 25.0, 55.0, 80.0)), "america": (230, (-180.0, 0.0, -10.0, 85.0))}
FAN, DIAL = 400, 240


def top(report: Report) -> list[Block]:
    """What is asked, when it was made and with what."""
    base = report.base
    questions = list(dict.fromkeys(_(case.preset.question) for case in report.cases))
    drawn = {
        "evidence": _("drawn anew in every run from the ranges of the evidence"),
        "none": _("at their middle values in every run"),
    }
    facts = [
        (_("Date of this report"), _date(report)),
        (_("Model version"), base.model_version),
        (_("Runs of each scenario"), f"{base.replications:,}"),
        (_("Random seed"), str(base.random_seed)),
        (_("Uncertain facts"), drawn.get(base.uncertainty, base.uncertainty)),
        (_("Start of the runs"), words.month(base.start)),
        (_("Gaps counted until"), _until([base.scenario, *(case.scenario for case in report.cases)])),
        (_("For whom"), words.listed([report.place(place) for place in report.places])),
    ]
    found: list[Block] = [Points(questions) if len(questions) > 1 else Paragraph(questions[0])]
    found.append(Facts(facts))
    if not report.is_base and base.scenario.id != "baseline":
        sentence = _("In this report “baseline” means the scenario “{title}”.")
        found.append(Paragraph(sentence.format(title=_(base.scenario.title))))
    return found


def _date(report: Report) -> str:
    return f"{report.date.day} {words.month(report.date.strftime('%Y-%m'))}"


def _until(scenarios: Sequence[Scenario]) -> str:
    return ", ".join(str(year) for year in sorted({one.horizon_year for one in scenarios}))


def summary(report: Report) -> Section:
    """One sentence for each scenario and place, and all dials beside each other where there are several."""
    found: list[Block] = []
    many = len(report.cases) > 1
    for case in report.cases:
        found += [Paragraph(report.headline(case, place), "strong") for place in report.places]
    if many:
        found += [_joint(report, place) for place in report.places]
    if not report.is_base:
        found.append(
            Paragraph(
                _(
                    "Every run of a scenario is paired with the run of the baseline that has the same draws. "
                    "The 90 % interval holds nine of ten of these differences; where it includes zero, no "
                    "difference is claimed unless the mean is clear and two of three runs agree."
                ),
                "small",
            )
        )
    return Section(_("In short"), found)


def _joint(report: Report, place: str) -> Table:
    """The dials of the baseline and of every scenario, one row each."""
    base = [words.level(row.measure, row.base) for row in report.dials(report.cases[0], place)]
    rows = [(_("Baseline"), *base)]
    for case in report.cases:
        cells = [
            _("{level}; {difference}").format(
                level=words.level(row.measure, row.other), difference=findings.difference(row)
            )
            for row in report.dials(case, place)
        ]
        rows.append((report.title(case), *cells))
    title = _("All scenarios, {place}: level, and difference from the baseline").format(
        place=report.place(place)
    )
    return Table(title, (_("Scenario"), *(_(label) for label in DIALS.values())), rows)


def case(report: Report, one: Case) -> Section:
    """Everything on one scenario."""
    parts = [*([] if report.is_base else [_changes(report, one)])]
    for place in report.places:
        parts += [_dials(report, one, place), _years(report, one, place)]
    parts += [_states(report, one), _industries(report, one)]
    expected = _expected(report, one)
    if expected is not None:
        parts.append(expected)
    several = len(report.cases) > 1
    found: list[Block] = [Paragraph(_(one.preset.question))] if several else []
    return Section(report.title(one) if several else _("Results"), found, parts)


def _changes(report: Report, one: Case) -> Section:
    """Every difference from the baseline in a sentence, and what is known of each lever moved."""
    said = changed.sentences(one.scenario, report.base.scenario, report.levers, report.cards, report.seeds)
    title = _("What is changed")
    if not said:
        return Section(title, [Paragraph(_("Nothing: everything stands as in the baseline."))])
    found: list[Block] = [Points(said)]
    names = changed.touched(one.scenario, report.base.scenario)
    if names:
        found.append(_lever_table(report, one, names))
    return Section(title, found)


def _lever_table(report: Report, one: Case, names: Sequence[str]) -> Table:
    before, now = report.base.scenario.levers, one.scenario.levers
    rows = []
    for name in names:
        lever = report.levers[name]
        values = [changed.value_of(lever, now[name])] if now[name] != before[name] else []
        values += [
            _("{value} from {month} on").format(
                value=changed.value_of(lever, entry.value), month=words.month(entry.at)
            )
            for entry in one.scenario.schedule
            if entry.lever == name and entry not in report.base.scenario.schedule
        ]
        rows.append(
            (_(lever.label), words.group_title(lever.group), changed.value_of(lever, before[name]),
             _("; ").join(values), _(lever.cost), words.grade(lever.grade), _cited(report, lever.sources))
        )  # fmt: skip
    head = (
        _("Lever"), _("Who decides"), _("From"), _("To"), _("What it costs"), _("Grade"), _("Rests on"),
    )  # fmt: skip
    return Table(_("Levers that are moved"), head, rows)


def _cited(report: Report, ids: Sequence[str]) -> str:
    return _("; ").join(ledger.title(report.seeds.sources[one]) for one in ids)


def _dials(report: Report, one: Case, place: str) -> Section:
    """The three dials with their paired differences, then every measure."""
    name = report.place(place)
    rows = report.dials(one, place)
    order = [*DIALS, *(each for each in tables.all_measures(report.base) if each not in DIALS)]
    table = findings.dial_table(tables.dials(report.base, one.result, place, order))
    if report.is_base:
        table = table.iloc[:, :2]
    found: list[Block] = []
    if report.is_base:
        found.append(Facts([(_(DIALS[row.measure]), words.level(row.measure, row.other)) for row in rows]))
    else:
        found.append(Figures([_dial(report, one, row) for row in rows], "three"))
    found.append(blocks.table_of(_("All measures, {place}").format(place=name), table))
    return Section(_("Speed, cost and reliance: {place}").format(place=name), found)


def _dial(report: Report, one: Case, row: Paired) -> Figure:
    """One dial: its level, its difference in a sentence, and the interval as a picture."""
    said = findings.sentence(row)
    reach = words.dial_range(row)
    shown = [
        _("Baseline {level}").format(level=words.level(row.measure, row.base)),
        _("this scenario {level}").format(level=words.level(row.measure, row.other)),
        *([reach] if reach else []),
    ]
    drawn = []
    if not row.is_still:
        data = pd.DataFrame({"low": [row.low], "change": [row.change], "high": [row.high]})
        alt = f"{_(DIALS[row.measure])}: {said}. {reach}"
        key = _key(report, one, row.place, row.measure)
        drawn.append(Picture(charts.interval(tables.scale(row), COLOURS), alt, key, DIAL, data))
    text = _("{sentence}. {numbers}.").format(sentence=said, numbers=_("; ").join(shown))
    return Figure(_(DIALS[row.measure]), drawn, text)


def _years(report: Report, one: Case, place: str) -> Section:
    """The fans of one place."""
    name = report.place(place)
    drawn = []
    for series in SERIES.values():
        if series.id in report.base.series:
            base = tables.place_series(report.base, series.id, place)
            other = None if report.is_base else tables.place_series(one.result, series.id, place)
            key = _key(report, one, place, series.id)
            drawn.append(
                _fan(report, series, name, key, tables.fans(base, other, _lines(), report.base.start))
            )
    return Section(
        _("Over the years: {place}").format(place=name),
        [Paragraph(_how_to_read_a_fan(report)), Figures(drawn)],
    )


def _lines() -> tuple[str, str]:
    return (_("Baseline"), _("This scenario"))


def _how_to_read_a_fan(report: Report) -> str:
    if report.is_base:
        return _("Line: the middle of all runs. Band: 8 of 10 runs.")
    return _("Line: the middle of all runs. Band: 8 of 10 runs. Dashed grey: the baseline.")


def _fan(report: Report, series: Series, whose: str, key: str, table: pd.DataFrame) -> Figure:
    title = _("{label}, {place}").format(label=_(series.label), place=whose)
    names = _lines()[:1] if report.is_base else _lines()
    alt = words.fan_alt(series.label, whose, table, series.kind)
    picture = Picture(charts.fan(names, series.kind, COLOURS), alt, key, FAN, table)
    rows = words.years_table(tables.by_year(table), series.kind)
    return Figure(title, [picture], _(series.meaning), blocks.table_of(title, rows, folded=True))


def _states(report: Report, one: Case) -> Section:
    """A map of the first dial, and all three dials of every state."""
    measure = MEASURES[SPEED]
    rows = tables.places_table(report.base, one.result, (measure.id,))
    numeric = {state.id: state.numeric for state in report.seeds.states()}
    found = maps.rows(rows, measure, numeric, report.states, report.is_base)
    alt = maps.alt(found, measure, report.is_base)
    drawn = [
        Picture(
            maps.panel(found, measure, where, report.is_base, COLOURS),
            alt,
            _key(report, one, "map", where),
            width,
            window=window,
        )
        for where, (width, window) in WINDOWS.items()
    ]
    by_place = {place: report.dials(one, place) for place in report.ordered()}
    text = f"{_(measure.meaning)} {maps.legend(report.is_base)}"
    figure = Figure(_(DIALS[SPEED]), drawn, text, _state_levels(report, by_place))
    found_blocks: list[Block] = [figure]
    if not report.is_base:
        found_blocks.append(_state_differences(report, by_place))
    return Section(_("Every state"), found_blocks)


def _state_levels(report: Report, by_place: dict[str, list[Paired]]) -> Table:
    """The levels of the three dials in every state."""
    rows = [
        (report.place(place), *(words.level(row.measure, row.other) for row in dials))
        for place, dials in by_place.items()
    ]
    title = _("Levels in every state")
    return Table(title, (_("State"), *(_(label) for label in DIALS.values())), rows, folded=True)


def _state_differences(report: Report, by_place: dict[str, list[Paired]]) -> Table:
    """The paired differences of the three dials in every state."""
    rows = [
        (report.place(place), *(findings.difference(row) for row in dials))
        for place, dials in by_place.items()
    ]
    title = _("Differences from the baseline in every state, with their 90 % intervals")
    return Table(title, (_("State"), *(_(label) for label in DIALS.values())), rows)


def _industries(report: Report, one: Case) -> Section:
    """The order books of the industries over the years, and every measure of theirs."""
    labels = {industry.id: _(industry.label) for industry in report.seeds.industries()}
    series = next(iter(INDUSTRY_SERIES.values()))
    drawn = []
    for industry in report.base.industries:
        base = tables.industry_series(report.base, series.id, industry)
        other = None if report.is_base else tables.industry_series(one.result, series.id, industry)
        table = tables.fans(base, other, _lines(), report.base.start)
        drawn.append(_fan(report, series, labels[industry], _key(report, one, industry, series.id), table))
    scale = _("Each chart has its own scale.")
    return Section(
        _("Industries"),
        [
            Paragraph(f"{scale} {_how_to_read_a_fan(report)}"),
            Figures(drawn),
            _industry_table(report, one, labels),
        ],
    )


def _industry_table(report: Report, one: Case, labels: dict[str, str]) -> Table:
    """Every measure of every industry: levels and paired differences."""
    rows = []
    for industry in report.base.industries:
        for name in tables.all_industry_measures(report.base):
            measure = INDUSTRY_MEASURES[name]
            row = tables.compare_industry(report.base, one.result, name, industry)
            cells = [labels[industry], _(measure.label), numbers.amount(measure.kind, row.base)]
            if not report.is_base:
                cells += [numbers.amount(measure.kind, row.other), findings.difference(row)]
            rows.append(cells)
    head = [_("Industry"), _("Measure"), _("Baseline")]
    if not report.is_base:
        head += [_("Scenario"), _("Difference (90 % interval)")]
    return Table(_("Measures of the industries"), head, rows)


def _expected(report: Report, one: Case) -> Section | None:
    """What the author of a scenario expected before the first run, and whether it came so."""
    if report.is_base or not one.scenario.expect:
        return None
    rows = compare(report.base, one.result).expected(one.result)
    kept = sum(row["kept"] is True for row in rows)
    text = plural(
        "{kept} of {number} expectation, written down before the first run, came as expected.",
        "{kept} of {number} expectations, written down before the first run, came as expected.",
        len(rows),
    ).format(kept=kept, number=len(rows))
    title = _("What was expected before the first run")
    return Section(title, [Paragraph(text), blocks.table_of(title, claims.expectations(rows, report.seeds))])


def _key(report: Report, one: Case, *parts: str) -> str:
    """A name for one picture of the page, in letters, digits and hyphens."""
    return "-".join((f"s{report.cases.index(one)}", *parts)).replace("_", "-")
