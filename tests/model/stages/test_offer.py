"""Stage 5: who may offer, and what an offer says."""

import pytest

from sim.model.lever_rows import (
    DIALOGUE,
    FMS_REFORM,
    KOREAN_CREDIT,
    KOREAN_SUPPLY,
    MRO_HUBS,
    OBSERVER_SEATS,
    STANDARDS,
    US_SUPPLY,
)
from sim.model.stages.offer import content_now, hub_share, joint_gain, korean_credit_left, offer
from sim.model.state import COMPETITION, GOVERNMENT, JOINT, OPTION, URGENT
from tests.worlds import call_tender, number, set_lever, small_state


def answer(line=None, buyer=None, pair=None, lever=None, rules=None, change=None, month=0):
    """The offer of one line to one tender for six."""
    state = small_state(
        lines=(line or {},), buyers=(buyer or {},), authorities=({"member": 1}, {}), rules=rules
    )
    for row, value in (lever or {}).items():
        set_lever(state, row, value)
    state.clock["month"] = month
    call_tender(state, 0, **{"quantity": 6.0, "route": GOVERNMENT, **(pair or {})})
    if change is not None:
        change(state)
    offer(0, state)
    given = state.offers[0, 0]
    return {name: given[name].item() for name in given.dtype.names}


def test_a_line_that_fits_offers():
    assert answer()["valid"] == 1


def bar(state):
    state.refused[0, 0] = 1.0


@pytest.mark.parametrize(
    "case",
    [
        {"line": {"upper": 0}},
        {"pair": {"tier": 0}},
        {"line": {"home_only": 1}},
        {"pair": {"home_only": 1}},
        {"line": {"korean": 1}, "lever": {KOREAN_SUPPLY: 0.0}},
        {"line": {"korean": 1, "country_buyer": 0}, "lever": {KOREAN_SUPPLY: 0.0}},
        {"line": {"american": 1}, "lever": {US_SUPPLY: 0.0}},
        {"line": {"surplus": 1, "surplus_left": 5.0}},
        {"line": {"export_from": 2028.0}},
        {"line": {"rate_now": 0.0, "rate_planned": 0.0}},
        {"pair": {"route": OPTION, "known_line": 3}},
        {"change": bar},
    ],
    ids=["lower tier", "other tier asked", "never exported", "bought at home only", "no Korean supply",
         "no licence for a plant at home",
         "no US supply", "stock too small", "not yet for export", "nothing made", "another line's framework",
         "sale barred"],
)  # fmt: skip
def test_a_line_that_does_not_fit_stays_silent(case):
    assert answer(**case)["valid"] == 0


@pytest.mark.parametrize(
    "case",
    [
        {"line": {"home_only": 1, "home": 1}},
        {"line": {"home": 1}, "pair": {"home_only": 1}},
        {"line": {"american": 1, "home": 1}, "lever": {US_SUPPLY: 0.0}},
        {"line": {"surplus": 1, "surplus_left": 6.0}},
        {"line": {"export_from": 2028.0, "home": 1}},
        {"line": {"export_from": 2028.0}, "month": 24},
        {"line": {"export_from": 2028.0, "country_buyer": 0}},
        {"line": {"opens": 2028.0}},
        {"pair": {"tier": 0, "accepts_lower": 1}},
        {"pair": {"route": OPTION, "known_line": 0}},
    ],
    ids=["home army of a line never exported", "home line for a home need", "US forces when exports stop",
         "just enough stock", "home army before export", "once exported", "its own state before export",
         "a plant that will open",
         "either tier is accepted", "its own framework"],
)  # fmt: skip
def test_a_line_that_fits_for_a_reason_offers(case):
    assert answer(**case)["valid"] == 1


@pytest.mark.parametrize(
    ("case", "months"),
    [
        ({}, 2.0),  # an ally
        ({"line": {"eu_plant": 1}, "buyer": {"eu": 1}}, 1.0),
        ({"line": {"american": 1}}, 8.0),
        ({"line": {"american": 1}, "lever": {FMS_REFORM: 3.0}}, 5.0),
        ({"line": {"korean": 1, "authority": 1}}, 6.0),
        ({"line": {"korean": 1, "authority": 1}, "lever": {DIALOGUE: 1.0}}, 3.0),
        ({"line": {"korean": 1, "authority": 1}, "lever": {DIALOGUE: 1.0, OBSERVER_SEATS: 1.0}}, 1.5),
        ({"line": {"korean": 1, "authority": 1}, "lever": {STANDARDS: 1.0}}, 5.4),
        (
            {
                "line": {"korean": 1, "authority": 1},
                "lever": {DIALOGUE: 1.0, OBSERVER_SEATS: 1.0, STANDARDS: 1.0},
            },
            0.9,
        ),  # 0.85 of 6 is cut
        ({"line": {"authority": 1}, "lever": {DIALOGUE: 1.0}}, 6.0),  # only with Seoul
        ({"pair": {"route": OPTION, "known_line": 0}}, 1.2),  # what is agreed needs three fifths
        ({"line": {"american": 1, "surplus": 1, "surplus_left": 9.0}}, 2.0),  # used: consent only
        ({"line": {"authority": 1, "surplus": 1, "surplus_left": 9.0}}, 2.0),
        ({"line": {"country_buyer": 0, "american": 1}}, 0.0),
    ],
)
def test_months_of_consent(case, months):
    assert answer(**case)["process"] == pytest.approx(months)


@pytest.mark.parametrize(("seoul", "months"), [(0.5, 4.5), (1.0, 3.0), (2.0, 0.6)])
def test_a_dialogue_is_worth_what_seoul_can_give_and_some_months_always_remain(seoul, months):
    def agreed(state):
        state.clock["seoul"] = seoul

    found = answer({"korean": 1, "authority": 1}, lever={DIALOGUE: 1.0}, change=agreed)
    assert found["process"] == pytest.approx(months)


def test_consent_is_quicker_for_a_family_in_service():
    def serve(state):
        state.stock[0, 0] = 1.0

    assert answer(change=serve)["process"] == pytest.approx(1.2)


BIG = {"rate_now": 24.0, "rate_planned": 24.0, "local_share_max": 0.25, "growth_cap": 0.0}


def test_a_large_order_comes_with_work_for_the_buyer_after_the_lag():
    # 100 x 10 = 1,000 is the threshold. Two a month from month 8 to 57: 33 of 49 months come after month
    # 24, and in them a quarter of the work is local.
    assert answer(BIG, pair={"quantity": 100.0})["local_share"] == pytest.approx(0.25 * 33.0 / 49.0)
    assert answer(BIG, pair={"quantity": 99.0})["local_share"] == 0.0


def test_a_plant_in_the_buyers_country_places_no_further_work():
    assert answer({**BIG, "country_buyer": 0}, pair={"quantity": 100.0})["local_share"] == 0.0


def test_work_that_is_offered_makes_the_platform_dearer():
    # 20 % per unit share of work: 5 % of 10
    found = answer(BIG, pair={"quantity": 100.0}, rules={"quote_local_cost": 0.2})
    assert found["price"] == pytest.approx(13.5)


def test_local_work_in_a_member_counts_as_european_content():
    # 20 % of its own and what is local of the other 80 %
    line = {**BIG, "content_europe": 0.2}
    member = answer(line, {"safe_content": 1}, {"quantity": 100.0})
    assert member["content"] == pytest.approx(0.2 + 0.8 * 0.25 * 33.0 / 49.0)
    assert answer(line, {}, {"quantity": 100.0})["content"] == pytest.approx(0.2)


def content(month=0, codeveloped=0.0, usual=0.0, **line):
    """The European content of a line's goods."""
    state = small_state(lines=({"content_europe": 0.2, **line},))
    state.clock["month"], state.clock["codeveloped"] = month, codeveloped
    state.lever_default[:] = usual
    return content_now(0, state)


def test_content_counts_from_its_date():
    assert content(month=23, content_from=2028.0) == 0.0
    assert content(month=24, content_from=2028.0) == 0.2


def test_what_was_developed_together_has_half_of_the_rest_from_europe():
    # full: 0.2 + 0.5 x 0.8; half way from a usual 0.2 (0.6): half of that
    assert content(codeveloped=1.0, korean=1) == pytest.approx(0.6)
    assert content(codeveloped=0.6, usual=0.2, korean=1) == pytest.approx(0.4)
    assert content(codeveloped=1.0) == pytest.approx(0.2)  # others than Korean lines


def test_joint_development_that_falls_below_its_usual_level_takes_nothing_away():
    assert content(codeveloped=0.1, usual=0.2, korean=1) == pytest.approx(0.2)
    state = small_state()
    state.lever_default[:], state.clock["codeveloped"] = 0.2, 1.0
    assert joint_gain(state) == pytest.approx(1.0)


def test_joint_development_makes_korean_platforms_a_tenth_cheaper():
    def done(state):
        state.clock["codeveloped"] = 1.0

    assert answer({"korean": 1}, change=done)["price"] == pytest.approx(12.0)
    assert answer({}, change=done)["price"] == pytest.approx(13.0)


def test_a_joint_order_is_a_tenth_cheaper():
    assert answer()["price"] == pytest.approx(13.0)
    assert answer(pair={"route": JOINT})["price"] == pytest.approx(11.7)
    assert answer(pair={"route": COMPETITION})["price"] == pytest.approx(13.0)


@pytest.mark.parametrize(
    ("route", "price"),
    [(URGENT, 15.6), (GOVERNMENT, 13.0), (COMPETITION, 13.0), (JOINT, 11.7), (OPTION, 13.0)],
)
def test_an_urgent_order_pays_for_its_hurry(route, price):
    # a fifth more on 13 million; no other route pays it
    found = answer(pair={"route": route, "known_line": 0}, rules={"quote_urgent_premium": 0.2})
    assert (found["price"], found["all_in"]) == (pytest.approx(price), pytest.approx(price))


def test_the_price_of_hurry_is_compared_with_the_support_of_one_more_family_on_top():
    # 13 x 1.2 = 15.6, and 30 million of support over six units: 5 more on each
    def own(state):
        state.categories["extra_family"] = 30.0
        state.pairs["stock"][0] = 20.0

    found = answer(pair={"route": URGENT}, rules={"quote_urgent_premium": 0.2}, change=own)
    assert (found["price"], found["all_in"]) == (pytest.approx(15.6), pytest.approx(20.6))


def test_one_more_family_is_counted_in_the_price_a_buyer_compares():
    # 30 million of support in all, over six units: 5 more on each
    def own(state):
        state.categories["extra_family"] = 30.0
        state.pairs["stock"][0] = 20.0

    found = answer(change=own)
    assert (found["price"], found["all_in"]) == (pytest.approx(13.0), pytest.approx(18.0))


def test_neither_a_first_family_nor_one_in_service_is_one_more():
    def first(state):
        state.categories["extra_family"] = 30.0

    def known(state):
        first(state)
        state.pairs["stock"][0] = state.stock[0, 0] = 20.0

    for change in (first, known):
        assert answer(change=change)["all_in"] == pytest.approx(13.0)


def test_prices_follow_inflation():
    def dearer(state):
        state.clock["prices"] = 1.1

    assert answer(change=dearer)["price"] == pytest.approx(14.3)


def test_the_price_of_the_platform_is_that_of_its_last_review():
    def reviewed(state):
        state.lines["price_now"][0] = 11.5

    assert answer(change=reviewed)["price"] == pytest.approx(14.5)


def test_an_eu_loan_pays_as_much_as_is_left_of_it():
    # 6 x 13 = 78
    found = answer({"content_europe": 0.7}, {"credit_left": 39.0})
    assert (found["credit"], found["korean_loan"]) == (pytest.approx(0.5), 0)
    assert answer({"content_europe": 0.6}, {"credit_left": 39.0})["credit"] == 0.0


def test_korean_credit_pays_half_up_to_its_ceiling():
    line, large = {"korean": 1}, {"quantity": 80.0}  # 1,040 in all, above the 1,000 of large orders
    full = answer(line, pair=large, lever={KOREAN_CREDIT: 1.0})
    assert (full["credit"], full["korean_loan"]) == (pytest.approx(0.5), 1)
    # a ceiling of 208 million is a fifth
    assert answer(line, pair=large, lever={KOREAN_CREDIT: 0.208})["credit"] == pytest.approx(0.2)
    assert answer({}, pair=large, lever={KOREAN_CREDIT: 1.0})["credit"] == 0.0
    assert answer(line, pair={"quantity": 70.0}, lever={KOREAN_CREDIT: 1.0})["credit"] == 0.0


def test_the_finance_of_korean_credit_takes_its_months_and_an_eu_loan_none():
    large = {"quantity": 80.0}
    assert answer({"korean": 1}, pair=large, lever={KOREAN_CREDIT: 1.0})["finance"] == 4.0
    assert answer({"korean": 1})["finance"] == 0.0
    assert answer({"content_europe": 0.7}, {"credit_left": 39.0})["finance"] == 0.0


def test_work_that_is_only_offered_counts_for_the_content_rule_of_a_loan():
    # 60 % and a quarter of the other 40 %: 70 %
    line = {**BIG, "content_europe": 0.6}
    found = answer(line, {"safe_content": 1, "credit_left": 130.0}, {"quantity": 100.0})
    assert found["credit"] == pytest.approx(0.1)
    assert answer(line, {"credit_left": 130.0}, {"quantity": 100.0})["credit"] == 0.0


def test_what_seoul_can_still_lend():
    state = small_state(levers={"korean_credit": 2.0})
    state.clock["korean_credit"], state.clock["seoul"] = 500.0, 0.75
    assert korean_credit_left(state) == pytest.approx(1000.0)  # 2,000 x 0.75 - 500


def test_only_tenders_of_its_category_are_answered():
    state = small_state(categories=({}, {}), lines=({"category": 0}, {"category": 1}))
    call_tender(state, 1, quantity=6.0)
    for index in (0, 1):
        offer(index, state)
    assert state.offers["valid"][0].tolist() == [0, 1]
    assert number(state.offers[0], 1, "price") == pytest.approx(13.0)


def test_hubs_count_up_to_a_full_programme():
    state = small_state()
    shares = []
    for hubs in (0.0, 1.0, 4.0, 6.0):
        set_lever(state, MRO_HUBS, hubs)
        shares.append(hub_share(state))
    assert shares == [0.0, 0.25, 1.0, 1.0]
