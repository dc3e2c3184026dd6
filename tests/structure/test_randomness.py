"""Chance comes from one place: every draw is keyed by name in sim/model/randomness.py."""

import ast
from collections.abc import Iterator

import pytest

from tests.structure.tree import imports, module_of, python_files, shown

ONLY_PLACE = "sim/model/randomness.py"
SECRETS = "sim/game/secret.py"  # tokens and the lot, which must not be repeatable
LIBRARIES = ("random", "secrets", "numpy.random")
WHY = (
    f"only {ONLY_PLACE} makes random numbers, keyed by name, so that two scenarios meet the same luck and a "
    "run can be repeated. Take the draw from there."
)


def stray_draws(source: str, module: str) -> Iterator[tuple[str, int]]:
    """Yield (what, line) for every use in `source` of a random number generator that has no key."""
    for name, line in imports(source, module):
        if any(name == library or name.startswith(library + ".") for library in LIBRARIES):
            yield f"imports {name}", line
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr == "random" and isinstance(node.value, ast.Name):
            if node.value.id in ("np", "numpy", "self", "model"):
                yield f"uses {node.value.id}.random", node.lineno
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "rvs":
            yield "draws with rvs()", node.lineno


def test_only_one_module_makes_random_numbers():
    stray = [
        f"{shown(path)} line {line} {what}: {WHY}"
        for path in python_files("sim", "app.py")
        if shown(path) not in (ONLY_PLACE, SECRETS)
        for what, line in stray_draws(path.read_text(encoding="utf-8"), module_of(path))
    ]
    assert not stray, "\n" + "\n".join(stray)


@pytest.mark.parametrize(
    "source",
    [
        "import random",
        "from random import choice",
        "from numpy.random import default_rng",
        "from numpy import random",
        "import numpy as np\nnp.random.default_rng(1)",
        "class Buyer:\n    def step(self):\n        return self.random.random()",
        "import secrets",
    ],
)
def test_the_check_sees_a_stray_draw(source):
    assert list(stray_draws(source, "sim.model.agents"))


def test_the_check_lets_keyed_draws_pass():
    assert not list(
        stray_draws("from sim.model.randomness import uniform\nx = uniform(1, 2)", "sim.model.agents")
    )
