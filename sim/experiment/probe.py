"""The rules with orders frozen: nothing is signed, so what moves is the rule and not the market.

An outcome may lawfully move the other way than the rule behind it (more capacity attracts orders), so
the direction of a lever is read here. Old contracts are delivered as usual for five years; a standard set
of tenders is put on the table on the way and never signed (`probe_table`); what is decided at a
signature is decided over many draws and taken back (`probe_draws`). Every number comes out of the
model's own stages. The cards of a scenario stay out of these five years, since a card that sets a lever
would hide where the scenario has put it; they strike in a run of their own, in which they are counted.
"""

from __future__ import annotations

import numpy as np

from sim.evidence.seeds import Seeds
from sim.experiment.ensemble import world_of
from sim.experiment.probe_draws import at_opening, at_signing
from sim.experiment.probe_table import gathered, mean, measures_of, standard_tenders
from sim.model.plan import Plan, plan_of
from sim.model.records import Array
from sim.model.replication import begin, workspace
from sim.model.schedule import policies_apply, run_month, shocks_strike
from sim.model.stages.books import CAPACITY
from sim.model.stages.offer import content_now, korean_credit_left
from sim.model.stages.output import package
from sim.model.state import EXPORT, GOVERNMENT, MONTHS, NONE, QUARTER, URGENT, State
from sim.model.world import World
from sim.policy.scenario import Scenario

RUN = 60  # months for which orders are frozen
ASKED_AT = (24, 48)  # months in which the standard tenders are on the table


def probe(scenario: Scenario, seeds: Seeds | None = None) -> dict[str, float]:
    """What the rules give under a scenario's levers while nobody orders.

    One replication with the middle value of every fact; nan where nothing was there to measure. Money
    in million 2025 US dollars; whatever is summed over categories, units too, is weighted by base price.
    """
    world = world_of(seeds, scenario.start, scenario.facts)
    plan = plan_of(scenario, world)
    state = frozen(world, plan)
    asked, rooms = [], []
    found: dict[str, float] = {}
    for month in range(RUN):
        run_month(state, month)
        if month in ASKED_AT:
            tables = [standard_tenders(state, route) for route in (URGENT, GOVERNMENT)]
            asked += [gathered(table) for table in tables]
            rooms.append((float(state.buyers["credit_left"].sum()), korean_credit_left(state)))
            if month == ASKED_AT[0]:
                found |= at_opening(tables[-1]) | at_signing(tables)
    found["loan_room"], found["korea_credit_room"] = (float(room) for room in np.mean(rooms, axis=0))
    found["shock_months"] = shock_months(opened(world, plan))
    return found | measures_of(asked) | of_plants(world, state) | of_deliveries(state) | of_states(state)


def opened(world: World, plan: Plan) -> State:
    """A replication with its books open before the first month; every fact at its middle value."""
    place = workspace(world, plan)
    begin(place, False, 1, 0)
    return place.state


def frozen(world: World, plan: Plan) -> State:
    """The same without running tenders, ministries that could open one, and cards."""
    state = opened(world, plan)
    state.pairs["open"] = 0
    state.buyers["open_tenders"] = 0
    state.buyers["procurement_capacity"] = 0
    state.falls_due[:] = NONE
    state.cards["probability"] = 0.0
    state.cards["placed"] = NONE
    return state


def shock_months(state: State) -> float:
    """Months in which a card is active, summed over cards, in a run of the first two stages alone."""
    active = 0
    for month in range(MONTHS):
        state.clock["month"][0] = month
        shocks_strike(state)
        policies_apply(state)
        active += int((state.cards["until"] > month).sum())
    return float(active)


def of_plants(world: World, state: State) -> dict[str, float]:
    """Capacity after the run and what was made in it, at base prices, by industry."""
    lines = state.lines
    prices = np.array([package(index, state) for index in range(len(lines))])
    exported = state.lanes["produced"][:, EXPORT] * prices
    return {
        "european_capacity": capacity(world, "europe", state),
        "korea_capacity": capacity(world, "korea", state),
        "category_output": float((lines["produced"] * prices).sum()),
        "european_export_output": float(exported[lines["european"] == 1].sum()),
        "us_export_output": float(exported[lines["american"] == 1].sum()),
        "korea_export_output": float(exported[lines["korean"] == 1].sum()),
        "korea_content_europe": mean(
            np.array([content_now(int(row), state) for row in np.flatnonzero(lines["korean"] == 1)])
        ),
    }


def capacity(world: World, industry: str, state: State) -> float:
    """Yearly output of an industry's plants at the end of the run, at base prices, as the books note it."""
    if industry not in world.industries:
        return float("nan")
    return float(state.industry_series[CAPACITY, world.industries.index(industry), RUN // QUARTER])


def of_deliveries(state: State) -> dict[str, float]:
    """What customers abroad were handed over, at base prices, and months from there to usable."""
    contracts = state.contracts[: int(state.clock["contracts"][0])]
    lines = state.lines[contracts["line"]]
    abroad = contracts["lane"] == EXPORT
    value = contracts["delivered"] * contracts["base_price"]
    begun = (lines["korean"] == 1) & (contracts["first_month"] >= 0)
    return {
        "us_output": float(value[abroad & (lines["american"] == 1)].sum()),
        "korea_output": float(value[abroad & (lines["korean"] == 1)].sum()),
        "us_parts_output": float(value[abroad & (lines["us_part"] == 1)].sum()),
        "european_parts_output": float(value[abroad & (lines["part_holder"] != NONE)].sum()),
        "korea_crew_months": mean((contracts["usable_month"] - contracts["first_month"])[begun]),
    }


def of_states(state: State) -> dict[str, float]:
    """Money, requirements, usable and available equipment of all states after the run."""
    pairs, families = state.pairs, state.families
    usa = int(state.clock["usa"][0])
    american = (families["support_mask"] >> max(0, usa)) & 1 == 1
    abroad = state.buyers["authority"] != usa
    return {
        "equipment_money": float(state.buyers["received"].sum()),
        "requirement": float((pairs["requirement"] * pairs["base_price"]).sum()),
        "usable_units": float((pairs["usable"] * pairs["base_price"]).sum()),
        "korea_availability": availability(families["korean"] == 1, np.ones_like(abroad), state),
        "us_availability": availability(american & (usa != NONE), abroad, state),
    }


def availability(which: Array, who: Array, state: State) -> float:
    """Mean available share over the categories in which a state (of those asked for) has such a family."""
    ready = []
    for row, pair in enumerate(state.pairs):
        kept = state.stock[pair["buyer"]] >= 1.0
        of_category = state.families["category"] == pair["category"]
        if who[pair["buyer"]] and (kept & of_category & which).any():
            ready.append(state.pairs["ready"][row])
    return mean(np.array(ready))
