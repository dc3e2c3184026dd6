"""`sim analyse flip`: what one must believe to say the opposite."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.experiments import RANDOM_SEED, Fact, Json, Out, RandomSeed, Set, Uncertainty, load
from sim.cli.files import check_out, write_out
from sim.cli.say import Refused, console, json_text, note, print_json
from sim.cli.work import Scheduler, working

Said = Annotated[
    str,
    typer.Option(
        metavar="TEXT",
        help="What may turn: 'gap_years.POL < base', or against a number, 'usable_gap_years.POL > 2'.",
    ),
]


def flip(
    base: Annotated[str, typer.Argument(metavar="BASE", help="The scenario to compare with.")],
    other: Annotated[
        str | None, typer.Argument(metavar="[OTHER]", help="The scenario spoken of; BASE if left out.")
    ] = None,
    statement: Said = "gap_years < base",
    facts: Annotated[
        list[str] | None,
        typer.Option(metavar="PATTERN", help="Move only facts that fit, such as 'POL.*'; may be repeated."),
    ] = None,
    set_: Set = None,
    fact: Fact = None,
    replications: Annotated[int, typer.Option(metavar="N", help="Paired runs of each assumption.")] = 20,
    random_seed: RandomSeed = RANDOM_SEED,
    uncertainty: Uncertainty = "evidence",
    scheduler: Scheduler = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """What would turn this conclusion? Finds the smallest move of the evidence that reverses a statement.

    The statement speaks of OTHER, against BASE or a number. Facts move within their ranges only: one alone,
    then all of a kind, then the fewest together; what is found is run again with other draws. --set and
    --fact change OTHER.
    """
    check_out(out, (".json",))
    first = load(base)
    second = load(base if other is None else other, set_, fact)
    from sim.experiment.analyse import flip as method
    from sim.experiment.analyse.sensitivity import places_of
    from sim.experiment.analyse.statement import parse
    from sim.experiment.points import Work

    spoken = parse(statement, *places_of(first))
    if spoken.threshold is None and first.fingerprint() == second.fingerprint():
        raise Refused("a statement against base needs a second scenario, or --set or --fact to change it")
    ahead = method.runs(first, second, spoken, Work(replications, random_seed), facts or ())
    note(f"at most {ahead:,} runs of ten years")
    with working("Flip", replications, random_seed, uncertainty, scheduler) as work:
        record = method.flip(first, second, spoken, work, facts or ()).record()
    write_out(out, {".json": lambda: json_text(record)})
    if as_json:
        print_json(record)
        return
    from sim.cli.result_tables import frame
    from sim.evidence.seeds import load_seeds
    from sim.report import analyse_flip as words
    from sim.report.factor_words import FactorWords

    said = FactorWords(load_seeds(start=first.start))
    for sentence in words.headline(record, said):
        console().print(sentence)
    if record["confirmed"] in ("yes", "unsure"):
        console().print(frame("What you must believe", words.moves_table(record, said)))
