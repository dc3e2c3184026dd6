"""Write the figures the model is held to: `python -m tests.golden.refresh`, from the root of the project.

Figures may only change together with MODEL_VERSION, and with a line under "Results changed" in CHANGELOG.md.
"""

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sim import MODEL_VERSION, load_scenario, run

FILE = Path(__file__).with_name("baseline.json")
SCENARIOS = ("baseline", "us_pause", "no_korea")
REPLICATIONS = 20
RANDOM_SEED = 1
NEAR = 1e-9  # of the larger number: what another processor's last digits may make of it
UNCHANGED_VERSION = (
    "the figures have changed and MODEL_VERSION is still {version}: raise it in sim/model/version.py, say "
    'under "Results changed" in CHANGELOG.md what moved and why, and refresh again'
)

Figures = dict[str, Any]


def figures() -> Figures:
    """What the model says now: the summaries of three scenarios and the version they belong to."""
    return {
        "model_version": MODEL_VERSION,
        "random_seed": RANDOM_SEED,
        "replications": REPLICATIONS,
        "scenarios": {name: summary(name) for name in SCENARIOS},
    }


def summary(name: str) -> Figures:
    """The figures of a scenario: quantiles of Europe and Canada and of industries, means of every state."""
    result = run(load_scenario(name), replications=REPLICATIONS, random_seed=RANDOM_SEED)
    told = result.summary()
    rows = ("p10", "p50", "p90", "mean")
    states = told["by_buyer"].items()
    return {
        "new_contracts": float(result.counts["contracts"].mean()),
        "draws": float(result.counts["draws"].mean()),
        "measures": {
            measure: {row: numbers[row] for row in rows} for measure, numbers in told["measures"].items()
        },
        "by_buyer": {state: {name: row["mean"] for name, row in found.items()} for state, found in states},
        "by_industry": told["by_industry"],
    }


def leaves(tree: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Yield ("scenarios / baseline / ...", value) for every value of nested tables."""
    if isinstance(tree, dict):
        for key, branch in tree.items():
            yield from leaves(branch, (*at, key))
    else:
        yield " / ".join(at), tree


def near(one: Any, other: Any) -> bool:
    """Whether two values are the same, numbers but for their last digits."""
    if isinstance(one, float | int) and isinstance(other, float | int):
        return math.isclose(one, other, rel_tol=NEAR, abs_tol=NEAR)
    return bool(one == other)


def differences(old: Figures, new: Figures) -> list[str]:
    """One sentence for every figure that is not the same in both, the version apart."""
    before, after = dict(leaves(old)), dict(leaves(new))
    keys = [key for key in {**before, **after} if key != "model_version"]
    return [
        f"{key}: was {before.get(key)}, is {after.get(key)}"
        for key in keys
        if key not in before or key not in after or not near(before[key], after[key])
    ]


def refresh(file: Path, new: Figures) -> str:
    """Write new figures to the file and say so; raises ValueError where the version did not rise."""
    if file.exists():
        old = json.loads(file.read_text(encoding="utf-8"))
        moved = differences(old, new)
        if not moved and old["model_version"] == new["model_version"]:
            return f"{file.name} stands as it is: no figure has changed"
        if moved and old["model_version"] == new["model_version"]:
            raise ValueError(UNCHANGED_VERSION.format(version=old["model_version"]))
    text = json.dumps(new, indent=1, allow_nan=False) + "\n"
    file.write_text(text, encoding="utf-8", newline="\n")
    return f"{file.name} now holds the figures of MODEL_VERSION {new['model_version']}"


def main() -> int:
    """Refresh the file of this folder; 1 where the version should have risen."""
    try:
        print(refresh(FILE, figures()))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
