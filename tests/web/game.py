"""A store of games for one test, and a room in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sim.game.host import Host
from sim.game.secret import new_token
from sim.game.setup import new_setup
from sim.web import game_host
from tests.web.pages import app

PAGE = "sim/web/pages/play.py"
SEATS = ("POL", "ROU", "korea", "alliance")


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """The host of this test's own database, which the pages use, too."""
    monkeypatch.setenv("LEADTIME_DATABASE_URL", f"sqlite:///{tmp_path / 'games.sqlite'}")
    monkeypatch.setattr("sim.game.setup.new_random_seed", lambda: 5)
    game_host.host.clear()
    yield game_host.host()
    game_host.host().rooms.store.close()
    game_host.host.clear()


class Room:
    """A class with a facilitator; `join` gives a player's token."""

    def __init__(self, host: Host, turns: int = 2) -> None:
        self.host = host
        self.record, self.lead = host.open(new_setup(random_seed=5, turns=turns, seats=SEATS))

    def join(self, seat: str, name: str = "") -> str:
        token = new_token()
        self.host.rooms.join(self.record.code, token, "school", name=name, seat=seat)
        return token

    def begin(self) -> None:
        self.host.begin(self.lead)

    def open(self, token: str) -> AppTest:
        """The page behind a personal link."""
        return opened(me=token)


def opened(**query: str) -> AppTest:
    """The Play page with an address."""
    at = app(**query).switch_page(PAGE)
    at.run()
    assert not at.exception, at.exception
    return at


def press(at: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception, at.exception
    return at


def said(at: AppTest) -> str:
    """All words of the page."""
    parts = [*at.title, *at.header, *at.markdown, *at.caption, *at.info, *at.success]
    return "\n".join(str(part.value).replace("\\", "") for part in parts)
