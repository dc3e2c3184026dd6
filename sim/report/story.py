"""The story of a state from its books: orders, deliveries, what is missing, what it relies on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.experiment.decisions import Decisions
from sim.model.state import MONTHS
from sim.report import numbers
from sim.report.language import _, plural
from sim.report.why_words import Names, month
from sim.report.words import listed, started

FEW = 3
SMALL = 0.01  # shares below this are not worth a word


def story(found: Decisions, names: Names) -> list[str]:
    """Orders, deliveries, gaps and reliance of the state over all runs, one sentence or two each."""
    table = found.contracts[found.contracts["existing"] == 0]
    state = names.state_within(found.buyer)
    if table.empty:
        first = [started(_("{state} signs no contract in any run.").format(state=state))]
    else:
        first = [orders(found, table, state), where_it_goes(table, names), deliveries(found, table)]
    return [*first, missing(found, names), relies_on(found, names)]


def orders(found: Decisions, table: pd.DataFrame, state: str) -> str:
    """How many contracts the state signs in ten years, and their value."""
    every = range(found.replications)
    count = table.groupby("replication").size().reindex(every, fill_value=0)
    value = table.groupby("replication")["value"].sum().reindex(every, fill_value=0.0)
    low, middle, high = np.quantile(value, [0.1, 0.5, 0.9])
    number = round(float(np.median(count)))
    return plural(
        "In the middle run, {state} signs {number} contract in ten years, in all categories together; it "
        "is worth {value} (8 of 10 runs: {low} to {high}).",
        "In the middle run, {state} signs {number} contracts in ten years, in all categories together; they "
        "are worth {value} (8 of 10 runs: {low} to {high}).",
        number,
    ).format(
        state=state, number=number, value=numbers.money(middle), low=numbers.money(low),
        high=numbers.money(high),
    )  # fmt: skip


def where_it_goes(table: pd.DataFrame, names: Names) -> str:
    """The categories and industries that get most of the money."""
    shares = {
        key: (table.groupby(key, observed=True)["value"].sum() / table["value"].sum())
        .sort_values(ascending=False)
        .pipe(lambda found: found[found >= SMALL])
        for key in ("category", "industry")
    }
    categories = [
        _("{name} ({share})").format(share=numbers.percent(share), name=names.category(str(one)))
        for one, share in shares["category"][:FEW].items()
    ]
    industries = [
        _("{name} {share}").format(share=numbers.percent(share), name=names.industry(str(one)))
        for one, share in shares["industry"].items()
    ]
    return _("Most of the money goes into {categories}. By industry: {industries}.").format(
        categories=listed(categories), industries=listed(industries)
    )


def deliveries(found: Decisions, table: pd.DataFrame) -> str:
    """How much of what is ordered arrives within the run, and how long the first delivery takes."""
    arrived = float((table["value"] * table["delivered"] / table["quantity"]).sum() / table["value"].sum())
    here = table[table["first"].notna()]
    sentence = _("{share} of what it orders, by value, is delivered by {end}")
    first = sentence.format(share=numbers.percent(arrived), end=month(MONTHS, found.start))
    if here.empty:
        return _("{sentence}.").format(sentence=first)
    months = numbers.amount("months", float((here["first"] - here["signed"]).mean()))
    return _("{sentence}; a first delivery comes {months} after signature on average.").format(
        sentence=first, months=months
    )


def missing(found: Decisions, names: Names) -> str:
    """The categories in which usable equipment falls most short of what is required at the end."""
    table = found.needs
    short = (table["requirement"] - table["usable"]).clip(lower=0.0).groupby(table["category"]).sum()
    required = table["requirement"].groupby(table["category"]).sum()
    shares = (short / required.where(required > 0.0)).dropna().sort_values(ascending=False)
    shares = shares[shares >= SMALL]
    end = month(MONTHS, found.start)
    if shares.empty:
        return _("In {end}, usable equipment meets what is required in every category.").format(end=end)
    named = [
        _("{name} ({share})").format(name=names.category(str(one)), share=numbers.percent(share))
        for one, share in shares[:FEW].items()
    ]
    return _("In {end}, usable equipment still falls short of what is required, most in {names}.").format(
        end=end, names=listed(named)
    )


def relies_on(found: Decisions, names: Names) -> str:
    """The foreign governments that could stop supporting most of the fleet by value at the end."""
    shares = found.reliance.groupby("authority")["share"].mean().sort_values(ascending=False)
    shares = shares[shares >= SMALL]
    if shares.empty:
        return _("No foreign government could stop supporting a part of its fleet worth naming.")
    named = [
        _("{name} {share}").format(name=names.authority(str(one)), share=numbers.percent(share))
        for one, share in shares[:FEW].items()
    ]
    return _(
        "Foreign governments that could stop supporting parts of its fleet by then, by value: {names}. "
        "One part can depend on several."
    ).format(names=listed(named))
