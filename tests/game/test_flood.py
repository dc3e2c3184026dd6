"""Guessing codes: typing errors are forgiven, guessing has to wait."""

import pytest

from sim.game import flood as floods
from sim.game.errors import TooManyTries, UnknownCode
from sim.game.flood import Flood, Limit


class Watch:
    """A clock that is set by hand."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


def wrong():
    raise UnknownCode("No room.")


def tries_until_refused(flood, client):
    for number in range(10_000):
        try:
            flood.guarded(client, wrong)
        except TooManyTries:
            return number
        except UnknownCode:
            pass
    return None


def test_a_client_has_some_tries_and_then_waits():
    watch = Watch()
    flood = Flood(watch, Limit(3, 5.0), Limit(100, 1.0))
    assert tries_until_refused(flood, "a") == 3
    with pytest.raises(TooManyTries, match="wait 5 seconds"):
        flood.guarded("a", lambda: "right")
    watch.seconds += 5
    assert tries_until_refused(flood, "a") == 1
    watch.seconds += 1000
    assert tries_until_refused(flood, "a") == 3


def test_another_client_is_not_held_up_until_all_together_are():
    flood = Flood(Watch(), Limit(3, 5.0), Limit(8, 1.0))
    assert [tries_until_refused(flood, client) for client in "abcd"] == [3, 3, 2, 0]


def test_right_codes_are_never_counted():
    flood = Flood(Watch(), Limit(1, 5.0), Limit(1, 5.0))
    assert [flood.guarded("a", lambda: "right") for _ in range(100)] == ["right"] * 100


def test_clients_that_gave_up_are_forgotten(monkeypatch):
    monkeypatch.setattr(floods, "MOST_CLIENTS", 10)
    watch = Watch()
    flood = Flood(watch, Limit(3, 5.0), Limit(10**6, 1.0))
    for number in range(100):
        watch.seconds += 5
        assert tries_until_refused(flood, str(number)) == 3
    assert len(flood._clients) <= 10
