"""Delivery cases made for a test: dates in months, chance keyed by name."""

import math

import numpy as np

from sim.estimation.delivery_cases import Case
from sim.model.randomness import name_key, stream, uniform

SIGNED = 12.0 * 2015


def chance(name: str, at: int = 0) -> float:
    """A number between 0 and 1 that belongs to a name."""
    return uniform(np.uint64(stream(7, at)), 900, name_key(name), np.uint64(0), 0)


def case(name: str, kind: str, low: float, high: float | None = None, promise: float = math.nan) -> Case:
    """A case of one kind, signed in January 2015 by a buyer of its own; dated unless `high` is given."""
    ends = (np.array([low]), np.array([low if high is None else high]))
    start = np.array([SIGNED])
    return Case(name, name, None, (kind,), "2015-01", start, np.array([promise]), *ends)
