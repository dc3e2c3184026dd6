"""Checks a seeds folder as a whole: every problem with file, line, field and the nearest valid value."""

from __future__ import annotations

from pathlib import Path

from sim.evidence.check_facts import check_attributes, check_facts, check_fleets, check_required
from sim.evidence.check_market import check_market
from sim.evidence.check_rows import check_sources, check_tables
from sim.evidence.check_words import check_words
from sim.evidence.files import Folder, Problem, read_folder
from sim.evidence.index import build_index
from sim.evidence.starts import STARTS


def check_seeds(folder: Path) -> list[Problem]:
    """Every problem of a seeds folder, errors before warnings; an empty list means it can be used.

    The base and each further start that the folder has are checked; a problem of both is told once.
    """
    problems = check_folder(read_folder(folder))
    for start in STARTS.values():
        if start.folder and (folder / start.folder).is_dir():
            problems += check_folder(read_folder(folder, start.id))
    return sorted(dict.fromkeys(problems), key=lambda problem: problem.level != "error")


def check_folder(folder: Folder) -> list[Problem]:
    """Every problem of a folder already read: reading, ids, facts, market, words."""
    index = build_index(folder)
    problems = [
        *folder.problems,
        *check_sources(folder),
        *check_tables(folder, index),
        *check_attributes(folder),
        *check_facts(folder, index),
        *check_required(folder, index),
        *check_fleets(folder),
        *check_market(folder),
        *check_words(folder, index),
    ]
    return sorted(problems, key=lambda problem: problem.level != "error")
