"""What a report is made of before it is HTML: sections of paragraphs, lists, tables, figures and code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from sim.report.pictures import Picture


@dataclass(frozen=True)
class Link:
    """An address to read on the web, which stands in full, so that it can be read on paper too."""

    address: str


Cell = str | Link


@dataclass(frozen=True)
class Paragraph:
    """Some sentences; `strong` for the one that matters most, `small` for a note."""

    kind: ClassVar[str] = "paragraph"
    text: str
    look: str = ""


@dataclass(frozen=True)
class Points:
    """A list of sentences."""

    kind: ClassVar[str] = "points"
    items: Sequence[str]


@dataclass(frozen=True)
class Facts:
    """Names with what they stand for."""

    kind: ClassVar[str] = "facts"
    items: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Table:
    """A table whose first column names its rows; `folded` opens when it is asked for, and on paper."""

    kind: ClassVar[str] = "table"
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    folded: bool = False


@dataclass(frozen=True)
class Figure:
    """Pictures beside each other under one title, how to read them, and the same numbers as a table."""

    kind: ClassVar[str] = "figure"
    title: str
    pictures: Sequence[Picture]
    text: str = ""
    table: Table | None = None


@dataclass(frozen=True)
class Figures:
    """Figures beside each other where there is room: two of them, or three small ones (`look` "three")."""

    kind: ClassVar[str] = "figures"
    items: Sequence[Figure]
    look: str = ""


@dataclass(frozen=True)
class Code:
    """Text for a machine, as it stands; `folded` as for a table."""

    kind: ClassVar[str] = "code"
    title: str
    text: str
    folded: bool = False


Block = Paragraph | Points | Facts | Table | Figure | Figures | Code


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it; a section of level 2 may hold those of level 3."""

    title: str
    blocks: Sequence[Block]
    parts: Sequence[Section] = ()


def table_of(title: str, frame: pd.DataFrame, folded: bool = False) -> Table:
    """A frame of texts as a table."""
    rows = [tuple(str(cell) for cell in row) for row in frame.itertuples(index=False, name=None)]
    return Table(title, tuple(str(name) for name in frame.columns), rows, folded)
