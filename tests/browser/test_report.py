"""The report as a file in a real browser: it stands by itself, has no barriers, fits a phone, and prints."""

import re
from pathlib import Path

import pytest

from tests.browser.axe import axe_violations
from tests.browser.pages import assert_fits
from tests.cli.call import call

PAPER = {"format": "A4", "prefer_css_page_size": True}


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("report") / "report.html"
    words = ("baseline", "us_pause", "no_korea", "--buyer", "POL", "--replications", "8")
    assert call("report", *words, "--out", str(out)).exit_code == 0
    return out


def opened(new_context, report: Path, **options):
    page = new_context(**options).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    assert asked == [report.as_uri()], "a report loads nothing but itself"
    return page


@pytest.mark.parametrize(
    ("width", "colours"), [(1440, "light"), (390, "light"), (1440, "dark"), (390, "dark")]
)
def test_there_are_no_barriers(new_context, report, screenshots, width, colours):
    page = opened(new_context, report, viewport={"width": width, "height": 900}, color_scheme=colours)
    assert_fits(page)
    page.screenshot(path=screenshots / f"report-{width}-{colours}.png", full_page=True)
    assert axe_violations(page) == []
    page.locator("summary").first.click()
    assert_fits(page)


def test_it_needs_no_script(new_context, report):
    page = opened(new_context, report, java_script_enabled=False)
    assert page.locator("h1").inner_text() == "Leadtime report: 2 scenarios beside “Baseline”"
    drawn = page.locator("svg[aria-label^='Equipment still missing, Poland']")
    assert drawn.count() == 2
    assert drawn.first.bounding_box()["height"] > 200


def test_it_prints_with_every_table_open_and_no_chart_cut(new_context, report, screenshots):
    page = opened(new_context, report)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 1000})  # the width of A4 within its margins
    hidden = page.evaluate(
        "[...document.querySelectorAll('details table')].filter(one => !one.checkVisibility({"
        "contentVisibilityAuto: true})).length"
    )
    assert hidden == 0
    assert_fits(page)
    tall = page.evaluate("Math.max(...[...document.querySelectorAll('.kept')].map(one => one.offsetHeight))")
    assert tall < 900, "a chart must fit on a page"
    printed = page.pdf(path=screenshots / "report.pdf", **PAPER)
    pages = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert 15 <= pages <= 45
