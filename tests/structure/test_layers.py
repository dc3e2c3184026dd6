"""The layers of the code: a module may use its own layer and the ones below it, never one above."""

import pytest

from tests.structure.tree import imports, longest_prefix, module_of, python_files, shown

# Lowest first. A module belongs to the longest of these names that it lies in.
LAYERS = (
    (
        "sim.model.randomness",
        "sim.model.compiled",
        "sim.model.handle",
        "sim.model.bits",
        "sim.evidence",
        "sim.policy",
    ),
    ("sim.model.records", "sim.model.records_demand", "sim.model.records_supply", "sim.model.state"),
    ("sim.model.rules",),
    ("sim.model",),
    ("sim.experiment", "sim.estimation", "sim.game"),
    ("sim.report",),
    ("sim",),  # sim/__init__.py, the front door: what is below comes out through it
    ("sim.web", "sim.cli", "sim.__main__"),
    ("app",),
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}

# Libraries that belong to some places only, and why.
PLACES = {
    "streamlit": (("sim.web", "app"), "the model and the command line must work without a page"),
    "mesa": (("sim.model.agents", "sim.model.model"), "the ensemble runs the same stages without agents"),
    "sqlalchemy": (("sim.game.store", "sim.game.store_schema"), "everything else of a game is plain Python"),
}

# Everything a rule may import: numbers come in, numbers go out.
RULES_MAY_USE = {
    "__future__", "collections.abc", "math", "typing", "numba", "numpy",
    "sim.model.compiled", "sim.model.randomness", "sim.model.rules", "sim.model.state",
}  # fmt: skip


def layer_of(module: str) -> int | None:
    """Return the level of a module, or None when no layer has been chosen for it."""
    found = longest_prefix(module, set(LEVEL))
    return None if found is None or (found == "sim" and module.count(".")) else LEVEL[found]


def layer_breaks(module: str, source: str, is_package: bool = False) -> list[str]:
    """Return one sentence for every import in `source` that reaches upwards or out of its place."""
    level = layer_of(module)
    if level is None:
        return [f"{module} has no layer yet: choose one in LAYERS of tests/structure/test_layers.py"]
    breaks = []
    for name, line in imports(source, module, is_package):
        ours = longest_prefix(name, set(LEVEL))
        if ours is not None and LEVEL[ours] > level:
            breaks.append(
                f"{module} line {line} imports {name}, which is in a higher layer. "
                "Move what both need down, or hand the value in as an argument."
            )
        places, why = PLACES.get(name.split(".")[0], ((), ""))
        if places and longest_prefix(module, set(places)) is None:
            breaks.append(
                f"{module} line {line} imports {name}; only {' and '.join(places)} may, because {why}."
            )
        if module.startswith("sim.model.rules") and longest_prefix(name, RULES_MAY_USE) is None:
            breaks.append(
                f"{module} line {line} imports {name}. A rule takes plain numbers and returns plain numbers: "
                "read files, scenarios and agents outside, and hand the numbers in."
            )
    return breaks


def test_every_module_uses_only_what_is_below_it():
    breaks = []
    for path in python_files("sim", "app.py"):
        source = path.read_text(encoding="utf-8")
        breaks += layer_breaks(module_of(path), source, path.name == "__init__.py")
    assert not breaks, "\n" + "\n".join(breaks)


def test_nothing_but_tests_imports_the_tests():
    guilty = [
        f"{shown(path)} line {line} imports {name}: what the program needs lives in sim/"
        for path in python_files("sim", "app.py", "tools")
        for name, line in imports(path.read_text(encoding="utf-8"), module_of(path))
        if name.split(".")[0] == "tests"
    ]
    assert not guilty, "\n" + "\n".join(guilty)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("sim.model.rules.need", "from sim.policy import levers"),
        ("sim.model.rules.need", "import csv"),
        ("sim.model.rules.need", "from mesa import Agent"),
        ("sim.evidence.facts", "def f():\n    from sim.model import state"),
        ("sim.model.record", "from ..report import tables"),
        ("sim.experiment.compare", "from sim import run"),
        ("sim.experiment.compare", "import streamlit as st"),
        ("sim.model.state", "from .rules.need import gap"),
        ("sim.web.pages.compare", "import app"),
        ("sim.somewhere", "import math"),
    ],
)
def test_the_check_sees_a_break(module, source):
    assert layer_breaks(module, source)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("sim.model.rules.need", "import math\nimport numpy as np\nfrom sim.model.randomness import draw"),
        ("sim.model.rules.money", "from .need import gap"),
        ("sim.model.agents", "from mesa import Agent\nfrom sim.model.rules import need"),
        ("sim", "from sim.model.record import Result"),
        ("sim.cli", "from sim import run"),
        ("app", "import streamlit\nfrom sim.web import pages"),
    ],
)
def test_the_check_lets_good_imports_pass(module, source):
    assert layer_breaks(module, source) == []
