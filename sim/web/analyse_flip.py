"""What would turn this around? The smallest move of the assumptions that reverses a statement."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from sim.experiment.analyse.flip import flip, runs
from sim.experiment.analyse.sensitivity import places_of
from sim.experiment.analyse.statement import BASE, parse
from sim.experiment.kept import Record
from sim.experiment.points import Outcome, Work
from sim.report import analyse_flip as report
from sim.report.factor_words import FactorWords
from sim.report.language import _, mark
from sim.web import analyse_fields as fields
from sim.web import engine
from sim.web.analyse_fields import Arguments, OneOf
from sim.web.analyse_limit import limit
from sim.web.analyse_method import Method, Prepared, View
from sim.web.catalogue import Catalogue
from sim.web.choice import Choice
from sim.web.tables import bullets, small_table

SIGNS = {"less": "<", "more": ">", "below": "<", "above": ">"}
QUANTILES = {"below": 0.65, "above": 0.35}  # of runs, where a limit begins: so that most runs bear it out
SAID = 3  # moves that are said in a sentence; more stand in the table only


def prepare(arguments: Arguments, book: Catalogue) -> Prepared:
    """The scenario, what is said of it, and the one that it is compared with if no limit is named."""
    alone = (fields.chosen(arguments["other"], book),)
    asked: tuple[Choice, ...] = fields.pair(arguments, book) if BASE in arguments else alone
    base, other = asked[0], asked[-1]
    number = int(arguments["replications"])
    outcome = Outcome(arguments["measure"], arguments["place"]).id
    text = f"{outcome} {SIGNS[arguments['side']]} {arguments.get('limit', BASE)}"
    spoken = parse(text, *places_of(base.scenario))
    line = [*fields.command("flip", *asked), "--statement", text, "--replications", str(number)]
    return Prepared(
        scenarios=(base.scenario, other.scenario),
        replications=number,
        runs=runs(base.scenario, other.scenario, spoken, Work(number, engine.RANDOM_SEED)),
        call=lambda work: flip(base.scenario, other.scenario, spoken, work).record(),
        command=line,
        notes=fields.notes(*asked),
        at_most=True,
    )


def headline(record: Record, view: View) -> str:
    """Whether the statement holds."""
    return report.headline(record, FactorWords(view.book.seeds))[0]


def show(record: Record, view: View) -> None:
    """What one must believe to say the opposite, and what other draws say of it."""
    said = FactorWords(view.book.seeds)
    sentences, moves = report.headline(record, said)[1:], len(record["moves"])
    if moves > SAID:
        text = _("To say the opposite you must believe all {number} moves that stand below, at once.")
        sentences[0] = text.format(number=moves)
    bullets(sentences)
    if moves:
        small_table(report.moves_table(record, said), _("What you must believe"))


def table(record: Record, view: View) -> pd.DataFrame:
    """The moves, in words."""
    return report.moves_table(record, FactorWords(view.book.seeds))


def _is_limited(before: Arguments) -> bool:
    """Whether the statement names a limit instead of another scenario."""
    return before["side"] in QUANTILES


def _side() -> OneOf:
    """A field for what is said of the scenario."""
    names = {
        "less": mark("It is lower than in the other scenario"),
        "more": mark("It is higher than in the other scenario"),
        "below": mark("It lies below a limit"),
        "above": mark("It lies above a limit"),
    }
    return OneOf(
        "side",
        mark("What is said of it"),
        lambda book, before: "below",
        mark("The statement whose opposite is looked for."),
        options=lambda book, before: {one: _(names[one]) for one in SIGNS},
    )  # fmt: skip


METHOD = Method(
    id="flip",
    question=mark("What would turn this around?"),
    about=mark(
        "Takes a statement about a scenario and looks for the smallest move of the evidence, within its "
        "ranges, that reverses it: what you must believe to say the opposite."
    ),
    fields=(
        fields.scenario("other", mark("Scenario"), "us_build_up"),
        _side(),
        replace(fields.base(), needed=lambda before: not _is_limited(before)),
        fields.place(),
        fields.measure(),
        limit("other", QUANTILES, _is_limited),
        fields.replications(20, ("10", "20", "50")),
    ),
    prepare=prepare,
    headline=headline,
    show=show,
    table=table,
)
