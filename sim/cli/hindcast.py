"""`sim hindcast` and `sim estimate`: why states choose, from real decisions, examined in the open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.say import Refused, console, print_json, progress, warn

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sim.estimation.choice.sets import ChoiceSet
    from sim.evidence.seeds import Seeds

Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
Decisions = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Decisions with the columns of seeds/decisions.csv.")
]
Offers = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Their offers, as in seeds/decisions_offers.csv.")
]


def hindcast(decisions: Decisions = None, offers: Offers = None, as_json: Json = False) -> None:
    """Give chances to real decisions that the fit has not seen, and score them beside naive rules.

    Without files: the project's own decisions, each left out in turn, and each from the past alone. With
    files: each fitted on our own decisions less the same purchase. A system that is not known counts with
    what is known of its supplier's country and, for the rest, with the spread of its category.
    """
    from sim.evidence.seeds import load_seeds

    seeds = load_seeds()
    if decisions is None and offers is None:
        from sim.estimation.choice.estimate import estimate
        from sim.estimation.choice.hindcast import hindcast_own

        with progress("deciding again") as bar:
            found = hindcast_own(estimate(seeds), bar)
    else:
        from sim.estimation.choice.hindcast import hindcast_file

        rows = read_files(decisions, offers)
        found = hindcast_file(seeds, *rows)
    from sim.model.version import MODEL_VERSION
    from sim.report.choices import hindcast_record

    record = {"model_version": MODEL_VERSION} | hindcast_record(found)
    if as_json:
        print_json(record)
        return
    console().print(_hindcast_tables(record))


def estimate_weights(
    decisions: Decisions = None,
    offers: Offers = None,
    study: Annotated[
        bool, typer.Option("--study", help="Add power, attributes left out, permuted winners (minutes).")
    ] = False,
    permute: Annotated[
        int | None,
        typer.Option(metavar="N", help="Draw the winners evenly (N names the draw) before the fit."),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Put the weights into seeds/facts/choice.csv.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Fit the weights of the choice on real decisions: prior, posterior, and how much was learnt."""
    from sim.estimation.choice import exam
    from sim.estimation.choice.estimate import estimate, fitted, write_facts
    from sim.estimation.choice.study import ablations, permutations, power
    from sim.evidence.seeds import load_seeds
    from sim.model.version import MODEL_VERSION
    from sim.report.choices import estimate_record, study_record

    seeds = load_seeds()
    if write and (decisions or offers or permute is not None):
        raise Refused("--write puts in what the seeds' own decisions say; leave out the other options")
    found = estimate(seeds, _given(seeds, decisions, offers))
    if permute is not None:
        found = fitted(exam.permuted(found.known, permute), found.priors, found.left_out)
    record: dict[str, Any] = {"model_version": MODEL_VERSION} | estimate_record(found)
    if study:
        with progress("planting weights") as bar:
            powers = power(found, progress=bar)
        with progress("leaving out attributes") as bar:
            lost = ablations(found, progress=bar)
        record |= study_record(powers, lost, permutations(found))
    if write:
        warn(f"wrote {write_facts(found, seeds)}")
    if as_json:
        print_json(record)
        return
    console().print(_estimate_tables(record))


def read_files(
    decisions: Path | None, offers: Path | None
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The rows of both files; raises Refused where one is missing, EvidenceError where one cannot be used."""
    from sim.estimation.choice.files import DECISION_NEEDS, OFFER_NEEDS, read_table

    if decisions is None or offers is None:
        raise Refused("give both --decisions FILE and --offers FILE, or none")
    return read_table(decisions, DECISION_NEEDS), read_table(offers, OFFER_NEEDS)


def _given(seeds: Seeds, decisions: Path | None, offers: Path | None) -> list[ChoiceSet] | None:
    if decisions is None and offers is None:
        return None
    from sim.estimation.choice.sets import sets_of

    sets, left = sets_of(seeds, *read_files(decisions, offers))
    if not sets:
        raise Refused(f"no decision has two offers or more and one winner ({len(left)} have not)")
    return sets


def _hindcast_tables(record: dict[str, Any]) -> RenderableType:
    from rich.console import Group

    from sim.cli.result_tables import table
    from sim.report.choice_words import RULES

    scores = [("the model", *_cells(record))]
    scores += [(RULES[rule], *_cells(one)) for rule, one in record["baselines"].items()]
    heads = ("Rule", "Log score", "90 % of it", "Brier", "Winner named")
    parts: list[RenderableType] = [
        record["verdict"],
        "",
        table("Decisions it had not seen", heads, scores, left=1),
    ]
    if "forward" in record:
        later = [("the model", *_cells(record["forward"]))]
        later += [(RULES[rule], *_cells(one)) for rule, one in record["forward"]["baselines"].items()]
        parts.append(table("From earlier decisions alone", heads, later, left=1))
    rows = [
        (one["id"], one["chosen"], f"{one['probabilities'][one['chosen']]:.0%}", one["explanation"])
        for one in record["decisions"]
    ]
    parts.append(table("One by one", ("Decision", "Chosen", "Chance", "In words"), rows, left=4))
    left = record["left_out"]
    if left:
        parts.append(f"Left out: {len(left)}, such as {left[0]['id']} ({left[0]['why']}).")
    return Group(*parts)


def _cells(one: dict[str, Any]) -> tuple[str, ...]:
    low, high = one["intervals"]["log_score"]
    return (
        f"{one['log_score']:.3f}", f"{low:.2f} to {high:.2f}", f"{one['brier']:.3f}", f"{one['top1']:.0%}"
    )  # fmt: skip


def _estimate_tables(record: dict[str, Any]) -> RenderableType:
    from rich.console import Group

    from sim.cli.result_tables import table

    rows = [
        (
            one["label"], f"{one['prior']['mean']:+.2f} ± {one['prior']['sd']:.2f}",
            f"{one['posterior']['mean']:+.2f} ± {one['posterior']['sd']:.2f}", f"{one['learnt']:.0%}",
        )
        for one in record["weights"]
    ]  # fmt: skip
    counts = record["decisions"]
    parts: list[RenderableType] = [
        f"{counts['with_rivals']} decisions with rivals, {counts['without']} without; "
        f"{record['check']['effective_draws']:.0f} of {record['check']['draws']} check draws count.",
        table("Weights in points", ("Weight", "Prior", "Posterior", "Narrower by"), rows, left=1),
    ]
    if "power" in record:
        found = [
            (x["name"], f"{x['planted']:.2f}", f"{x['found']:.0%}", f"{x['coverage']:.0%}")
            for x in record["power"]
        ]
        heads = ("Weight", "Planted, mean size", "Sign found", "Inside 90 %")
        parts.append(table("What so few decisions could tell", heads, found, left=1))
        lost = [
            (x["name"], f"{x['mean']:+.3f}", f"{x['low']:+.3f} to {x['high']:+.3f}")
            for x in record["ablations"]
        ]
        parts.append(table("Log score lost without it", ("Attribute", "Loss", "90 %"), lost, left=1))
        won = record["permuted_winners"]
        parts.append(
            f"With winners drawn evenly: {won['log_score']:.3f} against {won['uniform']:.3f} for guessing."
        )
    return Group(*parts)
