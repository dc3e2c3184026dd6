"""The record in words: real decisions with the offers on the table, and promised and actual deliveries."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sim.evidence.records import parts
from sim.evidence.seeds import Cells, Seeds
from sim.report import units
from sim.report.language import _


def decisions(seeds: Seeds) -> pd.DataFrame:
    """One row per real decision, the latest first: date, buyer, what was chosen from which offers, source."""
    places = _places(seeds)
    offers: dict[str, list[Cells]] = {}
    for offer in seeds.offers():
        offers.setdefault(offer["decision_id"], []).append(offer)
    rows = [
        (
            one["decision_date"],
            places.get(one["buyer_iso3"], one["buyer_iso3"]),
            one["category"],
            _from(one["winner_system"], one["winner_supplier"], places),
            one["quantity"],
            units.quantity(float(one["contract_value_musd"]), "musd") if one["contract_value_musd"] else "",
            _offers(offers.get(one["id"], []), places),
            one["stated_reasons"],
            one.get("evidence_grade", ""),
            next(iter(parts(one["source_urls"])), None),
            one["notes"],
        )
        for one in sorted(seeds.decisions(), key=lambda one: one["decision_date"], reverse=True)
    ]
    columns = [
        _("Date"), _("Buyer"), _("What"), _("Chosen"), _("Units"), _("Contract value"),
        _("Offers on the table"), _("Reasons given"), _("Grade"), _("Address"), _("Note"),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def deliveries(seeds: Seeds) -> pd.DataFrame:
    """One row per recorded first delivery, the latest order first: who, what, promised and actual date."""
    places, lines = _places(seeds), {one.id: one.name for one in seeds.lines()}
    rows = [
        (
            one.signed,
            places.get(one.buyer, one.buyer),
            lines[one.line],
            one.quantity,
            one.promised,
            one.actual,
            one.grade,
            next((seeds.sources[name].address for name in one.source if seeds.sources[name].address), None),
            one.note,
        )
        for one in sorted(seeds.deliveries(), key=lambda one: one.signed, reverse=True)
    ]
    columns = [
        _("Signed"), _("Buyer"), _("What"), _("Units"), _("First promised"), _("First arrived"), _("Grade"),
        _("Address"), _("Note"),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _places(seeds: Seeds) -> Mapping[str, str]:
    """Names of states and of governments that license exports."""
    names = {one.id: _(one.name) for one in seeds.authorities()}
    return names | {one.id: _(one.name) for one in seeds.states()}


def _from(system: str, supplier: str, places: Mapping[str, str]) -> str:
    """A system with the states it comes from, such as `Lynx (Hungary, Germany)`; either may be unknown."""
    states = _(", ").join(places.get(code, code) for code in supplier.split("/") if code)
    return f"{system} ({states})" if system and states else system or states


def _offers(offers: list[Cells], places: Mapping[str, str]) -> str:
    """The offers of one decision, the chosen one said."""
    shown = []
    for offer in offers:
        text = _from(offer["system"], offer["supplier_iso3"], places)
        shown.append(_("{offer}, chosen").format(offer=text) if offer["chosen"] == "1" else text)
    return _("; ").join(shown)
