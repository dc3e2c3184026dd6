"""The Evidence page, run without a browser: search, links, filters, and each part."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from sim.evidence.seeds import load_seeds
from sim.web import engine, ledger, ledger_address
from tests.web.pages import app, run

PAGE = "sim/web/pages/evidence.py"
FACT = "k2_changwon.rate_now"


def opened(**query: str) -> AppTest:
    return run(app(**query).switch_page(PAGE))


def part(at: AppTest, name: str) -> AppTest:
    at.radio(key="part").set_value(name)
    return run(at)


def table(at: AppTest) -> pd.DataFrame:
    """The last table of the page."""
    return at.dataframe[-1].value


def said(at: AppTest) -> str:
    texts = (*at.markdown, *at.caption, *at.header, *at.info, *at.warning)
    return "\n".join(one.value for one in texts).replace("\\", "")


def test_the_page_starts_with_a_sentence_and_all_numbers() -> None:
    at = opened()
    number = len(load_seeds().facts)
    assert at.header[0].value.startswith(f"{number:,} numbers stand behind this model: ")
    assert "rest on judgement alone" in at.header[0].value
    assert len(table(at)) == number


def test_a_search_finds_a_known_fact_and_filters_narrow_it() -> None:
    at = opened()
    at.text_input(key="search").set_value("K2 Changwon rate now")
    run(at)
    assert FACT in set(table(at)["Name in links"])
    at.text_input(key="search").set_value("poland")
    at.multiselect(key="kinds").select("state")
    at.multiselect(key="grades").select("D")
    run(at)
    assert set(table(at)["Kind"]) == {"State"}
    assert set(table(at)["Grade"]) == {"D"}
    at.text_input(key="search").set_value("no such word anywhere")
    run(at)
    assert "No number fits" in said(at)
    assert not at.dataframe


def test_a_link_opens_a_number_with_everything_known() -> None:
    at = opened(fact=FACT)
    assert "K2 tank, Changwon: output now" in said(at)
    assert "Value: 92 tanks a year. Range: 80 to 110 tanks a year. As of December 2025." in said(at)
    assert "triangular distribution" in said(at)
    assert "Grade of the evidence: C, inferred." in said(at)
    assert "](<https://" in said(at)
    assert "rests on the same source" in said(at)
    next(button for button in at.button if button.label.startswith("Close")).click()
    run(at)
    assert "triangular distribution" not in said(at)


def test_a_number_on_which_others_differ_says_so() -> None:
    at = opened(fact="DEU.defence_share")
    assert len(at.info) == 1
    assert "Others give another value: 2 %" in said(at)


@pytest.mark.parametrize("key", ["k2_changwon.rate_nw", "", "<b>", "a" * 3000, "[x](javascript:1).y"])
def test_an_unknown_link_gives_one_sentence_and_the_search(key: str) -> None:
    at = opened(fact=key)
    assert len(at.warning) == 1
    assert "Search for it below" in at.warning[0].value
    assert at.text_input(key="search").value == ""
    assert len(table(at)) == len(load_seeds().facts)


def test_the_numbers_of_the_earlier_start_can_be_seen() -> None:
    at = opened(start="2022-02", fact="k2_changwon.rate_now")
    assert "Value: 40 tanks a year." in said(at)
    assert "Other values are recorded for the numbers of January 2026 only." in said(part(at, "dissent"))
    assert "There is no start" in said(opened(start="1999-01"))


def test_a_chosen_row_goes_into_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    address: dict[str, str] = {}
    chosen = {"numbers": {"selection": {"rows": [1]}}, "none": {"selection": {"rows": []}}}
    monkeypatch.setattr(ledger.st, "query_params", address)
    monkeypatch.setattr(ledger.st, "session_state", chosen)
    ledger.opened("none", ["a.x", "b.y"])
    assert address == {}
    ledger.opened("numbers", ["a.x", "b.y"])
    assert address == {"fact": "b.y"}


def test_each_part_shows_its_table() -> None:
    seeds = load_seeds()
    at = opened(part="sources")
    assert len(table(at)) == len(seeds.sources)
    assert table(at)["Numbers"].is_monotonic_decreasing
    assert len(table(part(at, "dissent"))) == len(seeds.dissents())
    assert len(table(part(at, "decisions"))) == len(seeds.decisions())
    assert len(table(part(at, "deliveries"))) == len(seeds.deliveries())


def test_both_documents_stand_side_by_side_and_a_scenario_can_be_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engine, "REPLICATIONS", 12)
    at = part(opened(), "claims")
    assert "*Strategic enabler:* " in said(at)
    assert "*Commercial exporter:* Korea's dealings with NATO are about exports" in said(at)
    assert "They read it differently" in said(at)
    assert len(table(at)) == len(load_seeds().claims())
    assert not at.table
    at.selectbox(key="expected").select("no_korea")
    run(at)
    assert set(at.table[0].value["In the model"]) <= {"as expected", "the opposite", "no clear difference"}
    assert len(at.table[0].value) == 3


def test_the_choice_on_compare_waits_while_the_reader_looks_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "REPLICATIONS", 12)
    at = app()
    at.query_params["scenario"] = "no_korea"
    run(at)
    at.switch_page(PAGE)
    at.query_params.clear()
    run(at)
    at.switch_page("sim/web/pages/compare.py")
    run(at)
    assert at.selectbox(key="scenario").value == "no_korea"
    assert at.query_params["scenario"] == "no_korea"


def test_a_search_with_filters_has_a_link() -> None:
    at = opened(search="poland", kinds="state,line", grades="D")
    assert at.text_input(key="search").value == "poland"
    assert set(table(at)["Grade"]) == {"D"}
    assert set(table(at)["Kind"]) <= {"State", "Production line"}
    found = len(table(at))
    at.multiselect(key="grades").unselect("D").select("C").select("B")
    run(at)
    assert dict(at.query_params) == {"search": "poland", "kinds": "state,line", "grades": "B,C"}
    assert len(table(at)) != found
    again = opened(**at.query_params)
    assert len(table(again)) == len(table(at))
    at.text_input(key="search").set_value("")
    at.multiselect(key="grades").set_value([])
    at.multiselect(key="kinds").set_value([])
    assert dict(run(at).query_params) == {}


def test_a_part_is_in_the_address_and_other_parameters_stay() -> None:
    at = part(opened(start="2022-02", search="tank"), "sources")
    assert dict(at.query_params) == {"start": "2022-02", "part": "sources"}
    assert opened(part="decisions").radio(key="part").value == "decisions"


def test_a_new_address_moves_the_controls() -> None:
    at = opened(search="poland")
    at.query_params["search"] = "norway"
    run(at)
    assert at.text_input(key="search").value == "norway"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"part": "sorces"}, "part is 'sorces'; the nearest is 'sources'"),
        ({"kinds": "stat,line"}, "kinds is 'stat'; the nearest is 'state'"),
        ({"grades": "Z"}, "grades is 'Z'"),
        ({"search": "x" * 5000}, "the search is longer than 200 characters"),
    ],
)
def test_an_address_that_cannot_be_used_gives_one_sentence(query: dict[str, str], words: str) -> None:
    at = opened(**query)
    assert len(at.warning) == 1
    assert words in at.warning[0].value.replace("\\", "")
    assert len(at.warning[0].value) < 400


@given(some.dictionaries(some.sampled_from(ledger_address.NAMES), some.text(max_size=300)))
def test_every_view_survives_the_round_trip(query: dict[str, str]) -> None:
    view, _problems = ledger_address.parse(query)
    assert ledger_address.parse(view.query)[0].query == view.query
