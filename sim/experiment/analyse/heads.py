"""What every record of the bench begins with: which model, which draws, which scenarios."""

from __future__ import annotations

from typing import Any

from sim.experiment.compare import LEVEL
from sim.experiment.points import Work
from sim.model.version import MODEL_VERSION
from sim.policy.scenario import Scenario


def named(scenario: Scenario) -> dict[str, Any]:
    """A scenario as results name it: id, title and fingerprint."""
    return {"id": scenario.id, "title": scenario.title, "fingerprint": scenario.fingerprint()}


def about(work: Work) -> dict[str, Any]:
    """The model, the draws of a result, and the level of its intervals."""
    return {
        "model_version": MODEL_VERSION,
        "random_seed": work.random_seed,
        "replications": work.replications,
        "uncertainty": work.uncertainty,
        "level": LEVEL,
    }
