"""Small worlds for tests of stages: a state whose records are filled by hand with numbers for paper."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from sim.evidence.seeds import DEFAULT_FOLDER
from sim.model.lever_rows import lever_rows
from sim.model.opening import open_line
from sim.model.randomness import name_key, stream
from sim.model.records import Array, records, rule_records
from sim.model.stages.book import enter_book
from sim.model.stages.deliver import deliver
from sim.model.stages.produce import produce
from sim.model.state import EXPORT, GOVERNMENT, HOME, LANES, MONTHS, NEVER, NONE, QUARTER, State
from sim.model.world import COPIED, SPOT, World, empty_state

# The numbers of the rules in small worlds: round, and none of them an estimate. A test that depends on
# one sets it itself. What happens by chance (collapse, new frameworks, squeezes, repricing) never happens.
RULES = {
    "need_goal_growth": 0.0, "need_renewal": 1.0, "need_urgency_cap": 1.5,
    "money_core_pledge": 0.035, "money_growth": 0.0, "money_carry_months": 12.0,
    "money_horizon_months": 24.0, "money_discount": 0.0, "money_advance": 0.25, "money_start_months": 0.0,
    "money_safe_modelled": 1.0, "money_korean_loan_share": 0.5, "money_loan_interest": 0.0,
    "money_marginal_equipment": 0.0, "money_safe_end": 2031.0, "money_squeeze_chance": 0.0,
    "money_squeeze_depth": 0.25, "money_squeeze_months": 18.0, "shock_together": 1.0,
    "tender_base": 0.0, "tender_slope": 1.0, "tender_urgent_slope": 0.5, "tender_urgent_cap": 0.9,
    "tender_direct_share": 0.5, "tender_home_direct": 0.75, "tender_urgent_low": 1.0,
    "tender_urgent_high": 6.0,
    "tender_direct_low": 6.0, "tender_direct_high": 18.0, "tender_competition_low": 18.0,
    "tender_competition_high": 42.0, "tender_joint_low": 6.0, "tender_joint_high": 15.0,
    "tender_option_low": 3.0, "tender_option_high": 9.0, "tender_option_share": 0.5,
    "tender_run_up": 0.0, "tender_smallest_part": 1.0 / 3.0, "tender_collapse": 0.0,
    "tender_framework_value": 100.0, "tender_framework_chance": 0.0, "tender_framework_multiple": 2.0,
    "tender_framework_years": 5.0, "tender_split_months": 60.0, "tender_split_share": 0.6,
    "tender_reprice_low": 0.0, "tender_reprice_mode": 0.0, "tender_reprice_high": 0.0,
    "tender_loan_urgency": 0.5, "tender_loan_wait": 18.0, "tender_loan_part": 0.5, "tender_loan_rent": 0.12,
    "quote_joint_discount": 0.1, "quote_scarcity": 0.2, "quote_learning": 0.0, "quote_scale_years": 5.0,
    "quote_price_floor": 0.8, "quote_price_cap": 1.6, "quote_known_share": 0.6, "quote_union_share": 0.5,
    "quote_prepared": 0.5, "quote_free_slot": 0.1, "quote_most_ease": 0.9, "quote_family_years": 10.0,
    "quote_local_cost": 0.0, "quote_local_threshold": 1000.0, "quote_local_lag": 24.0,
    "quote_ally_months": 2.0, "quote_government_months": 8.0, "quote_partner_months": 6.0,
    "quote_finance_months": 4.0, "quote_dialogue_cut": 0.5, "quote_observer_cut": 0.25,
    "quote_standards_cut": 0.1, "quote_slot_cut": 0.5, "quote_urgent_premium": 0.0,
    "slip_on_time": 1.0, "slip_mean": 0.0,
    "usable_full_hubs": 4.0, "usable_hub_cut": 0.5, "usable_hub_gain": 0.1, "usable_family_cut": 0.05,
    "usable_hub_cost": 12.0, "usable_training_cut": 0.2, "usable_new_months": 0.0, "usable_new_ready": 0.5,
    "usable_spares_months": 10.0,
    "invest_cover_target": 3.0, "invest_cover_low": 1.0, "invest_lag_months": 12.0, "invest_shrink": 0.12,
    "invest_floor": 0.5, "invest_observer_cut": 0.5,
    "trust_start": 0.2, "trust_step": 0.1, "trust_spill": 0.5, "trust_recovery": 0.25,
    "trust_grace_months": 2.0, "produce_batch_months": 1.0, "produce_outside_most": 0.95,
    "choice_months": -1.0, "choice_months_floor": 0.5, "choice_price": -2.0, "choice_family": 1.0,
    "choice_adopters": 1.0, "choice_neighbours": 1.0, "choice_exposure": -1.0, "choice_us_tie": 1.0,
    "choice_union": 0.5, "choice_domestic": 2.0, "choice_local": 1.0, "choice_sustainment": 0.4,
    "choice_record": 1.0, "choice_credit": 0.5, "choice_framework": 0.3, "choice_wait": 0.0,
    "choice_wait_urgency": 1.0, "choice_dissimilarity": 0.5, "choice_repeat_ties": 0.5,
    "choice_capability": 1.0, "choice_untried": -1.0, "choice_previous": 1.0,
    "choice_family_direct": 0.5, "choice_domestic_direct": 0.5, "choice_adopter_years": 5.0,
    "choice_previous_years": 10.0, "choice_exposure_least": 0.25, "choice_substitute": -1.0,
    "fleet_legacy_value": 0.25,
    "partners_pressure_effect": 0.5, "partners_development_months": 50.0,
    "partners_development_content": 0.5, "partners_development_price": 0.1,
}  # fmt: skip
LEVERS = {
    "spending_delivery": 1.0, "safe_envelope": 150.0, "content_threshold": 0.65, "european_growth": 0.1,
    "new_european_capacity": 1.0, "us_delivery_release": 1.0, "us_licence_release": 1.0, "us_supply": 1.0,
    "korean_growth": 0.1, "korean_supply": 1.0, "threat": 1.0, "rest_of_world_demand": 1.0,
    "framework_conversion": 1.0, "european_investment": 1.0, "european_licence_release": 1.0,
    "us_support_release": 1.0, "korean_delivery_release": 1.0, "korean_consensus": 0.5,
    "budget_squeeze": 1.0, "munitions_output": 1.0,
}  # fmt: skip
ONES = ("output.", "doctrine.")  # levers by category and by state that multiply

BUYER = {"gdp": 1000.0, "threat_exposure": 1.0, "procurement_capacity": 2.0, "authority": NONE,
         "in_total": 1, "cash": 1e6, "received": 1e6, "pledge_share": 0.035, "reached": NONE,
         "squeezed_until": NONE}  # fmt: skip
CATEGORY = {"service_life": 1e9, "lot_min": 1.0, "lot_typical": 6.0, "lot_fraction": 0.5,
            "crew_months_known": 2.0, "crew_months_new": 5.0, "availability": 0.8, "tender_factor": 1.0,
            "planning_months": 12.0}  # fmt: skip
PAIR = {"needed": 1, "accepts_upper": 1, "upper_share": 1.0, "announced_year": 2026.0, "tier": 1,
        "smallest": 1.0, "base_price": 13.0, "price_upper": 13.0, "route": GOVERNMENT, "known_line": NONE,
        "chosen": NONE, "second": NONE, "framework_line": NONE, "lent_line": NONE,
        "lent_contract": NONE, "next_due": NONE}  # fmt: skip
# A dozen a year, one a month; 10 + 2 + 1 = 13 million each; ready six months after the order.
LINE = {"upper": 1, "price_platform": 10.0, "price_support": 2.0, "price_munitions": 1.0, "rate_now": 12.0,
        "rate_planned": 12.0, "rate_planned_year": 2026.0, "output_share": 1.0, "build_months": 6.0,
        "opens": 2020.0, "export_from": 2020.0, "growth_cap": 0.1, "country_buyer": NONE,
        "part_holder": NONE, "stance": 1.0, "promise": 1.0}  # fmt: skip
ORDER = {"line": NONE, "second": NONE, "upper": 1, "route": GOVERNMENT}
CONTRACT = {"unit_price": 13.0, "quoted_price": 13.0, "base_price": 13.0, "route": GOVERNMENT,
            "first_month": NONE, "last_month": NONE, "usable_month": NONE, "next_event": NONE}  # fmt: skip

Fields = Mapping[str, Any]


def rule_names() -> tuple[str, ...]:
    """The names of the rules' constants as in the seeds: small and real worlds share compiled code."""
    rows: list[tuple[str, str]] = []
    for name in ("rules.csv", "choice.csv"):
        with (DEFAULT_FOLDER / "facts" / name).open(encoding="utf-8", newline="") as file:
            rows += [(row["subject"], row["attribute"]) for row in csv.DictReader(file)]
    return tuple(f"{subject}_{attribute}" for subject, attribute in sorted(rows))


def fill(table: Array, row: int, *layers: Fields) -> None:
    """Write fields into a row of a table, later layers over earlier ones."""
    for layer in layers:
        for name, value in layer.items():
            table[name][row] = value


def small_state(
    *,
    buyers: Sequence[Fields] = ({},),
    categories: Sequence[Fields] = ({},),
    lines: Sequence[Fields] = ({},),
    families: Sequence[Fields] | None = None,
    fleets: Sequence[Fields] = (),
    gifts: Sequence[Fields] = (),
    cards: Sequence[Fields] = (),
    effects: Sequence[Fields] = (),
    orders: Sequence[Fields] = (),
    authorities: Sequence[Fields] = ({}, {}, {}),
    industries: int = 4,
    rules: Fields | None = None,
    levers: Mapping[str, float] | None = None,
) -> State:
    """A state of few records: each is the usual one of this file with the given fields changed.

    Lines and families must stand in the order of their categories; without `families` each line has its own.
    Pairs start without stock, states with money for all they want; every lever stands as if nothing had
    been decided. Lines are opened the way the books open them: plans of capacity, output and price.
    """
    names = tuple(f"B{row}" for row in range(len(buyers)))
    kinds = tuple(f"c{row}" for row in range(len(categories)))
    ids = lever_rows(kinds, names)
    values = np.array([LEVERS.get(name, 1.0 if name.startswith(ONES) else 0.0) for name in ids])
    if families is None:
        families = [{"category": line.get("category", 0), "price": 13.0} for line in lines]
        lines = [{"family": row, **line} for row, line in enumerate(lines)]
    tables = {name: records(name, 0) for name in COPIED if name != "rules"}
    tables |= {
        "buyers": records("buyers", len(buyers)),
        "categories": records("categories", len(categories)),
        "pairs": records("pairs", len(buyers) * len(categories)),
        "lines": records("lines", len(lines)),
        "lanes": records("lanes", len(lines), len(LANES)),
        "families": records("families", len(families)),
        "fleets": records("fleets", len(fleets)),
        "gifts": records("gifts", len(gifts)),
        "authorities": records("authorities", len(authorities)),
        "clock": records("clock", 1),
        "rules": _rules(rules or {}),
        "refused": np.zeros((len(buyers), len(lines))),
        "first_orders": np.full((len(buyers), len(families)), NEVER),
        "lever_default": values.copy(),
        "lever_range": np.tile([-1e9, 1e9], (len(ids), 1)),
    }
    given = {"buyers": buyers, "categories": categories, "lines": lines, "families": families,
             "fleets": fleets, "gifts": gifts, "authorities": authorities}  # fmt: skip
    _fill_tables(tables, given)
    for name, value in (levers or {}).items():
        values[ids.index(name)] = value
    world = World(
        template=tables,
        spots=np.zeros(0, SPOT),
        buyers=names,
        categories=kinds,
        lines=tuple(f"line{row}" for row in range(len(lines))),
        families=tuple(f"family{row}" for row in range(len(families))),
        authorities=tuple(f"authority{row}" for row in range(len(authorities))),
        industries=tuple(f"industry{row}" for row in range(industries)),
        cards=tuple(f"card{row}" for row in range(len(cards))),
        levers=ids,
        contracts=(),
        frameworks=(),
        start="2026-01",
    )
    struck, moved = records("cards", len(cards)), records("effects", len(effects))
    for row, fields in enumerate(cards):
        fill(struck, row, {"key": name_key(f"card{row}"), "placed": NONE, "since": NONE}, fields)
    for row, fields in enumerate(effects):
        fill(moved, row, {**fields, "lever": ids.index(fields["lever"])})
    state = empty_state(world, np.tile(values, (MONTHS, 1)), struck, moved, orders_of(orders))
    state.levers[:] = values
    state.memory[:], state.standing[:] = 1.0, 1.0
    state.events[:], state.falls_due[:] = NONE, NONE
    for index in range(len(lines)):
        left = float(state.lines["surplus_left"][index])
        open_line(index, state)
        state.lines["surplus_left"][index] = max(left, float(state.lines["surplus_left"][index]))
    return state


def orders_of(given: Sequence[Fields]) -> Array:
    """A table of orders: each about no line, and of the upper tier, unless its fields say otherwise."""
    table = records("orders", len(given))
    for row, fields in enumerate(given):
        fill(table, row, ORDER, fields)
    return table


def _rules(changed: Fields) -> Array:
    names = rule_names()
    table = rule_records(names)
    # A constant without a number here is not a number: a test that depends on it fails at once.
    fill(table, 0, {name: RULES.get(name, np.nan) for name in names}, changed)
    return table


def _fill_tables(tables: dict[str, Array], given: Mapping[str, Sequence[Fields]]) -> None:
    """Write keys, ranges of rows and the given fields into the tables of a world."""
    count = len(given["categories"])
    for row, fields in enumerate(given["buyers"]):
        own = {"key": name_key(f"B{row}"), "self_mask": 1 << row if row < 63 else 0}
        fill(tables["buyers"], row, BUYER, own, fields)
    for row, fields in enumerate(given["categories"]):
        mine = [at for at, line in enumerate(given["lines"]) if line.get("category", 0) == row]
        span = {"first_line": mine[0], "last_line": mine[-1] + 1} if mine else {}
        known = [at for at, family in enumerate(given["families"]) if family.get("category", 0) == row]
        span |= {"first_family": known[0], "last_family": known[-1] + 1} if known else {}
        key = {"key": name_key(f"c{row}"), "output_lever": len(lever_rows((), ())) + row}
        fill(tables["categories"], row, CATEGORY, key, span, fields)
    for row in range(len(tables["pairs"])):
        buyer, category = divmod(row, count)
        fill(
            tables["pairs"],
            row,
            PAIR,
            {"buyer": buyer, "category": category, "key": name_key(f"c{category}")},
        )
    for row, fields in enumerate(given["lines"]):
        keys = {"key": name_key(f"line{row}"), "nest_key": name_key(f"industry{fields.get('industry', 0)}")}
        fill(tables["lines"], row, LINE, keys, fields)
    for name in ("families", "fleets", "gifts", "authorities"):
        for row, fields in enumerate(given[name]):
            fill(tables[name], row, {"maker": NONE, "elsewhere": 1} if name == "families" else {}, fields)
    clock = tables["clock"]
    for name in ("prices", "growth", "discount", "seoul", "us_spares"):
        clock[name] = 1.0
    clock["start_year"], clock["usa"] = 2026.0, NONE
    clock["stream"] = stream(1, 0)


def set_lever(state: State, row: int, value: float) -> None:
    """Put a lever in force at once, and for all months of the plan; lines notice."""
    state.levers[row] = value
    state.plan[:, row] = value
    state.clock["version"] += 1


def call_tender(state: State, row: int = 0, **fields: Any) -> None:
    """Let a tender of a pair be the only one decided this month."""
    call_tenders(state, row, **fields)


def call_tenders(state: State, *rows: int, **fields: Any) -> None:
    """Let the tenders of some pairs be those decided this month, in this order."""
    state.clock["due"], state.clock["due_categories"] = len(rows), 0
    for place, row in enumerate(rows):
        fill(state.pairs, row, {"open": 1, "slot": place, "chosen": NONE, "second": NONE}, fields)
        state.buyers["open_tenders"][state.pairs["buyer"][row]] += 1
        state.due[place] = row
        state.clock["due_categories"] |= 1 << int(state.pairs["category"][row])


def book_contract(state: State, **fields: Any) -> int:
    """Put a contract into the books of line, buyer and pair, the way signing does; return its number.

    The work is spread evenly over the months from `start` (the first promised month unless given) to the
    last promised month, all of it later by `slip`.
    """
    number = int(state.clock["contracts"][0])
    month, slip = int(state.clock["month"][0]), int(fields.get("slip", 0))
    line, buyer = fields["line"], fields["buyer"]
    at_home = int(state.lines["home"][line]) & int(state.buyers["self_mask"][buyer])
    usual = {
        "pair": buyer * len(state.categories) + int(state.lines["category"][line]),
        "start": fields["first_due"] + slip,
        "finish": fields["last_due"] + slip,
        "lane": HOME if at_home else EXPORT,
        "months_residual": slip,
        "opened": month,
        "signed": month,
        "looked": month - 1,
        "new_family": int(state.stock[buyer, int(state.lines["family"][line])] < 1.0),
    }
    fill(state.contracts, number, dict.fromkeys(state.contracts.dtype.names, 0), CONTRACT, usual, fields)
    state.clock["contracts"] = number + 1
    enter_book(number, state)
    contract = state.contracts[number]
    value = float(contract["quantity"]) * float(contract["unit_price"])
    state.buyers["committed"][buyer] += value * (1.0 - float(contract["paid_share"]))
    return number


def run(state: State, first: int, last: int) -> Iterator[int]:
    """Let all lines produce and all states take deliveries, month by month; each month is then yielded.

    What plants make is worked out again each quarter.
    """
    for month in range(first, last + 1):
        state.clock["month"] = month
        if month % QUARTER == 0:
            state.clock["version"] += 1
        for index in range(len(state.lines)):
            produce(index, state)
        for buyer in range(len(state.buyers)):
            deliver(buyer, state)
        yield month


def number(table: Array, row: int, name: str) -> float:
    """A field of a record as a plain number."""
    return float(table[name][row])
