"""Who delivers to whom: flows of equipment between states as a table and as arcs on a map of Europe.

A flow goes from the state in which a plant stands to the state that takes its goods over. What is made in the
buyer's own state is a disc there. Values are means over the runs, in million 2025 US dollars.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.evidence.seeds import Seeds
from sim.experiment import deliveries
from sim.experiment.books import Books
from sim.policy.measures import ALLIANCE
from sim.report import geography, maps, numbers, tables, why_words, words
from sim.report.charts import Palette, Spec, of_industry
from sim.report.language import _
from sim.report.why_words import Names

MARGIN = 0.06  # radians beside what the map shows at least
NAMED = 6  # flows named in the text beside the map
MOST_ARCS = 25  # on the map of Europe and Canada: more lie over each other
HEIGHT, WIDEST, DISC = (
    470,
    14,
    700,
)  # pixels of the map and of the largest arc, square pixels of the largest disc
SPOT: Spec = {
    "longitude": {"field": "east", "type": "quantitative"},
    "latitude": {"field": "north", "type": "quantitative"},
}
AS_IT_IS: Spec = {"type": "quantitative", "scale": None, "legend": None}
KEYS = ("origin", "buyer", "category", "industry")


@dataclass(frozen=True)
class Wanted:
    """Which deliveries are shown: of one buyer or all, in which years, of one category or all (empty)."""

    place: str
    years: tuple[int, int]
    category: str = ""


def flows(base: Books, other: Books, plants: Mapping[str, str], wanted: Wanted) -> pd.DataFrame:
    """A row per flow (state of the plant, buyer, category, industry), the largest first.

    plants: the state in which each line stands. `value`, `units`: means of the scenario; `baseline`: of its
    value; `difference`, `low`, `high`, `verdict`: the value against the baseline, paired run by run, as in
    `tables.places_table`; `lines`: the lines it comes from.
    """
    before = _by_flow(base, plants, wanted)
    after = before if other is base else _by_flow(other, plants, wanted)
    index = before["value"].index.union(after["value"].index)
    values = [one["value"].reindex(index, fill_value=0.0).to_numpy(float) for one in (before, after)]
    rows = tables.as_frame(
        [tables.compare_columns("value", "", old, new) for old, new in zip(*values, strict=True)]
    ).drop(columns=["place", "measure"])
    rows = pd.concat([index.to_frame(index=False).astype(str), rows], axis=1)
    rows["units"] = after["units"].reindex(index, fill_value=0.0).to_numpy(float).mean(axis=1)
    made = pd.concat([before["lines"], after["lines"]])["line"].groupby(level=list(range(len(KEYS)))).first()
    rows["lines"] = list(made.reindex(index)) if len(index) else pd.Series([], dtype=object)
    rows = rows.rename(columns={"scenario": "value"})
    return rows.sort_values(["value", "baseline"], ascending=False, ignore_index=True)


def _by_flow(books: Books, plants: Mapping[str, str], wanted: Wanted) -> dict[str, pd.DataFrame]:
    """Units and value by flow and replication, and the lines of each flow."""
    keys = ("line", "buyer", "category", "industry")
    by_line = deliveries.handed_over(books, keys, wanted.place, wanted.years, wanted.category)
    parts = {name: part.reset_index() for name, part in by_line.items()}
    for part in parts.values():
        part["line"] = part["line"].astype(str)
        part.insert(0, "origin", part["line"].map(plants).astype(object))
    found = {
        name: part.drop(columns="line").groupby(list(KEYS), observed=True).sum()
        for name, part in parts.items()
    }
    found["lines"] = parts["value"].groupby(list(KEYS), observed=True)[["line"]].agg(tuple)
    return found


def arcs(table: pd.DataFrame, place: str) -> tuple[pd.DataFrame, float]:
    """The arcs of a map (origin, buyer, industry, value), the largest first, and their part of all.

    All arcs into one buyer, the `MOST_ARCS` largest for Europe and Canada; what no run has is left out.
    """
    abroad = table[(table["origin"] != table["buyer"]) & (table["value"] > 0.0)]
    found = abroad.groupby(["origin", "buyer", "industry"])[["value"]].sum().reset_index()
    found = found.sort_values("value", ascending=False, ignore_index=True)
    total = float(found["value"].sum())
    if place == ALLIANCE:
        found = found.head(MOST_ARCS)
    return found, float(found["value"].sum()) / total if total else 1.0


def at_home(table: pd.DataFrame) -> pd.DataFrame:
    """What buyers get from plants in their own state: buyer and value, the largest first."""
    home = table[(table["origin"] == table["buyer"]) & (table["value"] > 0.0)]
    found = home.groupby("buyer")[["value"]].sum().reset_index()
    return found.sort_values("value", ascending=False, ignore_index=True)


@dataclass(frozen=True)
class Atlas:
    """Names, the ISO 3166 number of each country, and the country in which each line stands."""

    names: Names
    numeric: Mapping[str, str]
    plants: Mapping[str, str]

    def country(self, id: str) -> str:
        """The name of a country: `Poland`, `Republic of Korea`."""
        return self.names.state(id) if id in self.names.states else self.names.authority(id)

    def place(self, id: str) -> geography.Point:
        """Where a country lies in the plane of the map."""
        return geography.to_plane(geography.centre(self.numeric[id]))


def atlas(seeds: Seeds) -> Atlas:
    """The countries and plants of the seeds."""
    return Atlas(
        names=why_words.names(seeds),
        numeric={state.id: state.numeric for state in seeds.states()} | dict(geography.OUTSIDE),
        plants={line.id: line.country for line in seeds.lines()},
    )


def arc_points(found: pd.DataFrame, book: Atlas) -> list[dict[str, object]]:
    """Each arc as points in degrees that grow from thin, where it begins, to wide, where goods arrive."""
    rows: list[dict[str, object]] = []
    widest = float(found["value"].max()) if len(found) else 1.0
    for number, one in found.iterrows():
        start, end = (geography.within(book.place(at)) for at in (one["origin"], one["buyer"]))
        line = geography.arc(start, end)
        for step, point in enumerate(line):
            east, north = geography.from_plane(point)
            share = one["value"] / widest
            rows.append({
                "arc": number, "step": step, "east": east, "north": north,
                "width": max(1.6, WIDEST * share) * (0.3 + 0.7 * step / (len(line) - 1)),
                "industry": book.names.industry(one["industry"]),
                "way": _("{origin} to {buyer}").format(
                    origin=book.country(one["origin"]), buyer=book.country(one["buyer"])
                ),
                "level": numbers.money(one["value"]),
            })  # fmt: skip
    return rows


def ends(found: pd.DataFrame, home: pd.DataFrame, book: Atlas) -> list[dict[str, object]]:
    """The names of the countries where arcs begin or end, and where a disc lies, in degrees."""
    countries = dict.fromkeys([*found["origin"], *found["buyer"], *home["buyer"]])
    rows = []
    for country in countries:
        place = geography.within(book.place(country))
        east, north = geography.from_plane(place)
        rows.append({
            "east": east, "north": north, "name": book.country(country), "id": country, "across": place[0],
            "beyond": not geography.is_within(book.place(country)),
        })  # fmt: skip
    return rows


def discs(home: pd.DataFrame, largest: float, book: Atlas) -> list[dict[str, object]]:
    """What is made in the buyer's own state as discs, in the scale of values of the arcs."""
    rows = []
    for buyer, value in zip(home["buyer"], home["value"], strict=True):
        east, north = geography.from_plane(geography.within(book.place(buyer)))
        rows.append({
            "east": east, "north": north, "size": DISC * value / largest,
            "way": _("Made in {state} itself").format(state=book.country(buyer)),
            "level": numbers.money(value),
        })  # fmt: skip
    return rows


def chart(table: pd.DataFrame, wanted: Wanted, book: Atlas, colours: Palette) -> Spec:
    """The map of Europe with an arc per flow; what comes from beyond the map begins at its edge."""
    found, _part = arcs(table, wanted.place)
    home = at_home(table)
    largest = max([1.0, *home["value"], *found["value"]])
    outline = {"stroke": colours.baseline, "strokeWidth": 0.4, "fill": colours.baseline, "fillOpacity": 0.1}
    land = {"data": maps.SHAPES, "mark": {"type": "geoshape", "clip": True, "aria": False, **outline}}
    disc = {
        "data": {"values": discs(home, largest, book)},
        "mark": {"type": "circle", "color": colours.baseline, "opacity": 0.55, "clip": True, "aria": False},
        "encoding": {**SPOT, "size": {"field": "size", **AS_IT_IS}, "tooltip": _tips()},
    }
    trail = {
        "data": {"values": arc_points(found, book)},
        "mark": {"type": "trail", "opacity": 0.75, "aria": False},
        "encoding": {
            **SPOT,
            "order": {"field": "step", "type": "quantitative"},
            "detail": {"field": "arc", "type": "nominal"},
            "size": {"field": "width", **AS_IT_IS},
            "color": of_industry({one: book.names.industry(one) for one in found["industry"]}, "stroke"),
            "tooltip": _tips(),
        },
    }
    wide, tall = (2 * edge + MARGIN for edge in geography.EDGE)
    return {
        "height": HEIGHT,
        "padding": {"left": 0, "right": 0, "top": 0, "bottom": 0},
        "projection": {
            "type": "azimuthalEqualArea",
            "rotate": [-geography.CENTRE[0], -geography.CENTRE[1], 0.0],
            "scale": {"expr": f"min(width / {wide}, height / {tall})"},
        },
        "layer": [land, disc, trail, *_names(ends(found, home, book), colours)],
        "config": {"view": {"stroke": None}},
    }


def _tips() -> list[Spec]:
    """What a pointer shows of an arc or a disc."""
    return [
        {"field": "way", "type": "nominal", "title": _("Deliveries")},
        {"field": "level", "type": "nominal", "title": _("Value")},
    ]


def _names(rows: list[dict[str, object]], colours: Palette) -> list[Spec]:
    """The names of countries: in full where an arc comes from beyond the map, else as the three letters."""
    mark = {"type": "text", "fontSize": 11, "clip": False, "aria": False, "color": colours.ink}
    layers = [
        {
            "data": {"values": [row for row in rows if not row["beyond"]]},
            "mark": {**mark, "dy": -9},
            "encoding": {**SPOT, "text": {"field": "id", "type": "nominal"}},
        }
    ]
    sides = {"left": 0, "right": 0}
    for row in (row for row in rows if row["beyond"]):
        side = "left" if float(str(row["across"])) < 0 else "right"
        full = {**mark, "fontWeight": "bold", "fontSize": 12, "align": side, "dy": -10 - 15 * sides[side]}
        sides[side] += 1  # names on the same side stand above each other
        encoding = {**SPOT, "text": {"field": "name", "type": "nominal"}}
        layers.append({"data": {"values": [row]}, "mark": full, "encoding": encoding})
    return layers


def alt(table: pd.DataFrame, wanted: Wanted, book: Atlas) -> str:
    """The map in sentences: the largest flows across borders, and what buyers get from plants at home."""
    found, _part = arcs(table, wanted.place)
    home = at_home(table)["value"].sum()
    if found.empty and not home:
        return _("Nothing is delivered.")
    ways = [
        _("{origin} to {buyer} {value}").format(
            origin=book.country(one["origin"]),
            buyer=book.country(one["buyer"]),
            value=numbers.money(one["value"]),
        )
        for _at, one in found.head(NAMED).iterrows()
    ]
    largest = _("Largest deliveries across borders: {ways}.").format(ways="; ".join(ways)) if ways else ""
    made = _("Made in the buyer’s own state: {value}.").format(value=numbers.money(home))
    return " ".join(part for part in (largest, made) if part)


def how_much(table: pd.DataFrame, wanted: Wanted) -> str:
    """What the map shows of all deliveries, in sentences."""
    found, part = arcs(table, wanted.place)
    total, crossing = float(table["value"].sum()), float(found["value"].sum()) / part
    first, last = wanted.years
    when = _("In {first}") if first == last else _("From {first} to {last}")
    when = when.format(first=first, last=last)
    if not total:
        return _("{when}, nothing is handed over.").format(when=when)
    sentence = _(
        "{when}, goods worth {total} are handed over, {crossing} of it across borders "
        "(mean of all runs, in dollars of 2025)."
    ).format(when=when, total=numbers.money(total), crossing=numbers.money(crossing))
    if part > 1.0 - 1e-9:
        return sentence
    return (
        sentence
        + " "
        + _("The map shows the {number} largest arcs, {part} of what crosses borders.").format(
            number=len(found), part=numbers.percent(part)
        )
    )


def against(base: Books, other: Books, wanted: Wanted) -> str:
    """The value of all these deliveries against the baseline, paired run by run, in a sentence."""
    sums = [
        deliveries.handed_over(books, ["line"], wanted.place, wanted.years, wanted.category)["value"]
        .sum()
        .round(6)
        for books in (base, other)
    ]
    dial = tables.compare_columns("value", "", *(one.to_numpy(float) for one in sums))
    reading = words.verdict_word(dial.verdict, "")
    if dial.is_still:
        return _("Against the baseline: {reading}.").format(reading=reading)
    return _("Against the baseline: {reading}, {size} (90 % interval {span}).").format(
        reading=reading,
        size=("+" if dial.change > 0 else "") + numbers.money(dial.change),
        span=numbers.bounds("musd", dial.low, dial.high),
    )


def shown(table: pd.DataFrame, book: Atlas, is_baseline: bool) -> pd.DataFrame:
    """The flows as a reader sees them: names, million dollars, the difference with its interval, units."""
    million = _("$ m")
    names = book.names
    found: dict[str, Any] = {
        _("From"): [book.country(one) for one in table["origin"]],
        _("To"): [book.country(one) for one in table["buyer"]],
        _("Category"): [_(names.categories[one]) for one in table["category"]],
        _("Value ({unit})").format(unit=million): _tenths(table["value"]),
    }
    if not is_baseline:
        for title, column in (
            (_("Baseline ({unit})"), "baseline"),
            (_("Difference ({unit})"), "difference"),
            (_("90 % of runs: from ({unit})"), "low"),
            (_("90 % of runs: to ({unit})"), "high"),
        ):
            found[title.format(unit=million)] = _tenths(table[column])
        found[_("Reading")] = [words.verdict_word(verdict, "") for verdict in table["verdict"]]
    found[_("Units")] = _tenths(table["units"])
    found[_("Counted in")] = [names.unit(one) for one in table["category"]]
    found[_("Lines")] = [words.listed([names.line(one) for one in lines]) for lines in table["lines"]]
    return pd.DataFrame(found)


def _tenths(column: pd.Series[float]) -> pd.Series[float]:
    """One decimal, and no zero with a minus sign."""
    return column.round(1) + 0.0


def legend() -> str:
    """How to read the map, and what it leaves open."""
    return " ".join(
        (
            _("An arc grows towards the state that receives; its width stands for the value."),
            _("Discs: made in the state itself, by area."),
            _("Korea, North America and Israel lie beyond the map: their arcs touch its edge."),
            _("A line stands in one state here, also where several build together, such as the Eurofighter."),
            _("Borders are the de facto borders of Natural Earth."),
        )
    )
