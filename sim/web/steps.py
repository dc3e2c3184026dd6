"""The step of a slider: round, and such that both ends and the default lie on it."""

from __future__ import annotations

FEWEST = 10
STEPS = tuple(digit * 10.0**power for power in range(4, -5, -1) for digit in (5, 2, 1))


def step(low: float, high: float, *values: float) -> float:
    """The largest round step (1, 2, 5 times a power of ten) that reaches ends and values in 10 or more steps.

    Whole-number levers with a short range (0 to 4 hubs) may have fewer positions.
    """
    short = high - low <= FEWEST and all(float(number).is_integer() for number in (low, high, *values))
    if short and high - low > 1:
        return 1.0
    for candidate in STEPS:
        if (high - low) / candidate >= FEWEST and all(
            _reached(low, number, candidate) for number in (high, *values)
        ):
            return candidate
    return (high - low) / 100


def _reached(low: float, number: float, candidate: float) -> bool:
    places = (number - low) / candidate
    return abs(places - round(places)) < 1e-6
