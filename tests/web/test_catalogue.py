"""What the page offers: every lever in one place, few at first, and a baseline for every start."""

import pytest

from sim.web import catalogue

TODAY, THEN = catalogue.read(), catalogue.read("2022-02")


@pytest.mark.parametrize("book", [TODAY, THEN], ids=["2026", "2022"])
def test_every_lever_stands_in_exactly_one_place(book: catalogue.Catalogue) -> None:
    shown = [one.id for group in catalogue.GROUPS for part in book.group(group) for one in part]
    shown += [one.id for state in book.states for one in book.of_state(state)]
    assert sorted(shown) == sorted(book.levers)


def test_no_group_starts_with_more_than_a_few_levers() -> None:
    for group in catalogue.GROUPS:
        first, rest = TODAY.group(group)
        assert len(first) <= catalogue.FEW, group
        assert first or group == "buyer"
        assert len(rest) != 1, f"{group}: one more lever needs no opener of its own"


def test_levers_that_stand_first_exist() -> None:
    first = {one.id for group in catalogue.GROUPS for one in TODAY.group(group)[0]}
    assert set(catalogue.FIRST) <= first


def test_the_levers_of_a_state_are_its_agreement_and_its_weights() -> None:
    assert [one.id for one in TODAY.of_state("NOR")] == [
        "agreement.NOR",
        "doctrine.NOR.speed",
        "doctrine.NOR.cost",
        "doctrine.NOR.reliance",
    ]
    assert not any(catalogue.is_of_a_state(one.id) for part in TODAY.group("seoul") for one in part)
    assert catalogue.state_of("agreement.NOR") == catalogue.state_of("doctrine.NOR.cost") == "NOR"


def test_each_start_has_a_baseline_in_which_nothing_is_changed() -> None:
    assert TODAY.baseline is TODAY.baselines["2026-01"]
    assert TODAY.baseline.id == "baseline"
    assert (THEN.baseline.id, THEN.baseline.start) == ("eve_2022", "2022-02")
    assert (THEN.baseline.schedule, THEN.baseline.shocks, THEN.baseline.deviations) == ((), (), {})


def test_levers_of_the_earlier_start_stand_as_they_stood_then() -> None:
    assert THEN.levers["agreement.POL"].default < TODAY.levers["agreement.POL"].default
    assert THEN.levers["dialogue"].default < TODAY.levers["dialogue"].default


def test_the_list_of_questions_starts_today_and_names_the_earlier_start() -> None:
    titles = [catalogue.question_title(one) for one in TODAY.questions.values()]
    assert titles[0] == "Baseline"
    assert titles[-2:] == [
        "Back in time: February 2022, with what has happened since",
        "Back in time: February 2022, on the eve of the war",
    ]
    assert sum("Back in time" in title for title in titles) == 2
    assert len(set(titles)) == len(titles)


def test_the_questions_stand_by_who_decides_and_the_plainest_first() -> None:
    order = ["", *catalogue.GROUPS, catalogue.SEVERAL]
    now = [one for one in TODAY.questions.values() if one.start == "2026-01"]
    assert now[0].id == "baseline"
    places = [order.index(TODAY.decides[one.id]) for one in now]
    assert places == sorted(places)
    assert max(places) < len(order)
    listed = list(TODAY.questions)
    assert listed.index("two_suppliers") < listed.index("cooperation_dialogue"), "fewer levers come first"
    assert [one.start for one in TODAY.questions.values()] == sorted(
        one.start for one in TODAY.questions.values()
    )[::-1]
    assert list(catalogue.read().questions) == listed


def test_a_question_is_listed_with_who_decides() -> None:
    title = catalogue.listed_title
    assert title(TODAY.questions["no_us"], TODAY.decides["no_us"]) == "No new US orders · Washington decides"
    assert TODAY.decides["commercial_exporter"] == catalogue.SEVERAL
    assert TODAY.decides["trilateral_agreements"] == catalogue.SEVERAL, "agreements are a state's own"
    assert title(TODAY.questions["baseline"], TODAY.decides["baseline"]) == "Baseline"
    assert title(TODAY.questions["february_2022"], TODAY.decides["february_2022"]).startswith("Back in time")


def test_texts_of_scenarios_and_levers_have_true_apostrophes() -> None:
    texts = [
        text
        for one in TODAY.questions.values()
        for text in (one.title, one.question, *(e.why for e in one.expect))
    ]
    texts += [text for one in TODAY.levers.values() for text in (one.label, one.help, one.cost)]
    assert not [text for text in texts if "'" in text]
