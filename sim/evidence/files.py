"""Reads the CSV files of a seeds folder into rows that remember their file and line."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sim.evidence.facts import EvidenceError, nearest, quoted
from sim.evidence.starts import BASE, REPLACED, Start, find_start
from sim.evidence.tables import ATTRIBUTE_COLUMNS, FACT_COLUMNS, SOURCE_COLUMNS, TABLES

MAX_BYTES = 4_000_000  # the largest real table is under 0.2 MB; more is a mistake or an attack
MAX_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in the seeds; line 0 means the file as a whole, level is error or warning."""

    file: str
    line: int
    field: str
    message: str
    level: str = "error"

    def __str__(self) -> str:
        """The problem as one sentence that says where."""
        where = f"{self.file} line {self.line}" if self.line else self.file
        return f"{where}{', ' + self.field if self.field else ''}: {self.message}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table as text; every cell is stripped."""

    file: str
    line: int
    cells: Mapping[str, str]

    def problem(self, field: str, message: str, level: str = "error") -> Problem:
        """A problem located at this row."""
        return Problem(self.file, self.line, field, message, level)


@dataclass(frozen=True)
class Folder:
    """Every row of a seeds folder, unchecked: wide tables by name, then facts, sources, attributes."""

    path: Path
    tables: Mapping[str, tuple[Row, ...]]
    facts: tuple[Row, ...]
    sources: tuple[Row, ...]
    attributes: tuple[Row, ...]
    problems: tuple[Problem, ...]
    start: Start

    def ids(self, table: str) -> list[str]:
        """The id column of a table, in file order."""
        return [row.cells["id"] for row in self.tables[table]]


def read_folder(folder: Path, start: str = BASE) -> Folder:
    """Reads every table of a seeds folder; what cannot be read becomes a problem and an empty table.

    Raises EvidenceError when the start is unknown or the folder has none.
    """
    found = find_start(start)
    if not found.folder:
        return _read_base(folder, found)
    if not (folder / found.folder).is_dir():
        raise EvidenceError(f"the seeds have no folder {found.folder} for the start {found.id}")
    return _overlaid(_read_base(folder, found), found)


def _overlaid(base: Folder, start: Start) -> Folder:
    """The base folder with the tables and facts of another start.

    Facts about a base order, framework or announced purchase go with its table; any other fact of the base
    stands unless the start has its own of the same subject and attribute.
    """
    problems, folder = list(base.problems), base.path / start.folder
    tables = dict(base.tables)
    gone = {row.cells["id"] for name in REPLACED for row in base.tables[name]}
    for name in REPLACED:
        tables[name] = _read_table(name, folder, base.path, problems)
    facts = _read_many(sorted((folder / "facts").glob("*.csv")), base.path, FACT_COLUMNS, problems)
    own = {(row.cells["subject"], row.cells["attribute"]) for row in facts}
    kept = tuple(
        row
        for row in base.facts
        if row.cells["subject"] not in gone and (row.cells["subject"], row.cells["attribute"]) not in own
    )
    sources = _read_many(sorted((folder / "sources").glob("*.csv")), base.path, SOURCE_COLUMNS, problems)
    problems += _strangers(folder, base.path, REPLACED)
    return replace(
        base,
        tables=tables,
        facts=kept + facts,
        sources=base.sources + sources,
        problems=tuple(problems),
        start=start,
    )


def _read_base(folder: Path, start: Start) -> Folder:
    problems: list[Problem] = []
    tables: dict[str, tuple[Row, ...]] = {}
    for name in TABLES:
        tables[name] = _read_table(name, folder, folder, problems)
    facts = _read_many(sorted((folder / "facts").glob("*.csv")), folder, FACT_COLUMNS, problems)
    source_files = [p for p in [folder / "sources.csv"] if p.exists()]
    source_files += sorted((folder / "sources").glob("*.csv"))
    sources = _read_many(source_files, folder, SOURCE_COLUMNS, problems)
    dictionary = [folder / "attributes.csv", *sorted((folder / "attributes").glob("*.csv"))]
    attributes = _read_many(dictionary, folder, ATTRIBUTE_COLUMNS, problems)
    problems += _strangers(folder, folder, (*TABLES, "sources", "attributes"))
    return Folder(folder, tables, facts, sources, attributes, tuple(problems), start)


def _read_table(name: str, folder: Path, root: Path, problems: list[Problem]) -> tuple[Row, ...]:
    """The rows of one table of a folder; an optional table may be missing."""
    path, table = folder / f"{name}.csv", TABLES[name]
    if table.optional and not path.exists():
        return ()
    return _read(path, root, table.names(), problems, extras=table.extras)


def _strangers(folder: Path, root: Path, known: Sequence[str]) -> list[Problem]:
    """CSV files that no table is named after: a misspelt name must not pass as a missing table."""
    return [
        Problem(
            path.relative_to(root).as_posix(),
            0,
            "",
            f"is not a table of the seeds; {nearest(path.stem, known)}",
        )
        for path in sorted(folder.glob("*.csv"))
        if path.stem not in known
    ]


def _read_many(
    paths: Sequence[Path], folder: Path, columns: Sequence[str], problems: list[Problem]
) -> tuple[Row, ...]:
    return tuple(row for path in paths for row in _read(path, folder, columns, problems))


def _read(
    path: Path, folder: Path, columns: Sequence[str], problems: list[Problem], extras: bool = False
) -> tuple[Row, ...]:
    name = path.relative_to(folder).as_posix()
    text = _text(path, name, problems)
    if text is None:
        return ()
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        wrong = _wrong_header(name, header, columns, extras)
        if wrong is not None:
            problems.append(wrong)
            return ()
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                message = f"has {len(cells)} cells where the header has {len(header)}"
                problems.append(Problem(name, reader.line_num, "", message))
                continue
            stripped = {key: cell.strip() for key, cell in zip(header, cells, strict=True)}
            rows.append(Row(name, reader.line_num, stripped))
    except csv.Error as error:
        problems.append(Problem(name, reader.line_num, "", f"is not well-formed CSV ({error})"))
        return ()
    if len(rows) > MAX_ROWS:
        problems.append(Problem(name, 0, "", f"has {len(rows)} rows; the limit is {MAX_ROWS}"))
        return ()
    return tuple(rows)


def _text(path: Path, name: str, problems: list[Problem]) -> str | None:
    """The text of a file, or None and a problem when it is missing, too large or not UTF-8."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            problems.append(Problem(name, 0, "", f"is {size} bytes; the limit is {MAX_BYTES}"))
            return None
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.append(Problem(name, 0, "", f"is not UTF-8 text (byte {error.start})"))
    except OSError:
        problems.append(Problem(name, 0, "", "is missing or cannot be read"))
    return None


def _wrong_header(name: str, header: Sequence[str], columns: Sequence[str], extras: bool) -> Problem | None:
    """The first difference between a file's header and the columns it must have, or None."""
    expected = list(columns)
    if list(header) == expected or (extras and list(header[: len(expected)]) == expected):
        return None
    if len(set(header)) != len(header):
        return Problem(name, 1, "", "names the same column twice")
    for column in expected:
        if column not in header:
            return Problem(name, 1, column, f"column is missing; {nearest(column, header)}")
    for column in header:
        if column not in expected and not extras:
            return Problem(
                name, 1, quoted(column), f"is not a column of this table; {nearest(column, expected)}"
            )
    return Problem(name, 1, "", f"columns are in another order; expected {','.join(expected)}")
