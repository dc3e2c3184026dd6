"""The state of one replication: records of entities and tables between them.

Each entity is a row of a structured array, so a rule reads `line.capacity` and a stage writes it.
A field is either a *fact* (set when the world is drawn) or *state* (zero at the start, moved by a
stage). Money is in million 2025 US dollars, time in months counted
from the start, shares from 0 to 1.
"""

from __future__ import annotations

from typing import Final

from sim.model.handle import Handle
from sim.model.records import Array

MONTHS: Final = 120
QUARTER: Final = 3  # months between two reviews of needs, capacities and measures
QUARTERS: Final = MONTHS // QUARTER
YEAR: Final = 12
HALF: Final = 6  # months in one slot of a plant's plan
HALVES: Final = 48  # slots of that plan: 24 years
CALENDAR: Final = HALF * HALVES
MAX_CONTRACTS: Final = 1600
NONE: Final = -1
NEVER: Final = 1_000_000.0  # month of what has not happened

# Routes of a tender, lanes of a plant and causes of waiting, as small numbers in records.
ROUTES: Final = ("urgent", "option", "government", "fms", "competition", "joint", "stock", "loan")
URGENT, OPTION, GOVERNMENT, FMS, COMPETITION, JOINT, STOCK, LOAN = range(len(ROUTES))
LANES: Final = ("home", "export")
HOME, EXPORT = range(len(LANES))
CAUSES: Final = ("process", "finance", "queue", "ramp", "build", "residual", "supply", "priority", "licence")
# What a seat can order, as small numbers in records.
ORDERS: Final = ("seat", "choose", "wait", "launch", "hold", "framework", "price", "promise", "expand")
SEAT, CHOOSE, WAIT, LAUNCH, HOLD, FRAMEWORK, PRICE, PROMISE, EXPAND = range(len(ORDERS))
EVERY: Final = 0  # place 0 of every table by place: Europe and Canada together


class State(Handle):
    """Everything one replication knows; the stages read and write it, nothing else does.

    Shapes: B buyers, C categories, P = B x C pairs, L lines, F families, A authorities, I industries,
    K levers.
    """

    words: Array  # (W,) the records that start from the seeds, as one run of 64-bit words
    numbers: Array  # (W,) the same memory as floating-point numbers
    whole: Array  # (W,) all that a month changes but the offers, as words: a copy is a replication held still
    buyers: Array  # (B,) records
    categories: Array  # (C,) records
    pairs: Array  # (P,) records, row = buyer x C + category
    lines: Array  # (L,) records, sorted by category
    lanes: Array  # (L, 2) records: home and export
    families: Array  # (F,) records, sorted by category
    fleets: Array  # records: what is in service at the start, sorted by buyer
    gifts: Array  # records: equipment given away, sorted by buyer
    contracts: Array  # (MAX_CONTRACTS,) records
    cards: Array  # records: shock cards
    effects: Array  # records: what a card does to a lever
    orders: Array  # records: what seats ordered, sorted by month; empty where nobody plays
    authorities: Array  # (A,) records
    clock: Array  # (1,) record
    offers: Array  # (P, L) records by place among the tenders decided this month
    rules: Array  # (1,) record: the constants of the rules, seeds/facts/rules.csv
    levers: Array  # (K,) values in force this month
    plan: Array  # (MONTHS, K) values of the levers by month as the scenario sets them
    lever_default: Array  # (K,) values at the start, the reference of relative levers
    lever_range: Array  # (K, 2) lowest and highest value a lever may take
    stock: Array  # (B, F) units in service by family
    since: Array  # (B, F) month in which the family came into service
    refused: Array  # (B, L) 1 where a sale is refused or barred
    first_orders: Array  # (B, F) month, before the start, of a state's first order of a family; NEVER if none
    adopted: Array  # (B, F) the same with what was ordered since
    dealings: Array  # (B, A) families first ordered under a government in the years that count
    memory: Array  # (B, A) part of trust left after promises broken to this buyer; 1 = nothing broken
    standing: Array  # (A,) the same after promises broken to anyone
    heard: Array  # (A,) months of delay that all will hear of
    late: Array  # (B, A) months of delay noted this month
    holds: Array  # (B, A) musd of the fleet an authority could stop supporting, counted once a year
    announced: Array  # (L, HALVES) claimed capacity as announced at the start by half-year, units a year
    path: Array  # (L, HALVES) the same with what was decided since
    reserved: Array  # (L, HALVES) units a month promised to the contracts in the books at the start
    booked: Array  # (L, 2, HALVES) units promised by half-year, home and export
    steps: Array  # (MONTHS, L, 2) changes of the rate promised, units a month
    worked: Array  # (MONTHS, L, 2) units promised by the end of each month so far
    lending: Array  # (MONTHS, L) changes of the slots lent, units a month
    arriving: Array  # (MONTHS, P) whole units that become usable by month, in four bytes
    crews: Array  # (MONTHS, B) mask of categories with units that become usable
    events: Array  # (MONTHS, B) first contract with an event in a month, -1 if none
    falls_due: Array  # (MONTHS,) first need whose tender is decided in a month, -1 if none
    due: Array  # (P,) needs whose tender is decided this month, in the order drawn
    nests: Array  # (I, 3) of the tender in hand: offers, sum of worths, best line of each industry
    flows: Array  # (I, 3) musd so far: orders, deliveries, imports of Europe and Canada
    series: Array  # (S, B + 1, QUARTERS + 1) measures by quarter and place, books.SERIES
    industry_series: Array  # (S, I, QUARTERS + 1)
