"""Results change on purpose only: figures of three scenarios are kept, and refreshed with a new version."""

import copy
import json

import pytest

from tests.golden.refresh import FILE, MODEL_VERSION, differences, figures, near, refresh

HINT = "if this is meant, raise MODEL_VERSION and run `python -m tests.golden.refresh`"
KEPT = {
    "model_version": "1",
    "scenarios": {"baseline": {"measures": {"gap_years": {"mean": 1.5, "p10": None}}}},
}


@pytest.fixture(scope="module")
def today():
    """What the model says now."""
    return figures()


def test_the_model_says_what_it_said(today):
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    moved = differences(kept, today)
    assert not moved, f"{len(moved)} figures changed; {HINT}:\n" + "\n".join(moved[:20])
    assert kept["model_version"] == MODEL_VERSION, HINT


def changed(**values):
    """The kept figures with a version or a mean changed."""
    other = copy.deepcopy(KEPT)
    other["model_version"] = values.get("version", "1")
    other["scenarios"]["baseline"]["measures"]["gap_years"]["mean"] = values.get("mean", 1.5)
    return other


@pytest.fixture
def file(tmp_path):
    """A file that holds the kept figures."""
    path = tmp_path / "baseline.json"
    refresh(path, KEPT)
    return path


def test_changed_figures_without_a_new_version_are_refused_in_one_sentence(file):
    before = file.read_bytes()
    with pytest.raises(ValueError, match="MODEL_VERSION is still 1: raise it") as caught:
        refresh(file, changed(mean=1.6))
    assert "\n" not in str(caught.value)
    assert file.read_bytes() == before


def test_changed_figures_with_a_new_version_are_written(file):
    assert "MODEL_VERSION 2" in refresh(file, changed(mean=1.6, version="2"))
    assert json.loads(file.read_text()) == changed(mean=1.6, version="2")


def test_the_same_figures_are_left_alone(file):
    before = file.read_bytes()
    assert "no figure has changed" in refresh(file, changed(mean=1.5 * (1 + 1e-12)))
    assert file.read_bytes() == before


def test_a_new_version_of_the_same_figures_is_written(file):
    refresh(file, changed(version="2"))
    assert json.loads(file.read_text())["model_version"] == "2"


def test_a_difference_is_named():
    assert differences(KEPT, changed(mean=1.6)) == [
        "scenarios / baseline / measures / gap_years / mean: was 1.5, is 1.6"
    ]
    assert differences(KEPT, {"model_version": "1", "scenarios": {}}), "a figure that is gone"
    assert differences({"model_version": "1", "scenarios": {}}, KEPT), "a figure that is new"
    assert differences(KEPT, changed(version="9")) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [(1.0, 1.0 + 1e-10, True), (1.0, 1.0 + 1e-8, False), (1e9, 1e9 + 0.1, True), (0.0, 0.0, True),
     (None, None, True), (None, 0.0, False), ("2026.11", "2026.12", False)],
)  # fmt: skip
def test_numbers_are_held_to_all_but_their_last_digits(one, other, same):
    assert near(one, other) is same
