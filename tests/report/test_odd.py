"""The description of the model names everything there is, and counts what holds from the published file."""

import json
import re

import pytest

from sim import MODEL_VERSION
from sim.estimation.checks import tally
from sim.evidence.seeds import load_seeds
from sim.model.records import RECORDS
from sim.model.schedule import STAGES
from sim.policy.measures import MEASURES
from sim.report import odd, published, source, submodels
from sim.report.outline import plain

SECTIONS = odd.sections()
DOCUMENT = odd.document(SECTIONS)
SEEDS = load_seeds()


def section(name):
    return next(one for one in SECTIONS if one.id == name)


def items(name):
    return {item.name.strip("`"): item.said for part in section(name).parts for item in part.items}


def test_every_stage_and_step_is_described():
    titles = [part.title for part in section(odd.PROCESS).parts]
    assert titles == [f"{stage.number} {stage.title}" for stage in STAGES]
    said = items(odd.PROCESS)
    for stage in STAGES:
        for _, step in stage.steps:
            assert source.first_sentence(step.__doc__) in said[step.__name__]


def test_every_rule_is_described_with_its_docstring():
    said = items("rules")
    for rule in source.rules():
        assert plain(rule.said) in said[f"{rule.module}.{rule.name}"]
        assert all(f"`{name}`" in said[f"{rule.module}.{rule.name}"] for name in rule.parameters)


def test_every_constant_stands_with_value_range_grade_and_reader():
    said = items("rules")
    for name, fact in submodels.constants(SEEDS).items():
        assert said[name].startswith(f"{fact.value:g} (range {fact.low:g} to {fact.high:g}, ")
        assert f"grade {fact.grade}, " in said[name]
        assert "Read by `" in said[name]
    assert "`usable_new_ready`: " in said["reliance.ready_units"]


def test_every_lever_card_and_measure_is_described():
    assert set(items("levers")) == {row.id for row in SEEDS.levers()}
    assert set(items("cards")) == {row.id for row in SEEDS.shocks()}
    assert set(items("measures")) == set(MEASURES)
    for name in (*items("levers"), *items("cards"), *items("measures")):
        assert f"- **`{name}`**: " in DOCUMENT


def test_a_card_that_moves_all_levers_of_a_kind_says_so_once():
    assert items("cards")["dispute_among_allies"].count("multiplied by") == 1


def test_every_state_variable_stands_with_its_unit():
    assert set(odd.ENTITIES) == set(RECORDS)
    parts = section("entities").parts
    for part, (name, fields) in zip(parts, RECORDS.items(), strict=False):
        assert f"`{name}`" in part.title
        assert [item.name.strip("`") for item in part.items] == [field for field, _, _ in fields]
        for item, (_, unit, _said) in zip(part.items, fields, strict=True):
            assert f"({submodels.unit_words(unit)}" in item.said


def test_facts_of_the_seeds_are_fields_of_the_records():
    for record, facts in odd.FROM_SEEDS.items():
        assert set(facts) <= {name for name, _, _ in RECORDS[record]}


def test_entities_are_counted_in_the_world():
    texts = {part.title: part.text for part in section("entities").parts}
    states = next(text for title, text in texts.items() if "`buyers`" in title)
    assert states == f"In the baseline: {len(SEEDS.states())}."


def test_the_headline_counts_the_published_file():
    raw = json.loads((published.DOCS / "patterns.json").read_text(encoding="utf-8"))
    failing = {row["about"] for row in raw if row["kind"] == "pattern" and not row["pass"]}
    patterns = {row["about"] for row in raw if row["kind"] == "pattern"}
    ranges = [row["pass"] for row in raw if row["kind"] == "plausibility"]
    assert odd.headline(published.checks()) == (
        f"{len(patterns - failing)} of {len(patterns)} patterns "
        f"and {sum(ranges)} of {len(ranges)} ranges hold"
    )


@pytest.mark.parametrize(
    ("version", "words"),
    [
        (MODEL_VERSION, "Measured with this model version"),
        ("2026.11.4", f"version 2026.11.4; this is version {MODEL_VERSION}"),
        ("", "do not name"),
    ],
)
def test_the_version_that_was_measured_is_said(version, words):
    assert words in odd.measured_with(version)


def test_failing_checks_stand_first_with_their_reasons():
    parts = section(odd.PATTERNS).parts
    failing = [one.name for one in published.checks() if not one.passed]
    shown = [item for part in parts[1:] if part.first for item in part.items]
    assert [item.name.strip("`") for item in shown] == failing
    reasons = published.reasons()
    for item in shown:
        assert item.said.startswith("Fail. ")
        assert item.said.endswith(reasons[item.name.strip("`")])
    assert sum(len(part.items) for part in parts[1:]) == len(published.checks())


def test_failing_patterns_stand_first():
    said = [item.said.split(" ")[0] for item in section(odd.PATTERNS).parts[0].items]
    held = tally(published.checks())["pattern"]
    assert said == ["fails"] * held.count(False) + ["holds"] * held.count(True)


def test_shares_are_shown_in_per_cent():
    one = next(check for check in published.checks() if check.name == "p03_europe")
    said = odd.check_item(one, {}).said
    assert (
        f"Measured: {100 * one.measured:.3g} %. Asked: {100 * one.low:.3g} to {100 * one.high:.3g}." in said
    )


def test_without_the_published_file_a_sentence_says_what_to_do():
    assert "docs/patterns.json" in odd.patterns(()).text
    assert odd.patterns(()).parts == ()


@pytest.mark.parametrize("name", ["purpose", "design", "start"])
def test_prose_of_the_method_is_found(name):
    assert len(section(name).text) > 200


def test_limits_are_shown_with_what_is_not_modelled_open():
    parts = {part.title: part for part in section("limits").parts}
    assert list(parts) == list(published.chapters("limits.md"))
    assert [title for title, part in parts.items() if part.first] == ["Not modelled"]


def test_sections_have_names_of_their_own_and_no_placeholder_is_left():
    assert len({one.id for one in SECTIONS}) == len(SECTIONS)
    assert not re.search(r"\{\w+\}", DOCUMENT)
    assert "nan" not in DOCUMENT.split()
