"""Outlines: what the search finds, what is escaped, and how the document is put together."""

import pytest

from sim.report.outline import Item, Part, Section, document, find, plain

PRICE = Item("`quote.platform_price`", "A full line asks more.\n\nSource: Wright 1936.")
TRUST = Item("`trust.recover`", "Trust returns slowly; price plays no part.")
OUTLINE = (
    Section(
        "rules",
        "Details",
        "Rules",
        "All of them.",
        (Part("Quote", "", (PRICE,)), Part("Trust", "", (TRUST,))),
    ),
    Section("end", "Details", "End"),
    Section("more", "Limits", "More", "Nothing else."),
)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("price", [PRICE.name, TRUST.name]),
        ("PRICE full", [PRICE.name]),
        ("trust slow", [TRUST.name]),
        ("wright price trust", []),
        ("  ", []),
    ],
)
def test_a_search_finds_what_holds_every_word(words, names):
    assert [hit.item.name for hit in find(OUTLINE, words)] == names


def test_a_hit_says_where_it_stands():
    (hit,) = find(OUTLINE, "wright")
    assert (hit.section, hit.part) == ("Rules", "Quote")


def test_a_name_that_matches_comes_first():
    turned = (Section("all", "Details", "All", "", (Part("Both", "", (TRUST, PRICE)),)),)
    assert [hit.item for hit in find(turned, "price")] == [PRICE, TRUST]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2 * 3 < $7 | [a]", "2 \\* 3 \\< \\$7 \\| \\[a\\]"),
        ("new_ready of `doctrine.*.speed`", "new_ready of `doctrine.*.speed`"),
        ("_so_ said", "\\_so\\_ said"),
    ],
)
def test_signs_of_markdown_are_escaped_outside_ticks(text, shown):
    assert plain(text) == shown


def test_paragraphs_of_an_item_stay_within_its_entry():
    assert PRICE.markdown.splitlines()[-1] == "  Source: Wright 1936."


def test_each_block_has_one_heading():
    text = document("Title", "What it is.", OUTLINE)
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings == [
        "# Title", "## Details", "### Rules", "#### Quote", "#### Trust", "### End", "## Limits", "### More",
    ]  # fmt: skip
    assert "\n\n\n" not in text
