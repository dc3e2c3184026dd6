"""Several scenarios beside each other in a real browser: keep, change, keep, reload, remove, undo."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe_violations
from tests.browser.pages import MOVE, assert_no_barriers, visits
from tests.browser.test_compare import settled

visit = visits("", settled)
FOUR = "scenario=1~no_us~l~spending_delivery~1&place=POL&beside=no_korea,1~baseline~l~threat~1.2,us_pause"


def told(page: Page) -> list[str]:
    """The sentence on all scenarios, and what the charts of the section say."""
    section = page.get_by_test_id("stVegaLiteChart")
    alts = [chart.get_attribute("aria-label") or "" for chart in section.all()]
    return [
        page.get_by_text(re.compile("^In this model, for Germany: ")).inner_text(),
        *[text for text in alts if "compared with the baseline" in text or "B, No new" in text],
    ]


def test_keep_change_keep_reload_remove_undo(visit, new_context, screenshots):
    page = visit("scenario=no_us&place=DEU")
    page.get_by_role("button", name="Keep beside").click()
    expect(page.get_by_text("still the same as B")).to_be_visible(timeout=MOVE)
    settled(page)
    page.get_by_role("slider", name="Talks with Korea").press("ArrowRight")
    expect(page.get_by_text("A ● No new US orders with 1 change")).to_be_visible(timeout=MOVE)
    settled(page)
    page.get_by_role("combobox", name="Set another scenario beside").click()
    page.get_by_role("option", name="No new Korean orders").click()
    expect(page.get_by_text("C ▲ No new Korean orders")).to_be_visible(timeout=MOVE)
    settled(page)
    expect(page).to_have_url(re.compile("beside=no_us(,|%2C)no_korea"))
    before = told(page)
    assert len(before) == 1 + 3 + 1
    page.screenshot(path=screenshots / "beside.png")

    other = new_context().new_page()
    other.goto(page.url)
    settled(other)
    expect(other.get_by_text("C ▲ No new Korean orders")).to_be_visible(timeout=MOVE)
    assert told(other) == before

    page.get_by_role("button", name="Remove C").click()
    expect(page.get_by_text("C ▲")).to_have_count(0, timeout=MOVE)
    settled(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("C ▲ No new Korean orders")).to_be_visible(timeout=MOVE)
    settled(page)
    assert told(page) == before


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_no_barriers(visit, screenshots, scheme, width):
    page = visit(FOUR, color_scheme=scheme, viewport={"width": width, "height": 900})
    for opener in ("All scenarios as a table", "The same on the command line"):
        page.get_by_text(opener).click()
        settled(page)
    table = page.get_by_role("region", name="All scenarios as a table")
    expect(table.get_by_role("columnheader", name="D", exact=True)).to_be_attached(timeout=MOVE)
    assert_no_barriers(page, screenshots / f"beside-{scheme}-{width}.png", width)


def test_the_years_of_four_scenarios_can_be_read_on_a_phone(visit):
    page = visit(FOUR, viewport={"width": 390, "height": 900})
    page.get_by_text("The same numbers as a table").first.click()
    table = page.get_by_role("region", name="Equipment still missing, Poland")
    expect(table).to_contain_text("January 2036", timeout=MOVE)
    settled(page)
    assert axe_violations(page) == []
