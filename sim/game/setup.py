"""The set-up of a game: everything that is fixed before the first turn, as plain data that can be checked."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.evidence.facts import nearest, quoted
from sim.game.errors import GameError, first_fault
from sim.game.seats import CLASS_OF_THIRTY, check_seats
from sim.game.secret import new_random_seed
from sim.model.state import MONTHS
from sim.model.version import MODEL_VERSION
from sim.policy.errors import ScenarioError
from sim.policy.scenario import Scenario, from_query, list_scenarios, load_scenario

DEFAULT_TURNS: Final = 7
LAST_CRISIS: Final = 2032


class Setup(BaseModel):
    """What a game is played on.

    scenario: a name in `scenarios/`, or the query of a share link (with "~"). turn_months: months of a turn.
    seats: who sits at the table, people or not. first_crisis, last_crisis: years within which the day lies
    that nobody knows; withheld_months: how long support has been withheld on that day.
    capital: political capital that the Alliance and each industry have a turn (levers.cost_of).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = Field(default="Leadtime", max_length=80)
    scenario: str = Field(default="baseline", max_length=4000)
    random_seed: int = Field(ge=0, lt=2**63)
    replication: int = Field(default=0, ge=0, le=1_000_000)
    turn_months: int = Field(default=12, ge=1, le=24)
    turns: int = Field(default=DEFAULT_TURNS, ge=1, le=40)
    seats: tuple[str, ...] = CLASS_OF_THIRTY
    first_crisis: int = 2028
    last_crisis: int = LAST_CRISIS
    withheld_months: int = Field(default=12, ge=0, le=60)
    capital: float = Field(default=10.0, ge=0.0, le=1000.0)
    advice: int = Field(default=2, ge=0, le=20)
    plan: str = "90"
    model_version: str = MODEL_VERSION

    @property
    def last_month(self) -> int:
        """The month after the last turn."""
        return self.turn_months * self.turns


def new_setup(**given: Any) -> Setup:
    """A set-up from keywords or plain data; a random seed is drawn where none is given; raises GameError."""
    given.setdefault("random_seed", new_random_seed())
    try:
        setup = Setup.model_validate(given)
    except ValidationError as error:
        raise GameError(first_fault(error, "set-up")) from error
    check_seats(setup.seats)
    scenario = scenario_of(setup)
    if setup.last_month > MONTHS:
        raise GameError(
            f"{setup.turns} turns of {setup.turn_months} months are longer than the model's {MONTHS} months"
        )
    start = int(scenario.start[:4])
    if not start < setup.first_crisis <= setup.last_crisis < start + MONTHS // 12:
        raise GameError(
            f"the day of the crisis must lie between {start + 1} and {start + MONTHS // 12 - 1}, the first "
            f"year not after the last; got {setup.first_crisis} to {setup.last_crisis}"
        )
    return setup


@lru_cache(maxsize=64)
def scenario_of(setup: Setup) -> Scenario:
    """The scenario that a game is played on; raises GameError."""
    name = setup.scenario
    try:
        if "~" in name:
            return from_query(name)
        if name not in list_scenarios():  # a path would let a room read files of the machine it is on
            raise GameError(f"there is no scenario {quoted(name)}; {nearest(name, list_scenarios())}")
        return load_scenario(name)
    except ScenarioError as error:
        raise GameError(f"scenario: {error}") from error


def check_version(setup: Setup) -> None:
    """Raise GameError where a game was begun with other rules: its replay would not be the game."""
    if setup.model_version != MODEL_VERSION:
        raise GameError(
            f"this game was begun with model {setup.model_version} and this is {MODEL_VERSION}: "
            "open it with that version, or begin a new game"
        )
