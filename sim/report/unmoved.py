"""Why a scenario changes little or nothing for a place, as far as the books of the baseline show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.experiment.reach import Touched
from sim.policy.dates import MONTHS, month_text
from sim.policy.levers import Lever
from sim.report import numbers, words
from sim.report.language import _
from sim.report.tables import Paired

STATES_OWN = ("agreement.", "doctrine.")  # levers of one state: agreement.POL, doctrine.POL.speed


def is_unmoved(dials: Sequence[Paired]) -> bool:
    """Whether a place has figures, and none of its dials moves clearly and by enough for a headline."""
    known = [dial for dial in dials if dial.verdict != "none"]
    return bool(known) and not any(dial.is_clear and not dial.is_small for dial in known)


def arrives(shares: Mapping[str, float], place: str, replications: int) -> str:
    """How much of what a place gets comes otherwise, in the category where that is most; empty of nothing.

    shares: `reach.differing`, by the label of the category.
    """
    if not shares:
        return ""
    most = max(shares, key=lambda one: shares[one])
    if shares[most] == 0.0:
        return _(
            "For {place}, every unit comes from the same line in the same year as in the baseline, in each "
            "of {number} runs."
        ).format(place=place, number=replications)
    return _(
        "For {place}, deliveries differ most in “{category}”: {share} of the units come from another line or "
        "in another year than in the baseline, over {number} runs."
    ).format(place=place, category=_(most), share=numbers.percent(shares[most]), number=replications)


def reason(found: Touched, lever: str, place: str, industry: str, replications: int, start: str) -> str:
    """What a lever finds to touch in a place, in one sentence; names in words."""
    delivered = found.of_deliveries and not found.runs and np.isfinite(found.latest)
    if delivered:
        text = _(
            "“{lever}” touches goods not yet delivered by the industry “{industry}” {span}: in the baseline, "
            "all that is ordered there before for {place} is delivered by {month}, in each of {number} runs."
        )
    elif found.of_deliveries:
        text = _(
            "“{lever}” touches goods not yet delivered by the industry “{industry}” {span}: in the baseline, "
            "there are such goods for {place} in {runs} of {number} runs."
        )
    else:
        text = _(
            "“{lever}” touches new orders with the industry “{industry}” {span}: in the baseline, there are "
            "such orders for {place} in {runs} of {number} runs."
        )
    return text.format(
        lever=lever,
        industry=industry,
        span=_span(found.touch.first, found.touch.last, start),
        place=place,
        month=_month(int(found.latest), start) if delivered else "",
        runs=found.runs or _("none"),
        number=replications,
    )


def of_another(lever: Lever, place: str, names: Mapping[str, str], said: str) -> str:
    """That a lever of one state is not one of the place; empty for other levers and for all states together.

    place: the id; said: its name inside a sentence.
    """
    state = lever.id.split(".")[1] if lever.id.startswith(STATES_OWN) else place
    if state == place or place not in names:
        return ""
    return _("“{lever}” is a setting of another state than {place}.").format(lever=_(lever.label), place=said)


def _month(index: int, start: str) -> str:
    return words.month(month_text(index, start))


def _span(first: int, last: int, start: str) -> str:
    """From one month to another, or to the end of the run."""
    if last - first >= MONTHS:
        return _("over the whole run")
    if last >= MONTHS:
        return _("from {month} on").format(month=_month(first, start))
    return _("from {first} to {last}").format(first=_month(first, start), last=_month(last - 1, start))
