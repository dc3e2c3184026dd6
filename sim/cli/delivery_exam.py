"""`sim hindcast-deliveries`: how well deliveries that are not used can be predicted, and what does better."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.say import console, note, print_json
from sim.report.published import number

if TYPE_CHECKING:
    from rich.console import RenderableType

Deliveries = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Score the deliveries of this CSV file, not the project's own."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
HOW = {True: "each of {n} deliveries predicted from the others", False: "{n} deliveries of the file"}


def hindcast_deliveries(deliveries: Deliveries = None, as_json: Json = False) -> None:
    """Predict deliveries from what was known at signing, and score it against naive rules.

    FILE has the columns of seeds/deliveries.csv or of the collected evidence. Without it, each case of
    the project's own record is predicted from the others, and forward in time.
    """
    from sim.estimation.delivery_exam import of_file, own_record
    from sim.evidence.seeds import load_seeds

    note("predicting each delivery without itself")
    seeds = load_seeds()
    found = own_record(seeds) if deliveries is None else of_file(seeds, deliveries)
    if as_json:
        from sim.model.version import MODEL_VERSION

        print_json({"model_version": MODEL_VERSION} | found)
        return
    console().print(exam_report(found))


def exam_report(found: dict[str, Any]) -> RenderableType:
    """Scores, naive rules, what they beat, kinds, the model's slip facts, and the cases."""
    from rich.console import Group

    own = "forward" in found
    parts: list[Any] = [_scores(HOW[own].format(n=found["n"]), found), _rules(found["baselines"])]
    parts += _said(found["findings"])
    if own:
        title = f"forward in time, {found['forward']['n']} deliveries"
        parts += [_scores(title, found["forward"]), _rules(found["forward"]["baselines"])]
        parts += _said(found["forward"]["findings"])
    parts += [_kinds(found), _facts(found["facts"]), _cases(found["cases"])]
    parts += [f"left out: {one['id']}: {one['why']}" for one in found["left_out"]]
    return Group(*parts)


def _scores(title: str, found: dict[str, Any]) -> RenderableType:
    from sim.cli.result_tables import table

    rows = []
    for part, words in (("months", "months by kind"), ("months_from_promise", "months from the promise")):
        one = found[part]
        for score, unit in (
            ("log_score", "log score"),
            ("crps", "ranked score, months"),
            ("mae", "mean error, months"),
            ("coverage", "share within the 80 % range"),
        ):
            rows.append((words, unit, number(one[score]), _range(one["intervals"][score])))
    slips = found["slips"]
    rows.append(
        ("slips", "Brier score of on time", number(slips["brier"]), _range(slips["intervals"]["brier"]))
    )
    month = found["slips_to_month"]
    rows.append(
        (
            "slips to the month", "Brier score of on time", number(month["brier"]),
            _range(month["intervals"]["brier"]),
        )
    )  # fmt: skip
    for part, words in (("on_time", "share on time"), ("mean_slip", "mean slip, share of the months")):
        one = slips[part]
        value = f"{number(one['predicted'])} said, {number(one['observed'])} came"
        rows.append(("slips", words, value, f"error {_range(one['interval'])}"))
    return table(
        f"The exam: {title} (less is better, but for shares)",
        ("What", "Score", "Value", "90 % interval"),
        rows,
        left=2,
    )


def _rules(baselines: dict[str, Any]) -> RenderableType:
    from sim.cli.result_tables import table
    from sim.estimation.delivery_exam import EXAMS, RULES

    units = {"crps": "ranked score", "mae": "mean error", "brier": "Brier score"}
    rows = [
        (
            RULES[rule], EXAMS[exam], units[part], str(one["n"]), number(one["rule"]), number(one["exam"]),
            _range(one["interval"]),
        )
        for rules in baselines.values()
        for rule, scores in rules.items()
        for exam, parts in scores["against"].items()
        for part, one in parts.items()
    ]  # fmt: skip
    heads = ("Naive rule", "Against", "Score", "Cases", "Rule", "Exam", "Rule less exam, 90 %")
    return table("Naive rules (above zero the exam is better)", heads, rows, left=3)


def _said(findings: list[str]) -> list[str]:
    return ["", *(findings or ["No naive rule scores better than the exam."]), ""]


def _kinds(found: dict[str, Any]) -> RenderableType:
    from sim.cli.result_tables import table

    rows = [
        (
            kind, str(one["n"]), str(one["dated"]),
            *(number(one[part]) for part in ("low", "middle", "high")),
            number(one["on_time"]["middle"]), _range([one["on_time"]["low"], one["on_time"]["high"]]),
        )
        for kind, one in found["kinds_on_record"].items()
    ]  # fmt: skip
    heads = ("Kind", "On record", "Dated", "10 %", "Median", "90 %", "On time", "90 % interval")
    return table("What the record says: months to the first delivery, share on time", heads, rows)


def _facts(facts: dict[str, Any]) -> RenderableType:
    from sim.cli.result_tables import table

    words = {"on_time": "share on time", "mean": "mean lateness of the others, share of the promised months"}
    rows = [
        (
            words[name],
            *(f"{number(one[part]['middle'])} ({_range([one[part]['low'], one[part]['high']])})"
              for part in ("fact", "estimate", "year_end")),
        )
        for name, one in facts.items()
    ]  # fmt: skip
    heads = ("Slip", "Model's fact", "From the record", "A year alone kept by its end")
    return table("The model's slip facts and the record", heads, rows)


def _cases(cases: list[dict[str, Any]]) -> RenderableType:
    from sim.cli.result_tables import table

    rows = []
    for one in cases:
        onward = one.get("from_promise")
        rows.append(
            (
                one["id"], one["kind"], f"{number(one['middle'])} ({_range([one['low'], one['high']])})",
                number(one["promised"]),
                f"{number(onward['middle'])} ({_range([onward['low'], onward['high']])})" if onward else "–",
                number(one["actual"]),
            )
        )  # fmt: skip
    heads = ("Case", "Kind", "By kind (10 to 90 %)", "Promised", "From the promise", "Came")
    return table("Months from contract to first delivery", heads, rows, left=2)


def _range(ends: list[float]) -> str:
    return f"{number(ends[0])} to {number(ends[1])}"
