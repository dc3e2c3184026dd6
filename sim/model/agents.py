"""The agents: each holds its row of the shared state and calls the stages for it. No rule lives here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import mesa

if TYPE_CHECKING:
    from sim.model.model import ProcurementModel


class Entity(mesa.Agent):
    """An agent that stands for one row of a table of the state."""

    table = ""

    def __init__(self, model: ProcurementModel, row: int, name: str) -> None:
        """Remember which row of the state this agent is."""
        super().__init__(model)
        self.row = row
        self.name = name

    def act(self, stage: Callable[..., Any]) -> None:
        """Run one compiled stage for this entity's row."""
        stage(self.row, self.model.state)

    @property
    def record(self) -> Any:
        """This entity's row of numbers, live."""
        return getattr(self.model.state, self.table)[self.row]


class BuyerState(Entity):
    """A buyer state: assesses need, launches tenders, takes deliveries, learns, keeps its books."""

    table = "buyers"

    def tenders_due(self) -> list[int]:
        """Rows of this state's needs whose tender is decided this month."""
        state = self.model.state
        due = state.due[: int(state.clock["due"][0])]
        return [int(row) for row in due if state.pairs["buyer"][row] == self.row]

    def contracts(self) -> list[dict[str, Any]]:
        """This state's contracts as plain rows."""
        return [row for row in self.model.contracts() if row["buyer"] == self.name]


class Supplier(Entity):
    """A supplier's line: offers, produces, invests."""

    table = "lines"


class ShockCard(Entity):
    """A shock card: strikes when placed or drawn."""

    table = "cards"
