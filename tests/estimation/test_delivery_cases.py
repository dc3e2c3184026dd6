"""Cases: what dates allow, of what kind a contract is, what is left out and why."""

import math

import numpy as np
import pytest

from sim.estimation.delivery_cases import KINDS, cases_of, read_cases, record_cases
from sim.evidence.facts import EvidenceError
from sim.evidence.seeds import load_seeds

HEADER = (
    "system,buyer_iso3,contract_date,first_delivery_promised,first_delivery_actual,delivered_count_by_date"
)


def one(**cells):
    """The case of one row, which must be one."""
    blank = {"buyer": "POL", "signed": "2023-03", "promised": "", "actual": "", "system": "K2"}
    found, left = cases_of(load_seeds(), [blank | cells])
    assert not left
    return found[0]


def test_a_promised_year_is_any_month_left_of_it():
    found = one(promised="2023", actual="2023-09")
    assert found.promise.tolist() == [1, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert found.low.tolist() == found.high.tolist() == [6.0] * 10
    assert (set(found.due), found.dated, found.promised) == ({9.0}, True, True)


def test_years_on_all_sides_give_all_combinations_in_order():
    found = one(signed="2014", promised="2017", actual="2021")
    assert len(found.low) == 12**3
    assert found.low.mean() == 84.0
    assert one(signed="2023", actual="2023").low.min() == 1.0


def test_what_has_not_come_is_a_range():
    late = one(promised="2024-03", none_by="2025-12", some_by="")
    assert (late.low[0], late.high[0], late.dated, late.silent) == (34.0, math.inf, False, False)
    assert one(none_by="", some_by="2024-01").high[0] == 10.0
    assert one(none_by="", some_by="").silent
    counted = one(counts="0 by 2024-02; 3 by 2024-08")
    assert (counted.low[0], counted.high[0]) == (12.0, 17.0)


def test_a_promise_beyond_the_books_has_not_come_yet():
    found = one(promised="2029")
    assert found.low.tolist() == [34.0] * 12
    assert "books" in " ".join(found.reasons)


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"system": "K9 (used)"}, "stock"),
        ({"system": "Archer 6x6 (ex-stock)"}, "stock"),
        ({"system": "F-35A"}, "aircraft"),
        ({"system": "Type 212CD"}, "submarine"),
        ({"system": "K2"}, "hot_or_queued"),
        ({"system": "K2", "kind": "hot"}, "hot"),
        ({"line": "k9_romania"}, "new_or_variant"),
        ({"system": "Zebra 3000"}, "unknown"),
        ({"system": "Zebra 3000", "category": "combat aircraft"}, "aircraft"),
        ({"system": "Zebra 3000 submarine"}, "submarine"),
        ({"line": "type_212cd_kiel", "kind": "queued"}, "submarine"),
    ],
)
def test_the_kind_of_a_case(cells, kind):
    assert one(**cells).kind == kind


def test_an_unknown_system_may_be_of_any_kind_and_says_so():
    found = one(system="Zebra 3000")
    assert found.kinds == KINDS
    assert any("Zebra 3000" in reason for reason in found.reasons)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"signed": "soon"}, "the date of the contract, 'soon', has no year"),
        ({"actual": "2019-01"}, "contradict"),
        ({"none_by": "2025-01", "some_by": "2024-01"}, "contradict"),
    ],
)
def test_a_row_that_is_no_case_is_left_out_with_the_reason(cells, why):
    row = {"buyer": "POL", "signed": "2023-03", "promised": "", "actual": "", "system": "K2"}
    found, left = cases_of(load_seeds(), [row | cells])
    assert not found
    assert why in left[0].why


def test_a_date_without_a_year_is_not_known_and_the_case_says_so():
    found = one(promised="later", actual="not yet")
    assert (found.promised, found.silent) == (False, True)
    for words in ("promised date 'later'", "actual date 'not yet'"):
        assert any(words in reason for reason in found.reasons)


def test_what_a_case_was_at_an_earlier_time():
    found = one(promised="2024-03", actual="2024-06")
    then = found.seen_at(12.0 * 2024 + 2)  # in March 2024 twelve months had passed: none by February
    assert (then.low[0], then.high[0]) == (12.0, math.inf)
    assert found.seen_at(12.0 * 2025).low[0] == 15.0


def test_one_purchase_is_found_again():
    base = one(system="K2", signed="2022-08")
    assert base.alike(one(system="K2 tank", signed="2022-11"))
    assert base.alike(one(system="K9", signed="2022-08"))
    assert not base.alike(one(system="K9", signed="2022-11"))
    assert not base.alike(one(system="K2", signed="2022-08", buyer="NOR"))


def test_the_record_of_the_seeds_is_used_in_full():
    found = record_cases(load_seeds())
    assert len(found) == len(load_seeds().deliveries())
    assert sum(case.dated for case in found) == sum(bool(row.actual) for row in load_seeds().deliveries())
    assert all(len(case.kinds) == 1 and np.all(case.low <= case.high) for case in found)
    waiting = [case for case in found if not case.dated and not case.silent]
    assert len(waiting) >= 10


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "holds no delivery"),
        (HEADER + "\n", "holds no delivery"),
        ("system,buyer_iso3\nK2,POL\n", "has no column 'contract_date' or 'signed'"),
        ("buyer,signed,promised,actual\nPOL,2022,2023,2023\n", "has no column 'system' or 'line'"),
    ],
)
def test_a_file_that_cannot_be_used_gives_one_sentence(tmp_path, text, sentence):
    path = tmp_path / "deliveries.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EvidenceError, match=sentence):
        read_cases(load_seeds(), path)


def test_a_file_of_the_collected_evidence_is_read(tmp_path):
    path = tmp_path / "deliveries.csv"
    rows = [
        "Zebra,POL,2020-01,2022,~2023 (first),",
        "K2,POL,2022-08,2022,2022-12,10 by 2022-12",
        "K2,POL,,,,",
    ]
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    found, left = read_cases(load_seeds(), path)
    assert [case.id for case in found] == ["POL-zebra-2020", "POL-k2-2022"]
    assert [case.line for case in found] == [None, "k2_changwon"]
    assert [one.id for one in left] == ["POL-k2"]
