"""How tests without a browser open a page of the app."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).resolve().parents[2] / "app.py")


def app(**query: str) -> AppTest:
    """The app with an address, not run yet."""
    at = AppTest.from_file(APP, default_timeout=300)
    for name, value in query.items():
        at.query_params[name] = value
    return at


def run(at: AppTest) -> AppTest:
    """Run the app once more; nothing may be thrown."""
    at.run()
    assert not at.exception, at.exception
    return at
