"""What `sim run` and `sim compare` show to a person: a few tables that fit a screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sim.evidence.seeds import load_seeds
from sim.experiment.result import Result
from sim.model.record import INDUSTRY_MEASURES, MEASURES, Measure
from sim.report.numbers import amount, is_tiny

if TYPE_CHECKING:
    import pandas as pd

LARGER = 8  # states in the short table
SHORT = (
    "gap_years",
    "usable_gap_years",
    "months_to_usable",
    "cost_pv",
    "reliance_orders",
    "worst_authority_share",
)
HEADS = ("Gap-years", "Usable gap-years", "Months to usable", "Cost", "Orders that could be withheld",
         "Largest foreign hold")  # fmt: skip
VERDICTS = {True: "kept", False: "not kept", None: "not clear"}
MEANING = "In this model; a way to compare choices, not a forecast."


def kind_of(measure: Measure) -> str:
    """The kind of number that `sim.report.numbers` shows for a measure's unit."""
    return {"ratio": "number", "musd_per_year": "musd"}.get(measure.unit, measure.unit)


def shown(measure: Measure, value: float | None) -> str:
    """A value with its unit, or a dash where the model has none."""
    return "–" if value is None else amount(kind_of(measure), value)


def place_names() -> dict[str, str]:
    """Names of states, industries and of Europe and Canada together, by id."""
    seeds = load_seeds()
    return {
        "europe_canada": "Europe and Canada",
        **{state.id: state.name for state in seeds.states()},
        **{industry.id: industry.label for industry in seeds.industries()},
    }


def frame(title: str, data: pd.DataFrame, left: int | None = None) -> Table:
    """A table of the report; its first `left` columns are words, or all of them."""
    rows = [[str(cell) for cell in row] for row in data.itertuples(index=False, name=None)]
    words = len(data.columns) if left is None else left
    return table(title, [str(one) for one in data.columns], rows, left=words)


def with_sentences(found: Any, words: Any) -> dict[str, Any]:
    """The record of a result with what it says; words: the module of sim.report that says it."""
    names = place_names()
    return {**found.record(), "sentences": [words.headline(found, names), *words.sentences(found, names)]}


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> Table:
    """A table whose first `left` columns are words and whose others are numbers."""
    made = Table(title=title, title_justify="left", title_style="bold", header_style="bold")
    for at, column in enumerate(columns):
        made.add_column(column, justify="left" if at < left else "right", overflow="fold")
    for row in rows:
        made.add_row(*row)
    return made


def heading(result: Result, words: str) -> RenderableType:
    """The title of a scenario, the question it asks, and what would give the same numbers again."""
    run = (
        f"{result.replications} replications, random seed {result.random_seed}, "
        f"model {result.model_version}. {MEANING}"
    )
    return Padding(
        Group(Text(words, style="bold"), Text(result.scenario.question), Text(run, style="dim")), (1, 0)
    )


def run_report(result: Result, summary: Mapping[str, Any], buyers: Sequence[str]) -> RenderableType:
    """Europe and Canada, the industries, and the larger states or those asked for."""
    names = place_names()
    parts: list[RenderableType] = [heading(result, f"{result.scenario.title} ({result.scenario.id})")]
    parts.append(_quantiles("Europe and Canada", MEASURES, summary["measures"]))
    parts += [
        _quantiles(f"Industry: {names[industry]}", INDUSTRY_MEASURES, found)
        for industry, found in summary["by_industry"].items()
    ]
    if buyers:
        parts += [_quantiles(names[buyer], MEASURES, summary["by_buyer"][buyer]) for buyer in buyers]
        return Group(*parts)
    rows = [
        (names[state], *(shown(_named(name), summary["by_buyer"][state][name]["p50"]) for name in SHORT))
        for state in larger(summary["by_buyer"])
    ]
    parts.append(table("Larger buyers, medians (--buyer POL shows one in full)", ("State", *HEADS), rows))
    return Group(*parts)


def larger(by_buyer: Mapping[str, Any]) -> list[str]:
    """The states of Europe and Canada that spend most, the largest first."""
    members = [state.id for state in load_seeds().states() if state.europe_canada and state.id in by_buyer]
    return sorted(members, key=lambda state: -(by_buyer[state]["cost_pv"]["mean"] or 0.0))[:LARGER]


def _quantiles(title: str, measures: Sequence[Measure], found: Mapping[str, Any]) -> Table:
    rows = [
        (
            one.label,
            *(shown(one, found[one.id][part]) for part in ("p10", "p50", "p90", "mean")),
            one.better or "",
        )
        for one in measures
    ]
    return _without_empty(title, ("Measure", "10 %", "Median", "90 %", "Mean", "Better"), rows)


def _without_empty(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """A table without the columns that say nothing, such as which way is better for an industry."""
    kept = [at for at in range(len(columns)) if any(row[at] for row in rows)]
    return table(title, [columns[at] for at in kept], [[row[at] for at in kept] for row in rows])


def comparison_report(
    base: Result, other: Result, found: Mapping[str, Any], buyers: Sequence[str]
) -> RenderableType:
    """One scenario against the base: Europe and Canada, industries, states, and what its author expected."""
    names = place_names()
    words = f"{other.scenario.title} ({other.scenario.id}) against {base.scenario.title} ({base.scenario.id})"
    parts: list[RenderableType] = [heading(other, words)]
    parts.append(_differences("Europe and Canada", MEASURES, found["measures"]))
    parts += [
        _differences(f"Industry: {names[industry]}", INDUSTRY_MEASURES, one)
        for industry, one in found["by_industry"].items()
    ]
    if buyers:
        parts += [_differences(names[buyer], MEASURES, found["by_buyer"][buyer]) for buyer in buyers]
    else:
        parts.append(_states(base, found["by_buyer"], names))
    if found["expected"]:
        parts.append(_expected(found["expected"], names))
    return Group(*parts)


def _differences(title: str, measures: Sequence[Measure], found: Mapping[str, Any]) -> Table:
    rows = []
    for one in measures:
        gap, share = found[one.id]["difference"], found[one.id]["share_better"]
        better = "" if share is None else f"{100 * share:.0f} %"
        rows.append((one.label, signed(one, gap["mean"]), span(one, gap), better, reading(one, gap)))
    heads = ("Measure", "Mean difference", "90 % of replications", "Better in", "Reading")
    return _without_empty(title, heads, rows)


def span(measure: Measure, gap: Mapping[str, float | None]) -> str:
    """The interval of a difference, its unit said once where both ends have the same."""
    low, high = signed(measure, gap["low"]), signed(measure, gap["high"])
    if low == "–":
        return low
    unit = high.rpartition(" ")[2]
    same = " " in high and low.endswith(f" {unit}") and "$" not in high
    return f"{low.removesuffix(f' {unit}') if same else low} to {high}"


def signed(measure: Measure, value: float | None) -> str:
    """A difference with its sign and unit; shares in percentage points."""
    if value is None:
        return "–"
    text = amount(kind_of(measure), abs(value))
    text = text.replace("%", "points") if measure.unit == "share" else text
    if not any(digit in text for digit in "123456789"):
        return text
    return f"{'−' if value < 0 else '+'}{text}"


def reading(measure: Measure, gap: Mapping[str, float | None]) -> str:
    """What a difference says, by the 90 % interval of its mean."""
    low, high = gap["mean_low"], gap["mean_high"]
    if low is None or high is None:
        return "no figure"
    if low == high == 0.0:
        return "unchanged"
    if is_tiny(kind_of(measure), max(abs(gap[end] or 0.0) for end in ("mean", "low", "high"))):
        return "practically the same"
    if low <= 0.0 <= high:
        return "not clear"
    word = "more" if low > 0.0 else "less"
    if measure.better is None:
        return word
    return "better" if word == measure.better else "worse"


def _states(base: Result, by_buyer: Mapping[str, Any], names: Mapping[str, str]) -> Table:
    chosen = larger(base.summary()["by_buyer"])
    rows = [
        (names[state], *(_short(_named(name), by_buyer[state][name]["difference"]) for name in SHORT))
        for state in chosen
    ]
    title = "Larger buyers, mean differences (~ where not clear; --buyer POL shows one in full)"
    return table(title, ("State", *HEADS), rows)


def _short(measure: Measure, gap: Mapping[str, float | None]) -> str:
    text = signed(measure, gap["mean"])
    return f"~{text}" if reading(measure, gap) == "not clear" else text


def _named(name: str) -> Measure:
    return next(one for one in MEASURES if one.id == name)


def _expected(expected: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> Table:
    labels = {one.id: one.label for one in (*MEASURES, *INDUSTRY_MEASURES)}
    rows = [
        (labels[one["measure"]], names[one["place"]], one["direction"], VERDICTS[one["kept"]], one["why"])
        for one in expected
    ]
    columns = ("Measure", "Place", "Expected", "Outcome", "Why")
    return table("Expected before the run", columns, rows, left=len(columns))
