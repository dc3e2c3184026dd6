"""The Why page in a real browser: a link opens it, another decision is taken apart, and no barriers."""

import re

import pytest
from playwright.sync_api import Page, expect

from sim.model.version import MODEL_VERSION
from tests.browser.pages import MOVE, assert_no_barriers, visits


def settled(page: Page, timeout: int = MOVE) -> None:
    """Wait until all charts stand and the page computes no more."""
    expect(page.get_by_text("The same on the command line")).to_be_visible(timeout=timeout)
    expect(page.get_by_test_id("stSpinner")).to_have_count(0, timeout=timeout)
    expect(page.locator("[data-testid=stVegaLiteChart] svg")).to_have_count(4, timeout=timeout)


visit = visits("why", settled)


def test_a_link_opens_one_need_and_its_tables(visit):
    page = visit("buyer=NOR&category=main_battle_tank")
    heading = page.get_by_role("heading", name=re.compile("^In this model"))
    expect(heading).to_contain_text("Norway signs for main battle tanks")
    page.get_by_text("The same numbers as a table").first.click()
    expect(page.get_by_test_id("stTable").filter(has_text="Runs with a contract")).to_be_visible(timeout=MOVE)
    expect(page).to_have_url(re.compile(r"why\?buyer=NOR&category=main_battle_tank$"))


def test_the_compare_page_is_found_as_it_was_left(visit, app_url):
    page = visit()
    page.goto(f"{app_url}/?scenario=no_korea&place=NOR")
    expect(page.get_by_role("heading", name=re.compile("No new Korean orders"))).to_be_visible(timeout=MOVE)
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Why").click()
    settled(page)
    expect(page.get_by_role("heading", name=re.compile("^In this model, Norway signs"))).to_be_visible()
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Compare").click()
    expect(page.get_by_role("heading", name=re.compile("No new Korean orders"))).to_be_visible(timeout=MOVE)
    expect(page).to_have_url(f"{app_url}/?scenario=no_korea&place=NOR&model={MODEL_VERSION}", timeout=MOVE)


def test_the_back_button_leads_to_where_the_reader_came_from(visit, app_url):
    page = visit()
    page.goto(f"{app_url}/?scenario=no_korea&place=NOR")
    expect(page.get_by_role("heading", name=re.compile("No new Korean orders"))).to_be_visible(timeout=MOVE)
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Why").click()
    settled(page)
    expect(page).to_have_url(f"{app_url}/why")
    page.go_back()
    expect(page.get_by_role("heading", name=re.compile("No new Korean orders"))).to_be_visible(timeout=MOVE)
    expect(page).to_have_url(f"{app_url}/?scenario=no_korea&place=NOR")


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1440)])
def test_no_barriers(visit, screenshots, scheme, width):
    page = visit(color_scheme=scheme, viewport={"width": width, "height": 900})
    assert_no_barriers(page, screenshots / f"why-{scheme}-{width}.png", width)
