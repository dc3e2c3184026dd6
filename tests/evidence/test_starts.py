"""A second start: its tables replace those of the base, its facts override them, and both are checked."""

import pytest

from sim.evidence.check import check_seeds
from sim.evidence.facts import EvidenceError
from sim.evidence.seeds import DEFAULT_FOLDER, load_seeds
from tests.toy import TOY, add, copy_of_toy

FACT = "subject,attribute,value,low,high,unit,as_of,source,grade,note"
EARLY = "2022-02"
ATTRIBUTES = (
    "attribute,subject_kind,unit,minimum,maximum,required,description\n"
    "units,framework,units,0,,1,Units not ordered yet\n"
    "units,gift,units,0,,1,Units given away\n"
)
FILES = {
    "contracts.csv": (
        "id,buyer,line,route,signed,decision,source,grade,note\n"
        "POL-k9-2021,POL,k9_changwon,direct,2021-08,,toy_report,A,\n"
    ),
    "open_tenders.csv": "id,buyer,line,category,expected,status,source,grade,note\n",
    "frameworks.csv": (
        "id,buyer,line,signed,expires,source,grade,note\n"
        "POL-k2-frame,POL,k2_changwon,2021-07,2030-12,toy_report,B,\n"
    ),
    "gifts.csv": (
        "id,state,category,family,month,source,grade,note\n"
        "POL-t_72-2022,POL,main_battle_tank,soviet_tank,2022-05,toy_report,B,\n"
    ),
    "facts/contracts.csv": FACT
    + "".join(
        f"\nPOL-k9-2021,{row},2022-02,toy_report,C,toy"
        for row in (
            "quantity,24,24,24,units",
            "unit_price,8,7,9,musd",
            "paid_share,0.3,0.2,0.4,share",
            "first_due,2025.5,2025.2,2026,year",
            "last_due,2026.5,2026,2027,year",
            "local_share,0.1,0,0.2,share",
        )
    )
    + "\n",
    "facts/other.csv": FACT
    + "\nPOL,gdp,900000,850000,950000,musd,2022,early_report,C,toy"
    + "\nPOL-k2-frame,units,820,500,820,units,2022-02,toy_report,C,toy"
    + "\nPOL-t_72-2022,units,100,80,110,units,2022-05,toy_report,C,toy"
    + "\ndialogue,default,0.1,0,1,index,2022-02,toy_report,C,toy\n",
    "sources/early.csv": (
        "id,address,title,publisher,kind,seen,note\n"
        "early_report,https://example.org/early,Early,Example,press,2026-01,\n"
    ),
}


@pytest.fixture
def seeds(tmp_path):
    folder = copy_of_toy(tmp_path)
    (folder / "attributes").mkdir()
    (folder / "attributes" / "start.csv").write_text(ATTRIBUTES, encoding="utf-8")
    for name, text in FILES.items():
        path = folder / "start_2022" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def told(folder):
    return [str(problem) for problem in check_seeds(folder)]


def test_a_start_replaces_its_tables_and_overrides_single_facts(seeds):
    base, early = load_seeds(seeds), load_seeds(seeds, EARLY)
    assert (base.start, early.start) == ("2026-01", EARLY)
    assert [one.id for one in early.contracts()] == ["POL-k9-2021"]
    assert (base.value("POL", "gdp"), early.value("POL", "gdp")) == (1000000, 900000)
    assert early.fact("NOR", "gdp") == base.fact("NOR", "gdp")
    assert early.value("POL-k2-frame", "units") == 820
    assert [(one.id, one.month) for one in early.gifts()] == [("POL-t_72-2022", "2022-05")]
    assert base.frameworks() == base.gifts() == () == early.open_tenders()


def test_facts_of_replaced_orders_do_not_leak(seeds):
    base, early = load_seeds(seeds), load_seeds(seeds, EARLY)
    assert not early.has("POL-k2-2025", "quantity")
    gone = {one.id for one in base.contracts()} | {one.id for one in base.open_tenders()}
    assert not gone & {subject for subject, _ in early.facts}
    assert "early_report" not in base.sources


def test_a_fact_twice_in_one_start_is_a_problem(seeds):
    add(seeds, "start_2022/facts/other.csv", "POL,gdp,1,1,1,musd,2022,toy_report,C,again")
    (problem,) = told(seeds)
    assert problem.startswith(
        "start_2022/facts/other.csv line 6, subject: POL gdp is already given in start_2022"
    )
    assert load_seeds(seeds).start == "2026-01"
    with pytest.raises(EvidenceError, match="already given"):
        load_seeds(seeds, EARLY)


WRONG = {
    "after the books close": (
        "contracts.csv",
        "POL-k2-x,POL,k2_changwon,direct,2022-03,,toy_report,A,",
        "2022-03 is after the start; the books close in 2022-02",
    ),
    "a framework that is over": (
        "frameworks.csv",
        "POL-old-frame,POL,k2_changwon,2019-07,2022-01,toy_report,B,",
        "2022-01 is over before the start",
    ),
    "a framework for no need": (
        "frameworks.csv",
        "NOR-k9-frame,NOR,k9_changwon,2021-07,2030-12,toy_report,B,",
        "which is not a need of NOR",
    ),
    "a gift of nothing": (
        "gifts.csv",
        "NOR-k2-2023,NOR,main_battle_tank,k2,2023-05,toy_report,B,",
        "NOR has no 'k2' in stock or on order to give",
    ),
    "a gift before the start": (
        "gifts.csv",
        "POL-t_72-2021,POL,main_battle_tank,soviet_tank,2021-05,toy_report,B,",
        "2021-05 is before the start",
    ),
    "a gift of another category": (
        "gifts.csv",
        "POL-k9-2023,POL,main_battle_tank,k9,2023-05,toy_report,B,",
        "'k9' is a family of self_propelled_howitzer, not main_battle_tank",
    ),
    "a gift in no month": (
        "gifts.csv",
        "POL-t_72-2023,POL,main_battle_tank,soviet_tank,2023,toy_report,B,",
        "'2023' is not a date like 2025-08",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_the_check_looks_at_the_second_start_too(seeds, what):
    file, line, sentence = WRONG[what]
    add(seeds, f"start_2022/{file}", line)
    assert any(sentence in problem for problem in told(seeds)), told(seeds)


def test_a_table_that_no_start_has_is_refused(seeds):
    (seeds / "start_2022" / "contract.csv").write_text("id\n", encoding="utf-8")
    assert any("start_2022/contract.csv: is not a table of the seeds" in problem for problem in told(seeds))


def test_a_problem_of_the_base_is_told_once(seeds):
    add(seeds, "facts/states.csv", "POL,gpd,1,1,1,musd,2025-12,toy_report,C,toy")
    assert len(told(seeds)) == 1


def test_an_unknown_start_names_the_known_ones():
    with pytest.raises(
        EvidenceError, match="unknown start '2021-01'; the known starts are 2026-01 and 2022-02"
    ):
        load_seeds(start="2021-01")
    with pytest.raises(EvidenceError, match="have no folder start_2022"):
        load_seeds(TOY, EARLY)


def test_the_start_of_2022_knows_what_was_ordered_and_what_was_not():
    seeds = load_seeds(start=EARLY)
    assert seeds is load_seeds(start=EARLY)
    orders = {one.id for one in seeds.contracts()}
    assert {"POL-f_35-2020", "POL-himars-2019", "FIN-f_35-2022"} <= orders
    assert not [
        one for one in seeds.contracts() if one.buyer == "POL" and one.line in ("k2_changwon", "abrams_lima")
    ]
    assert seeds.value("POL.main_battle_tank.k2", "stock") == 0
    assert seeds.value("money", "core_pledge") == 0.02
    assert all(seeds.value(state.id, "safe_allocation") == 0 for state in seeds.states())


def test_no_state_gives_away_more_than_it_had_or_was_to_get():
    seeds = load_seeds(start=EARLY)
    makes = {line.id: line.family for line in seeds.lines()}
    given: dict[tuple[str, str, str], float] = {}
    for one in seeds.gifts():
        key = (one.state, one.category, one.family)
        given[key] = given.get(key, 0.0) + seeds.value(one.id, "units")
    for (state, category, family), units in given.items():
        due = [one for one in seeds.contracts() if one.buyer == state and makes[one.line] == family]
        coming = sum(seeds.value(one.id, "quantity") for one in due)
        assert units <= seeds.value(f"{state}.{category}.{family}", "stock") + coming


def test_every_need_has_facts_of_its_own_start():
    seeds, base = load_seeds(start=EARLY), load_seeds(DEFAULT_FOLDER)
    for need in base.needs():
        for attribute in ("stock", "legacy_due", "requirement", "requirement_year"):
            assert seeds.fact(f"{need.state}.{need.category}", attribute).as_of == EARLY
