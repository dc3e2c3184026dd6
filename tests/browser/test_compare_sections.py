"""The sections of the Compare page that open on request: a journey through them, with no barriers."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import MOVE, assert_no_barriers, visits
from tests.browser.test_compare import settled

visit = visits("", settled)


def open_section(page: Page, name: str) -> None:
    page.get_by_text(name).click()
    settled(page)


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_categories_and_makers_open_change_and_have_no_barriers(visit, screenshots, width, scheme):
    page = visit("scenario=no_korea&place=POL", color_scheme=scheme, viewport={"width": width, "height": 900})
    open_section(page, "Gaps, usable equipment, orders and availability")
    charts = page.locator(".st-key-by_category [data-testid=stVegaLiteChart]")
    expect(charts).to_have_count(8, timeout=MOVE)
    expect(charts.first).to_have_attribute("aria-label", re.compile("missing .tanks.*This scenario"))
    page.get_by_role("radio", name="On order").click()
    expect(charts.first).to_have_attribute("aria-label", re.compile("on order .tanks"), timeout=MOVE)

    open_section(page, "Shares of makers by contracts, deliveries or fleet")
    shares = page.locator(".st-key-who_supplies [data-testid=stVegaLiteChart]")
    expect(shares).to_have_attribute("aria-label", re.compile("contracts signed, 2026 to 2030"), timeout=MOVE)
    page.get_by_role("radio", name="Deliveries from abroad").click()
    expect(shares).to_have_attribute("aria-label", re.compile("deliveries from abroad"), timeout=MOVE)
    open_section(page, "All ways of counting beside each other")
    expect(page.get_by_text(re.compile("58 %, 2021–2025: US share of deliveries"))).to_be_visible()
    settled(page)
    assert_no_barriers(page, screenshots / f"compare-sections-{scheme}-{width}.png", width)
