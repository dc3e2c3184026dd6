"""`sim explain`: any decision of a state from the model's own books."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.experiments import (
    Fact,
    Json,
    Name,
    RandomSeed,
    Set,
    Uncertainty,
    checked_buyers,
    compiles_first,
    load,
)
from sim.cli.say import Refused, console, print_json, progress, stoppable
from sim.evidence.facts import nearest, quoted

if TYPE_CHECKING:
    import pandas as pd

    from sim.experiment.decisions import Decisions, Tender
    from sim.experiment.flips import Turning

REPLICATIONS, RANDOM_SEED = 50, 1
HEADINGS = {
    "overview": "How it goes",
    "silence": "Why other lines make no offer",
    "decision": "One decision",
    "flips": "What would turn it, each number alone",
    "waiting": "Why equipment is waited for",
    "story": "The state over ten years",
}


def explain(
    scenario: Name,
    buyer: Annotated[str, typer.Option(metavar="POL", help="The state whose decisions are explained.")],
    category: Annotated[
        str, typer.Option(metavar="main_battle_tank", help="What it buys; a wrong name lists the nearest.")
    ],
    set_: Set = None,
    fact: Fact = None,
    replications: Annotated[
        int, typer.Option(metavar="N", help="How often the ten years are run.")
    ] = REPLICATIONS,
    random_seed: RandomSeed = RANDOM_SEED,
    uncertainty: Uncertainty = "evidence",
    replication: Annotated[
        int, typer.Option("--run", metavar="R", help="The run whose first choice is taken apart, from 1.")
    ] = 1,
    as_json: Json = False,
) -> None:
    """Explain who a state buys from: offers, their worth part by part, what would turn the choice."""
    (state,) = checked_buyers([buyer])
    checked_category(category)
    if not 1 <= replication <= max(1, replications):
        raise Refused(f"--run must lie between 1 and {replications}, the number of replications")
    found = decisions(load(scenario, set_, fact), state, category, replications, random_seed, uncertainty)
    from sim.experiment.flips import turnable, turning

    tender = next(
        (one for one in found.tenders if one.replication >= replication - 1 and turnable(one)), None
    )
    turned = None if tender is None else turning(found, tender)
    texts = all_sentences(found, turned)
    if as_json:
        print_json(summary(found, turned, texts))
    else:
        report(found, turned, texts)


def checked_category(name: str) -> None:
    """Refuse a category that is not in the seeds, naming the nearest; raises Refused."""
    from sim.evidence.seeds import load_seeds

    known = [one.id for one in load_seeds().categories()]
    if name not in known:
        raise Refused(f"--category: there is no category {quoted(name)}; {nearest(name, known)}")


def decisions(
    scenario: Any, buyer: str, category: str, replications: int, random_seed: int, uncertainty: str
) -> Decisions:
    """Run the replications with a bar for whoever watches; Ctrl-C stops them with exit code 130."""
    from sim.experiment.decisions import explain as explained
    from sim.experiment.ensemble import Cancelled

    compiles_first()
    with progress(scenario.title) as ticks, stoppable() as stopped:
        try:
            return explained(
                scenario,
                buyer,
                category,
                replications=replications,
                random_seed=random_seed,
                uncertainty=uncertainty,  # type: ignore[arg-type]  # other words are refused there
                progress=ticks,
                cancel=stopped,
            )
        except Cancelled:
            raise typer.Exit(130) from None


def all_sentences(found: Decisions, turned: Turning | None) -> dict[str, list[str]]:
    """Every sentence by heading, the story of the state last."""
    from sim.evidence.seeds import load_seeds
    from sim.report import story, why
    from sim.report.why_words import names

    known = names(load_seeds(start=found.start))
    texts = {name: list(lines) for name, lines in why.sentences(found, turned, known).items()}
    return {**texts, "story": story.story(found, known)}


def summary(found: Decisions, turned: Turning | None, texts: dict[str, list[str]]) -> dict[str, Any]:
    """Everything as plain data; months count from the start, money is in million 2025 US dollars."""
    from sim.experiment import decision_tables as tables
    from sim.model.version import MODEL_VERSION

    runs, first = tables.first_signed(found)
    return {
        "scenario": found.scenario.id, "model_version": MODEL_VERSION, "start": found.start,
        "buyer": found.buyer, "category": found.category, "replications": found.replications,
        "random_seed": found.random_seed, "uncertainty": found.uncertainty,
        "outcomes": tables.outcomes(found), "runs_with_a_contract": runs, "first_signed": first,
        "winners": tables.winners(found).to_dict("records"),
        "industries": tables.industries(found).to_dict("records"),
        "offers": tables.offers(found).to_dict("records"),
        "silence": tables.silence(found).to_dict("records"),
        "waiting": asdict(tables.waiting(found)),
        "decision": None if turned is None else turned_record(turned),
        "tenders": [tender_record(one) for one in found.tenders],
        "sentences": texts,
    }  # fmt: skip


def tender_record(tender: Tender) -> dict[str, Any]:
    """A tender as plain data, with its offers."""
    record = {name: getattr(tender, name) for name in tender.__dataclass_fields__}
    offers = [{**asdict(one), "worth": one.worth} for one in tender.offers]
    return {**record, "offers": offers}


def turned_record(turned: Turning) -> dict[str, Any]:
    """The decision taken apart: what would have turned it to the rival."""
    return {
        "replication": turned.tender.replication, "month": turned.tender.month, "winner": turned.winner,
        "rival": turned.rival, "otherwise": turned.otherwise, "flips": [asdict(one) for one in turned.flips],
    }  # fmt: skip


def report(found: Decisions, turned: Turning | None, texts: dict[str, list[str]]) -> None:
    """Headline, sentences under headings, and the tables of winners, offers and waiting."""
    from sim.evidence.seeds import load_seeds
    from sim.experiment import decision_tables as tables
    from sim.report import why_charts
    from sim.report.why_words import names

    known, out = names(load_seeds(start=found.start)), console()
    out.print(texts["headline"][0], soft_wrap=True)
    for name, heading in HEADINGS.items():
        if texts[name]:
            out.print(f"\n{heading}")
            for sentence in texts[name]:
                out.print(f"- {sentence}", soft_wrap=True)
        if name == "overview":
            _table(why_charts.wins_table(tables.winners(found), known))
        if name == "decision" and turned is not None:
            _table(why_charts.parts_table(why_charts.worths_of(turned.tender.offers), known))
        if name == "waiting" and tables.waiting(found).delivered:
            _table(why_charts.waterfall_table(tables.waiting(found)))


def _table(rows: pd.DataFrame) -> None:
    from rich.table import Table

    if rows.empty:
        return
    made = Table(header_style="bold")
    for at, column in enumerate(rows.columns):
        made.add_column(str(column), justify="left" if at == 0 else "right", overflow="fold")
    for values in rows.itertuples(index=False):
        made.add_row(*(str(value) for value in values))
    console().print(made)
