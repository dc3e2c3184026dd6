"""The methods of the Analyse page, in the order in which it asks their questions."""

from __future__ import annotations

from collections.abc import Mapping

from sim.web import (
    analyse_attribution,
    analyse_discovery,
    analyse_flip,
    analyse_marginal,
    analyse_robustness,
    analyse_sensitivity,
    analyse_tradeoff,
)
from sim.web.analyse_method import Method

METHODS: tuple[Method, ...] = (
    analyse_attribution.METHOD,
    analyse_sensitivity.METHOD,
    analyse_discovery.METHOD,
    analyse_robustness.METHOD,
    analyse_tradeoff.METHOD,
    analyse_flip.METHOD,
    analyse_marginal.METHOD,
)


def methods() -> Mapping[str, Method]:
    """All methods by id."""
    return {one.id: one for one in METHODS}
