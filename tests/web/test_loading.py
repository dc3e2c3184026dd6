"""The first visit after a start reads a sentence while the program is loaded, and nobody after it."""

import sys
from contextlib import nullcontext

import pytest

from sim.web import loading


def test_only_the_first_visit_waits_and_reads_why(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(loading.st, "spinner", lambda text, **_given: said.append(text) or nullcontext())
    for name in loading.PARTS:
        __import__(name)
    monkeypatch.delitem(sys.modules, loading.PARTS[-1])
    loading.load()
    assert said == ["Leadtime is starting. That takes a few seconds."]
    loading.load()
    assert len(said) == 1
