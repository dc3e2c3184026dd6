"""What the check refuses: one change to the toy seeds each, and the sentence it must give."""

import pytest

from sim.evidence.check import check_seeds
from tests.toy import TOY, add, change, copy_of_toy

FACT = ",2025-12,toy_report,C,added"


def told(folder):
    return [str(problem) for problem in check_seeds(folder)]


def test_the_toy_seeds_are_clean():
    assert told(TOY) == []


CHANGES = {
    "no source": (
        "facts/states.csv",
        "POL,gdp,1000000,950000,1050000,musd,2025-12,toy_report,C",
        "POL,gdp,1000000,950000,1050000,musd,2025-12,,C",
        "source: is blank",
    ),
    "no grade": (
        "facts/states.csv",
        "POL,gdp,1000000,950000,1050000,musd,2025-12,toy_report,C",
        "POL,gdp,1000000,950000,1050000,musd,2025-12,toy_report,",
        "grade: '' is not one of A, B, C, D",
    ),
    "unknown source": (
        "facts/states.csv",
        "POL,gdp,1000000,950000,1050000,musd,2025-12,toy_report,C",
        "POL,gdp,1000000,950000,1050000,musd,2025-12,toy_repot,C",
        "unknown source 'toy_repot'; the nearest is 'toy_report'",
    ),
    "a judgement graded well": (
        "facts/levers.csv",
        "dialogue,default,0.3,0,1,index,2025-12,judgement,D",
        "dialogue,default,0.3,0,1,index,2025-12,judgement,A",
        "a judgement is graded D, not A",
    ),
    "a derived number graded well": (
        "facts/states.csv",
        "POL,gdp,1000000,950000,1050000,musd,2025-12,toy_report,C",
        "POL,gdp,1000000,950000,1050000,musd,2025-12,derived,A",
        "a derived number is graded C or D",
    ),
    "not a number": (
        "facts/states.csv",
        "POL,gdp,1000000,",
        "POL,gdp,a lot,",
        "'a lot' is not a plain finite number",
    ),
    "not finite": (
        "facts/states.csv",
        "POL,gdp,1000000,",
        "POL,gdp,inf,",
        "'inf' is not a plain finite number",
    ),
    "too large for a float": (
        "facts/states.csv",
        "POL,gdp,1000000,",
        "POL,gdp,1e999,",
        "is not a plain finite",
    ),
    "underscored": (
        "facts/states.csv",
        "POL,gdp,1000000,",
        "POL,gdp,1_000_000,",
        "is not a plain finite number",
    ),
    "low above high": (
        "facts/states.csv",
        "gdp,1000000,950000,1050000",
        "gdp,1000000,1050000,950000",
        "not within",
    ),
    "value outside its range": (
        "facts/states.csv",
        "gdp,1000000,950000,1050000",
        "gdp,2000000,950000,1050000",
        "2000000 is not within 950000 to 1050000",
    ),
    "above the attribute's maximum": (
        "facts/states.csv",
        "POL,us_tie,0.7,0.6,0.8",
        "POL,us_tie,0.7,0.6,1.8",
        "high: 1.8 is above the attribute's maximum 1",
    ),
    "below the attribute's minimum": (
        "facts/states.csv",
        "POL,us_tie,0.7,0.6,0.8",
        "POL,us_tie,0.7,-0.6,0.8",
        "low: -0.6 is below the attribute's minimum 0",
    ),
    "wrong unit": (
        "facts/states.csv",
        "POL,gdp,1000000,950000,1050000,musd",
        "POL,gdp,1000000,950000,1050000,busd",
        "'busd' should be 'musd'",
    ),
    "wrong date": (
        "facts/states.csv",
        "POL,gdp,1000000,950000,1050000,musd,2025-12",
        "POL,gdp,1000000,950000,1050000,musd,2025-13",
        "'2025-13' is not a year or month",
    ),
    "unknown attribute": (
        "facts/states.csv",
        "POL,gdp,",
        "POL,gpd,",
        "unknown attribute 'gpd'; the nearest is 'gdp'",
    ),
    "attribute of another kind": (
        "facts/states.csv",
        "POL,gdp,",
        "k2_changwon,gdp,",
        "'gdp' is an attribute of a state, but 'k2_changwon' is a line",
    ),
    "unknown subject": (
        "facts/lines.csv",
        "k9_changwon,build_months",
        "k9_chngwon,build_months",
        "unknown line 'k9_chngwon'; the nearest is 'k9_changwon'",
    ),
    "fleet of a state without a need": (
        "facts/fleets.csv",
        "NOR.main_battle_tank,legacy_due",
        "NOR.self_propelled_howitzer,legacy_due",
        "unknown fleet 'NOR.self_propelled_howitzer'",
    ),
    "a required fact is missing": (
        "facts/lines.csv",
        "k9_changwon,opens,2020,2020,2020,year,2025-12,toy_report,C,toy\n",
        "",
        "the facts hold no 'opens' of line 'k9_changwon'",
    ),
    "families that do not add up": (
        "facts/fleets.csv",
        "POL.main_battle_tank.soviet_tank,stock,120,120,120",
        "POL.main_battle_tank.soviet_tank,stock,110,110,110",
        "stock 500 of POL.main_battle_tank is not the sum 490 of its families",
    ),
    "stock line without stock": (
        "lines.csv",
        "k9_changwon,K9 (Changwon),self_propelled_howitzer,k9,hanwha_aerospace,korea,KOR,KOR,upper,hot",
        "k9_changwon,K9 (Changwon),self_propelled_howitzer,k9,hanwha_aerospace,korea,KOR,KOR,upper,stock",
        "no 'surplus_units' of the stock line 'k9_changwon'",
    ),
    "unknown state": ("contracts.csv", "POL-k2-2025,POL,", "POL-k2-2025,POO,", "unknown state 'POO'"),
    "unknown line": ("contracts.csv", "POL,k2_changwon,", "POL,k2_changwo,", "the nearest is 'k2_changwon'"),
    "unknown family": (
        "lines.csv",
        "main_battle_tank,leopard_2,",
        "main_battle_tank,leopard_3,",
        "'leopard_2'",
    ),
    "family of another category": (
        "lines.csv",
        "self_propelled_howitzer,k9,",
        "self_propelled_howitzer,k2,",
        "'k2' is a family of main_battle_tank, not of self_propelled_howitzer",
    ),
    "unknown supplier": ("lines.csv", "k9,hanwha_aerospace", "k9,hanwa_aerospace", "unknown supplier"),
    "unknown authority": (
        "line_authorities.csv",
        "DEU,delivery,judgement",
        "DEX,delivery,judgement",
        "'DEX'",
    ),
    "unknown category": ("needs.csv", "NOR,main_battle_tank,", "NOR,main_battle_tanks,", "unknown category"),
    "unknown decision": (
        "contracts.csv",
        "TANK-POL-2022",
        "TANK-POL-2032",
        "unknown decision 'TANK-POL-2032'",
    ),
    "unknown choice": (
        "contracts.csv",
        ",direct,",
        ",directly,",
        "'directly' is not a choice; the nearest is 'direct'",
    ),
    "bad flag": (
        "families.csv",
        "soviet_tank,Soviet-built tanks,main_battle_tank,1",
        "soviet_tank,S,main_battle_tank,x",
        "neither 0 nor 1",
    ),
    "bad date": ("contracts.csv", ",2025-08,", ",August,", "'August' is not a date like 2025-08"),
    "signed after the start": ("contracts.csv", ",2025-08,", ",2026-02,", "the books close in 2025-12"),
    "due dates crossed": (
        "facts/contracts.csv",
        "POL-k2-2025,first_due,2026.5,2026.25,2027",
        "POL-k2-2025,first_due,2031,2026.25,2032",
        "is after last_due",
    ),
    "duplicate id": (
        "contracts.csv",
        "NOR-leopard-2023",
        "POL-k2-2025",
        "'POL-k2-2025' is already on line 2",
    ),
    "malformed id": ("shocks.csv", "threat_rises,The", "Threat rises,The", "not a well-formed id"),
    "home-only need without a home line": (
        "lines.csv",
        "united_states,USA,USA,upper",
        "united_states,USA,,upper",
        "USA buys main_battle_tank only at home, but no line",
    ),
    "a contract with no need": (
        "contracts.csv",
        "NOR,leopard_2a8_munich",
        "NOR,k9_changwon",
        "makes self_propelled_howitzer, which is not a need of NOR",
    ),
    "a contract that is refused": (
        "contracts.csv",
        "NOR,leopard_2a8_munich",
        "NOR,abrams_lima",
        "a refused pair",
    ),
    "a contract with a line that never exports": (
        "lines.csv",
        "korea,KOR,KOR,upper,hot,0,KOR,running,toy_report,B,\nleopard",
        "korea,KOR,KOR,upper,hot,1,KOR,running,toy_report,B,\nleopard",
        "'k2_changwon' never exports, but POL is not its home",
    ),
    "own government not among the authorities": (
        "line_authorities.csv",
        "k2_changwon,KOR,delivery",
        "k2_changwon,USA,delivery",
        "KOR is not listed in line_authorities.csv for delivery of k2_changwon",
    ),
    "name without an alias": (
        "decisions_offers.csv",
        "TANK-POL-2022,Leopard 2A8",
        "TANK-POL-2022,Leopard 2A9",
        "'Leopard 2A9' is not in aliases.csv; the nearest is 'Leopard 2A8'",
    ),
    "alias to nothing": (
        "aliases.csv",
        "K2,system,k2_changwon",
        "K2,system,k3_changwon",
        "'k3_changwon'; the nearest",
    ),
    "alias without id or reason": (
        "aliases.csv",
        "Old tank,system,,out of market",
        "Old tank,system,,",
        "say why",
    ),
    "claim represented by nothing": ("claims.csv", "lever,dialogue,", "lever,,", "represented_by: is blank"),
    "claim represented by an unknown lever": ("claims.csv", "lever,dialogue,", "lever,dialog,", "'dialogue'"),
    "claim represented by an unknown fact": (
        "claims.csv",
        "k2_changwon.price_platform",
        "k2_changwon.price",
        "unknown fact 'k2_changwon.price'",
    ),
    "claim not modelled without observation": (
        "claims.csv",
        "Surveys of ministries",
        "",
        "names the observation",
    ),
    "effect of an unknown lever": (
        "shock_effects.csv",
        "threat_rises,threat,",
        "threat_rises,thread,",
        "unknown lever 'thread'; the nearest is 'threat'",
    ),
    "effect without its number": (
        "facts/shocks.csv",
        "threat_rises,effect.threat,1.3,1.1,1.5,multiplier,2025-12,toy_report,C,toy\n",
        "",
        "the facts hold no 'effect.threat' of shock 'threat_rises'",
    ),
    "number without its effect": (
        "facts/shocks.csv",
        "threat_rises,effect.threat,",
        "threat_rises,effect.dialogue,",
        "'effect.dialogue' is not an effect of 'threat_rises'",
    ),
    "effect in the wrong unit": (
        "facts/shocks.csv",
        "effect.us_delivery_release,0.2,0,0.5,share",
        "effect.us_delivery_release,0.2,0,0.5,months",
        "'months' should be",
    ),
    "switch that is not one": (
        "facts/levers.csv",
        "us_supply,default,1,0,1,switch",
        "us_supply,default,1,0,2,switch",
        "must be 0 or 1",
    ),
    "lever without a cost": (
        "levers.csv",
        "dialogue,alliance,Dialogue,A lever of the toy world.,an assumption about the world",
        "dialogue,alliance,Dialogue,A lever of the toy world.,",
        "lever 'dialogue' has no cost",
    ),
    "one source with two addresses": (
        "sources/toy.csv",
        "toy_report,https://example.org/toy,",
        "judgement,https://example.org/toy,",
        "source 'judgement' has another address elsewhere",
    ),
    "no address": ("sources/toy.csv", "https://example.org/toy", "", "'' is not a web address"),
    "not an address": ("sources/toy.csv", "https://example.org/toy", "example.org", "is not a web address"),
    "tracking": ("sources/toy.csv", "org/toy", "org/toy?utm_source=x", "tracking"),
    "mirror": ("sources/toy.csv", "example.org/toy", "nato.news-pravda.com/toy", "mirror or scraper"),
    "judgement with an address": (
        "sources.csv",
        "judgement,,",
        "judgement,https://example.org,",
        "has no address",
    ),
    "mirror beside a decision": (
        "decisions.csv",
        "https://example.org/toy",
        "https://ec2-1.eu.compute.amazonaws.com/toy",
        "mirror or scraper",
    ),
    "unknown kind of source": ("sources/toy.csv", ",press,2025", ",pres,2025", "the nearest is 'press'"),
    "limit that is no number": (
        "attributes.csv",
        "gdp,state,musd,0,",
        "gdp,state,musd,zero,",
        "not a plain number",
    ),
    "limits crossed": (
        "attributes.csv",
        "us_tie,state,index,0,1",
        "us_tie,state,index,1,0",
        "above the maximum",
    ),
    "kind unknown": (
        "attributes.csv",
        "gdp,state,",
        "gdp,stat,",
        "'stat' is unknown; the nearest is 'state'",
    ),
}


@pytest.mark.parametrize("case", CHANGES)
def test_one_change_is_refused_with_its_sentence(case, tmp_path):
    file, old, new, sentence = CHANGES[case]
    seeds = copy_of_toy(tmp_path)
    change(seeds, file, old, new)
    assert any(sentence in problem for problem in told(seeds)), told(seeds)[:5]


def test_every_problem_says_file_line_and_field(tmp_path):
    seeds = copy_of_toy(tmp_path)
    change(seeds, "facts/states.csv", "POL,us_tie,0.7,0.6,0.8", "POL,us_tie,0.7,0.6,1.8")
    (problem,) = check_seeds(seeds)
    assert (problem.file, problem.line, problem.field, problem.level) == (
        "facts/states.csv",
        10,
        "high",
        "error",
    )


def test_the_same_fact_in_two_files_is_refused(tmp_path):
    seeds = copy_of_toy(tmp_path)
    (seeds / "facts/more.csv").write_text(
        "subject,attribute,value,low,high,unit,as_of,source,grade,note\nPOL,gdp,1,1,1,musd" + FACT + "\n"
    )
    assert told(seeds) == [
        "facts/states.csv line 2, subject: POL gdp is already given in facts/more.csv line 2"
    ]


def test_a_concrete_lever_may_not_repeat_a_pattern(tmp_path):
    seeds = copy_of_toy(tmp_path)
    add(seeds, "levers.csv", "doctrine.POL.speed,buyer,Speed,Help,Cost,number")
    add(seeds, "facts/levers.csv", "doctrine.POL.speed,default,2,0,3,multiplier" + FACT)
    assert told(seeds) == [
        "levers.csv line 46, id: 'doctrine.POL.speed' is already one of 'doctrine.*.speed'"
    ]


def test_a_rule_may_have_numbers_and_a_mistyped_card_does_not_pass_as_one(tmp_path):
    seeds = copy_of_toy(tmp_path)
    add(seeds, "attributes.csv", "slope,rule,per_year,0,,0,tender: a number of a rule")
    add(seeds, "attributes.csv", "months,rule,months,0,,0,tender: a name that cards have too")
    add(seeds, "facts/shocks.csv", "tender,slope,2,1,3,per_year" + FACT)
    add(seeds, "facts/shocks.csv", "tender,months,2,1,3,months" + FACT)
    assert told(seeds) == []
    add(seeds, "facts/shocks.csv", "threat_rise,months,2,1,3,months" + FACT)
    assert "unknown shock or rule 'threat_rise'; the nearest is 'threat_rises'" in told(seeds)[0]
