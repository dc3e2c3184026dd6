"""Every decision of one state in one category, written down while an ensemble runs.

The months are those of `run`: the same functions in the same order, with a look at the table between the
offers and the choice. A test holds the results to those of `sim.run`, bit for bit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.evidence.facts import nearest, quoted
from sim.evidence.seeds import Seeds
from sim.experiment.books_tables import TABLES, Pages
from sim.experiment.ensemble import Cancelled, Uncertainty, check_arguments, world_of
from sim.experiment.offers import Offer, offers_of, silent_lines
from sim.experiment.probe_table import copied, rows_due
from sim.model import schedule
from sim.model.plan import plan_of
from sim.model.replication import begin, workspace
from sim.model.stages.sign import sign, sign_with
from sim.model.state import MONTHS, NONE, ROUTES, State
from sim.model.world import World
from sim.policy.errors import ScenarioError
from sim.policy.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

# The month in three parts: until the offers are on the table, the choice, and what follows the signatures.
UNTIL_OFFERS: Final = (
    schedule.shocks_strike,
    schedule.policies_apply,
    schedule.orders_read,
    schedule.states_assess,
    schedule.orders_launched,
    schedule.states_launch,
    schedule.tenders_fall_due,
    schedule.suppliers_offer,
)
AFTER_SIGNING: Final = (
    schedule.lines_produce,
    schedule.deliveries_arrive,
    schedule.orders_expanded,
    schedule.suppliers_invest,
    schedule.reputations_fade,
    schedule.states_forgive,
    schedule.states_learn,
    schedule.buyers_checked,
    schedule.lines_checked,
    schedule.alliance_checked,
)
SIGNED, WAITED, NO_OFFER, COLLAPSED, NO_MONEY, NO_STOCK = OUTCOMES = (
    "signed", "waited", "no_offer", "collapsed", "no_money", "no_stock",
)  # fmt: skip


@dataclass(frozen=True)
class Tender:
    """A tender that came to a decision: months counted from the start, units, and what became of it.

    chosen and second are the lines preferred, signed the lines with a contract, in this order; weighed is
    False where the tender failed before or a framework was called up. silent: what bars each line that made
    no offer (offers.REASONS).
    """

    replication: int
    month: int
    opened: int
    route: str
    quantity: float
    urgency: float
    outcome: str
    chosen: str | None
    second: str | None
    signed: tuple[str, ...]
    weighed: bool
    offers: tuple[Offer, ...]
    silent: Mapping[str, tuple[str, ...]]

    def offer(self, line: str) -> Offer:
        """The offer of a line; raises KeyError where it made none."""
        return {one.line: one for one in self.offers}[line]


@dataclass(frozen=True, eq=False)
class Decisions:
    """All decisions of a state in a category over all replications, and its books at the end of each.

    lines: lines that make the category, with their industry. contracts: all contracts of the state, in the
    columns of `books.Books.contracts`. needs: replication, category, requirement, usable, on_order (units) at
    the end. reliance: replication, authority, share of the fleet by value whose support it could stop.
    """

    scenario: Scenario
    start: str
    buyer: str
    category: str
    replications: int
    random_seed: int
    uncertainty: Uncertainty
    lines: Mapping[str, str]
    tenders: tuple[Tender, ...]
    contracts: pd.DataFrame
    needs: pd.DataFrame
    reliance: pd.DataFrame

    @property
    def of_category(self) -> pd.DataFrame:
        """The contracts of the category that were signed since the start."""
        table = self.contracts
        return table[(table["category"] == self.category) & (table["existing"] == 0)]


def explain(
    scenario: Scenario,
    buyer: str,
    category: str,
    *,
    replications: int = 50,
    random_seed: int = 1,
    uncertainty: Uncertainty = "evidence",
    progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
    seeds: Seeds | None = None,
) -> Decisions:
    """Run replications 0 to replications - 1 of `run` and write down every decision on one need.

    Raises ScenarioError for a state, a category or arguments that cannot be used, and Cancelled when asked
    to stop.
    """
    check_arguments(replications, random_seed, uncertainty)
    world = world_of(seeds, scenario.start, scenario.facts)
    row = need_of(world, buyer, category)
    place = workspace(world, plan_of(scenario, world))
    tenders: list[Tender] = []
    pages: list[Pages] = []
    for replication in range(replications):
        if cancel is not None and cancel():
            raise Cancelled("stopped before all replications had run")
        begin(place, uncertainty == "evidence", random_seed, replication)
        for month in range(MONTHS):
            tenders += month_watched(world, place.state, month, row, replication)
        pages.append(_page(place.state, world.buyers.index(buyer)))
        if progress is not None:
            progress(replication + 1, replications)
    return Decisions(
        scenario=scenario, start=world.start, buyer=buyer, category=category, replications=replications,
        random_seed=random_seed, uncertainty=uncertainty, lines=_lines(world, category),
        tenders=tuple(tenders), **_tables(world, world.buyers.index(buyer), pages),
    )  # fmt: skip


def need_of(world: World, buyer: str, category: str) -> int:
    """The row of a state's need in a category; raises ScenarioError for what is unknown or not needed."""
    for what, one, known in (("state", buyer, world.buyers), ("category", category, world.categories)):
        if one not in known:
            raise ScenarioError(f"there is no {what} {quoted(one)}; {nearest(one, known)}")
    row = world.buyers.index(buyer) * len(world.categories) + world.categories.index(category)
    if world.template["pairs"]["needed"][row] == 0:
        needed = ", ".join(needs_of(world, buyer)) or "nothing that is counted"
        raise ScenarioError(f"{buyer} has no need of {category} in this model; it needs {needed}")
    return row


def needs_of(world: World, buyer: str) -> tuple[str, ...]:
    """The categories in which a state has a need."""
    first = world.buyers.index(buyer) * len(world.categories)
    needed = world.template["pairs"]["needed"]
    return tuple(name for at, name in enumerate(world.categories) if needed[first + at] == 1)


def offers_made(state: State, month: int) -> None:
    """Run a month until the offers are on the table."""
    state.clock["month"][0] = month
    for step in UNTIL_OFFERS:
        step(state)


def month_watched(world: World, state: State, month: int, row: int, replication: int) -> list[Tender]:
    """Run a whole month; the tender of a need if it is decided in it."""
    offers_made(state, month)
    due = rows_due(state)
    if row in due:
        silent = silent_lines(world, row, state)
    schedule.tenders_decided(state)
    found: list[Tender] = []
    for k, one in enumerate(due):
        if one == row:
            offers = offers_of(world, row, state)
        first = int(state.clock["contracts"][0])
        sign(state.due[k], state)
        if one == row:
            found.append(_tender(world, state, row, replication, first, offers, silent))
    for step in AFTER_SIGNING:
        step(state)
    return found


def _tender(
    world: World,
    state: State,
    row: int,
    replication: int,
    first: int,
    offers: tuple[Offer, ...],
    silent: Mapping[str, tuple[str, ...]],
) -> Tender:
    """What was decided just now; contracts from number `first` on are those of this tender."""
    pair = state.pairs[row]
    signed = state.contracts["line"][first : int(state.clock["contracts"][0])].tolist()
    called = pair["chosen"] == pair["known_line"]  # from a framework: nobody else was weighed
    return Tender(
        replication=replication,
        month=int(state.clock["month"][0]),
        opened=int(pair["opened"]),
        route=ROUTES[int(pair["route"])],
        quantity=float(pair["quantity"]),
        urgency=float(pair["urgency"]),
        outcome=_outcome(row, bool(signed), state),
        chosen=_name(world, int(pair["chosen"])),
        second=_name(world, int(pair["second"])),
        signed=tuple(world.lines[line] for line in signed),
        weighed=bool(pair["collapsed"] == 0 and (pair["known_line"] == NONE or not called)),
        offers=offers,
        silent=silent,
    )


def _name(world: World, line: int) -> str | None:
    return None if line == NONE else world.lines[line]


def _outcome(row: int, signed: bool, state: State) -> str:
    """What became of a tender, right after the attempt to sign."""
    pair = state.pairs[row]
    if pair["collapsed"] == 1:
        return COLLAPSED
    if pair["chosen"] == NONE:
        return WAITED if pair["offers"] > 0 else NO_OFFER
    if signed:
        return SIGNED
    # A failed signature changes nothing: try it once more in a state where money is no object.
    trial = copied(state)
    trial.pairs["funded"][row] = 1
    came_about = sign_with(row, int(pair["chosen"]), float(pair["quantity"]), trial)
    return NO_MONEY if came_about else NO_STOCK


def _page(state: State, buyer: int) -> Pages:
    """Copies of a state's contracts, needs and who could stop supporting its fleet, as they stand now."""
    contracts = state.contracts[: int(state.clock["contracts"][0])]
    fleet = float(state.buyers["fleet_value"][buyer])
    return {
        "contracts": np.array(contracts[contracts["buyer"] == buyer]),
        "lines": np.array(state.lines),
        "buyers": np.array(state.buyers),
        "needs": np.array(state.pairs[(state.pairs["buyer"] == buyer) & (state.pairs["needed"] == 1)]),
        "held": state.holds[buyer] / fleet if fleet > 0.0 else np.full(state.holds.shape[1], np.nan),
    }


def _tables(world: World, buyer: int, pages: list[Pages]) -> dict[str, pd.DataFrame]:
    """The contracts, needs and reliance of a state as tables, a page per replication."""
    import pandas as pd

    needs = np.concatenate([page["needs"] for page in pages])
    own = int(world.template["buyers"]["authority"][buyer])
    foreign = [at for at in range(len(world.authorities)) if at != own]
    numbers = np.arange(len(pages))
    return {
        "contracts": TABLES["contracts"](world, [[page] for page in pages]),
        "needs": pd.DataFrame({
            "replication": np.repeat(numbers, len(pages[0]["needs"])),
            "category": [world.categories[at] for at in needs["category"]],
            **{name: needs[name] for name in ("requirement", "usable", "on_order")},
        }),
        "reliance": pd.DataFrame({
            "replication": np.repeat(numbers, len(foreign)),
            "authority": [world.authorities[at] for at in foreign] * len(pages),
            "share": np.concatenate([page["held"][foreign] for page in pages]),
        }),
    }  # fmt: skip


def _lines(world: World, category: str) -> dict[str, str]:
    """The lines that make a category, with their industry."""
    lines = world.template["lines"]
    number = world.categories.index(category)
    return {
        name: world.industries[int(lines["industry"][at])]
        for at, name in enumerate(world.lines)
        if int(lines["category"][at]) == number
    }
