"""The ledger on the small seeds, where one can count by hand."""

import pytest

from sim.evidence.facts import EvidenceError
from sim.evidence.seeds import load_seeds
from sim.experiment.drawn import draws
from sim.report import ledger
from sim.report.subjects import KINDS, Names
from tests.toy import TOY

SEEDS = load_seeds(TOY)
LEDGER = ledger.entries(SEEDS)
RATE = ledger.find(LEDGER, "k2_changwon.rate_now")


def test_every_fact_stands_in_the_ledger_once() -> None:
    assert len(LEDGER) == len(SEEDS.facts) == len({one.key for one in LEDGER})


def test_a_fact_is_put_in_words() -> None:
    assert RATE.what == "K2 (Changwon): output now"
    assert RATE.value == "80 tanks a year"
    assert RATE.range == "64 to 96 tanks a year"
    assert RATE.address == "https://example.org/toy"


@pytest.mark.parametrize(
    ("key", "kind", "what"),
    [
        ("POL.gdp", "state", "Poland: gross domestic product"),
        ("POL.main_battle_tank.stock", "fleet", "Poland, Tanks: stock"),
        ("POL.main_battle_tank.k2.stock", "fleet_family", "Poland, Tanks: K2: stock"),
        ("POL-k2-2025.quantity", "contract", "Poland, K2 (Changwon), 2025-08: quantity"),
        ("dialogue.default", "lever", "Dialogue: setting at the start"),
        ("agreement.*.default", "lever", "Agreement, one for each state: setting at the start"),
        ("threat_rises.effect.threat", "shock", "The threat rises: effect on “Threat”"),
    ],
)
def test_each_kind_of_subject_has_a_name(key: str, kind: str, what: str) -> None:
    entry = ledger.find(LEDGER, key)
    assert (entry.subject.kind, entry.what) == (kind, what)


def test_no_subject_of_the_project_keeps_its_id_as_a_name() -> None:
    for start in ("2026-01", "2022-02"):
        found = ledger.entries(load_seeds(start=start))
        bare = [one.key for one in found if "_" in one.subject.name or not one.meaning]
        assert not bare, bare[:5]


def test_the_headline_counts_numbers_grades_and_judgements() -> None:
    small = [one for one in LEDGER if one.key in ("k2_changwon.rate_now", "POL.gdp", "dialogue.default")]
    assert ledger.headline(small) == (
        "3 numbers stand behind this model: 0 of grade A (official or contract), 0 of grade B (good press), "
        "2 of grade C (inferred) and 1 of grade D (judgement). 1 rest on judgement alone."
    )
    assert ledger.headline([RATE]).startswith("1 number stands behind this model")


def test_a_search_needs_every_word_and_filters_narrow_it() -> None:
    assert RATE in ledger.search(LEDGER, "changwon RATE")
    assert ledger.search(LEDGER, "changwon submarine") == []
    assert {one.subject.kind for one in ledger.search(LEDGER, kinds=["line"])} == {"line"}
    assert {one.fact.grade for one in ledger.search(LEDGER, grades=["D"])} == {"D"}
    assert ledger.search(LEDGER, "rate now", ["line"], ["A"]) == []
    assert len(ledger.search(LEDGER)) == len(LEDGER)


def test_a_link_finds_its_fact_or_says_what_is_nearest() -> None:
    assert ledger.find(LEDGER, "doctrine.POL.speed.default").key == "doctrine.*.speed.default"
    with pytest.raises(
        EvidenceError, match=r"no number 'k2_changwon.rate'; the nearest is 'k2_changwon.rate_"
    ):
        ledger.find(LEDGER, "k2_changwon.rate")
    for odd in ("", ".", "no dots", "x" * 500, "<b>.[a](b)"):
        with pytest.raises(EvidenceError, match="Search for it below"):
            ledger.find(LEDGER, odd)


def test_other_facts_of_the_same_page_are_found_and_judgement_is_no_page() -> None:
    shared = ledger.sharing(LEDGER, RATE)
    assert [source.id for source in shared] == ["toy_report"]
    others = next(iter(shared.values()))
    assert RATE not in others
    assert {"toy_report"} <= set(others[0].fact.sources)
    assert ledger.sharing(LEDGER, ledger.find(LEDGER, "dialogue.default")) == {}


def test_another_value_stands_beside_the_one_used() -> None:
    rows = ledger.dissent(SEEDS, LEDGER)
    assert list(rows["Value used"]) == ["80 tanks a year"]
    assert list(rows["Other value"]) == ["60 tanks a year"]
    assert list(rows["Whose"]) == ["a second report"]
    assert ledger.dissent(SEEDS, [ledger.find(LEDGER, "POL.gdp")]).empty


def test_sources_count_the_facts_that_rest_on_them() -> None:
    rows = ledger.sources_table(SEEDS, LEDGER)
    assert len(rows) == len(SEEDS.sources)
    for name, number in zip(rows["Title"], rows["Numbers"], strict=True):
        source = next(one for one in SEEDS.sources.values() if ledger.title(one) == name)
        assert number == sum(source.id in fact.sources for fact in SEEDS.facts.values())


def test_the_download_holds_the_numbers_as_they_are() -> None:
    row = ledger.raw_table([RATE]).iloc[0]
    assert (row["value"], row["low"], row["high"], row["unit"]) == (80, 64, 96, "units_per_year")
    assert len(ledger.table(LEDGER)) == len(LEDGER)


def test_what_a_run_does_with_a_fact_follows_the_world() -> None:
    seeds = load_seeds()
    drawn = draws(seeds)
    said = {one.key: ledger.use(one, drawn(one.fact)) for one in ledger.entries(seeds)}
    assert "triangular" in said["k2_changwon.rate_now"]
    assert "triangular" in said["POL-k2-2025.first_due"]
    assert "slider" in said["dialogue.default"]
    assert "held against it" in said["sipri_us_2020_24.value_observed"]
    assert "no range" in said["money.core_pledge"]


def test_the_kind_that_limits_a_fact_is_the_one_that_is_shown() -> None:
    seeds = load_seeds()
    names = Names(seeds)
    kinds = {key: seeds.index.kind_of(*key) for key in seeds.facts}
    assert kinds == {key: names.of(*key).kind for key in seeds.facts}
    assert kinds["BEL.air_defence", "stock"] == "fleet"
    assert set(kinds.values()) <= set(KINDS)
