"""Common random numbers keyed by name: the only place where chance enters the model.

A draw is a function of (random seed, replication, purpose, name, name, month) through a
counter-based hash, never of call order or array position (Starsim's "one stream per decision";
the mixer is SplitMix64's finaliser, Steele, Lea & Flood 2014). So two scenarios differ only by
what the change causes, and replication k is the same in a run of ten and of ten thousand.
"""

from __future__ import annotations

import hashlib
import math
from typing import Final

import numpy as np

from sim.model.compiled import inlined

# Purposes: what a draw decides. A number once given to a purpose is never used for another.
FACT: Final = 1
CARD: Final = 2
TENDER_ROUTE: Final = 3
TENDER_LAUNCH: Final = 4
TENDER_MONTHS: Final = 5
TENDER_TIER: Final = 6
TENDER_TURN: Final = 7
CATEGORY_TURN: Final = 8
CHOICE_NEST: Final = 9
CHOICE_LINE: Final = 10
SLIP: Final = 11
SLIP_SPREAD: Final = 12
TENDER_DELAY: Final = 14
TENDER_COLLAPSE: Final = 15
SPLIT: Final = 17
REPRICE: Final = 18
FRAMEWORK: Final = 19
FRAMEWORK_EASE: Final = 20
SQUEEZE: Final = 21
STOPGAP: Final = 22
HOLD: Final = 23
PERMUTATION: Final = 24  # of the winners of past decisions, of levers in an analysis; no run draws it
BOOTSTRAP: Final = 25  # of past decisions; no run draws it
PLANTED: Final = 26  # winners under planted weights; no run draws it
HIDDEN: Final = 27  # what players of a game do not know, and are dealt; no run draws it

_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX_A: Final = np.uint64(0xBF58476D1CE4E5B9)
_MIX_B: Final = np.uint64(0x94D049BB133111EB)
_S30: Final = np.uint64(30)
_S27: Final = np.uint64(27)
_S31: Final = np.uint64(31)
_S11: Final = np.uint64(11)
_SCALE: Final = 2.0**-53


def name_key(name: str) -> np.uint64:
    """Return the 64-bit key of a text id (first 8 bytes of its BLAKE2b hash)."""
    return np.uint64(int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little"))


@inlined
def mix(value: np.uint64) -> np.uint64:
    """Scramble 64 bits (SplitMix64 finaliser)."""
    value = (value ^ (value >> _S30)) * _MIX_A
    value = (value ^ (value >> _S27)) * _MIX_B
    return value ^ (value >> _S31)


@inlined
def stream(random_seed: int, replication: int) -> np.uint64:
    """Return the key of one replication under one random seed."""
    seeded = mix(np.uint64(random_seed) + _GOLDEN)
    return mix(seeded ^ mix(np.uint64(replication) + _GOLDEN + _GOLDEN))


@inlined
def uniform(key: np.uint64, purpose: int, first: np.uint64, second: np.uint64, month: int) -> float:
    """Draw from the open interval (0, 1) for a purpose, up to two names and a month."""
    bits = mix(key + np.uint64(purpose) * _GOLDEN + np.uint64(month + 4096) * _MIX_B)
    bits = mix(bits ^ first ^ (second * _GOLDEN))
    return (float(bits >> _S11) + 0.5) * _SCALE


@inlined
def gumbel(key: np.uint64, purpose: int, first: np.uint64, second: np.uint64, month: int) -> float:
    """Draw from the standard Gumbel distribution: the error of a logit choice (McFadden 1974)."""
    return -math.log(-math.log(uniform(key, purpose, first, second, month)))


@inlined
def triangular(low: float, mode: float, high: float, chance: float) -> float:
    """Map a uniform draw to the triangular distribution on [low, high] with the given mode."""
    if high <= low:
        return mode
    turn = (mode - low) / (high - low)
    if chance < turn:
        return low + math.sqrt(chance * (high - low) * (mode - low))
    return high - math.sqrt((1.0 - chance) * (high - low) * (high - mode))


@inlined
def exponential(mean: float, chance: float) -> float:
    """Map a uniform draw to an exponential one with the given mean."""
    return -mean * math.log(chance)
