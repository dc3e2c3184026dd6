"""The Model page in a real browser: reached from the first page, searched, on a phone, and no barriers."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe_violations
from tests.browser.pages import MOVE, assert_fits, assert_no_barriers, visits


def settled(page: Page, timeout: int) -> None:
    """Wait until the last section of the page is there."""
    expect(page.get_by_role("heading", name="Version and how to reproduce")).to_be_visible(timeout=timeout)
    expect(page.get_by_test_id("stSpinner")).to_have_count(0, timeout=MOVE)


visit = visits("model", settled)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_no_barriers(visit, screenshots, scheme, width):
    page = visit(color_scheme=scheme, viewport={"width": width, "height": 900})
    assert_no_barriers(page, screenshots / f"model-{scheme}-{width}.png", width)


def test_a_rule_is_found_on_a_phone(visit, screenshots):
    page = visit(viewport={"width": 390, "height": 900})
    box = page.get_by_label("Find a rule, a number, a lever, a card, a measure or a check")
    box.fill("platform price wright")
    box.press("Enter")
    expect(page.get_by_text("1 entry found.")).to_be_visible(timeout=MOVE)
    expect(page.get_by_text("learning curve after Wright 1936")).to_be_visible()
    page.screenshot(path=screenshots / "model-found.png", full_page=True)


def test_parts_open_on_request_and_fit_a_phone(visit, screenshots):
    page = visit(viewport={"width": 390, "height": 900})
    for title in ("Rules: trust", "Constants: trust", "All cards", "Washington decides"):
        page.get_by_text(title, exact=True).click()
    expect(page.get_by_text("Trust returns slowly to where it started")).to_be_visible(timeout=MOVE)
    expect(page.get_by_text("Faster US sales process.")).to_be_visible(timeout=MOVE)
    expect(page.get_by_text("Real episode:").first).to_be_visible(timeout=MOVE)
    assert_fits(page)
    page.get_by_text("Rules: trust", exact=True).scroll_into_view_if_needed()
    page.screenshot(path=screenshots / "model-open.png")
    assert axe_violations(page) == []
