"""What reading refuses: files and headers that are not the tables they should be."""

import pytest

from sim.evidence.check import check_seeds
from tests.toy import change, copy_of_toy


def told(folder):
    return [str(problem) for problem in check_seeds(folder)]


CHANGES = {
    "missing column": ("lines.csv", "kind,home_only", "home_only", "column is missing"),
    "extra column": ("industries.csv", "label,colour", "label,colour,shade", "is not a column of this table"),
    "columns swapped": ("industries.csv", "id,label,colour", "label,id,colour", "in another order"),
    "column twice": ("industries.csv", "id,label,colour", "id,label,label", "the same column twice"),
    "too many cells": (
        "industries.csv",
        "korea,Korea,",
        "korea,Korea,South,",
        "has 4 cells where the header has 3",
    ),
    "malformed CSV": ("industries.csv", "korea,Korea,", 'korea,"Korea"x,', "is not well-formed CSV"),
    "open quote": ("industries.csv", "korea,Korea,", 'korea,"Korea,', "is not well-formed CSV"),
}


@pytest.mark.parametrize("case", CHANGES)
def test_one_change_is_refused_with_its_sentence(case, tmp_path):
    file, old, new, sentence = CHANGES[case]
    seeds = copy_of_toy(tmp_path)
    change(seeds, file, old, new)
    assert any(sentence in problem for problem in told(seeds)), told(seeds)[:5]


def test_a_table_with_a_misspelt_name_does_not_pass_as_a_missing_one(tmp_path):
    seeds = copy_of_toy(tmp_path)
    (seeds / "needs.csv").rename(seeds / "need.csv")
    problems = told(seeds)
    assert "needs.csv: is missing or cannot be read" in problems
    assert "need.csv: is not a table of the seeds; the nearest is 'needs'" in problems


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    seeds = copy_of_toy(tmp_path)
    (seeds / "industries.csv").write_bytes(b"id,label,colour\nkorea,Cor\xe9e,#000000\n")
    assert "industries.csv: is not UTF-8 text (byte 25)" in told(seeds)


def test_a_huge_file_is_refused_unread(tmp_path):
    seeds = copy_of_toy(tmp_path)
    (seeds / "industries.csv").write_bytes(b"x" * 4_000_001)
    assert "industries.csv: is 4000001 bytes; the limit is 4000000" in told(seeds)


def test_a_table_with_too_many_rows_is_refused(tmp_path):
    seeds = copy_of_toy(tmp_path)
    (seeds / "industries.csv").write_text("id,label,colour\n" + "a,b,c\n" * 50_001)
    assert "industries.csv: has 50001 rows; the limit is 50000" in told(seeds)


def test_a_byte_order_mark_does_no_harm(tmp_path):
    seeds = copy_of_toy(tmp_path)
    text = (seeds / "industries.csv").read_bytes()
    (seeds / "industries.csv").write_bytes(b"\xef\xbb\xbf" + text)
    assert told(seeds) == []
