"""From seeds to a world: which fact fills which field of which record."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.evidence.orders import past_orders
from sim.evidence.records import Contract
from sim.evidence.seeds import Seeds
from sim.model.fields import (
    BUYER_FACTS,
    CATEGORY_FACTS,
    CONTRACT_FACTS,
    LINE_FACTS,
    PAIR_FACTS,
    RENAMED,
    RULE_SUBJECTS,
)
from sim.model.lever_rows import lever_rows
from sim.model.randomness import name_key
from sim.model.records import Array, records, rule_records
from sim.model.state import COMPETITION, LANES, MONTHS, NEVER, NONE, ROUTES
from sim.model.world import COPIED, SPOT, World
from sim.policy.levers import levers

EARLIER_ROUTES: Final = {"direct": "government"}  # as the contract list calls it


class Builder:
    """Fills the template table by table and notes the spots; used once per set of seeds."""

    def __init__(self, seeds: Seeds) -> None:
        """Fix the order of all rows: states and categories as in the seeds, lines by category."""
        self.seeds = seeds
        self.buyers = tuple(state.id for state in seeds.states())
        self.categories = tuple(category.id for category in seeds.categories())
        order = {name: row for row, name in enumerate(self.categories)}
        lines = sorted(seeds.lines(), key=lambda line: (order[line.category], line.id))
        families = sorted(seeds.families(), key=lambda family: (order[family.category], family.id))
        self.line_rows = {line.id: row for row, line in enumerate(lines)}
        self.families = {family.id: row for row, family in enumerate(families)}
        self.sorted_lines, self.sorted_families = lines, families
        self.authorities = {authority.id: row for row, authority in enumerate(seeds.authorities())}
        self.industries = tuple(industry.id for industry in seeds.industries())
        self.levers = lever_rows(self.categories, self.buyers)
        self.start_year = start_year(seeds.start)
        self.orders = past_orders(seeds)
        self.frameworks: list[tuple[str, int]] = []
        self.spots: list[tuple[int, int, float, float, float, np.uint64]] = []
        self.tables: dict[str, Array] = {}

    def build(self) -> World:
        """Return the finished world."""
        self._buyers()
        self._categories()
        self._authorities()
        self._families()
        self._lines()
        self._pairs()
        self._fleets()
        self._contracts()
        self._cards()
        self._rules()
        self._between()
        self._open_tenders()
        self._frameworks()
        self._gifts()
        return World(
            template=self.tables,
            spots=np.array(self.spots, SPOT),
            buyers=self.buyers,
            categories=self.categories,
            lines=tuple(self.line_rows),
            families=tuple(self.families),
            authorities=tuple(self.authorities),
            industries=self.industries,
            cards=tuple(card.id for card in self.seeds.shocks()),
            levers=self.levers,
            contracts=tuple(contract.id for contract in self._contract_rows()),
            frameworks=tuple(self.frameworks),
            start=self.seeds.start,
        )

    def fact(self, table: str, row: int, field: str, subject: str, attribute: str, key: str = "") -> None:
        """Write a fact into the template and, if it has a range, note its spot.

        key names the draw; facts with the same key move together (a contract's two dates).
        """
        found = self.seeds.fact(subject, attribute)
        array = self.tables[table]
        array[field][row] = found.value
        if found.low < found.high:
            dtype = array.dtype
            assert dtype.fields is not None
            assert dtype.fields[field][0] == np.float64, f"{field} is drawn, so it must hold any number"
            place = (row * dtype.itemsize + dtype.fields[field][1]) // 8
            draw = name_key(key or f"{subject}.{attribute}")
            spot = (COPIED.index(table), place, found.low, found.value, found.high, draw)
            self.spots.append(spot)

    def facts(self, table: str, row: int, subject: str, fields: tuple[str, ...], key: str = "") -> None:
        """Write several facts of one subject."""
        for field in fields:
            self.fact(table, row, field, subject, RENAMED.get(field, field), key)

    def _new(self, name: str, count: int) -> Array:
        self.tables[name] = records(name, count)
        return self.tables[name]

    def _buyers(self) -> None:
        table = self._new("buyers", len(self.buyers))
        fleets = self._fleet_subjects()
        for row, state in enumerate(self.seeds.states()):
            self.facts("buyers", row, state.id, BUYER_FACTS)
            if self.seeds.has(state.id, "pledge_share"):
                self.fact("buyers", row, "pledge_share", state.id, "pledge_share")
            mine = [at for at, (buyer, *_) in enumerate(fleets) if buyer == state.id]
            table[row]["key"] = name_key(state.id)
            table[row]["eu"], table[row]["safe_content"] = state.eu, state.safe_content
            table[row]["in_total"], table[row]["self_mask"] = state.europe_canada, 1 << row
            table[row]["neighbours"] = self._mask(state.neighbours)
            table[row]["authority"] = self.authorities.get(state.id, NONE)
            table[row]["first_fleet"] = mine[0] if mine else 0
            table[row]["last_fleet"] = mine[-1] + 1 if mine else 0

    def _mask(self, states: tuple[str, ...]) -> int:
        return sum(1 << self.buyers.index(name) for name in states if name in self.buyers)

    def _authority_mask(self, names: tuple[str, ...]) -> int:
        return sum(1 << self.authorities[name] for name in set(names))

    def _categories(self) -> None:
        table = self._new("categories", len(self.categories))
        for row, name in enumerate(self.categories):
            self.facts("categories", row, name, CATEGORY_FACTS)
            mine = [at for at, line in enumerate(self.sorted_lines) if line.category == name]
            table[row]["key"] = name_key(name)
            table[row]["first_line"] = mine[0] if mine else 0
            table[row]["last_line"] = mine[-1] + 1 if mine else 0
            table[row]["output_lever"] = self.levers.index(f"output.{name}")
            mine = [at for at, family in enumerate(self.sorted_families) if family.category == name]
            table[row]["first_family"] = mine[0] if mine else 0
            table[row]["last_family"] = mine[-1] + 1 if mine else 0

    def _authorities(self) -> None:
        table = self._new("authorities", len(self.authorities))
        for row, authority in enumerate(self.seeds.authorities()):
            in_model = authority.id in self.buyers
            table[row]["buyer"] = self.buyers.index(authority.id) if in_model else NONE
            table[row]["member"], table[row]["eu"] = authority.nato, authority.eu

    def _families(self) -> None:
        table = self._new("families", len(self.families))
        korean = {line.family for line in self.sorted_lines if line.industry == "korea"}
        for row, family in enumerate(self.sorted_families):
            table[row]["category"] = self.categories.index(family.category)
            table[row]["legacy"], table[row]["korean"] = family.legacy, family.id in korean
            table[row]["support_mask"] = self._authority_mask(family.authorities_support)
            maker = self.orders.authority.get(family.id, "")
            table[row]["maker"] = self.authorities.get(maker, NONE)
            table[row]["elsewhere"] = self.orders.elsewhere(family.id, self.start_year)

    def _lines(self) -> None:
        table = self._new("lines", len(self.sorted_lines))
        union = {state.id for state in self.seeds.states() if state.eu}
        holders: dict[tuple[str, str], list[str]] = {}
        for holder in self.seeds.line_authorities():
            holders.setdefault((holder.line, holder.stage), []).append(holder.authority)
        for row, line in enumerate(self.sorted_lines):
            self.facts("lines", row, line.id, LINE_FACTS)
            if self.seeds.has(line.id, "surplus_units"):
                table[row]["surplus_units"] = self.seeds.value(line.id, "surplus_units")
            years = self.seeds.value("past", "rank_years")
            table[row]["capability"] = self.orders.ranked_first(line.family, self.start_year, years)
            if self.seeds.has(line.id, "content_from"):
                table[row]["content_from"] = self.seeds.value(line.id, "content_from")
            delivery = tuple(holders.get((line.id, "delivery"), []))
            table[row]["part_holder"] = self._part_holder(line.authority, delivery)
            names = {"korean": "korea", "european": "europe", "american": "united_states"}
            for flag, industry in names.items():
                table[row][flag] = line.industry == industry
            table[row]["key"], table[row]["nest_key"] = name_key(line.id), name_key(line.industry)
            table[row]["category"] = self.categories.index(line.category)
            table[row]["family"] = self.families[line.family]
            table[row]["industry"] = self.industries.index(line.industry)
            table[row]["authority"] = self.authorities[line.authority]
            in_model = line.country in self.buyers
            table[row]["country_buyer"] = self.buyers.index(line.country) if in_model else NONE
            table[row]["home"] = self._mask(line.home)
            table[row]["upper"], table[row]["home_only"] = line.tier == "upper", line.home_only
            table[row]["surplus"], table[row]["in_korea"] = line.kind == "stock", line.country == "KOR"
            table[row]["eu_plant"] = line.country in union
            table[row]["us_part"] = line.industry != "united_states" and "USA" in delivery
            table[row]["delivery_mask"] = self._authority_mask(delivery)
            for stage in ("support", "retransfer"):
                mask = self._authority_mask(tuple(holders.get((line.id, stage), [])))
                table[row][f"{stage}_mask"] = mask
        table["stance"] = table["promise"] = 1.0
        self._new("lanes", len(table) * len(LANES))
        self.tables["lanes"] = self.tables["lanes"].reshape(len(table), len(LANES))

    def _part_holder(self, own: str, delivery: tuple[str, ...]) -> int:
        """The first European authority that could withhold parts of another maker's product."""
        european = {one.id for one in self.seeds.authorities() if one.industry == "europe"}
        others = sorted(name for name in delivery if name in european and name != own)
        return self.authorities[others[0]] if others else NONE

    def _pairs(self) -> None:
        table = self._new("pairs", len(self.buyers) * len(self.categories))
        for row in range(len(table)):
            table[row]["buyer"], table[row]["category"] = divmod(row, len(self.categories))
            table[row]["key"] = name_key(self.categories[row % len(self.categories)])
            for field in ("known_line", "chosen", "second", "framework_line", "lent_line", "next_due"):
                table[row][field] = NONE
        for need in self.seeds.needs():
            row = self._pair(need.state, need.category)
            self.facts("pairs", row, f"{need.state}.{need.category}", PAIR_FACTS)
            table[row]["needed"], table[row]["home_only"] = 1, need.home_only
            table[row]["accepts_upper"] = "upper" in need.accepts
            table[row]["accepts_lower"] = "lower" in need.accepts

    def _pair(self, buyer: str, category: str) -> int:
        return self.buyers.index(buyer) * len(self.categories) + self.categories.index(category)

    def _fleet_subjects(self) -> list[tuple[str, str, str]]:
        """(state, category, family) of all stock rows, by state in the order of the roster."""
        found = [
            (parts[0], parts[1], parts[2])
            for (subject, attribute) in self.seeds.facts
            if attribute == "stock" and len(parts := subject.split(".")) == 3
        ]
        return sorted(found, key=lambda item: (self.buyers.index(item[0]), item[1:]))

    def _fleets(self) -> None:
        subjects = self._fleet_subjects()
        table = self._new("fleets", len(subjects))
        for row, (buyer, category, family) in enumerate(subjects):
            table[row]["buyer"], table[row]["category"] = (
                self.buyers.index(buyer),
                self.categories.index(category),
            )
            table[row]["family"] = self.families[family]
            table[row]["stock_start"] = self.seeds.value(f"{buyer}.{category}.{family}", "stock")

    def _contracts(self) -> None:
        contracts = self._contract_rows()
        table = self._new("contracts", len(contracts))
        for row, contract in enumerate(contracts):
            self.facts("contracts", row, contract.id, CONTRACT_FACTS, contract.id)
            line = self.sorted_lines[self.line_rows[contract.line]]
            signed = [int(part) for part in contract.signed.split("-")]
            table[row]["quantity"] = round(self.seeds.value(contract.id, "quantity"))
            table[row]["buyer"], table[row]["line"] = (
                self.buyers.index(contract.buyer),
                self.line_rows[line.id],
            )
            table[row]["pair"] = self._pair(contract.buyer, line.category)
            table[row]["route"] = ROUTES.index(EARLIER_ROUTES.get(contract.route, contract.route))
            table[row]["existing"] = 1
            in_year = (signed[1] - 1) / 12.0 if len(signed) > 1 else 0.5
            table[row]["signed"] = round((signed[0] + in_year - self.start_year) * 12.0)
            table[row]["opened"] = table[row]["signed"]
        clock = self._new("clock", 1)
        clock["usa"][0] = self.authorities.get("USA", NONE)
        clock["start_year"][0] = self.start_year
        clock[0]["contracts"] = clock[0]["existing"] = len(contracts)

    def _contract_rows(self) -> list[Contract]:
        """Contracts in the order in which they were signed: first come, first served."""
        return sorted(self.seeds.contracts(), key=lambda contract: (contract.signed, contract.id))

    def _cards(self) -> None:
        cards, effects = self.seeds.shocks(), []
        table = self._new("cards", len(cards))
        for row, card in enumerate(cards):
            self.fact("cards", row, "probability", card.id, "annual_probability")
            self.fact("cards", row, "months", card.id, "months")
            table[row]["key"], table[row]["placed"] = name_key(card.id), NONE
            table[row]["since"] = NONE
        names = [card.id for card in cards]
        for row, card in enumerate(cards):
            table[row]["partners"] = sum(1 << names.index(name) for name in card.correlated_with)
        for effect in self.seeds.shock_effects():
            for lever in _expanded(effect.lever, self.levers):
                effects.append((names.index(effect.shock), effect, lever))
        rows = self._new("effects", len(effects))
        for row, (at, effect, lever) in enumerate(effects):
            subject, attribute = effect.shock, f"effect.{effect.lever}"
            self.fact("effects", row, "amount", subject, attribute)
            rows[row]["card"], rows[row]["lever"] = at, self.levers.index(lever)
            rows[row]["operation"] = ("set", "add", "multiply").index(effect.operation)

    def _rules(self) -> None:
        named = sorted((s, a) for (kind, a) in self.seeds.attributes if kind == "rule"
                       for (s, b) in self.seeds.facts if b == a and s in RULE_SUBJECTS)  # fmt: skip
        self.tables["rules"] = rule_records(tuple(f"{subject}_{attribute}" for subject, attribute in named))
        for subject, attribute in named:
            self.fact("rules", 0, f"{subject}_{attribute}", subject, attribute)

    def _between(self) -> None:
        """Tables between entities, and what never changes within a replication."""
        refused = np.zeros((len(self.buyers), len(self.line_rows)))
        for pair in self.seeds.refused_pairs():
            refused[self.buyers.index(pair.buyer), self.line_rows[pair.line]] = 1
        self.tables["refused"] = refused
        self.tables["first_orders"] = self._first_orders()
        known = levers(self.seeds)
        self.tables["lever_default"] = np.array([known[name].default for name in self.levers])
        self.tables["lever_range"] = np.array([(known[name].low, known[name].high) for name in self.levers])

    def _first_orders(self) -> Array:
        """The month, counted from the start, in which each state first ordered each family; (B, F)."""
        table = np.full((len(self.buyers), len(self.families)), NEVER)
        for buyer, family, since in self.orders.firsts(self.start_year):
            if family in self.families:
                at = self.buyers.index(buyer), self.families[family]
                table[at] = min(table[at], round((since - self.start_year) * 12.0))
        return table

    def _open_tenders(self) -> None:
        """Tenders known to run when the model starts are open in month one; the nearest decision per need."""
        table, taken = self.tables["pairs"], set()
        rows = self.seeds.tables.get("open_tenders", ())
        for row in sorted(rows, key=lambda row: self.seeds.value(row["id"], "decision_due")):
            at = self._pair(row["buyer"], row["category"])
            if at in taken or table[at]["needed"] == 0:
                continue
            taken.add(at)
            line = self.line_rows.get(row["line"], NONE)
            tier = (
                self.sorted_lines[line].tier == "upper" if line != NONE else table[at]["upper_share"] >= 0.5
            )
            table[at]["funded"] = 1
            table[at]["open"], table[at]["route"], table[at]["opened"] = 1, COMPETITION, -12
            due = (self.seeds.value(row["id"], "decision_due") - self.start_year) * 12.0
            table[at]["due"] = max(0, int(due))
            table[at]["quantity"] = round(self.seeds.value(row["id"], "quantity"))
            table[at]["tier"], table[at]["known_line"] = tier, line
            self.tables["buyers"][table[at]["buyer"]]["open_tenders"] += 1

    def _frameworks(self) -> None:
        """Frameworks in force allow more of the same; of two for one need the larger is kept."""
        table = self.tables["pairs"]
        for framework in self.seeds.frameworks():
            line = self.line_rows[framework.line]
            at = self._pair(framework.buyer, self.sorted_lines[line].category)
            units = self.seeds.value(framework.id, "units")
            if units <= table[at]["framework_units"]:
                continue
            table[at]["framework_line"] = line
            self.fact("pairs", at, "framework_units", framework.id, "units")
            until = (start_year(framework.expires) - self.start_year) * 12.0 if framework.expires else MONTHS
            table[at]["framework_until"], table[at]["framework_ease"] = round(until), 1.0
            self.frameworks = [one for one in self.frameworks if one[1] != at] + [(framework.id, at)]

    def _gifts(self) -> None:
        """Equipment given away, by state."""
        gifts = sorted(self.seeds.gifts(), key=lambda gift: (self.buyers.index(gift.state), gift.id))
        table = self._new("gifts", len(gifts))
        for row, gift in enumerate(gifts):
            table[row]["buyer"] = self.buyers.index(gift.state)
            table[row]["category"] = self.categories.index(gift.category)
            table[row]["family"] = self.families[gift.family]
            table[row]["month"] = round((start_year(gift.month) - self.start_year) * 12.0)
            table[row]["units"] = self.seeds.value(gift.id, "units")


def start_year(month: str) -> float:
    """A month such as "2022-02" (or a year) as a year and part of a year."""
    year, _, part = month.partition("-")
    return float(year) + (float(part) - 1.0) / 12.0 if part else float(year)


def _expanded(pattern: str, names: tuple[str, ...]) -> list[str]:
    if "*" not in pattern:
        return [pattern]
    head, tail = pattern.split("*")
    return [name for name in names if name.startswith(head) and name.endswith(tail)]


def build_world(seeds: Seeds) -> World:
    """Return the seeds as arrays; raises EvidenceError where a needed fact is missing."""
    return Builder(seeds).build()
