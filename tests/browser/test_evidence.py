"""The Evidence page in a real browser: a link, a chosen row, a phone, the dark, and no barriers."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import assert_no_barriers, visits

READY = 120_000


def settled(page: Page, timeout: int = READY) -> None:
    """Wait until the last line of the page and its tables or charts stand."""
    expect(page.get_by_text("Grades: A official text or contract")).to_be_visible(timeout=timeout)
    drawn = "[data-testid=stDataFrame] canvas, [data-testid=stVegaLiteChart] .marks"
    expect(page.locator(drawn).last).to_be_visible(timeout=timeout)
    page.wait_for_timeout(500)


visit = visits("evidence", settled, READY)


def test_a_chosen_row_opens_its_number(visit):
    page = visit("fact=DEU.defence_share")
    expect(page.get_by_text("Others give another value")).to_be_visible()
    table = page.get_by_test_id("stDataFrame").first
    box = table.bounding_box()
    page.mouse.click(
        box["x"] + 17, box["y"] + 53
    )  # the first row's mark; a table is drawn, not made of parts
    expect(page).to_have_url(re.compile("fact=BGR.defence_share"), timeout=READY)
    expect(page.get_by_role("heading", name="Bulgaria: defence share")).to_be_visible(timeout=READY)


def test_a_lever_leads_to_its_number_and_back_to_the_same_question(new_context, app_url):
    page = new_context().new_page()
    page.goto(f"{app_url}/?scenario=no_korea")
    expect(page.get_by_text("What this model cannot say")).to_be_visible(timeout=2 * READY)
    page.get_by_role("button", name="Source").first.click()
    page.get_by_role("link", name="All about this number").first.click()
    settled(page)
    expect(page.get_by_role("heading", name="Talks with Korea: setting at the start")).to_be_visible()
    page.get_by_role("link", name="Compare").first.click()
    expect(page.get_by_text("What this model cannot say")).to_be_visible(timeout=READY)
    expect(page).to_have_url(re.compile("scenario=no_korea"), timeout=READY)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", ["fact=DEU.defence_share", "part=claims", "part=holdup"])
@pytest.mark.parametrize("width", [1440, 390])
def test_no_barriers(visit, screenshots, scheme, query, width):
    page = visit(query, color_scheme=scheme, viewport={"width": width, "height": 900})
    part = query.partition("=")[2]
    assert_no_barriers(page, screenshots / f"evidence-{part}-{scheme}-{width}.png", width)
