"""Dates as people write them."""

import pytest

from sim.estimation.delivery_dates import Months, read_counts, read_date


def month(year: int, number: int) -> int:
    return 12 * year + number - 1


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023-09", month(2023, 9), month(2023, 9)),
        ("2023-09-15", month(2023, 9), month(2023, 9)),
        ("2023", month(2023, 1), month(2023, 12)),
        ("~2021 (trials vehicles)", month(2021, 1), month(2021, 12)),
        ("2019-2020", month(2019, 1), month(2019, 12)),
        ("2027 to troops", month(2027, 1), month(2027, 12)),
        ("2026-03 (minister), 2027 (later)", month(2026, 3), month(2026, 3)),
        ("mid-August 2022", month(2022, 8), month(2022, 8)),
        ("2024-10ish", month(2024, 10), month(2024, 10)),
    ],
)
def test_the_first_date_is_read(text, first, last):
    assert read_date(text) == Months(first, last)


@pytest.mark.parametrize("text", ["", "soon", "none yet", "123456", "Q3"])
def test_without_a_year_there_is_no_date(text):
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "none", "some"),
    [
        ("0 by 2026-01", Months(month(2026, 1), month(2026, 1)), None),
        ("4 in country by 2024-03; 17 by 2025-09 of 27", None, Months(month(2024, 3), month(2024, 3))),
        ("majority still due 2021-03", None, None),
        ("5 planned end 2023", None, None),
        ("all 14 produced by 2025-12", None, None),
        ("none by 2024-06; 3 by 2025-02", Months(month(2024, 6), month(2024, 6)),
         Months(month(2025, 2), month(2025, 2))),
        ("6 by 2024-01; none in the capital by 2025-01", None, Months(month(2024, 1), month(2024, 1))),
        ("2025", None, None),
        ("", None, None),
    ],
)  # fmt: skip
def test_counts_say_when_none_and_when_some_had_come(text, none, some):
    assert read_counts(text) == (none, some)
