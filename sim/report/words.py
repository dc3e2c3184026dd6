"""Sentences made by rule from the numbers: the headline, the dials, what was changed, what is not known.

No sentence claims a difference whose 90 % interval over the replications includes zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from sim.evidence.tables import GRADES
from sim.report import numbers
from sim.report.language import _, mark, plural
from sim.report.measures import EVERY, MEASURES
from sim.report.tables import Paired

LENGTH = 10  # years of a run
MONTHS = (
    mark("January"),
    mark("February"),
    mark("March"),
    mark("April"),
    mark("May"),
    mark("June"),
    mark("July"),
    mark("August"),
    mark("September"),
    mark("October"),
    mark("November"),
    mark("December"),
)


def month(at: str) -> str:
    """A month such as `2022-02` in words: `February 2022`."""
    year, number = at.split("-")
    return _("{month} {year}").format(month=_(MONTHS[int(number) - 1]), year=year)


WITHIN = {
    "GBR": mark("the United Kingdom"),
    "NLD": mark("the Netherlands"),
    "USA": mark("the United States"),
}


def place_name(place: str, names: Mapping[str, str]) -> str:
    """The name of a place as it stands alone; an unknown id stays as it is."""
    if place == "europe_canada":
        return _("Europe and Canada")
    return _(names.get(place, place))


def place_within(place: str, names: Mapping[str, str]) -> str:
    """The name of a place inside a sentence: `the United States`."""
    return _(WITHIN[place]) if place in WITHIN else place_name(place, names)


def started(sentence: str) -> str:
    """A sentence with a capital at its start, whatever name it begins with."""
    return sentence[:1].upper() + sentence[1:]


def subject(title: str, is_baseline: bool, levers: Sequence[str], shocks: Sequence[str] = ()) -> str:
    """Who acts in the headline: the scenario, one named lever or shock, or a number of changes."""
    changed = [*levers, *shocks]
    if is_baseline and list(shocks) == changed and len(changed) == 1:
        return _("the shock “{shock}”").format(shock=changed[0])
    if is_baseline and len(changed) == 1:
        return _("changing “{lever}”").format(lever=changed[0])
    if is_baseline:
        return plural("your {number} change", "your {number} changes", len(changed)).format(
            number=len(changed)
        )
    if not changed:
        return _("“{title}”").format(title=title)
    return plural(
        "“{title}” with your {number} change", "“{title}” with your {number} changes", len(changed)
    ).format(title=title, number=len(changed))


def headline(dials: Sequence[Paired], place: str, who: str) -> str:
    """One sentence on speed, cost and reliance: what differs with its interval first, then what does not."""
    shown = [dial for dial in dials if dial.verdict != "none"]
    if any(dial.measure == "gap_years" and dial.verdict == "none" for dial in dials) or not shown:
        return no_figure(place)
    if all(dial.verdict == "same" for dial in shown):
        return _("In this model, {who} changes nothing for {place}: all dials stay at the baseline.").format(
            who=who, place=place
        )
    if all(dial.is_still for dial in shown):
        return _(
            "In this model, {who} changes practically nothing for {place}: all dials stay at the baseline."
        ).format(who=who, place=place)
    differs = [dial for dial in shown if dial.is_clear and not dial.is_small]
    others = [dial for dial in shown if dial not in differs]
    vague = listed([short_name(dial.measure) for dial in others])
    small = any(dial.is_clear or dial.verdict == "tiny" for dial in others)
    rest = (
        _("makes little or no clear difference to {names}")
        if small
        else _("makes no clear difference to {names}")
    )
    rest = rest.format(names=vague)
    if not differs:
        return _("In this model, for {place}, {who} {clauses}.").format(who=who, place=place, clauses=rest)
    clauses = listed([clause(dial) for dial in differs])
    if not vague:
        return _("In this model, for {place}, {who} {clauses}.").format(place=place, who=who, clauses=clauses)
    return _("In this model, for {place}, {who} {clauses}; it {rest}.").format(
        place=place, who=who, clauses=clauses, rest=rest
    )


def no_figure(place: str) -> str:
    """The headline of a place that needs none of the equipment that is counted."""
    return _("In this model, there is no figure for {place}: nothing is bought there.").format(place=place)


def baseline_headline(dials: Sequence[Paired], place: str, until: int) -> str:
    """The headline before anything is changed: where the baseline leaves this place."""
    if all(not np.isfinite(dial.base) for dial in dials if dial.measure == "gap_years"):
        return no_figure(place)
    known = {dial.measure: numbers.amount(MEASURES[dial.measure].kind, dial.base) for dial in dials}
    return _(
        "In this model’s baseline, needed equipment in {place} is missing for {gap} on average "
        "before {until}, payments come to {cost}, "
        "and one foreign government could stop supporting {reliance} of the fleet."
    ).format(
        place=place,
        until=until,
        gap=known.get("gap_years", "–"),
        cost=known.get("cost_pv", "–"),
        reliance=known.get("worst_authority_share", "–"),
    )


def clause(dial: Paired) -> str:
    """What happens to one measure, with size and 90 % interval, to follow a subject in the third person."""
    kind = MEASURES[dial.measure].kind
    templates = {
        "gap_years": (_("keeps gaps open {size} longer"), _("closes gaps {size} sooner")),
        "cost_pv": (_("costs {size} more"), _("costs {size} less")),
        "worst_authority_share": (
            _("raises reliance on one foreign government by {size}"),
            _("lowers reliance on one foreign government by {size}"),
        ),
    }
    general = (_("raises “{label}” by {size}"), _("lowers “{label}” by {size}"))
    template = templates.get(dial.measure, general)[0 if dial.change > 0 else 1]
    low, high = sized(dial)
    reach = dial.reach
    size = numbers.difference(kind, dial.change, reach)
    what = template.format(label=_(MEASURES[dial.measure].label), size=size)
    if dial.verdict.startswith("mostly"):
        spread = numbers.spread(kind, dial.low, dial.high, reach)
        return _("on average {what} (90 % of runs: {spread})").format(what=what, spread=spread)
    return _("{what} (90 % interval {span})").format(what=what, span=numbers.bounds(kind, low, high, reach))


def sized(dial: Paired) -> tuple[float, float]:
    """The interval as sizes, for a sentence that already says more or less: −0.4 to −0.1 is 0.1 to 0.4."""
    return (-dial.high, -dial.low) if dial.change < 0 else (dial.low, dial.high)


def reading(dial: Paired, better: str) -> str:
    """A difference in a word or two, such as better, more, practically the same or no clear difference."""
    return verdict_word(dial.verdict, better)


def verdict_word(verdict: str, better: str) -> str:
    """The words for a verdict of `tables.Paired`, given whether more or less is better (or neither)."""
    fixed = {
        "none": _("no figure"),
        "same": _("unchanged"),
        "tiny": _("practically the same"),
        "unclear": _("no clear difference"),
    }
    if verdict in fixed:
        return fixed[verdict]
    rises, sure = verdict.endswith("up"), not verdict.startswith("mostly")
    if better == "":
        always, mostly = (_("more"), _("more on average")) if rises else (_("less"), _("less on average"))
    elif rises == (better == "more"):
        always, mostly = _("better"), _("better on average")
    else:
        always, mostly = _("worse"), _("worse on average")
    return always if sure else mostly


def dial_change(dial: Paired) -> str:
    """The paired difference of a dial in words, such as `0.4 years longer than the baseline`."""
    if dial.verdict == "none":
        return _("no figure to compare")
    if dial.verdict == "same":
        return _("the same as the baseline")
    if dial.verdict == "tiny":
        return _("practically the same as the baseline")
    size = numbers.difference(MEASURES[dial.measure].kind, dial.change, dial.reach)
    if dial.measure == "gap_years":
        text = (
            _("{size} longer than the baseline") if dial.change > 0 else _("{size} shorter than the baseline")
        )
    else:
        text = _("{size} more than the baseline") if dial.change > 0 else _("{size} less than the baseline")
    return text.format(size=size)


def signed(dial: Paired, reach: float | None = None) -> str:
    """The paired difference with its sign, such as `+4.8 months`; a dash where nothing compares.

    `reach` is the largest value that stands beside it, so that all come in the same unit; else its own.
    """
    size = numbers.difference(EVERY[dial.measure].kind, dial.change, dial.reach if reach is None else reach)
    if dial.is_still or numbers.is_nil(size):
        return size
    return f"{'+' if dial.change > 0 else '−'}{size}"


def level(measure: str, value: float) -> str:
    """A level with its unit; the date of a goal that no run reaches is said in words."""
    if measure == "date_90" and value >= LENGTH:
        return _("not in ten years")
    return numbers.amount(MEASURES[measure].kind, value)


def dial_range(dial: Paired) -> str:
    """The 90 % range of a dial's difference, and how many replications have the direction of its mean."""
    if dial.is_still:
        return ""
    kind = MEASURES[dial.measure].kind
    rises = dial.change >= 0
    share = round(100 * (dial.share_up if rises else dial.share_down))
    template = (
        _("90 % interval {range}; higher in {share} % of runs")
        if rises
        else _("90 % interval {range}; lower in {share} % of runs")
    )
    return template.format(range=numbers.bounds(kind, dial.low, dial.high, dial.reach), share=share)


def short_name(measure: str) -> str:
    """The everyday word for a dial inside a list."""
    names = {"gap_years": _("speed"), "cost_pv": _("cost"), "worst_authority_share": _("reliance")}
    return names.get(measure, _(MEASURES[measure].label))


def listed(parts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return _("{first} and {last}").format(first=_(", ").join(parts[:-1]), last=parts[-1])


def lever_value(value: float, unit: str, kind: str) -> str:
    """A lever's setting in words: on or off for switches, per cent for shares, else number and unit."""
    if kind == "switch":
        return _("on") if value >= 0.5 else _("off")
    if unit == "hubs":
        return plural("{number} hub", "{number} hubs", round(value)).format(number=f"{value:g}")
    if unit == "months":
        return plural("{number} month", "{number} months", round(value)).format(number=f"{value:g}")
    if unit in ("share", "share_per_year"):
        text = _("{number} % a year") if unit == "share_per_year" else _("{number} %")
        return text.format(number=f"{100 * value:g}")
    named = {
        "beur": _("€{number} bn"),
        "busd": _("${number} bn"),
        "multiplier": _("{number} time") if value == 1 else _("{number} times"),
    }
    return named.get(unit, "{number}").format(number=f"{value:g}")


def grade(letter: str) -> str:
    """A grade in words, such as `D, judgement`."""
    return _("{grade}, {meaning}").format(grade=letter, meaning=grade_meaning(letter))


def grade_meaning(letter: str) -> str:
    """What a grade of the evidence means."""
    return _(GRADES.get(letter, letter))


def group_title(group: str) -> str:
    """The heading of a group: who decides."""
    titles = {
        "alliance": _("The Alliance decides"),
        "brussels": _("Brussels decides"),
        "washington": _("Washington decides"),
        "seoul": _("Seoul decides"),
        "buyer": _("A buyer state decides"),
        "world": _("Nobody decides: the world"),
    }
    return titles[group]


def changed_sentence(label: str, old: str, new: str) -> str:
    """One change as a full sentence."""
    return _("“{lever}” is set to {new} instead of {old}.").format(lever=_(label), new=new, old=old)


def dated_sentence(label: str, at: str, new: str) -> str:
    """One change from a month on as a full sentence."""
    return _("From {month} on, “{lever}” is set to {new}.").format(month=month(at), lever=_(label), new=new)


def card_sentence(label: str, at: str, months: int, strength: float) -> str:
    """One shock card as a full sentence."""
    text = plural(
        "The shock “{card}” strikes in {month} and lasts {number} month.",
        "The shock “{card}” strikes in {month} and lasts {number} months.",
        months,
    ).format(card=_(label), month=month(at), number=months)
    if strength == 1:
        return text
    return _("{sentence} Its strength is {share} % of the usual.").format(
        sentence=text, share=f"{100 * strength:g}"
    )


def fan_alt(label: str, place: str, table: pd.DataFrame, kind: str) -> str:
    """Alternative text of a fan chart: start and end of each middle line, with the final 10 to 90 % band."""
    parts = []
    levels, years, whose = table[["low", "middle", "high"]].to_numpy(), years_of(table), list(table["who"])
    for who in dict.fromkeys(whose):
        first = whose.index(who)
        last = first + whose.count(who) - 1
        parts.append(
            _("{who}: {start} in {first_year}, {end} in {last_year}, 10 to 90 % band {band}").format(
                who=who,
                start=numbers.amount(kind, levels[first, 1]),
                first_year=years[first],
                end=numbers.amount(kind, levels[last, 1]),
                last_year=years[last],
                band=band(kind, levels[last, 0], levels[last, 2]),
            )
        )
    if not parts:
        return _("{label}, {place}: no figure.").format(label=_(label), place=place)
    return _("{label}, {place}. {parts}.").format(label=_(label), place=place, parts="; ".join(parts))


def years_table(table: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The rows of a yearly fan as text: month, then middle and band of each line (few columns for phones)."""
    dates = [str(date) for date in table["date"].to_numpy().astype("datetime64[M]")]
    rows = {
        (who, date): levels
        for who, date, levels in zip(
            table["who"], dates, table[["low", "middle", "high"]].to_numpy(), strict=True
        )
    }
    shown = sorted(set(dates))
    columns: dict[str, list[str]] = {_("Start of"): [month(date) for date in shown]}
    for who in dict.fromkeys(table["who"]):
        lines = [rows.get((who, date), np.full(3, np.nan)) for date in shown]
        columns[_("{who}: middle (10 to 90 %)").format(who=who)] = [
            _("{middle} ({band})").format(
                middle=numbers.amount(kind, line[1]), band=band(kind, line[0], line[2])
            )
            if np.isfinite(line).all()
            else "–"
            for line in lines
        ]
    return pd.DataFrame(columns)


def years_of(table: pd.DataFrame) -> list[int]:
    """The year of each row of a fan."""
    return [int(year) + 1970 for year in table["date"].to_numpy().astype("datetime64[Y]").astype(int)]


def band(kind: str, low: float, high: float) -> str:
    """A 10 to 90 % band of levels in words; a dash where there is no figure."""
    if not np.isfinite([low, high]).all():
        return "–"
    return _("{low} to {high}").format(low=numbers.amount(kind, low), high=numbers.amount(kind, high))


def limits() -> tuple[str, str, str]:
    """What this model cannot say, in three sentences that stand under every page of results."""
    return (
        _(
            "It cannot predict: it shows what follows from stated assumptions, "
            "and every run is one possible history."
        ),
        _(
            "It cannot say what a government will do: it counts who could withhold supply or support, "
            "not who would, and stocks of named states are illustrative, from public sources."
        ),
        _(
            "It cannot say whether buying is right: end use, arms-export law, what else the money could do, "
            "and not buying at all remain choices for people."
        ),
    )
