"""Seats: who decides what. Any buyer state, the Baltic states jointly, three industries, the Alliance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sim.evidence.facts import nearest, quoted
from sim.evidence.seeds import Seeds, load_seeds
from sim.game.errors import GameError
from sim.model.lever_rows import DOCTRINE

STATE, INDUSTRY, ALLIANCE = "state", "industry", "alliance"
TOGETHER: Final = {"BALTIC": ("EST", "LVA", "LTU")}
# What a government or an institution really sets; assumptions about the world are nobody's.
LEVERS: Final[Mapping[str, tuple[str, ...]]] = {
    "korea": ("korean_growth", "slot_lending", "korean_credit", "korean_home_priority"),
    "europe": ("european_growth", "european_home_priority"),
    "united_states": ("fms_reform", "us_home_build_up"),
    "alliance": (
        "dialogue",
        "observer_seats",
        "mro_hubs",
        "standards",
        "training_exchange",
        "codevelopment",
        "stopgap_loans",
        "joint_share",
        "safe_envelope",
        "content_threshold",
        "union_preference",
        "european_investment",
    ),
}
ROLES: Final = ("chief_of_defence", "treasurer", "foreign_minister")
CLASS_OF_THIRTY: Final = (
    "POL", "ROU", "DEU", "NOR", "CAN", "BALTIC", "korea", "europe", "united_states", "alliance",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seat:
    """One place at the table: the states it buys for, the industry it runs, the levers it may set."""

    id: str
    name: str
    kind: str
    states: tuple[str, ...]
    industry: str | None
    levers: tuple[str, ...]


def seats(seeds: Seeds | None = None) -> Mapping[str, Seat]:
    """Every seat by id."""
    return _seats(seeds or load_seeds())


@lru_cache(maxsize=8)
def _seats(seeds: Seeds) -> Mapping[str, Seat]:
    names = {state.id: state.name for state in seeds.states()}
    found = {state: _of_states(state, name, (state,)) for state, name in names.items()}
    for seat, states in TOGETHER.items():
        if all(state in names for state in states):
            found[seat] = _of_states(seat, ", ".join(names[state] for state in states), states)
    for industry in seeds.industries():
        if industry.id in LEVERS:
            levers = LEVERS[industry.id]
            found[industry.id] = Seat(industry.id, industry.label, INDUSTRY, (), industry.id, levers)
    found[ALLIANCE] = Seat(ALLIANCE, "Alliance and Brussels", ALLIANCE, (), None, LEVERS[ALLIANCE])
    return found


def _of_states(seat: str, name: str, states: tuple[str, ...]) -> Seat:
    agreements = tuple(f"agreement.{state}" for state in states)
    doctrines = tuple(f"doctrine.{state}.{part}" for state in states for part in DOCTRINE)
    return Seat(seat, name, STATE, states, None, (*doctrines, *agreements))


def find_seat(name: str, seeds: Seeds | None = None) -> Seat:
    """The seat of this id; raises GameError naming the nearest."""
    known = seats(seeds)
    if name not in known:
        raise GameError(f"there is no seat {quoted(name)}; {nearest(name, known)}")
    return known[name]


def check_seats(names: tuple[str, ...], seeds: Seeds | None = None) -> tuple[str, ...]:
    """These seats, none twice and no state in two of them; raises GameError."""
    taken: dict[str, str] = {}
    for name in names:
        seat = find_seat(name, seeds)
        for part in (name, *seat.states):
            if taken.setdefault(part, name) != name or names.count(name) > 1:
                raise GameError(f"{quoted(part)} would be decided for in two seats; leave one of them out")
    return names
