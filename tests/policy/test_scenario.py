"""Scenarios: defaults merged through `extends`, frozen, and compared by what can change a run."""

import dataclasses
import json
import subprocess
import sys

import pytest

from sim.evidence.seeds import load_seeds
from sim.policy.scenario import (
    Card,
    Expectation,
    ScenarioError,
    Scheduled,
    list_scenarios,
    load_scenario,
    scenario_from_dict,
    scenario_from_toml,
)
from tests.toy import TOY

SEEDS = load_seeds(TOY)
FILES = {
    "baseline": 'title = "Today"\nhorizon_year = 2029\n[levers]\ndialogue = 0.4\n',
    "pause": """
        title = "A pause"
        question = "What if?"
        extends = "baseline"
        sources = ["toy_report"]
        [[expect]]
        measure = "gap_years"
        place = "POL"
        direction = "more"
        why = "goods wait"
        [[schedule]]
        lever = "us_delivery_release"
        at = "2027-01"
        value = 0.5
        [[schedule]]
        lever = "threat"
        at = "2026-06"
        value = 1.2
        [[shocks]]
        card = "us_stock_protection"
        at = "2027-01"
        months = 12
        """,
    "longer": """
        title = "A longer pause"
        extends = "pause"
        [levers]
        doctrine.POL.speed = 2
        threat = 1.5
        [[schedule]]
        lever = "us_delivery_release"
        at = "2027-01"
        value = 0.1
        [[shocks]]
        card = "us_stock_protection"
        at = "2027-01"
        strength = 2.0
        """,
}


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        (tmp_path / f"{name}.toml").write_text(text)
    return tmp_path


def load(name, folder, **settings):
    return load_scenario(name, seeds=SEEDS, folder=folder, set=settings)


def test_every_lever_has_a_value_and_deviations_are_what_differs_from_today(folder):
    scenario = load("baseline", folder)
    assert (scenario.levers["dialogue"], scenario.levers["threat"]) == (0.4, 1.0)
    assert len(scenario.levers) == len(scenario.catalogue)
    assert scenario.deviations == {"dialogue": 0.4}
    assert (scenario.id, scenario.title, scenario.horizon_year) == ("baseline", "Today", 2029)


def test_schedule_cards_expectations_and_sources_are_read(folder):
    scenario = load("pause", folder)
    assert scenario.schedule == (
        Scheduled("threat", "2026-06", 1.2),
        Scheduled("us_delivery_release", "2027-01", 0.5),
    )
    assert scenario.schedule[1].month == scenario.shocks[0].month == 12
    assert scenario.shocks == (Card("us_stock_protection", "2027-01", 12, 1.0),)
    assert scenario.expect == (Expectation("gap_years", "POL", "more", "goods wait"),)
    assert (scenario.sources, scenario.extends, scenario.horizon_year) == (("toy_report",), "baseline", 2029)


def test_a_chain_merges_and_the_last_word_counts(folder):
    scenario = load("longer", folder)
    assert scenario.deviations == {"dialogue": 0.4, "doctrine.POL.speed": 2.0, "threat": 1.5}
    # threat is set here for the whole run, so its inherited dated change is gone; the other one is replaced.
    assert scenario.schedule == (Scheduled("us_delivery_release", "2027-01", 0.1),)
    # the same card in the same month replaces the inherited one, with the card's usual months
    assert scenario.shocks == (Card("us_stock_protection", "2027-01", 6, 2.0),)
    assert scenario.expect == () == scenario.sources


def test_settings_on_top_hold_for_the_whole_run(folder):
    scenario = load("pause", folder, us_delivery_release=0.9)
    assert scenario.levers["us_delivery_release"] == 0.9
    assert [entry.lever for entry in scenario.schedule] == ["threat"]


def test_a_changed_scenario_has_its_own_id_and_the_original_stays_as_it_was(folder):
    scenario = load("baseline", folder)
    changed = scenario.with_levers({"dialogue": 0.9})
    assert scenario.levers["dialogue"] == 0.4
    assert changed.levers["dialogue"] == 0.9
    assert changed.id == f"baseline-{changed.fingerprint()[:6]}"
    assert changed.with_levers({"threat": 1.1}).base_id == "baseline"
    assert scenario.with_levers({}) is scenario
    assert scenario.with_levers({"dialogue": 0.4}) == scenario


def test_dated_changes_come_on_top_and_the_later_word_on_a_month_counts(folder):
    scenario = load("pause", folder)
    changed = scenario.with_schedule(
        (Scheduled("dialogue", "2028-01", 0.9), Scheduled("us_delivery_release", "2027-01", 0.2))
    )
    assert changed.schedule == (
        Scheduled("threat", "2026-06", 1.2),
        Scheduled("us_delivery_release", "2027-01", 0.2),
        Scheduled("dialogue", "2028-01", 0.9),
    )
    assert changed.id == f"pause-{changed.fingerprint()[:6]}"
    assert scenario.with_schedule(()) is scenario
    for entry, told in (
        (Scheduled("dialogue", "2040-01", 0.9), "outside 2026-01"),
        (Scheduled("dialogue", "2028-01", 9.0), "outside its range"),
        (Scheduled("dialog", "2028-01", 0.9), "the nearest is 'dialogue'"),
    ):
        with pytest.raises(ScenarioError, match=told):
            scenario.with_schedule((entry,))


def test_a_scenario_cannot_be_changed_in_place(folder):
    scenario = load("baseline", folder)
    with pytest.raises(dataclasses.FrozenInstanceError):
        scenario.title = "Other"
    scenario.levers["dialogue"] = 1.0
    assert scenario.levers["dialogue"] == 0.4


def test_the_fingerprint_follows_what_can_change_a_run_and_not_the_words(folder):
    base = load("pause", folder)
    again = scenario_from_toml(FILES["pause"].replace("A pause", "Words"), seeds=SEEDS, folder=folder)
    assert again.fingerprint() == base.fingerprint()
    others = [
        dataclasses.replace(base, horizon_year=2031),
        dataclasses.replace(base, schedule=()),
        dataclasses.replace(base, shocks=()),
        base.with_levers({"dialogue": 0.41}),
        dataclasses.replace(base, facts=(("need.renewal", 0.5),)),
    ]
    assert len({base.fingerprint(), *(other.fingerprint() for other in others)}) == 6
    assert len(base.fingerprint()) == 64


def test_scenarios_can_be_kept_in_sets_and_sent_elsewhere(folder):
    scenario = load("pause", folder)
    assert {scenario, load("pause", folder)} == {scenario}


def test_a_path_works_like_a_name_and_finds_its_parent_beside_it(folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("other")
    by_path = load_scenario(folder / "pause.toml", seeds=SEEDS, folder=elsewhere)
    assert by_path == load("pause", folder)
    mine = elsewhere / "mine.toml"
    mine.write_text('title = "Mine"\nextends = "baseline"\n')
    assert load_scenario(str(mine), seeds=SEEDS, folder=folder).levers["dialogue"] == 0.4


def test_scenarios_are_listed_with_the_baseline_first(folder):
    assert list_scenarios(folder) == ("baseline", "longer", "pause")


def test_a_switch_may_be_written_as_true_or_false():
    data = {"title": "No Korea", "levers": {"korean_supply": False}}
    assert scenario_from_dict(data, seeds=SEEDS).deviations == {"korean_supply": 0.0}


def test_writing_and_reading_a_file_gives_the_same_scenario(folder):
    scenario = load("longer", folder)
    again = scenario_from_toml(scenario.to_toml(), id="longer", seeds=SEEDS)
    assert again.fingerprint() == scenario.fingerprint()
    assert (again.title, again.expect) == (scenario.title, scenario.expect)


def error_of(call):
    with pytest.raises(ScenarioError) as error:
        call()
    return str(error.value)


BAD = {
    "unknown key": ({"levrs": {}}, "unknown key 'levrs'; the nearest is 'levers'"),
    "unknown key of a part": (
        {"schedule": [{"lever": "threat", "at": "2027-01", "valu": 1}]},
        "unknown key 'schedule[1].valu'; the nearest is 'value'",
    ),
    "missing key": ({"shocks": [{"card": "threat_rises"}]}, "shocks[1].at is missing"),
    "wrong type": ({"question": 3}, "question: input should be a valid string"),
    "no title": ({"title": ""}, "title: string should have at least 1 character"),
    "levers not a table": ({"levers": [1]}, "levers: input should be a valid dictionary"),
    "unknown lever": ({"levers": {"dialog": 1}}, "unknown lever 'dialog'; the nearest is 'dialogue'"),
    "unknown deep lever": (
        {"levers": {"doctrine": {"PLO": {"speed": 1}}}},
        "unknown lever 'doctrine.PLO.speed'; the nearest is 'doctrine.POL.speed'",
    ),
    "lever set twice": (
        {"levers": {"doctrine": {"POL": {"speed": 1}}, "doctrine.POL.speed": 2}},
        "the lever 'doctrine.POL.speed' is set twice",
    ),
    "lever out of range": ({"levers": {"dialogue": 2}}, "dialogue: 2 is outside its range 0 to 1 index"),
    "lever as text": ({"levers": {"dialogue": "1"}}, "dialogue: '1' is not a number"),
    "lever as truth": ({"levers": {"dialogue": True}}, "dialogue: 'True' is not a number"),
    "lever not finite": ({"levers": {"dialogue": float("nan")}}, "dialogue: nan is outside its range"),
    "unknown lever in the schedule": (
        {"schedule": [{"lever": "thraet", "at": "2027-01", "value": 1}]},
        "schedule[1]: unknown lever 'thraet'; the nearest is 'threat'",
    ),
    "schedule value out of range": (
        {"schedule": [{"lever": "threat", "at": "2027-01", "value": 9}]},
        "schedule[1]: threat: 9 is outside its range",
    ),
    "date out of the horizon": (
        {"schedule": [{"lever": "threat", "at": "2036-01", "value": 1}]},
        "schedule[1].at: '2036-01' is outside 2026-01 to 2035-12",
    ),
    "not a date": (
        {"shocks": [{"card": "threat_rises", "at": "soon"}]},
        "shocks[1].at: 'soon' is not a month",
    ),
    "unknown card": (
        {"shocks": [{"card": "threat_rise", "at": "2027-01"}]},
        "shocks[1]: unknown card 'threat_rise'; the nearest is 'threat_rises'",
    ),
    "card too long": (
        {"shocks": [{"card": "threat_rises", "at": "2027-01", "months": 121}]},
        "shocks[1].months",
    ),
    "card too strong": ({"shocks": [{"card": "threat_rises", "at": "2027-01", "strength": 4.0}]}, "strength"),
    "card not finite": (
        {"shocks": [{"card": "threat_rises", "at": "2027-01", "strength": float("inf")}]},
        "shocks[1].strength: input should be",
    ),
    "the same entry twice": (
        {"schedule": [{"lever": "threat", "at": "2027-01", "value": 1}] * 2},
        "is given twice",
    ),
    "unknown measure": (
        {"expect": [{"measure": "gap_year", "place": "POL", "direction": "more"}]},
        "expect: unknown measure 'gap_year'; the nearest is 'gap_years'",
    ),
    "place of a measure": (
        {"expect": [{"measure": "gap_years", "place": "korea", "direction": "more"}]},
        "expect: unknown place 'korea'",
    ),
    "place of an industry's measure": (
        {"expect": [{"measure": "backlog", "place": "POL", "direction": "more"}]},
        "expect: unknown place 'POL'",
    ),
    "direction": (
        {"expect": [{"measure": "gap_years", "place": "POL", "direction": "better"}]},
        "expect[1].direction",
    ),
    "unknown source": (
        {"sources": ["toy_repot"]},
        "sources: unknown source 'toy_repot'; the nearest is 'toy_report'",
    ),
    "horizon": ({"horizon_year": 2050}, "horizon_year: input should be less than or equal to 2036"),
    "text too long": ({"question": "x" * 2001}, "question: string should have at most 2000 characters"),
    "not text": ({"question": "a\x00b"}, "question: holds characters that are not text"),
    "extends nothing": (
        {"extends": "baselin"},
        "extends: unknown scenario 'baselin'; the nearest is 'baseline'",
    ),
    "extends a path": ({"extends": "../baseline"}, "extends: unknown scenario '../baseline'"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_scenario_is_answered_in_one_sentence(case, folder):
    data, told = BAD[case]
    found = error_of(lambda: scenario_from_dict({"title": "Bad", **data}, seeds=SEEDS, folder=folder))
    assert found.startswith("custom: ")
    assert told in found
    assert "\n" not in found


def test_circles_of_extends_are_refused(folder):
    (folder / "baseline.toml").write_text('title = "Today"\nextends = "longer"\n')
    told = error_of(lambda: load("longer", folder))
    assert told == "baseline: extends runs in a circle: longer -> pause -> baseline -> longer"
    (folder / "baseline.toml").write_text('title = "Today"\nextends = "baseline"\n')
    assert "circle: baseline -> baseline" in error_of(lambda: load("baseline", folder))


def test_very_long_chains_are_refused(tmp_path):
    (tmp_path / "s0.toml").write_text('title = "0"\n')
    for step in range(1, 13):
        (tmp_path / f"s{step}.toml").write_text(f'title = "{step}"\nextends = "s{step - 1}"\n')
    assert "a chain of more than 10" in error_of(lambda: load("s12", tmp_path))


@pytest.mark.parametrize(
    "name", ["../baseline", "/etc/passwd", "Baseline", "base\x00line", "", "a" * 300, "~"]
)
def test_a_name_is_never_a_path(name, folder):
    assert "unknown scenario" in error_of(lambda: load(name, folder))


def test_a_file_must_be_readable_small_utf_8_toml(folder):
    bad = folder / "bad.toml"
    assert "'none.toml' cannot be read" in error_of(lambda: load(str(folder / "none.toml"), folder))
    assert "needs a file name of lower-case letters" in error_of(
        lambda: load(str(folder / "A B.toml"), folder)
    )
    bad.write_bytes(b'title = "\xff"')
    assert "bad.toml: is not UTF-8 text (byte 9)" in error_of(lambda: load("bad", folder))
    bad.write_text("title = ")
    assert "bad.toml: is not TOML" in error_of(lambda: load("bad", folder))
    bad.write_text("#" * 64_001)
    assert "larger than the limit of 64 kB" in error_of(lambda: load("bad", folder))
    bad.write_text("x = " + "[" * 30_000)
    assert "bad.toml: is n" in error_of(lambda: load("bad", folder))


def test_importing_scenarios_does_not_import_the_heavy_libraries():
    program = "import sys, json, sim.policy.scenario; print(json.dumps(sorted(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    heavy = {"pydantic", "numpy", "pandas", "mesa", "numba", "streamlit", "scipy", "xarray"}
    assert not heavy & set(json.loads(found.stdout))
