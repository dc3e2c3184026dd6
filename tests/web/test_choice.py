"""The address of the page: every choice survives the round trip, and no address breaks the page."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sim import MODEL_VERSION
from sim.policy.dates import years_within
from sim.policy.scenario import Card, Scheduled
from sim.web import catalogue
from sim.web.choice import Choice, from_address, opened, to_query, years

BOOK = catalogue.read()
BASELINE = BOOK.questions["baseline"]
LATER = Scheduled("dialogue", "2028-01", 0.9)
HOLD = Card("us_pause_of_deliveries", "2028-03", 12, 1.5)


def test_the_start_has_an_empty_address() -> None:
    assert to_query(Choice(BASELINE)) == {}
    assert from_address({}, BOOK) == (Choice(BASELINE), [])


def test_a_named_scenario_has_a_readable_address() -> None:
    choice = Choice(BOOK.questions["no_korea"], place="POL")
    assert to_query(choice) == {"scenario": "no_korea", "place": "POL", "model": MODEL_VERSION}
    assert from_address(to_query(choice), BOOK) == (choice, [])


@pytest.mark.parametrize(
    "choice",
    [
        Choice(BASELINE, dated=(LATER,)),
        Choice(
            BASELINE, {"dialogue": 0.5}, dated=(LATER,), facts={"POL.main_battle_tank.requirement": 900.0}
        ),
        Choice(BOOK.questions["us_pause"], placed=(HOLD,), dated=(replace(LATER, at="2030-01", value=0.1),)),
        Choice(BASELINE, {"threat": 1.2}),
        Choice(BASELINE, until=2035),
        Choice(BOOK.questions["us_pause"], {"dialogue": 0.8, "doctrine.POL.speed": 2.0}, "NOR", 2027),
        Choice(BASELINE, placed=(HOLD,)),
        Choice(
            BOOK.questions["us_pause"], {"threat": 1.2}, placed=(HOLD, replace(HOLD, at="2030-05", months=3))
        ),
    ],
)
def test_changes_survive_the_round_trip(choice: Choice) -> None:
    assert from_address(to_query(choice), BOOK) == (choice, [])


@pytest.mark.parametrize("id", ["february_2022", "eve_2022"])
@pytest.mark.parametrize("parts", [{}, {"changes": {"threat": 1.3}}, {"until": 2030}])
def test_a_run_with_another_start_survives_the_round_trip(id: str, parts: dict[str, Any]) -> None:
    choice = replace(opened(BOOK.questions[id]), place="POL", **parts)
    assert from_address(to_query(choice), BOOK) == (choice, [])


KEPT = (
    Choice(BOOK.questions["no_korea"]),
    Choice(BASELINE, {"threat": 1.2}, placed=(HOLD,)),
    Choice(BOOK.questions["february_2022"]),
)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_scenarios_kept_beside_survive_the_round_trip(number: int) -> None:
    choice = Choice(BOOK.questions["us_pause"], {"dialogue": 0.8}, "NOR", 2027, beside=KEPT[:number])
    assert from_address(to_query(choice), BOOK) == (choice, [])


def test_a_link_with_dated_changes_of_its_own_can_be_kept_beside() -> None:
    card = Card(BASELINE.shocks[0].card, "2028-01", 6, 1.0)
    linked = replace(BASELINE, shocks=(*BASELINE.shocks, card), horizon_year=2035)
    first, _problems = from_address({"beside": linked.to_query()}, BOOK)
    again, problems = from_address(to_query(first), BOOK)
    assert (again, problems) == (first, [])
    assert replace(first.beside[0], until=2035).scenario.fingerprint() == linked.fingerprint()


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("no_corea,no_us", "kept beside: unknown scenario 'no_corea'; the nearest is 'no_korea'", ["no_us"]),
        ("1~baseline~l~threat~9", "threat", []),
        ("no_us,1~no_us", "'1~no_us' stands there already", ["no_us"]),
        ("baseline,no_us", "'baseline' stands there already", ["no_us"]),
        ("no_us,no_korea,us_pause,mro_hubs", "only 3", ["no_us", "no_korea", "us_pause"]),
    ],
)
def test_what_cannot_be_kept_beside_is_left_out_with_a_sentence(
    text: str, words: str, left: list[str]
) -> None:
    choice, problems = from_address({"scenario": "us_build_up", "beside": text}, BOOK)
    assert len(problems) == 1
    assert words in problems[0]
    assert [one.preset.id for one in choice.beside] == left
    assert choice.preset.id == "us_build_up"


def test_a_scenario_opens_with_the_date_of_its_file() -> None:
    assert from_address({"scenario": "february_2022"}, BOOK)[0].until == 2026
    assert from_address({"scenario": "no_korea"}, BOOK)[0].until == 2030


@pytest.mark.parametrize("start", ["2026-01", "2022-02"])
def test_every_year_that_is_offered_can_be_run(start: str) -> None:
    baseline = BOOK.baselines[start]
    assert baseline.start == start
    first, last = years_within(start)
    offered = years(start)
    assert baseline.horizon_year in offered
    assert first <= min(offered) < max(offered) <= last


def test_a_link_with_cards_of_its_own_stands_as_a_scenario() -> None:
    card = Card(BASELINE.shocks[0].card, "2028-01", 6, 1.0)
    linked = replace(BASELINE, shocks=(*BASELINE.shocks, card))
    choice, problems = from_address({"scenario": linked.to_query()}, BOOK)
    assert problems == []
    assert choice.scenario.fingerprint() == linked.fingerprint()
    assert from_address(to_query(choice), BOOK)[0].scenario.fingerprint() == linked.fingerprint()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"scenario": "no_corea"}, "no_korea"),
        ({"scenario": "1~baseline~l~threat~9"}, "threat"),
        ({"scenario": "1~baseline~l~threat"}, "cut off"),
        ({"place": "PLO"}, "POL"),
        ({"model": "latest"}, "the model version 'latest' is not of the form"),
    ],
)
def test_a_bad_address_gives_the_baseline_and_a_sentence(query: dict[str, str], words: str) -> None:
    choice, problems = from_address(query, BOOK)
    assert choice == Choice(BASELINE)
    assert len(problems) == 1
    assert words in problems[0]


def test_what_is_good_of_a_bad_address_is_kept() -> None:
    choice, problems = from_address({"scenario": "nothing", "place": "POL"}, BOOK)
    assert (choice.place, len(problems)) == ("POL", 1)


@given(
    some.dictionaries(
        some.sampled_from(["scenario", "place", "beside", "model", "other"]), some.text(max_size=60)
    )
)
def test_no_address_breaks_the_page(query: dict[str, str]) -> None:
    choice, _problems = from_address(query, BOOK)
    assert choice.scenario.fingerprint()


@given(some.text(alphabet="1~lhnscf.-_0123456789abt", max_size=60))
def test_no_link_text_breaks_the_page(text: str) -> None:
    choice, _problems = from_address({"scenario": f"1~baseline~{text}"}, BOOK)
    assert choice.scenario.fingerprint()
