"""Text that must reach the page as it is, although the page reads Markdown."""

from __future__ import annotations

import re

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#$~|:])")


def plain(text: str) -> str:
    """The text with every character escaped that Markdown (or its formulas) would take as a sign."""
    return SPECIAL.sub(r"\\\1", text)
