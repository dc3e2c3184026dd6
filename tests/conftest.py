"""What holds for every test: nothing is skipped, nothing depends on the last run, browser tests come last."""

import os

import pytest
from hypothesis import settings

# The same examples every time: a failure seen by one is seen by all. No deadline: the suite times nothing.
settings.register_profile("leadtime", derandomize=True, deadline=None, database=None, print_blob=True)
settings.load_profile("leadtime")

# Streamlit and numba read these when they are imported.
os.environ.setdefault("STREAMLIT_BROWSER_GATHER_USAGE_STATS", "false")


def pytest_collection_modifyitems(items):
    """Run browser tests last: from its first test on, Playwright keeps an event loop in the main thread."""
    items.sort(key=lambda item: "tests/browser/" in item.path.as_posix())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn a skipped test into a failed one: what is missing must be installed, not passed over."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped. In this project nothing is: {call.excinfo.value}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """Turn a module that skips itself while it is collected into an error, for the same reason."""
    report = yield
    if report.outcome == "skipped":
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} skips itself. In this project nothing is skipped."
    return report
