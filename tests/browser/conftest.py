"""What browser tests share: this machine's Chromium with the network closed, the app, a watch on every page.

Fixtures: `app_url` (address of the running app), `screenshots` (folder for pictures; LEADTIME_ARTEFACTS keeps
them), and pytest-playwright's `page` and `new_context`, whose pages fail the test when they ask for anything
from outside, throw, or log an error.
"""

import os
from pathlib import Path

import pytest

from tests.browser.server import running_app
from tests.browser.watch import watch
from tools import chromium

# Every host but this machine is unknown to the browser: faster than intercepting, and nothing slips through.
NO_NETWORK = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
QUIET = (
    "--no-sandbox",  # Chromium refuses to run as root with it, as it does in CI
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SAME_EVERYWHERE = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", "timezone_id": "UTC"}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Start the Chromium of this machine; raises NoChromium, in one sentence, when there is none."""
    arguments = [*QUIET, NO_NETWORK]
    return {
        **browser_type_launch_args,
        "executable_path": chromium.find(),
        "args": arguments,
        "headless": True,
    }


@pytest.fixture(scope="session")
def base_url():
    """Give no base address: pytest-playwright's own fixture warns under pytest 9, and tests use `app_url`."""
    return None


@pytest.fixture(scope="session")
def app_url(tmp_path_factory):
    """Start the app once for all browser tests and give its address, without a slash at the end."""
    with running_app(tmp_path_factory.mktemp("app") / "app.log") as address:
        yield address


@pytest.fixture
def new_context(new_context):
    """Make watched browser contexts; the test fails at its end if a page in one misbehaved.

    Options are Playwright's, such as `viewport`, `color_scheme` or `locale`.
    """
    watched = []

    def make(**options):
        context = new_context(**{**SAME_EVERYWHERE, **options})
        watched.append(watch(context))
        return context

    yield make
    troubles = [trouble for troubles in watched for trouble in troubles]
    assert not troubles, "\n" + "\n".join(troubles)


@pytest.fixture(scope="session")
def screenshots(tmp_path_factory) -> Path:
    """Return the folder for pictures of pages: LEADTIME_ARTEFACTS if set, else a temporary one."""
    kept = os.environ.get("LEADTIME_ARTEFACTS")
    folder = Path(kept).resolve() if kept else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
