"""Months as text and as numbers."""

import pytest

from sim.policy.dates import MONTHS, month_index, month_text
from sim.policy.errors import ScenarioError


def test_months_count_from_january_2026():
    assert [month_index(text) for text in ("2026-01", "2027-03", "2035-12")] == [0, 14, 119]
    assert all(month_index(month_text(index)) == index for index in range(MONTHS))


@pytest.mark.parametrize(
    "text", ["2027", "2027-13", "2027-1", "27-01", "2027-01-01", " 2027-01", "2027-01\n", ""]
)
def test_what_is_not_a_month_is_refused(text):
    with pytest.raises(ScenarioError, match=r"at: .* is not a month like '2027-01'"):
        month_index(text)


@pytest.mark.parametrize("text", ["2025-12", "2036-01"])
def test_months_outside_the_horizon_are_refused(text):
    with pytest.raises(ScenarioError, match="outside 2026-01 to 2035-12"):
        month_index(text)
