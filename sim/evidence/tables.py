"""What each table of the seeds must look like: columns, keys, links to known ids, choices."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from sim.evidence.records import (
    Alias,
    Authority,
    Category,
    Claim,
    Contract,
    Delivery,
    Dissent,
    Document,
    Family,
    Framework,
    Gift,
    Industry,
    LeverRow,
    Line,
    LineAuthority,
    Names,
    Need,
    Observed,
    OpenTender,
    OtherFamily,
    Policy,
    PublishedRank,
    RefusedPair,
    ShockEffect,
    ShockRow,
    State,
    Supplier,
    User,
)


@dataclass(frozen=True)
class Table:
    """What a table must look like.

    links: column -> kinds of id it may name, `a|b`; then `;` for a list, `?` if it may be blank.
    choices: column -> allowed words (list columns: each part).
    """

    record: type[Any] | None
    key: Names
    links: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Names] = field(default_factory=dict)
    columns: Names = ()
    extras: bool = False
    optional: bool = False

    def names(self) -> Names:
        """The column names in order."""
        return tuple(f.name for f in fields(self.record)) if self.record is not None else self.columns


def _columns(header: str) -> Names:
    return tuple(header.split(","))


DECISION_COLUMNS = _columns(
    "id,buyer_iso3,decision_date,category,winner_supplier,winner_system,quantity,contract_value_musd,"
    "first_delivery_promised,first_delivery_actual,completion_promised,local_production_or_offset,financing,"
    "competitors,stated_reasons,incumbent_or_used_before,confidence,source_urls,notes"
)
OFFER_COLUMNS = _columns(
    "decision_id,system,supplier_iso3,chosen,est_delivery_months,est_unit_cost_musd,local_production_offered,"
    "same_family_in_service,supplier_in_nato,supplier_in_eu,basis,source_url,family"
)
FLAG_COLUMNS = _columns(
    "id,decision_date,category,winner_region,domestic_win,n_alternatives,n_with_sourced_membership,korea_in_set,"
    "korea_outcome,used_or_stock_equipment,repeat_or_option_order,provisional,cancelled_later,component_only,"
    "multi_winner,usable_for_choice_model"
)

TABLES: dict[str, Table] = {
    "states": Table(State, ("id",), {"neighbours": "state;?", "home_industries": "industry;?"}),
    "categories": Table(Category, ("id",)),
    "families": Table(Family, ("id",), {"category": "category", "authorities_support": "authority;?"}),
    "other_families": Table(OtherFamily, ("id",)),
    "users": Table(User, ("family", "state", "since"), {"family": "family|other_family"}),
    "published_ranks": Table(
        PublishedRank,
        ("family", "state", "month"),
        {"family": "family|other_family", "state": "state|authority"},
    ),
    "needs": Table(
        Need,
        ("state", "category"),
        {"state": "state", "category": "category"},
        {"accepts": ("upper", "lower")},
    ),
    "industries": Table(Industry, ("id",)),
    "authorities": Table(Authority, ("id",), {"industry": "industry?"}),
    "suppliers": Table(Supplier, ("id",), {"country": "state|authority", "industry": "industry"}),
    "lines": Table(
        Line,
        ("id",),
        {
            "category": "category",
            "family": "family",
            "supplier": "supplier",
            "industry": "industry",
            "country": "state|authority",
            "home": "state|authority;?",
            "authority": "authority",
        },
        {"tier": ("upper", "lower"), "kind": ("hot", "new", "variant", "stock", "local")},
    ),
    "line_authorities": Table(
        LineAuthority,
        ("line", "authority", "stage"),
        {"line": "line", "authority": "authority"},
        {"stage": ("delivery", "support", "retransfer")},
    ),
    "refused_pairs": Table(RefusedPair, ("buyer", "line"), {"buyer": "state", "line": "line"}),
    "contracts": Table(
        Contract,
        ("id",),
        {"buyer": "state", "line": "line", "decision": "decision?"},
        {"route": ("urgent", "direct", "competition", "stock")},
    ),
    "aliases": Table(Alias, ("name", "kind"), {}, {"kind": ("system", "family", "firm", "region", "past")}),
    "deliveries": Table(Delivery, ("id",), {"line": "line", "buyer": "state|authority"}),
    "policies": Table(Policy, ("id",)),
    "levers": Table(
        LeverRow,
        ("id",),
        {},
        {
            "group": ("alliance", "brussels", "washington", "seoul", "buyer", "world"),
            "kind": ("number", "switch"),
        },
    ),
    "shocks": Table(ShockRow, ("id",), {"correlated_with": "shock;?"}),
    "shock_effects": Table(
        ShockEffect,
        ("shock", "lever"),
        {"shock": "shock", "lever": "lever"},
        {"operation": ("set", "add", "multiply")},
    ),
    "open_tenders": Table(OpenTender, ("id",), {"buyer": "state", "line": "line?", "category": "category"}),
    "frameworks": Table(Framework, ("id",), {"buyer": "state", "line": "line"}, optional=True),
    "gifts": Table(
        Gift,
        ("id",),
        {"state": "state", "category": "category", "family": "family"},
        optional=True,
    ),
    "documents": Table(Document, ("id",)),
    "claims": Table(
        Claim,
        ("id",),
        {"document": "document", "counterpart": "claim;?"},
        {
            "represented_by_kind": ("lever", "fact", "rule", "pattern", "not_modelled"),
            "relation": ("", "agrees", "disputes"),
        },
    ),
    "dissents": Table(Dissent, ("subject", "attribute", "who"), optional=True),
    "observed": Table(Observed, ("id",)),
    "decisions": Table(
        None,
        ("id",),
        {"buyer_iso3": "state|authority"},
        columns=DECISION_COLUMNS,
        extras=True,
    ),
    "decisions_offers": Table(None, (), {"decision_id": "decision"}, columns=OFFER_COLUMNS, extras=True),
    "decision_flags": Table(None, ("id",), {"id": "decision"}, columns=FLAG_COLUMNS, extras=True),
}

FACT_COLUMNS = _columns("subject,attribute,value,low,high,unit,as_of,source,grade,note")
SOURCE_COLUMNS = _columns("id,address,title,publisher,kind,seen,note")
ATTRIBUTE_COLUMNS = _columns("attribute,subject_kind,unit,minimum,maximum,required,description")
GRADES = {"A": "official or contract", "B": "good press", "C": "inferred", "D": "judgement"}
SOURCE_KINDS = ("official", "press", "research", "company", "judgement", "derived")
SUBJECT_KINDS = (
    "state",
    "fleet",
    "fleet_family",
    "line",
    "category",
    "contract",
    "open_tender",
    "framework",
    "gift",
    "lever",
    "shock",
    "rule",
    "industry",
    "policy",
    "observed",
)


def expand(pattern: str, states: Names, categories: Names) -> Names:
    """The lever ids a row stands for: `doctrine.*.x` and `agreement.*` by state, `output.*` by category."""
    if "*" not in pattern:
        return (pattern,)
    over = states if pattern.startswith(("doctrine.", "agreement.")) else categories
    return tuple(pattern.replace("*", name) for name in over)
