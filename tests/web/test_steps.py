"""Slider steps are round and reach the ends and the default."""

import math

import pytest

from sim.web import catalogue
from sim.web.steps import step


@pytest.mark.parametrize(
    ("low", "high", "default", "expected"),
    [
        (0, 1, 0.35, 0.05),
        (0, 300, 150, 10),
        (0, 4, 1, 1),
        (0, 12, 0, 1),
        (0, 1.4, 0.7, 0.1),
        (0.3, 2, 1, 0.1),
    ],
)
def test_step(low: float, high: float, default: float, expected: float) -> None:
    assert step(low, high, default) == pytest.approx(expected)


def test_every_lever_can_be_set_back_to_its_default() -> None:
    for lever in catalogue.read().levers.values():
        if lever.kind == "number":
            places = (lever.default - lever.low) / step(lever.low, lever.high, lever.default)
            assert math.isclose(places, round(places), abs_tol=1e-6), lever.id
