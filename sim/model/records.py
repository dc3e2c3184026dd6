"""The records of the state: which numbers each entity has, their units and meaning.

Each entity is a row of a structured array, so a rule reads `line.capacity` and a stage writes it.
A field is either a *fact* (set when the world is drawn) or *state* (zero at the start, moved by a
stage). All numbers take eight bytes; money is in million 2025 US dollars, time in months counted
from the start, shares from 0 to 1.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sim.model.compiled import without_compilation

# name, unit, description; "key", "count", "index" and "mask" are whole numbers.
Field = tuple[str, str, str]

BUYER: Final[tuple[Field, ...]] = (
    # What every month, offer and delivery reads stands first.
    ("self_mask", "mask", "bit of this state among buyers"),
    ("authority", "index", "row of this state's government among authorities, -1 if none"),
    ("eu", "count", "1 if member of the European Union"),
    ("safe_content", "count", "1 if work done here counts as European content"),
    ("credit_left", "musd", "EU loan still open"),
    ("key", "key", "hash of the state's id"),
    ("neighbours", "mask", "bits of neighbouring buyers"),
    ("us_tie", "number", "security tie to the United States, 0-1"),
    ("fleet_value", "musd", "the fleet by value"),
    ("cash", "musd", "money in hand; negative is arrears"),
    ("inflow", "musd", "equipment money of this month"),
    ("usual_inflow", "musd", "the same without a squeeze"),
    ("committed", "musd", "signed but not yet paid"),
    ("open_tenders", "count", "tenders running"),
    ("procurement_capacity", "tenders", "tenders the ministry can run at once"),
    ("wanting", "mask", "categories with a gap worth a tender, none running"),
    ("late", "count", "1 if a promise to it was broken this month"),
    ("paid", "musd", "paid for equipment in cash so far"),
    ("debt", "musd", "loans drawn"),
    ("cost", "musd", "present value of payments so far"),
    ("upkeep_month", "musd", "support of new equipment, a month"),
    ("extra_month", "musd", "cost of extra families, hubs and equipment on loan, a month"),
    ("rent_month", "musd", "rent of equipment on loan, a month"),
    ("in_total", "count", "1 if part of the total Europe and Canada"),
    ("received", "musd", "equipment money so far"),
    ("lapsed", "musd", "money not spent in time and lost to these categories"),
    ("interest", "musd", "interest on them, due with the loan"),
    ("squeezed_until", "month", "its equipment money is cut before this month"),
    ("gdp", "musd", "gross domestic product of the year before the start"),
    ("defence_share", "share", "core defence spending in GDP at the start"),
    ("equipment_share", "share", "equipment in core defence spending"),
    ("modelled_share", "share", "the eight categories in equipment spending"),
    ("pledge_share", "share", "core defence spending in GDP that the state has pledged"),
    ("pledge_year", "year", "year in which the national plan reaches the pledge for core spending"),
    ("drawn", "musd", "EU loan taken up by contracts so far"),
    ("granted", "musd", "EU loan open to it in all"),
    ("safe_allocation", "musd", "EU loan allocation under the 150 bn envelope"),
    ("threat_exposure", "number", "exposure to the threat, 0-1"),
    ("first_fleet", "index", "first of its rows in fleets"),
    ("last_fleet", "index", "one past the last of its rows in fleets"),
    ("tenders", "count", "tenders that came to a decision since the start"),
    ("contracts", "count", "contracts signed since the start"),
    ("waited", "count", "tenders that ended because no offer was good enough"),
    ("collapsed", "count", "tenders that ended before or after the choice for other reasons"),
    ("loans", "count", "times that equipment was taken on loan"),
    ("orders_value", "musd", "value of contracts signed since the start"),
    ("orders_base", "musd", "the same at base prices"),
    ("orders_vetoed", "musd", "value whose delivery a foreign authority could withhold"),
    ("orders_support", "musd", "value whose support a foreign authority could withhold"),
    ("orders_retransfer", "musd", "value whose re-transfer a foreign authority could forbid"),
    ("orders_vetoes", "musd", "sum of value times number of foreign authorities"),
    ("orders_content", "musd", "European content of those orders"),
    ("usable_base", "musd", "equipment made usable since the start, at base prices"),
    ("ready_value", "musd", "available part of the fleet by value"),
    ("families", "count", "families in service"),
    ("fleet_vetoed", "share", "share of the fleet some foreign authority could stop supporting"),
    ("worst_share", "share", "share of the fleet the worst foreign authority could stop supporting"),
    ("effective", "number", "effective number of foreign authorities over the fleet"),
    (
        "reached",
        "month",
        "last quarter in which less than nine tenths of requirements were usable, -1 if none",
    ),
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
    ("munition_months", "months", "order of munitions to a first load"),
    ("availability", "share", "usual availability"),
    ("family_cost", "musd_per_year", "cost of an extra family"),
    ("tender_factor", "number", "length of tenders against the usual"),
    ("first_line", "index", "first line of the category"),
    ("last_line", "index", "one past its last line"),
    ("first_family", "index", "first family of the category"),
    ("last_family", "index", "one past its last family"),
    ("output_lever", "index", "row of its output lever"),
    ("extra_family", "musd", "present value of supporting one more family"),
)

PAIR: Final[tuple[Field, ...]] = (
    # What every month and every offer reads stands first.
    ("needed", "count", "1 if there is a need at all"),
    ("open", "count", "1 while a tender runs"),
    ("gap", "units", "gap at the planning horizon, orders counted"),
    ("smallest", "units", "smallest lot worth a tender"),
    ("urgency", "number", "gap ratio times threat times exposure"),
    ("key", "key", "hash of the category's id"),
    ("buyer", "index", "state"),
    ("category", "index", "category"),
    ("slot", "index", "place among the tenders decided this month"),
    ("tier", "count", "1 upper tier, 0 lower"),
    ("quantity", "units", "units asked for"),
    ("route", "index", "route of the tender"),
    ("funded", "count", "1 if announced with its money before the start"),
    ("known_line", "index", "line already selected when the tender opens, -1 if open"),
    ("accepts_upper", "count", "1 if upper-tier equipment fits"),
    ("accepts_lower", "count", "1 if lower-tier equipment fits"),
    ("home_only", "count", "1 if bought at home only"),
    ("home_maker", "count", "1 if a line serves this state as its domestic maker"),
    ("requirement", "units", "required this month"),
    ("stock", "units", "delivered and not retired"),
    ("usable", "units", "crewed and integrated"),
    ("on_order", "units", "ordered and not delivered"),
    ("base_price", "musd", "base package price of what the need is made of"),
    ("lent", "units", "usable units on loan until own ones arrive"),
    ("chosen", "index", "line chosen this month, -1 if none"),
    ("second", "index", "second supplier chosen this month, -1 if none"),
    ("upper_share", "share", "part of the need met by the upper tier"),
    ("stock_start", "units", "operational stock at the start"),
    ("legacy_due", "units", "to leave within ten years"),
    ("announced", "units", "announced requirement"),
    ("announced_year", "year", "year of the announced requirement"),
    ("price_lower", "musd", "mean base package price of lower-tier lines open to it"),
    ("price_upper", "musd", "mean base package price of upper-tier lines open to it"),
    ("gap_ratio", "share", "that gap over the requirement"),
    ("ready", "share", "available part of the equipment, counted once a year"),
    ("opened", "month", "month the tender opened"),
    ("due", "month", "month the tender is decided"),
    ("next_due", "index", "next need whose tender is decided in the same month, -1 if last"),
    ("collapsed", "count", "1 if the tender fails this month for reasons other than its offers"),
    ("offers", "count", "offers on the table at the last decision"),
    ("bidders", "mask", "industries that made them"),
    ("framework_line", "index", "line of an agreed framework, -1 if none"),
    ("framework_units", "units", "units that it still allows"),
    ("framework_new", "count", "1 if it was agreed since the start"),
    ("framework_called", "units", "ordered since the start from the framework in force then"),
    ("framework_until", "month", "month in which it ends"),
    ("framework_ease", "number", "how readily this framework turns into orders, drawn once"),
    ("lent_line", "index", "line whose surplus is on loan, -1 if none"),
    ("lent_contract", "index", "contract that the loan bridges to"),
    ("lent_until", "month", "month in which the loan ends in any case"),
    ("rent", "musd", "rent of that loan, a month"),
)

LINE: Final[tuple[Field, ...]] = (
    # What every month and every offer reads stands first.
    ("category", "index", "category"),
    ("industry", "index", "industry"),
    ("family", "index", "family"),
    ("authority", "index", "government that licenses export"),
    ("country_buyer", "index", "buyer in whose country the plant stands, -1 if none"),
    ("upper", "count", "1 upper tier, 0 lower"),
    ("home", "mask", "buyers served as domestic customers"),
    ("home_only", "count", "1 if never exported"),
    ("surplus", "count", "1 if a finite stock of used equipment"),
    ("korean", "count", "1 if of Korean industry"),
    ("american", "count", "1 if of US industry"),
    ("european", "count", "1 if of European industry"),
    ("in_korea", "count", "1 if the plant stands in Korea"),
    ("eu_plant", "count", "1 if the plant stands in the Union"),
    ("opening", "month", "month in which production starts"),
    ("export_month", "month", "first month of export"),
    ("price_now", "musd", "price of a platform without local work, prices of the start"),
    ("price_support", "musd", "initial support, training, spares"),
    ("price_munitions", "musd", "initial munitions"),
    ("price_platform", "musd", "platform"),
    ("local_share_max", "share", "work the maker offers to place with a buyer"),
    ("content_europe", "share", "European content"),
    ("content_from", "year", "year from which that content counts for EU loans"),
    ("build_months", "months", "order to first delivery with an empty queue"),
    ("output_share", "share", "real over claimed output"),
    ("outside_share", "share", "output taken by customers outside the 32 states"),
    ("per_capacity", "units_per_month", "real units a month from one unit of claimed yearly capacity"),
    ("outside", "share", "part of the announced capacity that customers outside the 32 states take now"),
    ("output", "units_per_month", "units a month for the 32 states this month"),
    ("checked", "count", "when these three were last worked out, by the clock's count of changes"),
    ("extra", "units_per_month", "slots lent by the home army (negative: given back)"),
    ("owed", "units", "slots lent by the home army and not yet given back"),
    ("rate_planned", "units_per_year", "claimed output planned"),
    ("surplus_left", "units", "stock left"),
    ("delivery_mask", "mask", "authorities that could withhold delivery"),
    ("support_mask", "mask", "authorities that could withhold support"),
    ("key", "key", "hash of the line's id"),
    ("nest_key", "key", "hash of the industry's id"),
    ("backlog", "units", "ordered by the 32 states and not delivered"),
    ("produced", "units", "made for the 32 states since the start"),
    (
        "part_holder",
        "index",
        "European authority that could withhold another maker's parts, -1 if none",
    ),
    ("us_part", "count", "1 if Washington could withhold parts of another maker's product"),
    ("retransfer_mask", "mask", "authorities that could forbid re-transfer"),
    ("rate_now", "units_per_year", "claimed output now"),
    ("rate_planned_year", "year", "when"),
    ("outside_backlog", "units", "queue of those customers"),
    ("opens", "year", "start of production"),
    ("export_from", "year", "first year of export"),
    ("surplus_units", "units", "finite stock"),
    ("growth_cap", "share_per_year", "yearly growth of capacity that labour allows"),
    ("support_rate", "share_per_year", "yearly support over price"),
    ("plan_month", "month", "month of the announced rate"),
    ("decided", "month", "month of the last decision to expand"),
    ("ordered", "units", "ordered by the 32 states since the start"),
    ("delivered", "units", "handed over to the 32 states since the start"),
)

LANE: Final[tuple[Field, ...]] = (
    ("rate", "units_per_month", "units promised a month at present"),
    ("promised", "units", "promised for delivery by now"),
    ("produced", "units", "made by now"),
    ("behind", "count", "1 if the plan is not worked off in time"),
    ("clock", "months", "if so, how far it is worked off"),
    ("at", "month", "month of the plan then worked on"),
    ("cause", "index", "why the lane is behind, a cause of waiting"),
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
    # What every event reads stands first.
    ("next_event", "index", "next contract of the same buyer and month, -1 if last"),
    ("line", "index", "line"),
    ("lane", "index", "lane of the line"),
    ("start", "month", "month in which work on the first unit begins, usual lateness counted"),
    ("finish", "month", "month in which the last unit is planned to be ready"),
    ("quantity", "units", "ordered"),
    ("seen", "units", "finished by the plant when last looked at, parts of units too"),
    ("allowed", "units", "of those, let go by the authorities"),
    ("delivered", "units", "whole units handed over"),
    ("pair", "index", "need it serves"),
    ("buyer", "index", "state"),
    ("first_due", "month", "promised month of the first unit"),
    ("slip", "months", "later than promised by the usual optimism of quotes"),
    ("looked", "month", "month of the last event"),
    ("first_month", "month", "month of the first delivery, -1 before"),
    ("last_month", "month", "month of the last delivery, -1 before"),
    ("unit_price", "musd", "price of a unit"),
    ("paid_share", "share", "paid at signing"),
    ("credit", "share", "part financed by a loan"),
    ("new_family", "count", "1 if the buyer had none of the family"),
    ("signed", "month", "month signed (negative: before the start)"),
    ("usable_month", "month", "month the first units become usable, -1 before"),
    ("last_due", "month", "promised month of the last unit"),
    ("route", "index", "route"),
    ("existing", "count", "1 if in the books at the start"),
    ("opened", "month", "month the tender opened"),
    ("first_year", "year", "promised date of the first unit, for contracts in the books at the start"),
    ("last_year", "year", "promised date of the last unit, likewise"),
    ("quoted_price", "musd", "price of a unit as offered"),
    ("base_price", "musd", "base price of a unit"),
    ("local_share", "share", "work placed with the buyer"),
    ("content", "share", "European content"),
    ("urgency", "number", "urgency of the need when decided"),
    ("lent", "units", "of those, made in slots lent by a home army"),
    ("bidders", "mask", "industries that made an offer"),
    ("months_process", "months", "waiting: consent of governments"),
    ("months_finance", "months", "waiting: finance"),
    ("months_queue", "months", "waiting: slots promised to others"),
    ("months_ramp", "months", "waiting: a plant not open yet"),
    ("months_build", "months", "waiting: build time"),
    ("months_residual", "months", "waiting: usual lateness"),
    ("months_supply", "months", "waiting: the plant made less than planned"),
    ("months_priority", "months", "waiting: others were served first"),
    ("months_licence", "months", "waiting: an authority withheld delivery"),
)

OFFER: Final[tuple[Field, ...]] = (
    ("valid", "count", "1 if the line can offer"),
    ("utility", "points", "value to the buyer, without the unseen part"),
    ("worth", "points", "value within its industry, with the unseen part"),
    ("price", "musd", "package price of a unit"),
    ("all_in", "musd", "price of a unit with the present value of supporting one more family"),
    ("months", "months", "to the first delivery"),
    ("last", "months", "to the last delivery"),
    ("process", "months", "of the first: consent of governments"),
    ("finance", "months", "of that: finance"),
    ("queue", "months", "of that: queue"),
    ("ramp", "months", "of that: a plant not open yet"),
    ("build", "months", "of that: build"),
    ("local_share", "share", "work placed with the buyer"),
    ("content", "share", "European content"),
    ("credit", "share", "part a loan could finance"),
    ("korean_loan", "count", "1 if that loan is Korean export credit, 0 if an EU loan"),
    ("lent", "units", "units made in slots lent by a home army"),
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

GIFT: Final[tuple[Field, ...]] = (
    ("buyer", "index", "state"),
    ("category", "index", "category"),
    ("family", "index", "family"),
    ("month", "month", "month in which it leaves"),
    ("units", "units", "given away"),
)

AUTHORITY: Final[tuple[Field, ...]] = (
    ("buyer", "index", "row among buyers, -1 if not a member state"),
    ("member", "count", "1 if in NATO"),
    ("eu", "count", "1 if in the Union"),
)

CLOCK: Final[tuple[Field, ...]] = (
    ("stream", "key", "key of this replication's draws"),
    ("month", "month", "month in progress"),
    ("start_year", "year", "year and part of a year in which the run starts"),
    ("contracts", "count", "contracts in the books"),
    ("due", "count", "tenders decided this month"),
    ("due_categories", "mask", "categories with a tender decided this month"),
    ("draws", "count", "random draws taken in decisions"),
    ("version", "count", "changes of levers and plans so far"),
    ("safe_used", "musd", "EU loans drawn by all"),
    ("korean_credit", "musd", "Korean export credit in use"),
    ("prices", "number", "price level of equipment against the start"),
    ("growth", "number", "gross domestic product against the start"),
    ("discount", "number", "worth today of a payment this month"),
    ("seoul", "number", "what Seoul can give at home and under pressure, 1 = as at the start"),
    ("codeveloped", "share", "part of the joint development with Korea that has borne fruit"),
    ("us_spares", "share", "part of the usual spares of US types at hand"),
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
    "lanes": LANE,
    "families": FAMILY,
    "fleets": FLEET,
    "gifts": GIFT,
    "contracts": CONTRACT,
    "cards": CARD,
    "effects": EFFECT,
    "authorities": AUTHORITY,
    "clock": CLOCK,
    "offers": OFFER,
}
DTYPES: Final = {name: _dtype(fields) for name, fields in RECORDS.items()}

Array = npt.NDArray[Any]


def records(name: str, *shape: int) -> Array:
    """Return zeroed records of a kind; without compilation their fields read as attributes too."""
    array = np.zeros(shape, DTYPES[name])
    return array.view(np.recarray) if without_compilation() else array


def rule_records(names: tuple[str, ...]) -> Array:
    """Return the one record of the rules' constants, a field per name."""
    array = np.zeros(1, np.dtype([(name, "f8") for name in names], align=True))
    return array.view(np.recarray) if without_compilation() else array
