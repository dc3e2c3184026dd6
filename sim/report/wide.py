"""A table with many columns as HTML: wider than the screen, it scrolls by hand and by keyboard."""

from __future__ import annotations

from html import escape
from typing import Final

import pandas as pd

STYLE: Final = (
    "<style>.wide{overflow-x:auto}.wide table{border-collapse:collapse;width:100%;font-size:0.875rem}"
    ".wide th,.wide td{border:1px solid color-mix(in srgb,currentColor 20%,transparent);"
    "padding:0.4rem 0.5rem;text-align:left;vertical-align:top;font-weight:400;min-width:5.5rem}"
    ".wide thead th{font-weight:600}"
    "</style>"
)


def table(rows: pd.DataFrame, about: str) -> str:
    """The rows as text, the first column as their heads; `about` says what the table is."""
    heads = "".join(f'<th scope="col">{escape(str(one))}</th>' for one in rows.columns)
    body = "".join(
        f'<tr><th scope="row">{escape(str(first))}</th>'
        + "".join(f"<td>{escape(str(cell))}</td>" for cell in rest)
        + "</tr>"
        for first, *rest in rows.itertuples(index=False)
    )
    return (
        f'{STYLE}<div class="wide" role="region" tabindex="0" aria-label="{escape(about)}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )
