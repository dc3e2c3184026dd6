"""Leadtime: an agent-based wargame of arms procurement. The front door; everything loads when first used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.experiment.compare import Comparison, compare
    from sim.experiment.ensemble import Cancelled, run
    from sim.experiment.result import Result
    from sim.model.version import MODEL_VERSION
    from sim.policy.scenario import Scenario, list_scenarios, load_scenario

_HOMES = {
    "Cancelled": "sim.experiment.ensemble",
    "Comparison": "sim.experiment.compare",
    "MODEL_VERSION": "sim.model.version",
    "Result": "sim.experiment.result",
    "Scenario": "sim.policy.scenario",
    "compare": "sim.experiment.compare",
    "list_scenarios": "sim.policy.scenario",
    "load_scenario": "sim.policy.scenario",
    "run": "sim.experiment.ensemble",
}
__all__ = [
    "MODEL_VERSION",
    "Cancelled",
    "Comparison",
    "Result",
    "Scenario",
    "compare",
    "list_scenarios",
    "load_scenario",
    "run",
]


def __getattr__(name: str) -> Any:
    """Load a name of the front door from its home (numba and numpy cost too much to load unasked)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
