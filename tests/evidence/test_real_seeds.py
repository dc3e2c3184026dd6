"""The seeds of the project: nothing wrong, nothing missing."""

from collections import Counter

from sim.evidence.check import check_seeds
from sim.evidence.records import parts
from sim.evidence.seeds import DEFAULT_FOLDER, load_seeds
from sim.policy.scenario import list_scenarios, load_scenario


def test_the_seeds_are_clean():
    assert [str(problem) for problem in check_seeds(DEFAULT_FOLDER)] == []


def test_the_seeds_are_read_once():
    assert load_seeds() is load_seeds()


def test_the_32_states_and_the_four_industries_are_there():
    seeds = load_seeds()
    assert len(seeds.states()) == 32
    assert [industry.id for industry in seeds.industries()] == ["korea", "europe", "united_states", "other"]


def test_every_category_has_needs_in_several_states_and_lines_of_at_least_two_industries():
    seeds = load_seeds()
    needs = Counter(need.category for need in seeds.needs())
    for category in seeds.categories():
        assert needs[category.id] >= 5
        assert len({line.industry for line in seeds.lines() if line.category == category.id}) >= 2


def test_every_source_is_cited_by_a_number_a_row_a_scenario_or_is_one_of_the_documents():
    seeds = load_seeds()
    cited = {name for fact in seeds.facts.values() for name in fact.sources}
    cited |= {name for rows in seeds.tables.values() for row in rows for name in parts(row.get("source", ""))}
    cited |= {name for scenario in list_scenarios() for name in load_scenario(scenario).sources}
    documents = {document.address for document in seeds.documents()}
    idle = [s.id for s in seeds.sources.values() if s.id not in cited and s.address not in documents]
    assert sorted(set(idle) - {"judgement", "derived"}) == []
