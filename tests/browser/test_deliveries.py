"""The deliveries of the Compare page in a real browser: opened, read, and on a phone in the dark."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import MOVE, assert_no_barriers, visits
from tests.browser.test_compare import settled

visit = visits("", settled)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_a_reader_opens_the_deliveries_of_a_state(visit, screenshots, scheme, width):
    page = visit("scenario=no_korea&place=POL", color_scheme=scheme, viewport={"width": width, "height": 900})
    page.get_by_text("Who delivers what to whom, and when").click()
    expect(page.get_by_role("heading", name="When it comes")).to_be_visible(timeout=MOVE)
    settled(page)
    charts = page.get_by_test_id("stVegaLiteChart")
    where, when = charts.nth(-2), charts.nth(-1)
    expect(where).to_have_attribute("aria-label", re.compile("United States to Poland"))
    expect(where.locator("svg")).to_contain_text("Republic of Korea", timeout=MOVE)
    expect(when.locator("svg")).to_contain_text("K2 tank (Changwon): 116 tanks", timeout=MOVE)
    page.get_by_text("The same deliveries as a table").click()
    page.get_by_text("All programmes as a table").click()
    expect(page.get_by_test_id("stDataFrame")).to_have_count(4, timeout=MOVE)
    settled(page)
    assert_no_barriers(page, screenshots / f"deliveries-{scheme}-{width}.png", width)
