"""The first minute in a real browser: the first screen, the tour by keyboard, a file, pictures, print."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe_violations
from tests.browser.pages import MOVE, assert_fits, visits
from tests.browser.test_compare import headline, settled

visit = visits("", settled)
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_first_screen_holds_question_choice_headline_and_dials(visit, screenshots, viewport):
    page = visit(viewport=viewport)
    page.screenshot(path=screenshots / f"first-{viewport['width']}.png")
    expect(page.get_by_text("How can NATO states close the gaps")).to_be_in_viewport()
    expect(page.get_by_label("What if …").first).to_be_in_viewport()
    expect(headline(page)).to_be_in_viewport(ratio=1)
    for dial in page.get_by_test_id("stMetricValue").all():
        expect(dial).to_be_in_viewport(ratio=1)


def press(page: Page, label: str) -> None:
    """Press a button of the tour with the keyboard, and wait for the page."""
    button = page.locator(".st-key-tour, .st-key-tour_offer").get_by_role("button", name=label)
    button.focus()
    button.press("Enter")


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk-light", "phone-dark"]
)
def test_the_tour_leads_through_the_app(visit, screenshots, viewport, scheme):
    page = visit(viewport=viewport, color_scheme=scheme)
    press(page, "Take the tour")
    for step, deed, seen in (
        (1, None, "dials under it stand at"),
        (2, "Set it to 50 %", "now stands at 50 %"),
        (3, "Look at Norway", "Speed for Norway:"),
    ):
        expect(page.get_by_text(f"Step {step} of 5")).to_be_visible(timeout=MOVE)
        if deed:
            press(page, deed)
        expect(page.get_by_text(seen)).to_be_visible(timeout=MOVE)
        settled(page)
        page.screenshot(path=screenshots / f"tour-{step}-{viewport['width']}.png")
        assert_fits(page)
        assert axe_violations(page) == []
        press(page, "Next")
    page.get_by_role("link", name="Ask why").click()
    expect(page.get_by_text("Step 4 of 5")).to_be_visible(timeout=MOVE)
    expect(page.get_by_text("What this model cannot say")).to_be_visible(timeout=MOVE)
    expect(page.get_by_role("heading", name=re.compile("Norway")).first).to_be_visible()
    page.screenshot(path=screenshots / f"tour-4-{viewport['width']}.png")
    press(page, "Go on to step 5")
    expect(page.get_by_text("Step 5 of 5")).to_be_visible(timeout=MOVE)
    settled(page)
    expect(page).to_have_url(re.compile("us_delivery_release~0.5.*tour=5"))
    page.screenshot(path=screenshots / f"tour-5-{viewport['width']}.png")
    press(page, "Finish the tour")
    expect(page.get_by_text("Step 5 of 5")).to_have_count(0, timeout=MOVE)
    expect(page.get_by_text("New here?")).to_have_count(0)


def test_a_file_is_opened_and_a_bad_one_changes_nothing(visit, tmp_path, screenshots):
    page = visit("place=POL")
    page.get_by_text("Open a scenario file").click()
    chooser = page.locator("input[type=file]")
    bad = Path(tmp_path / "odd näme; $(x).toml")
    bad.write_bytes(b"\x00\xff")
    before = headline(page).inner_text()
    chooser.set_input_files(bad)
    expect(page.get_by_text("This file cannot be used")).to_be_visible(timeout=MOVE)
    assert headline(page).inner_text() == before
    # Streamlit's own field for files breaks one rule of good practice; nothing else may.
    assert [one for one in axe_violations(page) if "stFileUploaderDropzone" not in one] == []
    good = tmp_path / "good.toml"
    good.write_text('title = "Half of it"\n[levers]\nus_delivery_release = 0.5\n', encoding="utf-8")
    chooser.set_input_files(good)
    expect(headline(page)).to_contain_text("“Half of it”", timeout=MOVE)
    settled(page)
    expect(page.get_by_text("This file cannot be used")).to_have_count(0)
    page.screenshot(path=screenshots / "upload.png")
    page.get_by_role("button", name="Undo").click()
    expect(headline(page)).to_have_text(before, timeout=MOVE)


def test_the_page_prints_whole_and_without_its_controls(visit):
    page = visit("scenario=no_korea&place=POL", viewport=DESK)
    page.emulate_media(media="print")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_role("button", name="Download all numbers (CSV)")).to_be_hidden()
    expect(page.get_by_text("Set another scenario beside")).to_be_hidden()
    expect(page.get_by_role("heading", name="By category")).to_be_hidden()  # over a box that is closed
    for kept in ("Over the years", "Industries", "Every state", "What is changed"):
        expect(page.get_by_role("heading", name=kept).first).to_be_visible()
    expect(headline(page)).to_be_visible()
    foot = page.get_by_text("What this model cannot say").bounding_box()
    assert foot["y"] > 2 * DESK["height"], "the page is still as long as its window"
    assert page.evaluate("document.documentElement.scrollHeight") > foot["y"]


def test_a_chart_is_saved_as_a_picture_by_keyboard(visit):
    page = visit("place=POL")
    chart = page.get_by_test_id("stVegaLiteChart").first
    chart.hover()
    button = page.get_by_role("button", name=re.compile("Download as PNG")).first
    button.focus()
    with page.expect_download() as saved:
        button.press("Enter")
    assert saved.value.suggested_filename.endswith(".png")
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")
