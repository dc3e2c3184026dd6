"""A limit of a measure as a field: it begins where the runs of the scenario themselves lie."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import streamlit as st

from sim.experiment.points import Outcome, Work, evaluate
from sim.policy.scenario import Scenario
from sim.report.language import mark
from sim.report.measures import MEASURES
from sim.web import analyse_fields as fields
from sim.web import engine
from sim.web.analyse_fields import Arguments, Number, Span
from sim.web.catalogue import Catalogue
from sim.web.standings import FACTORS, unit_name

LOOKED_AT = 40  # runs from which a limit is taken at first
MOST = {"share": 1.0, "musd": 1e8}  # of a limit, in the unit of the measure


def limit(
    scenario: str, quantiles: Mapping[str, float], needed: Callable[[Arguments], bool] = lambda before: True
) -> Number:
    """A field for a limit of the measure, at first at a quantile of the runs of a scenario.

    scenario: the name of its field; quantiles: which, by the side of the limit that is meant.
    """

    def span(book: Catalogue, before: Arguments) -> Span:
        kind = MEASURES[before["measure"]].kind
        factor = FACTORS.get(kind, 1.0)
        return Span(0.0, MOST.get(kind, 1e6), 0.1 / factor, unit_name(kind), factor)

    def begin(book: Catalogue, before: Arguments) -> str:
        asked = fields.chosen(before[scenario], book).scenario
        share = quantiles[before["side"]]
        with st.spinner(engine.waiting(), show_time=True):
            value = _quantile(asked.fingerprint(), before["measure"], before["place"], share, asked)
        return f"{value:.2g}"

    return Number("limit", mark("Limit"), begin, span=span, needed=needed)


@st.cache_resource(max_entries=64, show_spinner=False)
def _quantile(fingerprint: str, measure: str, place: str, share: float, _asked: Scenario) -> float:
    """A quantile of an outcome over a few runs of a scenario; 0 where it has no figure."""
    values = evaluate([_asked], [Outcome(measure, place)], Work(LOOKED_AT, engine.RANDOM_SEED))[0, :, 0]
    known = values[~np.isnan(values)]
    return float(np.quantile(known, share)) if known.size else 0.0
