"""Values of the evidence in words, unit by unit."""

import pytest

from sim.evidence.seeds import load_seeds
from sim.report import units


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (92, "units_per_year", "92 tanks a year"),
        (0.125, "share", "12.5 %"),
        (0.02, "share_of_gdp", "2 % of GDP"),
        (39.8, "musd", "$39.8 m"),
        (30000, "musd", "$30 bn"),
        (-0.9, "points_per_year", "−0.9 points a year"),
        (1, "switch", "on"),
        (2028, "year", "2028"),
        (2028.25, "year", "April 2028"),
        (1234567, "units", "1,234,567 tanks"),
        (0.5, "index", "0.5"),
    ],
)
def test_a_value_has_its_unit(value: float, unit: str, text: str) -> None:
    assert units.quantity(value, unit, "tanks") == text


def test_a_range_names_its_unit_once() -> None:
    assert units.span(80, 110, "units_per_year", "tanks") == "80 to 110 tanks a year"
    assert units.span(900, 1200, "musd") == "$0.9 to 1.2 bn"
    assert units.span(7, 7, "months") == "7 months"
    assert units.span(2028, 2028.5, "year") == "2028 to July 2028"


def test_every_unit_of_the_seeds_has_words_or_is_a_plain_number() -> None:
    plain = {"number", "count", "index", "switch", "flag", "year"}
    used = {fact.unit for fact in load_seeds().facts.values()}
    assert used - set(units.TEMPLATES) <= plain


def test_one_of_a_thing_is_not_in_the_plural() -> None:
    assert units.quantity(1, "months") == "1 month"
    assert units.quantity(1, "units", "boats") == "boats: 1"
    assert units.span(0, 1, "units", "boats") == "0 to 1 boats"
