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


def test_a_government_that_licenses_a_line_has_a_say_over_its_re_transfer():
    seeds = load_seeds()
    holders = {(row.line, row.authority) for row in seeds.line_authorities() if row.stage == "retransfer"}
    missing = [line.id for line in seeds.lines() if (line.id, line.authority) not in holders]
    assert missing == []


def test_what_may_be_delivered_only_with_leave_may_be_passed_on_only_with_leave():
    by_stage = {
        stage: {(row.line, row.authority) for row in load_seeds().line_authorities() if row.stage == stage}
        for stage in ("delivery", "retransfer")
    }
    assert sorted(by_stage["delivery"] - by_stage["retransfer"]) == []


def test_missiles_take_longer_than_the_rounds_of_a_tank():
    seeds = load_seeds()
    months = {one.id: seeds.value(one.id, "munition_months") for one in seeds.categories()}
    assert months["air_defence"] > months["rocket_artillery"] > months["main_battle_tank"]


def test_cards_that_go_together_name_each_other():
    links = {card.id: set(card.correlated_with) for card in load_seeds().shocks()}
    assert [(one, two) for one, others in links.items() for two in others if one not in links[two]] == []


def test_a_local_line_has_a_mother_line_of_its_family():
    lines = load_seeds().lines()
    for line in lines:
        if line.kind == "local":
            assert any(one.family == line.family and one.kind == "hot" for one in lines), line.id
