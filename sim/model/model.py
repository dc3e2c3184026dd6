"""The Mesa model: the same stages and the same state as the ensemble, stepped agent by agent.

Use it to look inside a replication, to explain a decision, or to let people play; the ensemble runs
the very same functions in loops, and a test holds both to the same numbers, bit for bit.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import mesa
import numpy as np

from sim.evidence.seeds import Seeds, load_seeds
from sim.model.agents import BuyerState, ShockCard, Supplier
from sim.model.builder import build_world
from sim.model.plan import plan_of
from sim.model.record import MEASURES, measure
from sim.model.records import Array
from sim.model.replication import begin, workspace
from sim.model.schedule import STAGES, Stage
from sim.model.state import CAUSES, MONTHS, NONE, ROUTES, State
from sim.model.world import World
from sim.policy.assumptions import with_facts
from sim.policy.errors import ScenarioError
from sim.policy.scenario import Scenario


class ProcurementModel(mesa.Model):
    """One replication of a scenario, month by month."""

    def __init__(
        self,
        scenario: Scenario,
        *,
        replication: int = 0,
        random_seed: int = 1,
        uncertainty: str = "evidence",
        seeds: Seeds | None = None,
        world: World | None = None,
        orders: Array | None = None,
    ) -> None:
        """Open the books of replication `replication`; nothing has happened yet.

        orders: what seats decide in place of the rules (records `orders`); None = nobody does.
        """
        super().__init__(rng=0)  # Mesa's own generator is never used: draws are keyed by name
        seeds = with_facts(seeds or load_seeds(start=scenario.start), dict(scenario.facts))
        self.world = world or build_world(seeds)
        self.plan = plan_of(scenario, self.world)
        if orders is not None:
            self.plan = replace(self.plan, orders=orders)
        self.played = scenario
        self._place = workspace(self.world, self.plan)
        if uncertainty not in ("evidence", "none"):
            raise ScenarioError(f'uncertainty must be "evidence" or "none"; got "{uncertainty}"')
        begin(self._place, uncertainty == "evidence", random_seed, replication)
        self.month = 0
        self.buyers = [BuyerState(self, row, name) for row, name in enumerate(self.world.buyers)]
        self.suppliers = [Supplier(self, row, name) for row, name in enumerate(self.world.lines)]
        self.cards = [ShockCard(self, row, str(row)) for row in range(len(self.state.cards))]
        self._let_go()

    def _let_go(self) -> None:
        """Drop Mesa 3.3's own count of this model's agents, which would keep the model in memory for ever.

        Later versions of Mesa count inside the model. No agent is made after the first ones.
        """
        counts = getattr(mesa.Agent, "_ids", None)
        if counts is not None:
            counts.pop(self, None)

    @property
    def state(self) -> State:
        """The arrays of this replication."""
        return self._place.state

    def step(self) -> None:
        """Run one month: the twelve stages in order."""
        if self.month >= MONTHS:
            raise ValueError(f"the run ends after {MONTHS} months")
        self.state.clock["month"][0] = self.month
        for stage in STAGES:
            self.run_stage(stage)
        self.month += 1

    def run_stage(self, stage: Stage) -> None:
        """Run one stage: every entity concerned acts for itself."""
        for kind, function in stage.steps:
            if kind == "alliance":
                function(self.state)
            elif kind == "tender":
                for row in self.state.due[: int(self.state.clock["due"][0])].copy():
                    function(int(row), self.state)
            else:
                agents: list[Any] = {"buyer": self.buyers, "line": self.suppliers, "card": self.cards}[kind]
                for agent in agents:
                    agent.act(function)

    def run(self) -> ProcurementModel:
        """Run to the end and return the model."""
        while self.month < MONTHS:
            self.step()
        return self

    def measures(self) -> Array:
        """The measures so far: shape (measures, places), undefined = nan; order as in record.MEASURES."""
        place = self._place
        measure(place.state, self.plan.horizon, place.top, place.bottom, place.industry)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(place.bottom != 0.0, place.top / place.bottom, np.nan)

    def industry_measures(self) -> Array:
        """The industry measures so far: shape (industry measures, industries)."""
        self.measures()
        return self._place.industry.copy()

    def contracts(self) -> list[dict[str, Any]]:
        """Every contract in the books as a plain row: who, what, when, at what price, and why it waited."""
        count = int(self.state.clock["contracts"][0])
        return [self._contract(row) for row in self.state.contracts[:count]]

    def _contract(self, row: Any) -> dict[str, Any]:
        world = self.world
        line = int(row["line"])
        numbers = (
            "quantity",
            "unit_price",
            "base_price",
            "local_share",
            "credit",
            "content",
            "delivered",
            "slip",
            "quoted_price",
            "urgency",
        )
        months = ("opened", "signed", "first_due", "last_due", "first_month", "last_month", "usable_month")
        return {
            "buyer": world.buyers[int(row["buyer"])],
            "category": world.categories[int(self.state.lines["category"][line])],
            "line": world.lines[line],
            "industry": world.industries[int(self.state.lines["industry"][line])],
            "route": ROUTES[int(row["route"])],
            "existing": bool(row["existing"]),
            **{name: float(row[name]) for name in numbers},
            **{name: None if row[name] == NONE else int(row[name]) for name in months},
            "causes": {cause: float(row[f"months_{cause}"]) for cause in CAUSES},
        }


__all__ = ["MEASURES", "ProcurementModel"]
