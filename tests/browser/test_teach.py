"""A class in real browsers: a room, two players who join by code, a turn that everybody sees, a debrief."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import FIRST_RUN, MOVE, assert_no_barriers

BIG = {"viewport": {"width": 1920, "height": 1080}}


@pytest.fixture
def lead(new_context, app_url) -> Page:
    """The console of a room just opened."""
    page = new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(f"{app_url}/teach")
    page.get_by_role("button", name="Open the room").click(timeout=FIRST_RUN)
    expect(page.get_by_text("Keep this link.")).to_be_visible(timeout=FIRST_RUN)
    page.get_by_role("button", name="I have kept it").click()
    expect(page.get_by_text("Keep this link.")).to_have_count(0, timeout=MOVE)
    return page


def code_of(lead: Page) -> str:
    return lead.locator(".st-key-room_code p").inner_text()


def joined(new_context, app_url, code: str, name: str, **options) -> Page:
    """A player who has opened the address behind the code to scan."""
    page = new_context(**options).new_page()
    page.goto(f"{app_url}/play?code={code}")
    page.get_by_label(re.compile("name", re.IGNORECASE)).first.fill(name)
    page.get_by_role("button", name=re.compile("^Join")).click()
    expect(page).to_have_url(re.compile("me="), timeout=MOVE)
    return page


def test_a_class_joins_by_code_and_sees_the_turn_end(lead, new_context, app_url, screenshots):
    code = code_of(lead)
    show = new_context(**BIG).new_page()
    show.goto(f"{app_url}/teach?show={code}")
    expect(show.locator(".st-key-room_code_big p")).to_have_text(code, timeout=MOVE)
    assert_no_barriers(show, screenshots / "projector-before.png", 1920)
    show.set_viewport_size(BIG["viewport"])

    ana = joined(new_context, app_url, code, "Ana")
    ben = joined(new_context, app_url, code, "Ben", viewport={"width": 390, "height": 800})
    for page in (lead, show):
        expect(page.get_by_text("Ana").first).to_be_visible(timeout=MOVE)
        expect(page.get_by_text("Ben").first).to_be_visible(timeout=MOVE)

    lead.get_by_role("button", name="Begin turn 1").click()
    expect(lead.get_by_text("2 people have not decided yet.")).to_be_visible(timeout=MOVE)
    ana.get_by_role("button", name=re.compile("have decided", re.IGNORECASE)).click(timeout=MOVE)
    expect(lead.get_by_text("1 person has not decided yet.")).to_be_visible(timeout=MOVE)

    lead.get_by_role("button", name="End turn 1").click()
    expect(lead.get_by_role("button", name="End turn 2")).to_be_visible(timeout=MOVE)
    for page in (ana, ben, show):
        expect(page.get_by_text("Turn 2 of 7").first).to_be_visible(timeout=MOVE)

    address = lead.url
    lead.reload()
    expect(lead.get_by_role("button", name="End turn 2")).to_be_visible(timeout=MOVE)
    assert lead.url == address
    ben.reload()
    expect(ben.get_by_text("Turn 2 of 7").first).to_be_visible(timeout=MOVE)
    expect(show.locator("[data-testid=stVegaLiteChart] svg")).to_have_count(4, timeout=MOVE)
    assert_no_barriers(show, screenshots / "projector-turn-2.png", 1920)
    assert_no_barriers(lead, screenshots / "console.png", 1440)


def test_the_debrief_opens_when_the_facilitator_looks_back(lead, new_context, app_url, screenshots):
    code = code_of(lead)
    page = new_context(color_scheme="dark", viewport={"width": 390, "height": 900}).new_page()
    page.goto(f"{app_url}/debrief?code={code}")
    expect(page.get_by_text("opens when the last turn has ended")).to_be_visible(timeout=MOVE)
    lead.get_by_role("button", name="Begin turn 1").click()
    lead.get_by_role("button", name="End turn 1").click(timeout=MOVE)
    expect(lead.get_by_role("button", name="End turn 2")).to_be_visible(timeout=MOVE)
    lead.get_by_role("button", name="Look back now").click()
    expect(lead.get_by_role("button", name="Close the room")).to_be_visible(timeout=MOVE)
    page.reload()
    expect(page.get_by_text("The hidden day was the end of")).to_be_visible(timeout=2 * MOVE)
    expect(page.get_by_text("Download the debrief")).to_be_visible(timeout=MOVE)
    expect(page.get_by_test_id("stSpinner")).to_have_count(0, timeout=MOVE)
    assert_no_barriers(page, screenshots / "debrief-dark-390.png", 390)


@pytest.mark.parametrize(("scheme", "width"), [("dark", 390), ("light", 1440)])
def test_no_barriers_where_a_room_is_opened(new_context, app_url, screenshots, scheme, width):
    page = new_context(color_scheme=scheme, viewport={"width": width, "height": 900}).new_page()
    page.goto(f"{app_url}/teach")
    expect(page.get_by_role("button", name="Open the room")).to_be_visible(timeout=FIRST_RUN)
    assert_no_barriers(page, screenshots / f"teach-{scheme}-{width}.png", width)
