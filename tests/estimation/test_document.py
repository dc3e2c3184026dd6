"""docs/patterns.md names every check, and says why for each one that fails in the published results."""

import json
import re

from sim.estimation.checks import read_list
from tests.structure.tree import ROOT

TEXT = (ROOT / "docs" / "patterns.md").read_text(encoding="utf-8")
PUBLISHED = ROOT / "docs" / "patterns.json"  # made by `sim patterns --json`


def explained(text: str) -> set[str]:
    """The checks that have a line of their own under the last heading."""
    return set(re.findall(r"^- `([^`]+)`: \S", text.split("## What fails and why")[1], flags=re.MULTILINE))


def unexplained(text: str, published: str) -> set[str]:
    """The failing checks of published results without a line that says why."""
    return {one["name"] for one in json.loads(published) if not one["pass"]} - explained(text)


def test_every_check_of_a_pattern_is_described():
    assert {one.name for one in read_list("patterns.csv")} <= set(re.findall(r"`(p\d\d_\w+)`", TEXT))


def test_every_published_failure_has_its_reason():
    published = PUBLISHED.read_text(encoding="utf-8") if PUBLISHED.exists() else "[]"
    assert unexplained(TEXT, published) == set()


def test_a_failure_without_a_reason_is_seen():
    published = json.dumps(
        [{"name": "one", "pass": False}, {"name": "two", "pass": False}, {"name": "3", "pass": True}]
    )
    assert unexplained("## What fails and why\n\n- `one`: too slow.\n", published) == {"two"}
