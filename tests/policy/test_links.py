"""Links and files survive the trip, and whatever arrives, only ScenarioError comes out."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.evidence.seeds import load_seeds
from sim.policy.dates import month_text
from sim.policy.levers import levers, parse_set
from sim.policy.scenario import (
    ScenarioError,
    from_query,
    load_scenario,
    scenario_from_dict,
    scenario_from_toml,
)
from sim.policy.shocks import shocks
from tests.toy import TOY

SEEDS = load_seeds(TOY)
LEVERS = levers(SEEDS)
CARDS = shocks(SEEDS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("scenarios")
    (path / "baseline.toml").write_text('title = "Today"\n[levers]\ndialogue = 0.4\n')
    (path / "pause.toml").write_text(
        'title = "Pause"\nextends = "baseline"\n[[shocks]]\ncard = "us_stock_protection"\nat = "2027-01"\n'
    )
    return path


def setting(name):
    lever = LEVERS[name]
    if lever.kind == "switch":
        return st.tuples(st.just(name), st.sampled_from([0.0, 1.0]))
    return st.tuples(st.just(name), st.floats(lever.low, lever.high))


MONTHS = st.integers(0, 119).map(month_text)
SETTINGS = st.sampled_from(sorted(LEVERS)).flatmap(setting)
SCHEDULE = st.lists(st.tuples(SETTINGS, MONTHS), max_size=5, unique_by=lambda e: (e[0][0], e[1]))
PLACED = st.lists(
    st.tuples(st.sampled_from(sorted(CARDS)), MONTHS, st.integers(1, 120), st.floats(0, 3)),
    max_size=3,
    unique_by=lambda card: card[:2],
)
HELD = st.tuples(
    st.sampled_from(
        ["POL.main_battle_tank.requirement", "main_battle_tank.availability", "POL-k2-2025.unit_price"]
    ),
    st.floats(0, 1),
)
DATA = st.builds(
    lambda values, schedule, cards, year, question, held: {
        "title": "Any",
        "question": question,
        "extends": "pause",
        "levers": dict(values),
        "schedule": [{"lever": s[0], "at": at, "value": s[1]} for s, at in schedule],
        "shocks": [{"card": c, "at": at, "months": m, "strength": s} for c, at, m, s in cards],
        "horizon_year": year,
        "facts": dict(held),
    },
    st.lists(SETTINGS, max_size=6),
    SCHEDULE,
    PLACED,
    st.integers(2027, 2036),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=50),
    st.lists(HELD, max_size=3),
)


@settings(max_examples=60)
@given(data=DATA)
def test_a_link_gives_back_the_same_scenario(folder, data):
    scenario = scenario_from_dict(data, seeds=SEEDS, folder=folder)
    text = scenario.to_query(SEEDS, folder)
    assert re.fullmatch(r"[A-Za-z0-9._~-]+", text)
    assert from_query(text, SEEDS, folder).fingerprint() == scenario.fingerprint()


@settings(max_examples=60)
@given(data=DATA)
def test_a_file_gives_back_the_same_scenario(folder, data):
    scenario = scenario_from_dict(data, seeds=SEEDS, folder=folder)
    again = scenario_from_toml(scenario.to_toml(), seeds=SEEDS, folder=folder)
    assert again.fingerprint() == scenario.fingerprint()
    assert again.question == scenario.question


def test_a_link_is_short_and_says_what_differs(folder):
    scenario = load_scenario("pause", {"dialogue": 0.8, "korean_supply": 0}, SEEDS, folder)
    assert scenario.to_query(SEEDS, folder) == "1~pause~l~dialogue~0.8~l~korean_supply~0"
    assert from_query("1~pause~l~dialogue~0.8~l~korean_supply~0", SEEDS, folder) == scenario
    assert from_query("1~pause", SEEDS, folder) == load_scenario("pause", seeds=SEEDS, folder=folder)


def test_a_scenario_without_a_name_is_told_from_the_baseline(folder, tmp_path):
    scenario = scenario_from_dict({"title": "Mine", "levers": {"dialogue": 0.9}}, seeds=SEEDS, folder=folder)
    assert scenario.to_query(SEEDS, folder) == "1~baseline~l~dialogue~0.9"
    text = scenario.to_query(SEEDS, tmp_path)
    assert text == "1~~l~dialogue~0.9"
    assert from_query(text, SEEDS, tmp_path).fingerprint() == scenario.fingerprint()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the link has version ''; this program reads version 1"),
        ("2~baseline", "the link has version '2'"),
        ("1~basline", "unknown scenario 'basline'; the nearest is 'baseline'"),
        ("1~../baseline", "characters that no link of this program has"),
        ("1~baseline~l~dialog~1", "unknown lever 'dialog'; the nearest is 'dialogue'"),
        ("1~baseline~l~dialogue~2", "dialogue: 2 is outside its range"),
        ("1~baseline~l~dialogue~nan", "'nan' is not a number"),
        ("1~baseline~l~dialogue~0.1~l~dialogue~0.2", "'dialogue' is set twice"),
        ("1~baseline~l~dialogue", "the part 'l' is cut off"),
        ("1~baseline~x~1", "unknown part 'x'"),
        ("1~baseline~h~2050", "horizon_year"),
        ("1~baseline~h~soon", "'soon' is not a whole number"),
        ("1~baseline~s~threat~2027-01~1", "without the letter 'n'"),
        ("1~baseline~n~s~threat~2047-01~1", "is outside 2026-01 to 2035-12"),
        ("1~baseline~n~c~nothing~2027-01~1~1", "unknown card 'nothing'"),
        ("1~baseline~" + "l~" * 3000, "the limit is 4000"),
    ],
)
def test_a_bad_link_is_answered_in_one_sentence(text, told, folder):
    with pytest.raises(ScenarioError) as error:
        from_query(text, SEEDS, folder)
    assert told in str(error.value)


def test_a_scenario_too_long_for_a_link_says_so(folder):
    entries = [
        {"lever": "rest_of_world_demand", "at": month_text(month), "value": 1 + month / 1000}
        for month in range(120)
    ]
    scenario = scenario_from_dict({"title": "Long", "schedule": entries}, seeds=SEEDS, folder=folder)
    with pytest.raises(ScenarioError, match="save it as a file"):
        scenario.to_query(SEEDS, folder)


def only_scenario_errors(call, *arguments, **named):
    """Calls; a refusal must be a ScenarioError of one short sentence."""
    try:
        call(*arguments, **named)
    except ScenarioError as error:
        told = str(error)
    else:
        told = "accepted"
    assert 0 < len(told) < 1000


WORDS = st.sampled_from(
    ["1", "~", "baseline", "pause", "l", "n", "s", "c", "h", "threat", "2027-01", "0.5", "1e9"]
)


@settings(max_examples=150)
@given(text=st.one_of(st.text(), st.lists(WORDS).map("~".join).map("1~baseline~".__add__)))
def test_no_link_breaks_the_reader(folder, text):
    only_scenario_errors(from_query, text, SEEDS, folder)


@settings(max_examples=150)
@given(text=st.one_of(st.text(), st.tuples(st.sampled_from(sorted(LEVERS)), st.text()).map("=".join)))
def test_no_setting_breaks_the_reader(text):
    only_scenario_errors(parse_set, text, LEVERS)


KEY_WORDS = (
    "title question extends levers schedule shocks expect horizon_year sources lever at value card months "
    "strength measure place direction threat dialogue"
)
KEYS = st.sampled_from(KEY_WORDS.split())
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=10), KEYS, MONTHS)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150)
@given(data=st.dictionaries(st.one_of(KEYS, st.text(max_size=5)), TREES, max_size=6))
def test_no_table_breaks_the_reader(folder, data):
    only_scenario_errors(scenario_from_dict, {"title": "Any", **data}, seeds=SEEDS, folder=folder)


@settings(max_examples=100)
@given(content=st.one_of(st.binary(max_size=200), st.text(max_size=200)))
def test_no_file_breaks_the_reader(folder, content):
    only_scenario_errors(scenario_from_toml, content, seeds=SEEDS, folder=folder)


@settings(max_examples=100)
@given(name=st.text(max_size=40))
def test_no_name_breaks_the_reader(folder, name):
    only_scenario_errors(load_scenario, name, seeds=SEEDS, folder=folder)
    only_scenario_errors(load_scenario, f"{name}.toml", seeds=SEEDS, folder=folder)
