"""`--out FILE`: checked before anything runs, written at the end, the kind chosen by the suffix."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from sim.cli.say import Refused, note
from sim.evidence.facts import quoted

Rows = Iterable[Mapping[str, Any]]


def check_out(out: Path | None, suffixes: tuple[str, ...]) -> None:
    """Refuse a file that could not be written; raises Refused."""
    if out is None:
        return
    try:
        is_folder, has_parent = out.is_dir(), out.absolute().parent.is_dir()
    except (OSError, ValueError):
        raise Refused(f"--out: {quoted(out)} is not the name of a file") from None
    if is_folder:
        raise Refused(f"--out: {quoted(out)} is a folder, not a file")
    if out.suffix.lower() not in suffixes:
        raise Refused(f"--out: {quoted(out)} must end in {' or '.join(suffixes)}")
    if not has_parent:
        raise Refused(f"--out: the folder {quoted(out.parent)} does not exist")


def write_out(out: Path | None, makers: Mapping[str, Callable[[], str]]) -> None:
    """Write the file with the maker of its suffix; raises Refused where that fails."""
    if out is None:
        return
    write_text(out, makers[out.suffix.lower()]())


def write_text(out: Path, text: str) -> None:
    """Write a file and say so; raises Refused where that fails."""
    try:
        out.write_text(text, encoding="utf-8", newline="")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a file name"
        raise Refused(f"--out: {quoted(out)} cannot be written ({reason})") from None
    note(f"written to {out}")


def csv_text(rows: Rows) -> str:
    """Rows as CSV with a header from the first row; what does not exist is an empty cell."""
    rows = list(rows)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def run_rows(summary: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The summary of a run as a long table: one row for each place and measure."""
    return [
        {"scenario": summary["scenario"], "place": place, "measure": name,
         **{part: one[part] for part in ("p10", "p50", "p90", "mean")}}
        for place, measures in _places(summary)
        for name, one in measures.items()
    ]  # fmt: skip


def comparison_rows(summary: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The summary of a comparison as a long table: one row for each scenario, place and measure."""
    return [
        {"base": summary["base"], "other": other, "place": place, "measure": name,
         **one["difference"], "share_better": one["share_better"]}
        for other, found in summary["others"].items()
        for place, measures in _places(found)
        for name, one in measures.items()
    ]  # fmt: skip


def _places(found: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    return [("europe_canada", found["measures"]), *found["by_buyer"].items(), *found["by_industry"].items()]
