"""What changed results since another model version, read from a changelog."""

import pytest

from sim import MODEL_VERSION
from sim.report import versions
from sim.report.versions import Change, difference, problem, results_changed, saved_with, since

TEXT = """# Changelog

## [Unreleased]

### Added

- 2026.1.9: no change of results.

### Results changed

- 2026.1.10: holds are whole. They were
  a part.
- 2026.1.2: a plant opens. `need` moved.

### Fixed

- Something.

## [0.1]

### Results changed

- 2026.1: the first.
"""


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setattr(versions, "MODEL_VERSION", "2026.1.10")
    file = tmp_path / "CHANGELOG.md"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_entries_of_every_release_are_read_whole_and_the_newest_comes_first(file):
    assert results_changed(file) == (
        Change("2026.1.10", "holds are whole. They were a part."),
        Change("2026.1.2", "a plant opens. `need` moved."),
        Change("2026.1", "the first."),
    )


def test_only_what_is_newer_is_listed(file):
    assert [one.version for one in since("2026.1.2", file)] == ["2026.1.10"]
    assert [one.version for one in since("2026.1", file)] == ["2026.1.10", "2026.1.2"]
    assert since("2026.1.10", file) == ()


@pytest.mark.parametrize(
    ("made", "words", "listed"),
    [
        ("2026.1.2", "made with model version 2026.1.2; this is version 2026.1.10. The numbers may", 1),
        ("2026.1.3", "does not name version 2026.1.3", 1),
        ("2025.1", "does not name version 2025.1", 3),
        ("2027.1", "newer than this one, 2026.1.10", 0),
    ],
)
def test_every_other_version_gets_a_sentence(file, made, words, listed):
    found = difference(made, file)
    assert words in found.sentence
    assert len(found.changes) == listed


@pytest.mark.parametrize("made", ["", "2026.1.10", "2026.01.10", "latest"])
def test_this_version_and_none_say_nothing(file, made):
    assert difference(made, file) is None


def test_without_a_changelog_the_sentence_says_that_it_cannot_tell(tmp_path):
    found = difference("2020.1", tmp_path / "none.md")
    assert "cannot say everything" in found.sentence
    assert found.changes == ()


@pytest.mark.parametrize(
    "text", ["", "latest", "2026", "2026.", "2026.1.2.3.4", "٢٠٢٦.1", "2026.1\n", "9" * 4000]
)
def test_what_is_no_version_is_refused_in_a_short_sentence(text):
    assert f"is not of the form {MODEL_VERSION}" in problem(text)
    assert len(problem(text)) < 200


def test_the_changelog_names_this_version_and_every_entry_is_a_version():
    assert results_changed()[0].version == MODEL_VERSION
    assert problem(MODEL_VERSION) == ""
    assert len(results_changed()) >= 6


@pytest.mark.parametrize(
    ("content", "version"),
    [
        (b"# Leadtime, model version 2026.11.4\ntitle = 1\n", "2026.11.4"),
        (b"\xef\xbb\xbf# Leadtime, model version 2026.11\r\ntitle = 1\r\n", "2026.11"),
        (b"title = 1\n# Leadtime, model version 2026.11.4\n", ""),
        (b"# Leadtime, model version ...\n", ""),
        (b"\xff\xfe\x00", ""),
    ],
)
def test_a_saved_file_names_its_version_in_its_first_line(content, version):
    assert saved_with(content) == version
