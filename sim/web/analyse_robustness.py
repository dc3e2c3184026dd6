"""What holds up across futures? Plans over the same futures: regret, and how often each is enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from sim.experiment.analyse.adaptive import Plan, fixed
from sim.experiment.analyse.futures import dimensions, futures
from sim.experiment.analyse.robustness import Robustness, check_plans, compare_plans, runs
from sim.experiment.kept import Record
from sim.experiment.points import USUAL, Work
from sim.policy.errors import ScenarioError
from sim.policy.scenario import Scenario
from sim.report import analyse_robustness as report
from sim.report.analyse_futures import dimensions_table
from sim.report.language import _, mark
from sim.report.measures import EVERY
from sim.web import analyse_fields as fields
from sim.web import choice, engine
from sim.web.analyse_fields import Arguments, OfSeveralScenarios, OneOf
from sim.web.analyse_method import Method, Prepared, View, values_of
from sim.web.catalogue import Catalogue
from sim.web.choice import Choice
from sim.web.tables import bullets, draw, opener

FUTURES = ("32", "64", "128", "256")
MOST = 4


def prepare(arguments: Arguments, book: Catalogue) -> Prepared:
    """The plans, the dials of the chosen place, and how many futures."""
    chosen = _choices(arguments, book)
    if len(chosen) < 2:
        raise ScenarioError(_("choose two plans or more to set beside each other"))
    plans, measured = _plans(chosen), fields.dials(arguments)
    check_plans(plans, measured)
    number, count = int(arguments["replications"]), int(arguments["futures"])
    line = ["sim", "analyse", "robustness"]
    line += [one.file_name if one.moves else one.arguments[0] for one in chosen]
    for one in measured:
        line += ["--measure", one.id]
    return Prepared(
        scenarios=tuple(plan.scenario for plan in plans),
        replications=number,
        runs=runs(plans, Work(number, engine.RANDOM_SEED), count),
        call=lambda work: _record(compare_plans(plans, work, count, measured)),
        command=[*line, "--futures", str(count), "--replications", str(number)],
        notes=fields.notes(*chosen, files=any(one.moves for one in chosen)),
    )


def headline(record: Record, view: View) -> str:
    """Whose worst regret is least."""
    return report.headline(_found(record, view), view.names)


def show(record: Record, view: View) -> None:
    """Regret of every plan in a measure, and where it is worst."""
    found = _found(record, view)
    at = [one.measure for one in found.measured].index(view.arguments["measure"])
    spec = report.regret_chart(EVERY[view.arguments["measure"]].kind, view.colours)
    alt = report.regret_alt(found, at, view.names)
    draw(report.regret_rows(found, at), spec, alt, report.regret_table(found, at), "regret")
    bullets(report.sentences(found, view.names))
    st.markdown(_("Regret is how far a plan stays behind the best of these plans in the same future."))
    opener(report.worst_table(found, at), _("The future in which each plan is worst"), "worst")
    opener(dimensions_table(found.futures.dimensions), _("What moves in the futures"), "dimensions")


def table(record: Record, view: View) -> pd.DataFrame:
    """A long table: one row for each future, plan and measure; future 0 is as things are."""
    found = _found(record, view)
    means = found.means
    rows = [
        {"future": row, "plan": plan.id, "measure": one.id, "mean": float(means[number, row, at])}
        for row in range(len(found.futures) + 1)
        for number, plan in enumerate(found.plans)
        for at, one in enumerate(found.measured)
    ]
    return pd.DataFrame(rows)


def _choices(arguments: Arguments, book: Catalogue) -> list[Choice]:
    return [fields.chosen(one, book) for one in fields.several(arguments["plans"])]


def _plans(chosen: Sequence[Choice]) -> list[Plan]:
    """The plans; one that the reader changed is told apart by its title."""
    found: list[Plan] = []
    for one in chosen:
        plan = fixed(one.scenario)
        title = choice.title(one) if one.is_changed else plan.title
        found.append(Plan(plan.id, title, plan.scenario))
    return found


def _record(found: Robustness) -> dict[str, Any]:
    """The record, and the values from which all of it follows."""
    kept = {"values": found.values.tolist(), "turned": found.turned.tolist()}
    return {**found.record(), "kept": kept}


def _found(record: Record, view: View) -> Robustness:
    """The result of which this is the record."""
    plans, measured = _plans(_choices(view.arguments, view.book)), fields.dials(view.arguments)
    first: Scenario = plans[0].scenario
    return Robustness(
        plans=tuple(plans),
        futures=futures(dimensions(start=first.start), record["futures"]),
        measured=measured,
        marks=(),
        outcomes=measured,
        values=values_of(record["kept"]["values"]),
        turned=values_of(record["kept"]["turned"]),
        work=Work(record["replications"], record["random_seed"]),
    )


def _begin(book: Catalogue, before: Arguments) -> str:
    """The baseline, the scenario at hand, and two that the question often sets beside them."""
    wanted = ["baseline", fields.at_hand(book, "baseline"), "two_suppliers", "european_ramp_up"]
    return fields.BETWEEN.join(dict.fromkeys(wanted))


METHOD = Method(
    id="robustness",
    question=mark("What holds up across futures?"),
    about=mark(
        "Runs several scenarios as plans in the same futures, which differ in what nobody in a plan "
        "chooses, and says how far each stays behind the best of them at worst."
    ),
    fields=(
        OfSeveralScenarios("plans", mark("Plans"), _begin, most=MOST),
        fields.place(),
        fields.measure(options=tuple(one.measure for one in USUAL), only_shown=True),
        OneOf(
            "futures",
            mark("Futures"),
            lambda book, before: "64",
            mark("More futures take longer and find worse cases."),
            options=lambda book, before: {one: one for one in FUTURES},
        ),
        fields.replications(10, ("4", "10", "20")),
    ),
    prepare=prepare,
    headline=headline,
    show=show,
    table=table,
)
