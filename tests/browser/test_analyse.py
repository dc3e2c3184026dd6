"""The Analyse page in a real browser: start, watch, cancel, reload, find again; and no barriers."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import FIRST_RUN, MOVE, assert_no_barriers, visits

SMALL = "method=attribution&other=european_ramp_up&replications=20"
LONG = "method=sensitivity&replications=100&points=1024"


def settled(page: Page, timeout: int = MOVE) -> None:
    """Wait until the page stands and computes no more."""
    expect(page.get_by_role("heading", name="What this model cannot say")).to_be_visible(timeout=timeout)
    expect(page.get_by_test_id("stSpinner")).to_have_count(0, timeout=timeout)


def answered(page: Page) -> None:
    """Wait for the result, starting it where it is not there yet."""
    start = page.get_by_role("button", name="Start")
    heading = page.get_by_role("heading", name=re.compile("^In this model"))
    expect(start.or_(heading).first).to_be_visible(timeout=FIRST_RUN)
    if start.count():
        start.click()
    expect(heading).to_be_visible(timeout=FIRST_RUN)
    expect(page.locator("[data-testid=stVegaLiteChart] svg")).to_have_count(1, timeout=MOVE)


visit = visits("analyse", settled)


def test_an_experiment_is_started_answered_and_found_again(visit):
    page = visit(SMALL)
    expect(page.get_by_text(re.compile("on this machine: 80 runs of ten years"))).to_be_visible(
        timeout=FIRST_RUN
    )
    answered(page)
    heading = page.get_by_role("heading", name=re.compile("^In this model"))
    said = heading.inner_text()
    expect(page).to_have_url(re.compile("method=attribution&other=european_ramp_up&base=baseline"))
    page.reload()
    expect(heading).to_have_text(said, timeout=MOVE)
    expect(page.get_by_role("button", name="Start")).to_have_count(0)
    page.get_by_text("The same numbers as a table").click()
    expect(page.get_by_test_id("stTable").filter(has_text="All together")).to_be_visible(timeout=MOVE)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the table (CSV)").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert "# command: sim analyse attribution baseline european_ramp_up --replications 20" in text
    assert "gap_years,total," in text


def test_a_long_one_shows_its_progress_survives_a_reload_and_is_cancelled(visit):
    page = visit(LONG)
    page.get_by_role("button", name="Start").click(timeout=FIRST_RUN)
    expect(page.get_by_test_id("stProgress")).to_be_visible(timeout=MOVE)
    page.reload()
    expect(page.get_by_test_id("stProgress")).to_be_visible(timeout=MOVE)
    cancel = page.get_by_role("button", name="Cancel")
    expect(cancel).to_be_enabled(timeout=MOVE)  # once the page before the reload is no longer counted
    cancel.click()
    expect(page.get_by_text("Cancelled. Nothing of it is kept.")).to_be_visible(timeout=MOVE)
    expect(page.get_by_role("button", name="Start")).to_be_visible(timeout=MOVE)


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1440)])
def test_no_barriers(visit, screenshots, scheme, width):
    page = visit(SMALL, color_scheme=scheme, viewport={"width": width, "height": 900})
    answered(page)
    assert_no_barriers(page, screenshots / f"analyse-{scheme}-{width}.png", width)
