"""An outline: sections with parts and named items, shown on a page or written as one Markdown document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

CODE = re.compile(r"(`[^`]*`)")
SIGNS = re.compile(r"([\\*<~$|\[\]]|(?<!\w)_|_(?!\w))")


@dataclass(frozen=True)
class Item:
    """One thing with its name and what is said of it, in Markdown; `said` may have several paragraphs."""

    name: str
    said: str

    @property
    def markdown(self) -> str:
        """The item as one entry of a list."""
        return "- " + f"**{self.name}**: {self.said}".replace("\n", "\n  ")


@dataclass(frozen=True)
class Part:
    """A part of a section: text in Markdown, then items; `first` is what a reader should see unasked."""

    title: str
    text: str = ""
    items: tuple[Item, ...] = ()
    first: bool = False

    @property
    def markdown(self) -> str:
        """Text and items, without the title."""
        listed = "\n".join(item.markdown for item in self.items)
        return "\n\n".join(piece for piece in (self.text, listed) if piece)


@dataclass(frozen=True)
class Section:
    """A section of the outline; sections of the same `block` follow each other under its heading."""

    id: str
    block: str
    title: str
    text: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Hit:
    """An item that holds all the words a reader looks for, and where it stands."""

    section: str
    part: str
    item: Item


def plain(text: str) -> str:
    """Text from code or seeds with the signs of Markdown escaped, except within ticks."""
    pieces = CODE.split(text)
    return "".join(
        piece if at % 2 else SIGNS.sub(r"\\\1", piece) for at, piece in enumerate(pieces)
    )  # every second piece is code


def find(sections: Sequence[Section], words: str) -> list[Hit]:
    """The items whose name or text holds every one of the words, in any case; names that match come first."""
    wanted = words.casefold().split()
    if not wanted:
        return []
    hits = [
        Hit(section.title, part.title, item)
        for section in sections
        for part in section.parts
        for item in part.items
        if all(word in f"{item.name} {item.said}".casefold() for word in wanted)
    ]
    return sorted(hits, key=lambda hit: not all(word in hit.item.name.casefold() for word in wanted))


def document(title: str, introduction: str, sections: Sequence[Section]) -> str:
    """The whole outline as Markdown: blocks, sections and parts as headings of level 2, 3 and 4."""
    pieces, block = [f"# {title}", introduction], ""
    for section in sections:
        if section.block != block:
            block = section.block
            pieces.append(f"## {block}")
        pieces += [f"### {section.title}", section.text]
        for part in section.parts:
            pieces += [f"#### {part.title}", part.markdown]
    return "\n\n".join(piece for piece in pieces if piece) + "\n"
