"""Claims of both documents on the small seeds, and of the project's own."""

from sim.estimation.checks import Check
from sim.evidence.seeds import load_seeds
from sim.policy.scenario import list_scenarios, load_scenario
from sim.report import claims, published
from sim.report.subjects import Names
from tests.toy import TOY

SEEDS = load_seeds(TOY)
NAMES = Names(SEEDS)
KNOWN = {one.id: one for one in SEEDS.claims()}


def check(name: str, about: str, title: str, passed: bool) -> Check:
    return Check(name, "pattern", about, title, "", "", None, None, "", 1.0, passed, "")


CHECKS = (
    check("p15_dialogue", "15", "Talks cut months.", True),
    check("p01_stock", "1", "Stock is fast.", False),
)


def test_a_claim_says_where_it_lives() -> None:
    assert claims.where(KNOWN["c000_dialogue"], NAMES) == "Lever: Dialogue"
    assert claims.where(KNOWN["c003_price"], NAMES) == "Number: K2 (Changwon), price platform"
    assert claims.where(KNOWN["c000_values"], NAMES) == "Not modelled"
    assert [claims.fact_key(one) for one in KNOWN.values()] == [
        "dialogue.default",
        "k2_changwon.price_platform",
        "",
    ]


def test_claims_that_meet_stand_together_once() -> None:
    found = claims.meetings(SEEDS)
    assert [(one.claim.id, [other.id for other in one.counterparts]) for one in found] == [
        ("c000_dialogue", ["c003_price"])
    ]
    assert found[0].relation == "They read it differently"


def test_disputes_come_before_agreement() -> None:
    relations = [one.claim.relation for one in claims.meetings(load_seeds())]
    assert relations == sorted(relations, key=lambda one: one != "disputes")
    assert {"agrees", "disputes"} == set(relations)


def test_what_the_model_says_is_what_was_published() -> None:
    assert claims.findings(KNOWN["c000_dialogue"], CHECKS) == ["Talks cut months. Met by the model."]
    assert claims.findings(KNOWN["c000_values"], CHECKS) == []
    of_pattern = next(one for one in load_seeds().claims() if one.represented_by == "pattern_1")
    assert claims.findings(of_pattern, CHECKS) == ["Stock is fast. Not met by the model."]


def test_scenarios_that_move_the_lever_of_a_claim_are_named() -> None:
    scenarios = [load_scenario(name) for name in list_scenarios()]
    known = {one.id: one for one in load_seeds().claims()}
    assert "no_korea" in {one.id for one in claims.asked(known["c000_30"], scenarios)}
    assert "trilateral_agreements" in {one.id for one in claims.asked(known["c000_28"], scenarios)}
    assert claims.asked(known["c000_11"], scenarios) == []
    assert all(one.expect for one in claims.asked(known["c000_25"], scenarios))


def test_every_lever_and_pattern_behind_a_claim_has_a_published_check(tmp_path) -> None:
    checks = published.checks()
    silent = [
        one.id
        for one in load_seeds().claims()
        if one.represented_by_kind in ("lever", "pattern") and not claims.findings(one, checks)
    ]
    assert silent == []
    assert published.checks(tmp_path) == ()


def test_the_table_has_a_row_for_each_claim() -> None:
    rows = claims.table(SEEDS, NAMES, [], CHECKS).set_index("Claim")
    assert len(rows) == len(KNOWN)
    assert rows.loc["A dialogue eases access", "The other document"] == "Price sells"
    assert rows.loc["Shared values", "How they meet"] == ""


def test_an_expectation_is_set_beside_the_outcome() -> None:
    row = {"measure": "gap_years", "place": "POL", "direction": "more", "why": "Because."}
    rows = claims.expectations([row | {"kept": kept} for kept in (True, False, None)], SEEDS)
    assert list(rows["In the model"]) == ["as expected", "the opposite", "no clear difference"]
    assert rows.iloc[0, 0].endswith(", Poland")
    industry = claims.expectations([row | {"measure": "capacity", "place": "korea", "kept": True}], SEEDS)
    assert industry.iloc[0, 0].endswith(", Korea")
