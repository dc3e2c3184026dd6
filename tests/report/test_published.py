"""Published checks and prose: read from docs/, or from another folder; missing files hold nothing."""

import json
import math

import pytest

from sim import MODEL_VERSION
from sim.estimation.checks import headline, tally
from sim.report import published
from sim.report.published import chapters, checks, number, reasons, span

ROW = {
    "name": "p01_hot", "kind": "pattern", "about": "1", "title": "Soon.", "source": "seeds",
    "target": "9 months", "tolerance": [2.0, None], "unit": "months", "measured": None, "pass": False,
    "note": "",
}  # fmt: skip


def test_a_published_record_comes_back_as_it_was():
    raw = json.loads((published.DOCS / "patterns.json").read_text(encoding="utf-8"))
    assert [one.record() | {"model_version": MODEL_VERSION} for one in checks()] == raw


def test_the_published_results_are_those_of_this_model():
    hint = "run `sim patterns --json > docs/patterns.json` and look at what fails"
    assert published.measured_with() == MODEL_VERSION, hint


@pytest.mark.parametrize(
    ("named", "version"),
    [
        ([{"model_version": "1"}, {"model_version": "1"}], "1"),
        ([{"model_version": "1"}, {}], ""),
        ([{}], ""),
        ([], ""),
    ],
)
def test_results_of_several_versions_or_of_none_name_no_version(tmp_path, named, version):
    rows = [ROW | one for one in named]
    (tmp_path / "patterns.json").write_text(json.dumps(rows), encoding="utf-8")
    assert published.measured_with(tmp_path) == version
    assert len(checks(tmp_path)) == len(named)


def test_what_was_not_measured_is_not_a_number(tmp_path):
    (tmp_path / "patterns.json").write_text(json.dumps([ROW]), encoding="utf-8")
    (one,) = checks(tmp_path)
    assert math.isnan(one.measured)
    assert (one.low, one.high, one.passed) == (2.0, None, False)
    assert (number(one.measured), span(one)) == ("–", "from 2")


def test_a_folder_without_documents_holds_nothing(tmp_path):
    assert (checks(tmp_path), reasons(tmp_path), chapters("limits.md", tmp_path)) == ((), {}, {})


def test_reasons_are_read_to_their_end(tmp_path):
    text = "# Head\n\n- `one`: too slow\n  by far.\n- `two`: as one.\n\nNo `three`: this is prose.\n"
    (tmp_path / "patterns.md").write_text(text, encoding="utf-8")
    assert reasons(tmp_path) == {"one": "too slow by far.", "two": "as one."}


def test_chapters_lose_their_numbers_and_links_name_files(tmp_path):
    text = "See [limits.md](limits.md) and [ODD](https://odd.example)."
    (tmp_path / "method.md").write_text(
        f"# Method\n\nHead.\n\n## 1. Purpose\n\n{text}\n\n## Not\n", encoding="utf-8"
    )
    assert chapters("method.md", tmp_path) == {
        "Purpose": "See `docs/limits.md` and [ODD](https://odd.example).",
        "Not": "",
    }


def test_every_pattern_has_a_title():
    assert set(published.pattern_titles()) == {one.about for one in checks() if one.kind == "pattern"}


def test_the_tally_counts_a_pattern_once():
    counts = tally(checks())
    assert len(counts["pattern"]) == len({one.about for one in checks() if one.kind == "pattern"})
    assert headline(checks()).startswith(f"{sum(counts['pattern'])} of {len(counts['pattern'])} patterns")


@pytest.mark.parametrize(
    ("value", "shown"), [(2026.83, "2026.8"), (20_500.0, "20,500"), (0.12345, "0.123"), (None, "–")]
)
def test_numbers_are_written_out(value, shown):
    assert number(value) == shown
