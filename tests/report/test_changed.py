"""What a scenario changes, in sentences: also what it leaves out."""

from sim.evidence.seeds import load_seeds
from sim.policy.levers import levers
from sim.policy.scenario import from_query, load_scenario
from sim.policy.shocks import shocks
from sim.report import changed


def sentences(text: str) -> list[str]:
    seeds = load_seeds()
    now, start = from_query(text), load_scenario("baseline")
    return changed.sentences(now, start, levers(seeds), shocks(seeds), seeds)


def test_a_lever_stands_in_quotes_and_with_both_settings():
    assert sentences("1~baseline~l~korean_supply~0") == [
        "“Korea takes new orders” is set to off instead of on."
    ]


def test_a_scenario_without_the_shocks_of_the_baseline_says_so():
    found = sentences("1~baseline~n~s~korean_supply~2028-01~0")
    assert found[0] == "From January 2028 on, “Korea takes new orders” is set to off."
    assert sorted(found[1:]) == [
        "The shock “EU loans stopped at home” of March 2026 does not strike.",
        "The shock “US war outside Europe” of March 2026 does not strike.",
    ]


def test_what_both_have_is_not_a_change():
    assert sentences("1~baseline~h~2033") == []
