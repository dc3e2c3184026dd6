"""Reading the seeds: typed records, facts by name, and one clear sentence when something is missing."""

import dataclasses

import pytest

from sim.evidence.facts import EvidenceError
from sim.evidence.seeds import load_seeds
from tests.toy import TOY, change, copy_of_toy, toy_with_rules


def test_a_fact_comes_with_range_unit_date_source_and_grade():
    fact = load_seeds(TOY).fact("POL", "gdp")
    assert (fact.value, fact.low, fact.high) == (1_000_000, 950_000, 1_050_000)
    assert (fact.unit, fact.as_of, fact.sources, fact.grade) == ("musd", "2025-12", ("toy_report",), "C")


def test_rows_are_typed_records_in_file_order():
    seeds = load_seeds(TOY)
    assert [state.id for state in seeds.states()] == ["POL", "NOR", "USA"]
    assert [need.home_only for need in seeds.needs()] == [False, False, False, True]
    line = seeds.lines()[0]
    assert (line.id, line.home, line.home_only, line.source) == (
        "k2_changwon",
        ("KOR",),
        False,
        ("toy_report",),
    )
    assert seeds.offers()[1]["system"] == "Leopard 2A8"


def test_every_table_can_be_asked_for():
    seeds = load_seeds(TOY)
    names = {name: name for name in seeds.tables} | {"decisions_offers": "offers"}
    for table, method in names.items():
        assert len(getattr(seeds, method)()) == len(seeds.tables[table])
        assert len(seeds.tables[table]) > 0 or table in ("frameworks", "gifts", "published_ranks")


def test_seeds_cannot_be_changed():
    seeds = load_seeds(TOY)
    with pytest.raises(TypeError):
        seeds.facts["POL", "gdp"] = None
    with pytest.raises(dataclasses.FrozenInstanceError):
        seeds.lines()[0].home_only = True
    with pytest.raises(TypeError):
        seeds.tables["lines"][0]["id"] = "other"


@pytest.mark.parametrize(
    ("subject", "attribute", "told"),
    [
        ("k2_chngwon", "build_months", "no subject 'k2_chngwon'; the nearest is 'k2_changwon'"),
        ("k2_changwon", "build_month", "no 'build_month' of 'k2_changwon'; the nearest is 'build_months'"),
    ],
)
def test_a_fact_that_is_not_there_names_the_nearest(subject, attribute, told):
    with pytest.raises(EvidenceError, match=told):
        load_seeds(TOY).value(subject, attribute)


def test_bad_seeds_are_refused_with_the_first_sentence_and_the_count(tmp_path):
    seeds = copy_of_toy(tmp_path)
    change(seeds, "facts/states.csv", "POL,gdp,1000000,", "POL,gdp,nan,")
    change(seeds, "facts/states.csv", "NOR,gdp,500000,475000", "NOR,gdp,500000,675000")
    with pytest.raises(EvidenceError) as error:
        load_seeds(seeds)
    told = "facts/states.csv line 2, value: 'nan' is not a plain finite number (and 1 more problems)"
    assert str(error.value) == told


def test_a_folder_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(EvidenceError, match="is missing"):
        load_seeds(tmp_path / "nothing")


def test_the_toy_world_takes_the_numbers_of_the_rules(tmp_path):
    seeds = load_seeds(toy_with_rules(tmp_path))
    assert seeds.value("money", "discount") == load_seeds().value("money", "discount")
