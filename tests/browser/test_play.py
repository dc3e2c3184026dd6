"""The Play page in a real browser: begin, decide, end the year, reload, take it back; and no barriers."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import FIRST_RUN, MOVE, assert_no_barriers, visits


def doors(page: Page, timeout: int = MOVE) -> None:
    """Wait until the three doors stand."""
    expect(page.get_by_role("button", name="Begin")).to_be_visible(timeout=timeout)


visit = visits("play", doors)


def settled(page: Page, timeout: int = MOVE) -> None:
    """Wait until a turn's screen stands and the page computes no more."""
    expect(page.get_by_role("button", name="End the year")).to_be_visible(timeout=timeout)
    expect(page.locator("[data-testid=stVegaLiteChart] svg")).to_have_count(1, timeout=timeout)
    expect(page.get_by_test_id("stSpinner")).to_have_count(0, timeout=timeout)


def begin(page: Page) -> None:
    page.get_by_role("button", name="Begin").click()
    settled(page, FIRST_RUN)


def decide(page: Page) -> str:
    """Tick the first offer of the first tender that has one; its name."""
    tick = page.get_by_role("radiogroup").first
    name = tick.locator("label").first.inner_text().splitlines()[0]
    tick.locator("label").first.click()
    expect(page.get_by_role("button", name="Take back", exact=True)).to_have_count(1, timeout=MOVE)
    return name


def test_a_year_alone_survives_a_reload_and_can_be_taken_back(visit):
    page = visit()
    begin(page)
    expect(page).to_have_url(re.compile(r"play\?me=[0-9a-f]{32}&lead=[0-9a-f]{32}$"))
    name = decide(page)
    reason = page.get_by_label("Why, in ten words").first
    reason.fill("It comes first")
    page.reload()
    settled(page)
    expect(page.get_by_role("radio", name=re.compile(re.escape(name))).first).to_be_checked(timeout=MOVE)
    page.get_by_role("button", name="End the year").click()
    expect(page.get_by_role("heading", name="What has happened")).to_be_visible(timeout=MOVE)
    expect(page.get_by_text("Turn 2 of 5")).to_be_visible()
    page.reload()
    settled(page)
    expect(page.get_by_text("Turn 2 of 5")).to_be_visible(timeout=MOVE)
    page.get_by_role("button", name="Take the last year back").click()
    expect(page.get_by_text("Turn 1 of 5")).to_be_visible(timeout=MOVE)
    expect(page.get_by_role("radio", name=re.compile(re.escape(name))).first).to_be_checked(timeout=MOVE)


def test_two_clicks_end_one_year(visit):
    page = visit()
    begin(page)
    page.get_by_role("button", name="End the year").dblclick()
    expect(page.get_by_text("Turn 2 of 5")).to_be_visible(timeout=MOVE)
    settled(page)
    expect(page.get_by_text("Turn 2 of 5")).to_be_visible()
    page.reload()
    settled(page)
    expect(page.get_by_text("Turn 2 of 5")).to_be_visible(timeout=MOVE)


def test_the_keyboard_alone_can_decide(visit):
    page = visit()
    page.get_by_role("button", name="Begin").focus()
    page.keyboard.press("Enter")
    settled(page, FIRST_RUN)
    page.get_by_role("radio", name=re.compile("Leave it to the ministry")).first.focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("radio", name=re.compile("None of these")).first).to_be_checked(timeout=MOVE)
    expect(page.get_by_role("button", name="Take back", exact=True)).to_have_count(1, timeout=MOVE)


@pytest.mark.parametrize(("scheme", "width"), [("dark", 390), ("light", 1440)])
def test_no_barriers(visit, screenshots, scheme, width):
    page = visit(color_scheme=scheme, viewport={"width": width, "height": 900})
    assert_no_barriers(page, screenshots / f"play-doors-{scheme}-{width}.png", width)
    begin(page)
    decide(page)
    assert_no_barriers(page, screenshots / f"play-turn-{scheme}-{width}.png", width)
    page.get_by_role("button", name="End the year").click()
    expect(page.get_by_role("heading", name="What has happened")).to_be_visible(timeout=MOVE)
    settled(page)
    for title in (
        "Ask the advisor",
        "Forecast a delivery",
        "Other needs",
        "Policies",
        "Make another",
        "Your role",
    ):
        page.get_by_text(title).first.click()
    expect(page.get_by_label("Set to")).to_be_visible(timeout=MOVE)
    assert_no_barriers(page, screenshots / f"play-open-{scheme}-{width}.png", width)
