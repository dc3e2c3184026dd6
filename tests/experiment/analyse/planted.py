"""Planted problems: points of a Sobol sequence with misses in a known box, and noise without chance."""

import numpy as np

from sim.experiment.analyse.futures import sequence


def noise(count: int) -> np.ndarray:
    """Numbers from 0 to 1 that follow no dimension: every 7919th hour on a clock of 97."""
    return ((np.arange(count) * 7919) % 97) / 97.0


def box_in_noise(count: int, width: int, inside: float = 0.9, outside: float = 0.08):
    """Misses: 9 in 10 where x0 > 0.6 and x1 < 0.5, under 1 in 10 elsewhere; a fifth of all points inside."""
    x = sequence(width, count)
    planted = (x[:, 0] > 0.6) & (x[:, 1] < 0.5)
    return x, np.where(planted, noise(count) < inside, noise(count) < outside)
