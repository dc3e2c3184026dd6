"""`sim check`, `sim scenarios`, `sim levers`, `sim measures`: what there is, and whether it is in order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.say import Refused, console, print_json
from sim.evidence.facts import quoted
from sim.evidence.tables import GRADES

if TYPE_CHECKING:
    from sim.evidence.seeds import Seeds
    from sim.policy.levers import Lever

Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
Folder = Annotated[Path | None, typer.Option(metavar="FOLDER", help="Another folder of seeds to check.")]


def check(seeds: Folder = None, as_json: Json = False) -> None:
    """Check every row of the seeds and every scenario.

    Exit code 1 where something is wrong, with a list of what it is.
    """
    report = checked(seeds)
    if as_json:
        print_json(report)
    else:
        _print_check(report)
    if not report["ok"]:
        raise typer.Exit(1)


def checked(folder: Path | None) -> dict[str, Any]:
    """The problems of seeds and scenarios, and how many facts of each grade there are; raises Refused."""
    from sim.evidence.check import check_seeds
    from sim.evidence.seeds import DEFAULT_FOLDER, load_seeds

    try:
        known = folder is None or folder.is_dir()
    except ValueError:
        known = False
    if not known:
        raise Refused(f"--seeds: there is no folder {quoted(folder)}")
    problems = [
        {"file": one.file, "line": one.line, "field": one.field, "message": one.message, "level": one.level}
        for one in check_seeds(folder or DEFAULT_FOLDER)
    ]
    report: dict[str, Any] = {"ok": True, "problems": problems, "facts": {}, "rows": {}, "scenarios": 0}
    if not any(one["level"] == "error" for one in problems):
        seeds = load_seeds(folder)
        report["facts"] = dict.fromkeys(GRADES, 0)
        for fact in seeds.facts.values():
            report["facts"][fact.grade] += 1
        report["rows"] = {name: len(rows) for name, rows in seeds.tables.items()}
        problems += _model_problems(seeds)
        if folder is None:
            report["scenarios"] = _check_scenarios(problems)
    report["ok"] = not any(one["level"] == "error" for one in problems)
    return report


def _model_problems(seeds: Seeds) -> list[dict[str, Any]]:
    """Whether the model finds every fact that it asks the seeds for."""
    from sim.evidence.facts import EvidenceError
    from sim.model.builder import build_world

    try:
        build_world(seeds)
    except EvidenceError as error:
        return [_problem("seeds", f"the model cannot be filled: {error}")]
    return []


def _check_scenarios(problems: list[dict[str, Any]]) -> int:
    """Load every scenario of the project, add what is wrong, and return how many there are."""
    from sim.policy.errors import ScenarioError
    from sim.policy.scenario import list_scenarios, load_scenario

    names = list_scenarios()
    for name in names:
        try:
            load_scenario(name)
        except ScenarioError as error:
            problems.append(_problem(f"scenarios/{name}.toml", str(error)))
    return len(names)


def _problem(file: str, message: str) -> dict[str, Any]:
    return {"file": file, "line": 0, "field": "", "message": message, "level": "error"}


def _print_check(report: dict[str, Any]) -> None:
    out = console()
    for one in report["problems"]:
        where = f"{one['file']} line {one['line']}" if one["line"] else one["file"]
        field = f", {one['field']}" if one["field"] else ""
        level = "" if one["level"] == "error" else f"{one['level']}: "
        out.print(f"{level}{where}{field}: {one['message']}", soft_wrap=True)
    if not report["ok"]:
        count = sum(one["level"] == "error" for one in report["problems"])
        out.print(f"{count} {'problem' if count == 1 else 'problems'} found")
        return
    grades = ", ".join(f"{count} {grade} ({GRADES[grade]})" for grade, count in report["facts"].items())
    total, rows = sum(report["facts"].values()), sum(report["rows"].values())
    out.print(f"fine: {total} facts by grade: {grades}; {rows} rows of {len(report['rows'])} tables; "
              f"{report['scenarios']} scenarios", soft_wrap=True)  # fmt: skip


def scenarios(as_json: Json = False) -> None:
    """List the scenarios and what each asks."""
    from sim.policy.scenario import list_scenarios, load_scenario

    found = [load_scenario(name) for name in list_scenarios()]
    if as_json:
        print_json([
            {"id": one.id, "title": one.title, "question": one.question, "extends": one.extends,
             "horizon_year": one.horizon_year, "levers": one.deviations,
             "schedule": [{"lever": e.lever, "at": e.at, "value": e.value} for e in one.schedule],
             "shocks": [{"card": c.card, "at": c.at, "months": c.months, "strength": c.strength}
                        for c in one.shocks],
             "expect": [{"measure": e.measure, "place": e.place, "direction": e.direction, "why": e.why}
                        for e in one.expect],
             "sources": list(one.sources)}
            for one in found
        ])  # fmt: skip
        return
    rows = [(one.id, one.title, one.question, one.extends or "–") for one in found]
    _print_table("Scenarios", ("Name", "Title", "Question", "Extends"), rows)


def levers(as_json: Json = False) -> None:
    """List the levers: who decides, range, today's value, cost."""
    from sim.evidence.seeds import load_seeds
    from sim.policy.levers import levers as all_levers

    seeds = load_seeds()
    known = all_levers(seeds)
    if as_json:
        print_json([_lever_record(one) for one in known.values()])
        return
    rows = []
    for row in seeds.levers():
        one = known.get(row.id) or next(lever for name, lever in known.items() if _is_one_of(name, row.id))
        default = ("off", "on")[int(one.default)] if one.kind == "switch" else f"{one.default:g}"
        span = "off, on" if one.kind == "switch" else f"{one.low:g} to {one.high:g} {one.unit}"
        rows.append((row.group, row.id, row.label, default, span, one.grade, row.cost))
    columns = ("Who decides", "Lever", "What", "Today", "Range", "Grade", "What it costs")
    _print_table(
        "Levers (* stands for each state or category; --json names all, with sources)", columns, rows
    )


def _is_one_of(name: str, pattern: str) -> bool:
    from sim.evidence.tables import expand

    return name in expand(pattern, (name.split(".")[1],), (name.split(".")[1],)) if "." in name else False


def _lever_record(one: Lever) -> dict[str, Any]:
    return {
        "id": one.id, "group": one.group, "label": one.label, "kind": one.kind, "unit": one.unit,
        "low": one.low, "high": one.high, "default": one.default, "help": one.help, "cost": one.cost,
        "sources": list(one.sources), "grade": one.grade, "note": one.note,
    }  # fmt: skip


def measures(as_json: Json = False) -> None:
    """List the measures and which way is better."""
    from sim.model.record import INDUSTRY_MEASURES, MEASURES

    found = [(one, "state") for one in MEASURES] + [(one, "industry") for one in INDUSTRY_MEASURES]
    if as_json:
        print_json([
            {"id": one.id, "label": one.label, "unit": one.unit, "better": one.better, "scope": scope,
             "definition": one.definition}
            for one, scope in found
        ])  # fmt: skip
        return
    rows = [(one.id, one.label, one.unit, one.better or "–", one.definition) for one, _ in found]
    _print_table("Measures", ("Measure", "Label", "Unit", "Better", "What it says"), rows)


def _print_table(title: str, columns: tuple[str, ...], rows: Sequence[Sequence[str]]) -> None:
    from rich.table import Table

    made = Table(title=title, title_justify="left", title_style="bold", header_style="bold", show_lines=True)
    for at, column in enumerate(columns):
        made.add_column(column, no_wrap=at == 0, overflow="fold")
    for row in rows:
        made.add_row(*row)
    console().print(made)
