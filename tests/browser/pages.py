"""How browser tests open a page of the app, wait for it, and look whether anybody could use it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.axe import axe_violations

FIRST_RUN = 240_000  # the first page may have to wait until the model is compiled
MOVE = 60_000


def visits(path: str, settled: Callable[[Page, int], None], first: int = FIRST_RUN):
    """A fixture that opens a page with a query and browser options, and waits until it has settled."""

    @pytest.fixture
    def visit(new_context, app_url):
        def open_page(query: str = "", **options) -> Page:
            page = new_context(**options).new_page()
            page.goto(f"{app_url}/{path}?{query}")
            settled(page, first)
            return page

        return open_page

    return visit


def assert_no_barriers(page: Page, path, width: int) -> None:
    """The page does not scroll sideways and axe finds nothing; a picture of it is taken."""
    assert_fits(page)
    picture(page, path, width)
    found = axe_violations(page)
    assert found == [], "\n".join(found)


def assert_fits(page: Page) -> None:
    """The page is no wider than its window."""
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, "the page scrolls sideways"


def picture(page: Page, path, width: int) -> None:
    """A picture of the whole page: its main part scrolls inside, so the window is made as tall as it is."""
    tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(tall + 40, 9000)})
    page.wait_for_timeout(300)  # charts settle in the new size
    page.screenshot(path=path)
