"""What nobody may foresee or repeat: tokens, codes, and the lot. The luck of the model is not made here.

The model's draws are keyed by name, so that a run can be repeated (sim/model/randomness.py). Here it is the
other way round: what is drawn opens rooms, so it comes from the system's source of secrets.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import TypeVar

Option = TypeVar("Option")

# Neither vowels nor what looks like something else (0 O, 1 I L, 2 Z, 5 S, 8 B): no words, no mistakes.
ALPHABET = "CDFGHJKMNPQRTVWXY34679"
CODE_LENGTH = 6


def new_token() -> str:
    """A secret of 128 bits, for a personal link or the facilitator's."""
    return secrets.token_hex(16)


def new_id() -> str:
    """A name that no other game has."""
    return secrets.token_hex(8)


def new_code() -> str:
    """A code to join a room by."""
    return "".join(by_lot(ALPHABET) for _ in range(CODE_LENGTH))


def new_random_seed() -> int:
    """A random seed for a game, which then keys every draw of the model; below 2**31."""
    return secrets.randbelow(2**31)


def by_lot(options: Sequence[Option]) -> Option:
    """One of the options, each with the same chance."""
    return secrets.choice(options)
