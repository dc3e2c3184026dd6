"""The state of one replication: records of entities and tables between them.

Each entity is a row of a structured array, so a rule reads `line.capacity` and a stage writes it.
A field is either a *fact* (set when the world is drawn) or *state* (zero at the start, moved by a
stage). All numbers take eight bytes; money is in million 2025 US dollars, time in months counted
from January 2026, shares from 0 to 1.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sim.model.compiled import without_compilation
from sim.model.handle import Handle

MONTHS: Final = 120
CALENDAR: Final = MONTHS + 168  # months for which a line keeps a delivery calendar (to 2049)
ARRIVALS: Final = MONTHS + 48  # months in which delivered units may become usable
MAX_CONTRACTS: Final = 1600
NONE: Final = -1

# Routes of a tender and causes of waiting, as small numbers in records.
URGENT, DIRECT, COMPETITION = 0, 1, 2
ROUTES: Final = ("urgent", "direct", "competition")
CAUSES: Final = ("process", "queue", "build", "slip", "capacity", "hold")
EVERY: Final = 0  # place 0 of every table by place: Europe and Canada together

# name, unit, description; "key", "count", "index" and "mask" are whole numbers.
Field = tuple[str, str, str]

BUYER: Final[tuple[Field, ...]] = (
    ("key", "key", "hash of the state's id"),
    ("gdp", "musd", "gross domestic product 2025"),
    ("defence_share", "share", "core defence spending in GDP, 2025"),
    ("equipment_share", "share", "equipment in core defence spending"),
    ("modelled_share", "share", "the eight categories in equipment spending"),
    ("pledge_year", "year", "year in which the national plan reaches 3.5 % core spending"),
    ("threat_exposure", "number", "exposure to the threat, 0-1"),
    ("procurement_capacity", "tenders", "tenders the ministry can run at once"),
    ("safe_allocation", "musd", "EU loan allocation under the 150 bn envelope"),
    ("us_tie", "number", "security tie to the United States, 0-1"),
    ("eu", "count", "1 if member of the European Union"),
    ("safe_content", "count", "1 if work done here counts as European content"),
    ("in_total", "count", "1 if part of the total Europe and Canada"),
    ("self_mask", "mask", "bit of this state among buyers"),
    ("neighbours", "mask", "bits of neighbouring buyers"),
    ("authority", "index", "row of this state's government among authorities, -1 if none"),
    ("first_fleet", "index", "first of its rows in fleets"),
    ("last_fleet", "index", "one past the last of its rows in fleets"),
    ("cash", "musd", "money in hand; negative is arrears"),
    ("inflow", "musd", "equipment money of this month"),
    ("received", "musd", "equipment money so far"),
    ("lapsed", "musd", "money not spent in time and lost to these categories"),
    ("paid", "musd", "paid for equipment in cash so far"),
    ("upkeep_paid", "musd", "support of new equipment and extra families so far (other budget line)"),
    ("committed", "musd", "signed but not yet paid"),
    ("granted", "musd", "EU loan open to it in all"),
    ("drawn", "musd", "EU loan taken up by contracts so far"),
    ("credit_left", "musd", "EU loan still open"),
    ("debt", "musd", "loans drawn"),
    ("interest", "musd", "interest on them, due with the loan"),
    ("cost", "musd", "present value of payments so far"),
    ("open_tenders", "count", "tenders running"),
    ("contracts", "count", "contracts signed since the start"),
    ("waited", "count", "tenders that ended without a contract"),
    ("orders_value", "musd", "value of contracts signed since the start"),
    ("orders_base", "musd", "the same at base prices"),
    ("orders_vetoed", "musd", "value a foreign authority could withhold"),
    ("orders_vetoes", "musd", "sum of value times number of foreign authorities"),
    ("orders_content", "musd", "European content of those orders"),
    ("usable_base", "musd", "equipment made usable since the start, at base prices"),
    ("upkeep_month", "musd", "support of new equipment, a month"),
    ("extra_month", "musd", "cost of extra families, a month"),
    ("ready_value", "musd", "available part of the fleet by value"),
    ("fleet_value", "musd", "the fleet by value"),
    ("families", "count", "families in service"),
    ("fleet_vetoed", "share", "share of the fleet some foreign authority could stop supporting"),
    ("worst_share", "share", "share of the fleet the worst foreign authority could stop supporting"),
    ("effective", "number", "effective number of foreign authorities over the fleet"),
)

CATEGORY: Final[tuple[Field, ...]] = (
    ("key", "key", "hash of the category's id"),
    ("service_life", "years", "life of modern equipment"),
    ("lot_min", "units", "smallest order worth a tender"),
    ("lot_typical", "units", "usual order"),
    ("lot_fraction", "share", "part of an open gap put in one tender"),
    ("planning_months", "months", "how far ahead needs are planned"),
    ("threat_elasticity", "number", "growth of the requirement with threat"),
    ("crew_months_known", "months", "delivery to usable, family in service"),
    ("crew_months_new", "months", "delivery to usable, new family"),
    ("availability", "share", "usual availability"),
    ("family_cost", "musd_per_year", "cost of an extra family"),
    ("tender_factor", "number", "length of tenders against the usual"),
    ("first_line", "index", "first line of the category"),
    ("last_line", "index", "one past its last line"),
    ("output_lever", "index", "row of its output lever"),
)

PAIR: Final[tuple[Field, ...]] = (
    ("key", "key", "hash of the category's id"),
    ("buyer", "index", "state"),
    ("category", "index", "category"),
    ("needed", "count", "1 if there is a need at all"),
    ("home_only", "count", "1 if bought at home only"),
    ("accepts_upper", "count", "1 if upper-tier equipment fits"),
    ("accepts_lower", "count", "1 if lower-tier equipment fits"),
    ("upper_share", "share", "part of the need met by the upper tier"),
    ("stock_start", "units", "operational stock at the start"),
    ("legacy_due", "units", "to leave by the end of 2035"),
    ("announced", "units", "announced requirement"),
    ("announced_year", "year", "year of the announced requirement"),
    ("price_lower", "musd", "mean base package price of lower-tier lines open to it"),
    ("price_upper", "musd", "mean base package price of upper-tier lines open to it"),
    ("base_price", "musd", "base package price of what the need is made of"),
    ("stock", "units", "delivered and not retired"),
    ("usable", "units", "crewed and integrated"),
    ("on_order", "units", "ordered and not delivered"),
    ("requirement", "units", "required this month"),
    ("gap", "units", "gap at the planning horizon, orders counted"),
    ("gap_ratio", "share", "that gap over the requirement"),
    ("urgency", "number", "gap ratio times threat times exposure"),
    ("open", "count", "1 while a tender runs"),
    ("route", "index", "route of the tender"),
    ("opened", "month", "month the tender opened"),
    ("due", "month", "month the tender is decided"),
    ("quantity", "units", "units asked for"),
    ("tier", "count", "1 upper tier, 0 lower"),
    ("joint", "count", "1 if bought jointly"),
    ("known_line", "index", "line already selected when the model starts, -1 if open"),
    ("chosen", "index", "line chosen this month, -1 if none"),
    ("offers", "count", "offers on the table at the last decision"),
)

LINE: Final[tuple[Field, ...]] = (
    ("key", "key", "hash of the line's id"),
    ("nest_key", "key", "hash of the industry's id"),
    ("category", "index", "category"),
    ("family", "index", "family"),
    ("industry", "index", "industry"),
    ("authority", "index", "government that licenses export"),
    ("country_buyer", "index", "buyer in whose country the plant stands, -1 if none"),
    ("home", "mask", "buyers served as domestic customers"),
    ("upper", "count", "1 upper tier, 0 lower"),
    ("home_only", "count", "1 if never exported"),
    ("surplus", "count", "1 if a finite stock of used equipment"),
    ("korean", "count", "1 if of Korean industry"),
    ("european", "count", "1 if of European industry"),
    ("american", "count", "1 if of US industry"),
    ("in_korea", "count", "1 if the plant stands in Korea"),
    ("eu_plant", "count", "1 if the plant stands in the Union"),
    ("us_part", "count", "1 if Washington could withhold parts of another maker's product"),
    ("delivery_mask", "mask", "authorities that could withhold delivery"),
    ("support_mask", "mask", "authorities that could withhold support"),
    ("price_platform", "musd", "platform"),
    ("price_support", "musd", "initial support, training, spares"),
    ("price_munitions", "musd", "initial munitions"),
    ("rate_now", "units_per_year", "claimed output now"),
    ("rate_planned", "units_per_year", "claimed output planned"),
    ("rate_planned_year", "year", "when"),
    ("output_share", "share", "real over claimed output"),
    ("outside_share", "share", "output taken by customers outside the 32 states"),
    ("outside_backlog", "units", "queue of those customers, assumed to stay as long as it is"),
    ("build_months", "months", "order to first delivery with an empty queue"),
    ("content_europe", "share", "European content"),
    ("local_share_max", "share", "work the maker offers to place with a buyer"),
    ("opens", "year", "start of production"),
    ("export_from", "year", "first year of export"),
    ("surplus_units", "units", "finite stock"),
    ("growth_cap", "share_per_year", "yearly growth of capacity that labour allows"),
    ("support_rate", "share_per_year", "yearly support over price"),
    ("capacity", "units_per_year", "claimed output at present"),
    ("arriving", "units_per_year", "capacity decided and not yet there"),
    ("arrival", "month", "month it arrives"),
    ("backlog", "units", "ordered by the 32 states and not delivered"),
    ("produced", "units", "made for the 32 states since the start"),
    ("surplus_left", "units", "stock left"),
    ("promised", "units", "units due by now on the calendar"),
    ("owed", "units", "slots lent by the home army and not yet given back"),
    ("first_contract", "index", "oldest unfinished contract"),
    ("last_contract", "index", "newest contract"),
)

FAMILY: Final[tuple[Field, ...]] = (
    ("category", "index", "category"),
    ("legacy", "count", "1 if to be retired"),
    ("korean", "count", "1 if made by Korean industry"),
    ("support_mask", "mask", "authorities that could withhold support"),
    ("price", "musd", "mean base package price"),
    ("users", "mask", "buyers that have it in service"),
)

FLEET: Final[tuple[Field, ...]] = (
    ("buyer", "index", "state"),
    ("category", "index", "category"),
    ("family", "index", "family"),
    ("stock_start", "units", "operational stock at the start"),
    ("retire_month", "units", "leaves each month"),
)

CONTRACT: Final[tuple[Field, ...]] = (
    # What every month reads stands first, in two cache lines.
    ("next_of_buyer", "index", "next contract of the buyer, -1 if last"),
    ("next_of_line", "index", "next contract on the line, -1 if last"),
    ("start", "month", "month in which work on the first unit begins"),
    ("last_due", "month", "promised month of the last unit"),
    ("slip", "months", "later than promised by the usual optimism of quotes"),
    ("quantity", "units", "ordered"),
    ("made", "units", "finished by the plant, parts of units too"),
    ("seen", "units", "of those, finished by the end of last month"),
    ("allowed", "units", "of those, let go by the authorities"),
    ("delivered", "units", "whole units handed over"),
    ("line", "index", "line"),
    ("buyer", "index", "state"),
    ("pair", "index", "need it serves"),
    ("first_due", "month", "promised month of the first unit"),
    ("first_month", "month", "month of the first delivery, -1 before"),
    ("route", "index", "route"),
    ("existing", "count", "1 if in the books at the start"),
    ("new_family", "count", "1 if the buyer had none of the family"),
    ("opened", "month", "month the tender opened"),
    ("signed", "month", "month signed (negative: before the start)"),
    ("first_year", "year", "promised date of the first unit, for contracts in the books at the start"),
    ("last_year", "year", "promised date of the last unit, likewise"),
    ("unit_price", "musd", "price of a unit"),
    ("base_price", "musd", "base price of a unit"),
    ("paid_share", "share", "paid at signing"),
    ("local_share", "share", "work placed with the buyer"),
    ("credit", "share", "part financed by a loan"),
    ("content", "share", "European content"),
    ("last_month", "month", "month of the last delivery, -1 before"),
    ("usable_month", "month", "month the first units become usable, -1 before"),
    ("months_process", "months", "waiting: government process"),
    ("months_queue", "months", "waiting: slots promised to others"),
    ("months_build", "months", "waiting: build time"),
    ("months_slip", "months", "waiting: usual lateness"),
    ("months_capacity", "months", "waiting: the plant made less than planned"),
    ("months_hold", "months", "waiting: an authority withheld delivery"),
)

OFFER: Final[tuple[Field, ...]] = (
    ("valid", "count", "1 if the line can offer"),
    ("months", "months", "to the first delivery"),
    ("process", "months", "of that: government process"),
    ("queue", "months", "of that: queue"),
    ("build", "months", "of that: build"),
    ("last", "months", "to the last delivery"),
    ("price", "musd", "package price of a unit"),
    ("all_in", "musd", "price of a unit with the present value of supporting one more family"),
    ("local_share", "share", "work placed with the buyer"),
    ("content", "share", "European content"),
    ("credit", "share", "part a loan could finance"),
    ("korean_loan", "count", "1 if that loan is Korean export credit, 0 if an EU loan"),
    ("utility", "points", "value to the buyer, without the unseen part"),
)

CARD: Final[tuple[Field, ...]] = (
    ("key", "key", "hash of the card's id"),
    ("probability", "per_year", "chance of striking in a year"),
    ("months", "months", "duration"),
    ("placed", "month", "month placed by the scenario, -1 if drawn only"),
    ("placed_months", "months", "duration where placed"),
    ("placed_strength", "number", "strength where placed"),
    ("partners", "mask", "cards that tend to strike together with it"),
    ("since", "month", "month in which it last struck, -1 before"),
    ("until", "month", "active before this month"),
    ("strength", "number", "strength while active"),
    ("struck", "count", "times struck"),
)

EFFECT: Final[tuple[Field, ...]] = (
    ("card", "index", "card"),
    ("lever", "index", "lever moved"),
    ("operation", "count", "0 set, 1 add, 2 multiply"),
    ("amount", "number", "by how much at full strength"),
)

AUTHORITY: Final[tuple[Field, ...]] = (
    ("buyer", "index", "row among buyers, -1 if not a member state"),
    ("member", "count", "1 if in NATO"),
    ("eu", "count", "1 if in the Union"),
)

CLOCK: Final[tuple[Field, ...]] = (
    ("stream", "key", "key of this replication's draws"),
    ("month", "month", "month in progress"),
    ("contracts", "count", "contracts in the books"),
    ("due", "count", "tenders decided this month"),
    ("draws", "count", "random draws taken in decisions"),
    ("safe_used", "musd", "EU loans drawn by all"),
    ("korean_credit", "musd", "Korean export credit in use"),
    ("prices", "number", "price level of equipment against January 2026"),
    ("existing", "count", "contracts in the books at the start"),
    ("usa", "index", "row of the United States among authorities, -1 if none"),
    ("worst_share", "share", "share of all fleets the worst foreign authority could stop supporting"),
    ("effective", "number", "effective number of foreign authorities over all fleets"),
    ("units_error", "units", "largest breach of the conservation of units"),
    ("money_error", "musd", "largest breach of the conservation of money"),
)

WHOLE: Final = {"count", "index", "mask", "month"}


def _dtype(fields: tuple[Field, ...]) -> np.dtype[np.void]:
    kinds = {"key": "u8", **dict.fromkeys(WHOLE, "i8")}
    return np.dtype([(name, kinds.get(unit, "f8")) for name, unit, _ in fields], align=True)


RECORDS: Final[dict[str, tuple[Field, ...]]] = {
    "buyers": BUYER,
    "categories": CATEGORY,
    "pairs": PAIR,
    "lines": LINE,
    "families": FAMILY,
    "fleets": FLEET,
    "contracts": CONTRACT,
    "cards": CARD,
    "effects": EFFECT,
    "authorities": AUTHORITY,
    "clock": CLOCK,
    "offers": OFFER,
}
DTYPES: Final = {name: _dtype(fields) for name, fields in RECORDS.items()}

Array = npt.NDArray[Any]


class State(Handle):
    """Everything one replication knows; the stages read and write it, nothing else does.

    Shapes: B buyers, C categories, P = B x C pairs, L lines, F families, A authorities, K levers.
    """

    buyers: Array  # (B,) records
    categories: Array  # (C,) records
    pairs: Array  # (P,) records, row = buyer x C + category
    lines: Array  # (L,) records, sorted by category
    families: Array  # (F,) records
    fleets: Array  # records: what is in service at the start, sorted by buyer
    contracts: Array  # (MAX_CONTRACTS,) records
    cards: Array  # records: shock cards
    effects: Array  # records: what a card does to a lever
    authorities: Array  # (A,) records
    clock: Array  # (1,) record
    offers: Array  # (P, L) records, valid only for tenders due this month
    rules: Array  # (1,) record: the constants of the rules, seeds/facts/rules.csv
    levers: Array  # (K,) values in force this month
    plan: Array  # (MONTHS, K) values of the levers by month as the scenario sets them
    lever_default: Array  # (K,) today's values, the reference of relative levers
    lever_range: Array  # (K, 2) lowest and highest value a lever may take
    stock: Array  # (B, F) units in service by family
    refused: Array  # (B, L) 1 where a sale is refused or barred
    distrust: Array  # (B, A) 0-1, equal at the start
    holds: Array  # (B, A) musd of the fleet an authority could stop supporting, counted once a year
    orders_by_authority: Array  # (B, A) musd of new orders an authority could withhold
    calendar: Array  # (L, CALENDAR) units promised by month
    arriving: Array  # (P, ARRIVALS) units that become usable by month
    due: Array  # (P,) pairs whose tender is decided this month, in the order drawn
    first_of_buyer: Array  # (B,) newest contract of each buyer, -1 if none
    series: Array  # (S, B + 1, MONTHS + 1) measures by month and place, record.SERIES
    industry_series: Array  # (S, I, MONTHS + 1)


def records(name: str, *shape: int) -> Array:
    """Return zeroed records of a kind; without compilation their fields read as attributes too."""
    array = np.zeros(shape, DTYPES[name])
    return array.view(np.recarray) if without_compilation() else array


def rule_records(names: tuple[str, ...]) -> Array:
    """Return the one record of the rules' constants, a field per name."""
    array = np.zeros(1, np.dtype([(name, "f8") for name in names], align=True))
    return array.view(np.recarray) if without_compilation() else array
