"""A table as HTML: every cell is there, nothing in it is taken for a tag, and the keyboard reaches it."""

import pandas as pd

from sim.report import wide


def test_cells_and_heads_are_text() -> None:
    text = wide.table(pd.DataFrame({"Measure": ["<b>Cost"], "A & B": ["$1 bn"]}), 'All "scenarios"')
    assert '<th scope="row">&lt;b&gt;Cost</th><td>$1 bn</td>' in text
    assert '<th scope="col">A &amp; B</th>' in text
    assert 'tabindex="0" aria-label="All &quot;scenarios&quot;"' in text
    assert "<b>" not in text
