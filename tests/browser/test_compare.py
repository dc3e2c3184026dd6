"""The Compare page in a real browser: a first visit, a move, a link, a phone, the dark, and no barriers."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe_violations
from tests.browser.pages import MOVE, assert_no_barriers, picture, visits


def settled(page: Page, timeout: int = MOVE) -> None:
    """Wait until all dials and charts stand and the page computes no more."""
    expect(page.get_by_text("What this model cannot say")).to_be_visible(timeout=timeout)
    expect(page.get_by_test_id("stMetricValue")).to_have_count(3, timeout=timeout)
    expect(page.get_by_text(re.compile(r"^Shown: [\d,]+ runs\.$"))).to_be_visible(timeout=timeout)
    expect(page.get_by_test_id("stSpinner")).to_have_count(0, timeout=timeout)
    expect(page.locator("[data-testid=stVegaLiteChart] svg").first).to_be_visible(timeout=timeout)


visit = visits("", settled)


def headline(page: Page):
    return page.get_by_role("heading", name=re.compile("^In this model"))


def test_the_first_visit_shows_question_sentence_dials_and_charts(visit, screenshots):
    page = visit()
    expect(page.get_by_role("heading", name="Leadtime")).to_be_visible()
    expect(headline(page)).to_contain_text("Europe and Canada")
    charts = page.get_by_test_id("stVegaLiteChart")
    expect(charts).to_have_count(8 + 2, timeout=MOVE)  # fans, and the two panels of the map
    for fan in charts.all()[:8]:
        expect(fan).to_have_attribute("aria-label", re.compile("Baseline"))
    for panel in charts.all()[8:]:
        expect(panel).to_have_attribute("aria-label", re.compile("highest in"))
        expect(panel.locator("svg")).to_be_visible()
    expect(page.get_by_test_id("stVegaLiteChart").first.locator("svg")).to_contain_text("Baseline")
    picture(page, screenshots / "compare-wide.png", 1440)


def test_a_lever_moved_by_keyboard_changes_the_page(visit, screenshots):
    page = visit("place=DEU")  # Poland spends more than it pledged: there the lever moves nothing
    before = dials(page)
    slider = page.get_by_role("slider", name="Promised spending delivered")
    for _ in range(3):
        slider.press("ArrowRight")
        settled(page)  # a press while the page is drawn anew can be lost
    changed = page.get_by_text("“Promised spending delivered” is set to 100 % instead of 70 %.")
    expect(changed).to_be_visible(timeout=MOVE)
    settled(page)
    expect(headline(page)).to_contain_text("Promised spending delivered")
    assert dials(page) != before
    expect(page).to_have_url(re.compile("spending_delivery"))
    picture(page, screenshots / "compare-moved.png", 1440)


def test_a_group_stays_open_while_its_levers_are_moved(visit):
    page = visit("place=FIN")
    page.get_by_text("Washington decides").click()
    slider = page.get_by_role("slider", name="US deliveries released")
    slider.press("ArrowLeft")
    expect(page.get_by_text("1 changed here")).to_be_visible(timeout=MOVE)
    settled(page)
    expect(slider).to_be_visible()
    expect(headline(page)).to_contain_text("US deliveries released")


def test_levers_that_are_moved_less_often_stay_open_too(visit):
    page = visit()
    expect(page.get_by_role("slider", name="Training with Korea")).to_have_count(0)
    page.get_by_text("More levers").click()
    slider = page.get_by_role("slider", name="Training with Korea")
    slider.press("ArrowRight")
    expect(page.get_by_text("“Training with Korea” is set to 30 % instead of 20 %.")).to_be_visible(
        timeout=MOVE
    )
    settled(page)
    expect(slider).to_be_visible()


def test_an_earlier_start_stands_beside_its_own_eve(visit, screenshots):
    page = visit("scenario=february_2022&place=POL")
    expect(page.get_by_text("Its baseline is the eve of the war")).to_be_visible()
    expect(headline(page)).to_contain_text("“February 2022”")
    chart = page.get_by_test_id("stVegaLiteChart").filter(has_text="2024").first
    expect(chart).to_have_attribute("aria-label", re.compile("in 2022.* in 2032"))
    page.get_by_text("The same numbers as a table").first.click()
    expect(page.get_by_test_id("stTable").filter(has_text="Start of")).to_contain_text("February 2032")
    picture(page, screenshots / "compare-2022.png", 1440)


def test_moves_in_quick_succession_end_at_the_last_one(visit):
    page = visit("scenario=no_us&place=POL")
    page.get_by_text("More precise").click()
    slider = page.get_by_role("slider", name="Talks with Korea")
    for _ in range(4):
        slider.press("ArrowRight")
        page.wait_for_timeout(300)
    expect(page.get_by_text("“Talks with Korea” is set to 0.55 instead of 0.35.")).to_be_visible(
        timeout=2 * MOVE
    )
    settled(page, 2 * MOVE)
    expect(headline(page)).to_contain_text("with your 1 change")
    expect(page.get_by_text("1000 runs")).to_be_visible()


def test_every_chart_has_a_table_beside_it(visit):
    page = visit("scenario=no_korea&place=POL")
    openers = page.get_by_text("The same numbers as a table")
    expect(openers).to_have_count(8)
    openers.first.click()
    table = page.get_by_test_id("stTable").filter(has_text="Start of")
    expect(table).to_be_visible()
    expect(table).to_contain_text("Baseline: middle")
    expect(table).to_contain_text("January 2036")


def test_the_share_link_reproduces_the_page(visit, new_context):
    page = visit("place=POL")
    page.get_by_role("slider", name="Talks with Korea").press("ArrowRight")
    expect(headline(page)).to_contain_text("Talks with Korea", timeout=MOVE)
    settled(page)
    link = page.get_by_test_id("stCode").first.inner_text().strip()
    other = new_context().new_page()
    other.goto(link)
    settled(other)
    assert headline(other).inner_text() == headline(page).inner_text()
    assert dials(other) == dials(page)


def dials(page: Page) -> list[str]:
    return page.get_by_test_id("stMetricValue").all_inner_texts()


def test_a_bad_link_gives_a_sentence_and_the_baseline(visit):
    page = visit("scenario=no_corea")
    expect(page.get_by_role("alert")).to_contain_text("no_korea")
    expect(headline(page)).to_contain_text("baseline")


def test_a_source_stands_at_its_lever(visit):
    page = visit()
    page.get_by_role("button", name="Source").first.click()
    expect(page.get_by_text("Grade of the evidence")).to_be_visible()
    expect(page.get_by_text("What it costs:").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_no_barriers(visit, screenshots, scheme, width):
    page = visit("scenario=no_korea&place=POL", color_scheme=scheme, viewport={"width": width, "height": 900})
    assert_no_barriers(page, screenshots / f"compare-{scheme}-{width}.png", width)


def test_opened_tables_fit_a_phone(visit):
    page = visit("scenario=no_korea&place=POL", viewport={"width": 390, "height": 900})
    page.get_by_text("All measures as a table").click()
    page.get_by_text("The same numbers as a table").first.click()
    expect(page.get_by_test_id("stTable")).to_have_count(2, timeout=MOVE)
    settled(page)
    assert axe_violations(page) == []
