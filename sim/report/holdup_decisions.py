"""One past decision: what the model gave each offer, why, and the reasons that were stated, side by side.

Pure functions of the record of `sim hindcast --json` and of the seeds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.evidence.records import parts
from sim.evidence.seeds import Cells, Seeds
from sim.report.choice_words import FACTS, LABELS
from sim.report.language import _
from sim.report.numbers import percent, signed

Record = Mapping[str, Any]
# Words of stated reasons, and the attributes of an offer that come nearest to them: a reading of ours.
READ_AS: Mapping[str, tuple[str, ...]] = {
    r"price|cost|cheap|dearer|afford|budget|best value|economical": ("price",),
    r"speed|fast|quick|shorter delivery|delivery time|short delivery|early build|gain time|in time|^time$"
    r"|meet the date": ("months",),
    r"refill|capability gap": ("months",),
    r"best|better|rank|rated|score|capability|quality": ("capability",),
    r"commonality|already in service|fits fleet": ("family", "adopters", "neighbours"),
    r"interoperab|nordic|neighbour|users|partner nation|identical|jointly|joint with": (
        "adopters", "neighbours",
    ),
    r"industr|local (production|yard)|technology transfer|firms|integration lead": ("local", "domestic"),
    r"\bties?\b|alliance|strategic partner|political (partner|security)|political-security|politics"
    r"|cooperation with|defence cooperation|good k9 experience": ("previous",),
    r"alliance|politics|\btie.* us\b": ("us_tie",),
    r"\bsafe\b|joint eu": ("union",),
}  # fmt: skip


def by_id(exam: Record) -> dict[str, Record]:
    """The examined decisions by their id, the latest first."""
    return {one["id"]: one for one in sorted(exam["decisions"], key=lambda x: x["date"], reverse=True)}


def label(one: Record, seeds: Seeds) -> str:
    """A decision in a list: date, buyer, what was chosen, among how many."""
    names = {state.id: _(state.name) for state in seeds.states()}
    return _("{date} {buyer}: {chosen}, among {count} offers ({id})").format(
        date=row(one["id"], seeds).get("decision_date", f"{one['date']:.0f}"),
        buyer=names.get(one["buyer"], one["buyer"]),
        chosen=one["chosen"],
        count=len(one["probabilities"]),
        id=one["id"],
    )


def row(decision: str, seeds: Seeds) -> Cells:
    """The decision as it stands in the seeds; empty where it does not."""
    return next((one for one in seeds.decisions() if one["id"] == decision), {})


def offers(one: Record) -> pd.DataFrame:
    """The offers of a decision, the likeliest first: offer, per cent, whether it was chosen."""
    rows = [
        (name, 100.0 * chance, _("Chosen") if name == one["chosen"] else _("Not chosen"))
        for name, chance in sorted(one["probabilities"].items(), key=lambda x: -x[1])
    ]
    return pd.DataFrame(rows, columns=["offer", "percent", "outcome"])


def offers_table(data: pd.DataFrame) -> pd.DataFrame:
    """The same as text for reading."""
    return pd.DataFrame({
        _("Offer"): data["offer"],
        _("Chance in the model"): [percent(x / 100.0) for x in data["percent"]],
        _("What happened"): data["outcome"],
    })  # fmt: skip


def offers_alt(one: Record) -> str:
    """The chart of one decision in a sentence."""
    said = [
        _("{offer} {chance}").format(offer=name, chance=percent(chance / 100.0))
        for name, chance, _outcome in offers(one).itertuples(index=False)
    ]
    return _("Chances in the model: {said}. Chosen: {chosen}.").format(
        said=_(", ").join(said), chosen=one["chosen"]
    )


def reasons_table(one: Record) -> pd.DataFrame:
    """What set the winner apart from its rivals, the weightiest first, in points of worth."""
    many = one["reasons"]
    return pd.DataFrame({
        _("What set the winner apart"): [
            _(FACTS[x["attribute"]][0 if x["winner"] > x["rivals"] else 1]) for x in many
        ],
        _("Attribute"): [_(LABELS[x["attribute"]]) for x in many],
        _("Winner"): [f"{x['winner']:.2f}".replace("-", "−") for x in many],
        _("Rivals, mean"): [f"{x['rivals']:.2f}".replace("-", "−") for x in many],
        _("Points"): [signed(x["points"]) for x in many],
    })  # fmt: skip


def stated(one: Record, seeds: Seeds) -> pd.DataFrame:
    """Each reason that was stated beside what the model makes of it; no row where none is on file."""
    said = parts(row(one["id"], seeds).get("stated_reasons", ""))
    return pd.DataFrame({
        _("Stated"): list(said),
        _("In the model"): [in_the_model(reason, one) for reason in said],
    })  # fmt: skip


def read_as(reason: str) -> list[str]:
    """The attributes that come nearest to a stated reason; none where the model knows nothing of the kind."""
    found = [names for pattern, names in READ_AS.items() if re.search(pattern, reason, re.IGNORECASE)]
    return list(dict.fromkeys(name for names in found for name in names))


def in_the_model(reason: str, one: Record) -> str:
    """What the model makes of a stated reason: its points, no difference, or nothing at all."""
    names = read_as(reason)
    if not names:
        return _("Nothing: the model does not know this.")
    points = {x["attribute"]: x["points"] for x in one["reasons"]}
    counted = [
        _("{attribute}: {points}").format(attribute=_(LABELS[name]), points=signed(points[name]))
        for name in names
        if name in points
    ]
    if counted:
        return _("; ").join(counted)
    nearest = _("; ").join(_(LABELS[name]) for name in names)
    return _("No difference of a tenth of a point ({nearest}).").format(nearest=nearest)


def addresses(decision: str, seeds: Seeds) -> list[str]:
    """The pages on which the decision was read, then those on which its offers were; each once."""
    read = list(parts(row(decision, seeds).get("source_urls", "")))
    for offer in seeds.offers():
        if offer["decision_id"] == decision:
            read += parts(offer["source_url"])
    return [one for one in dict.fromkeys(read) if re.fullmatch(r"https?://\S+", one)]
