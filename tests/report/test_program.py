"""The lines of a program; that it runs and gives the numbers of the page is tested with the page."""

import ast

from sim.report.program import Source, python


def test_a_program_says_only_what_differs() -> None:
    text = python(Source("baseline", {}, 2030), Source("no_us", {"threat": 1.2}, 2030), "POL", 2030, 100, 1)
    assert text.startswith("import sim")
    assert "other = sim.load_scenario(\"no_us\", set={'threat': 1.2})" in text
    assert "replace" not in text
    assert ast.parse(text)


def test_another_date_is_set_on_both() -> None:
    text = python(Source("baseline", {}, 2030), Source("no_us", {}, 2030), "POL", 2035, 100, 1)
    assert text.count("horizon_year=2035") == 2
    assert text.startswith("from dataclasses import replace")


def test_the_baseline_alone_gives_its_level() -> None:
    text = python(Source("baseline", {}, 2030), None, "POL", 2030, 50, 1)
    assert text.endswith('print(base.values["gap_years"][:, base.places.index("POL")].mean())')
