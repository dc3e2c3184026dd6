"""Which model version made a link or a file, and what has changed results since: read from CHANGELOG.md.

The changelog lies beside `sim`, as the documents do. Where it is missing, nothing is listed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sim.evidence.facts import quoted
from sim.model.version import MODEL_VERSION
from sim.report.language import _

CHANGELOG = Path(__file__).resolve().parents[2] / "CHANGELOG.md"
SECTION = re.compile(r"^### Results changed\n(.*?)(?=^#|\Z)", flags=re.MULTILINE | re.DOTALL)
ENTRY = re.compile(r"^- ([0-9.]+): (.+(?:\n  .+)*)", flags=re.MULTILINE)
VERSION = re.compile(r"[0-9]{4}(?:\.[0-9]{1,4}){1,3}")
SAVED = re.compile(r"\A\ufeff?# Leadtime, model version ([0-9.]+)$", flags=re.MULTILINE)


@dataclass(frozen=True)
class Change:
    """One entry under "Results changed": the version that gave other numbers, and why, in words."""

    version: str
    text: str


@dataclass(frozen=True)
class Difference:
    """What to say of another model version: a sentence, and what has changed results since, newest first."""

    sentence: str
    changes: tuple[Change, ...]


def problem(version: str) -> str:
    """Why a text is no model version, as one sentence; empty where it is one."""
    if VERSION.fullmatch(version):
        return ""
    sentence = _("the model version {text} is not of the form {example}")
    return sentence.format(text=quoted(version), example=MODEL_VERSION)


def order(version: str) -> tuple[int, ...]:
    """What versions are sorted by: 2026.11 comes before 2026.11.1, and 2026.11.9 before 2026.11.10."""
    return tuple(int(part) for part in version.split("."))


@cache
def results_changed(file: Path = CHANGELOG) -> tuple[Change, ...]:
    """Every entry under "Results changed" of a changelog, newest first; none where the file is missing."""
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    found = [entry for section in SECTION.findall(text) for entry in ENTRY.findall(section)]
    changes = [Change(version, " ".join(why.split())) for version, why in found if not problem(version)]
    return tuple(sorted(changes, key=lambda one: order(one.version), reverse=True))


def difference(made: str, file: Path = CHANGELOG) -> Difference | None:
    """What to say of something made with a model version; None where it is this one or no version."""
    if problem(made) or order(made) == order(MODEL_VERSION):
        return None
    return Difference(_sentence(made, file), since(made, file))


def since(made: str, file: Path = CHANGELOG) -> tuple[Change, ...]:
    """What has changed results after a version, newest first."""
    return tuple(one for one in results_changed(file) if order(one.version) > order(made))


def _sentence(made: str, file: Path) -> str:
    if order(made) > order(MODEL_VERSION):
        text = _(
            "This was made with model version {made}, which is newer than this one, {now}. The numbers may "
            "differ; what has changed is in CHANGELOG.md of that version."
        )
    elif made in [one.version for one in results_changed(file)]:
        text = _("This was made with model version {made}; this is version {now}. The numbers may differ.")
    else:
        text = _(
            "This was made with model version {made}; this is version {now}. The numbers may differ. "
            "CHANGELOG.md does not name version {made}, so it cannot say everything that differs."
        )
    return text.format(made=made, now=MODEL_VERSION)


def saved_with(content: bytes) -> str:
    """The model version in the first line of a saved scenario file; empty where it names none."""
    found = SAVED.match(content[:200].decode("utf-8", errors="replace").replace("\r\n", "\n"))
    return found[1] if found and not problem(found[1]) else ""
