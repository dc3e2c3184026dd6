"""Stage 5: who may offer, and what an offer says."""

import pytest

from sim.model.lever_rows import (
    DIALOGUE,
    FMS_REFORM,
    KOREAN_CREDIT,
    KOREAN_SUPPLY,
    MRO_HUBS,
    OBSERVER_SEATS,
    SLOT_LENDING,
    US_SUPPLY,
)
from sim.model.stages.offer import hub_share, offer
from sim.model.state import DIRECT, URGENT
from tests.worlds import call_tender, small_state


def answer(line=None, buyer=None, pair=None, lever=None, rules=None, change=None, month=0):
    """The offer of one line to one tender for six."""
    state = small_state(
        lines=(line or {},), buyers=(buyer or {},), authorities=({"member": 1}, {}), rules=rules
    )
    for row, value in (lever or {}).items():
        state.levers[row] = value
    state.clock["month"] = month
    call_tender(state, 0, **{"quantity": 6.0, "route": DIRECT, **(pair or {})})
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
        {"line": {"american": 1}, "lever": {US_SUPPLY: 0.0}},
        {"line": {"surplus": 1, "surplus_left": 5.0}},
        {"line": {"export_from": 2028.0}},
        {"line": {"capacity": 0.0, "rate_planned": 0.0}},
        {"change": bar},
    ],
    ids=["lower tier", "other tier asked", "never exported", "bought at home only", "no Korean supply",
         "no US supply", "stock too small", "not yet for export", "nothing made", "sale barred"],
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
        {"line": {"capacity": 0.0, "opens": 2028.0}},
    ],
    ids=["home army of a line never exported", "home line for a home need", "US forces when exports stop",
         "just enough stock", "home army before export", "once exported", "a plant that will open"],
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
        ({"line": {"authority": 1}, "lever": {DIALOGUE: 1.0}}, 6.0),  # only with Seoul
        ({"line": {"country_buyer": 0, "american": 1}}, 0.0),
    ],
)
def test_months_of_consent(case, months):
    assert answer(**case)["process"] == pytest.approx(months)


def test_consent_is_quicker_for_a_family_in_service():
    def serve(state):
        state.stock[0, 0] = 1.0

    assert answer(change=serve)["process"] == pytest.approx(1.2)


def test_an_empty_line_delivers_after_consent_and_building():
    found = answer(line={"country_buyer": 0})
    assert (found["months"], found["process"], found["queue"], found["build"]) == (6.0, 0.0, 0.0, 6.0)


def test_the_causes_of_waiting_add_up_to_the_months():
    for line in ({}, {"american": 1}, {"opens": 2028.5, "capacity": 0.0}, {"build_months": 30.5}):
        found = answer(line=line)
        assert found["process"] + found["queue"] + found["build"] == pytest.approx(found["months"])


def test_a_plant_that_opens_later_delivers_after_it_has_opened():
    # It opens in month 30 and prepared half of its six months of building before.
    assert answer(line={"opens": 2028.5, "capacity": 0.0})["months"] == 33.0


def test_lent_slots_halve_the_building_of_an_urgent_korean_order():
    line = {"korean": 1, "country_buyer": 0, "outside_share": 0.5, "capacity": 24.0}
    usual = answer(line=line, pair={"route": URGENT})
    lent = answer(line=line, pair={"route": URGENT}, lever={SLOT_LENDING: 1.0})
    direct = answer(line=line, pair={"route": DIRECT}, lever={SLOT_LENDING: 1.0})
    assert usual["months"] - lent["months"] == 3.0
    assert direct == usual


def test_a_line_that_could_not_begin_within_the_calendar_does_not_offer():
    # A thousandth a month makes no whole unit in 24 years.
    assert answer(line={"capacity": 0.012, "rate_planned": 0.012})["valid"] == 0


def test_a_large_order_comes_with_work_for_the_buyer():
    # 80 x 13 = 1,040 is over the threshold of 1,000; a quarter of the work comes
    assert answer(line={"local_share_max": 0.25}, pair={"quantity": 80.0})["local_share"] == 0.25
    assert answer(line={"local_share_max": 0.25}, pair={"quantity": 70.0})["local_share"] == 0.0


def test_a_plant_in_the_buyers_country_places_no_further_work():
    line = {"local_share_max": 0.25, "country_buyer": 0}
    assert answer(line=line, pair={"quantity": 80.0})["local_share"] == 0.0


def test_local_work_in_a_member_counts_as_european_content():
    # 20 % of its own and a quarter of the other 80 %
    line = {"content_europe": 0.2, "local_share_max": 0.25}
    assert answer(line, {"safe_content": 1}, {"quantity": 80.0})["content"] == pytest.approx(0.4)
    assert answer(line, {}, {"quantity": 80.0})["content"] == pytest.approx(0.2)


def test_a_joint_order_is_a_tenth_cheaper():
    assert answer()["price"] == pytest.approx(13.0)
    assert answer(pair={"joint": 1})["price"] == pytest.approx(11.7)


def test_one_more_family_is_counted_in_the_price_a_buyer_compares():
    # 3 million a year for ten years without interest, over six units: 5 more on each
    def own(state):
        state.categories["family_cost"] = 3.0
        state.pairs["stock"][0] = 20.0

    found = answer(change=own)
    assert (found["price"], found["all_in"]) == (pytest.approx(13.0), pytest.approx(18.0))


def test_neither_a_first_family_nor_one_in_service_is_one_more():
    def first(state):
        state.categories["family_cost"] = 3.0

    def known(state):
        first(state)
        state.pairs["stock"][0] = state.stock[0, 0] = 20.0

    for change in (first, known):
        assert answer(change=change)["all_in"] == pytest.approx(13.0)


def test_prices_follow_inflation():
    def dearer(state):
        state.clock["prices"] = 1.1

    assert answer(change=dearer)["price"] == pytest.approx(14.3)


def test_long_production_lowers_the_price_of_the_platform_only():
    # Five years of 12 lie behind; 60 more double the run: 10 x 2^-0.1 = 9.330
    def made(state):
        state.lines["produced"][0] = 60.0

    found = answer(change=made, rules={"quote_learning": 0.1})
    assert found["price"] == pytest.approx(12.330, abs=1e-3)


def test_an_eu_loan_pays_as_much_as_is_left_of_it():
    # 6 x 13 = 78
    found = answer({"content_europe": 0.7}, {"credit_left": 39.0})
    assert (found["credit"], found["korean_loan"]) == (pytest.approx(0.5), 0)
    assert answer({"content_europe": 0.6}, {"credit_left": 39.0})["credit"] == 0.0


def test_korean_credit_pays_half_up_to_its_ceiling():
    line = {"korean": 1}
    full = answer(line, lever={KOREAN_CREDIT: 1.0})
    assert (full["credit"], full["korean_loan"]) == (pytest.approx(0.5), 1)
    # a ceiling of 15.6 million is a fifth of 78
    assert answer(line, lever={KOREAN_CREDIT: 0.0156})["credit"] == pytest.approx(0.2)
    assert answer({}, lever={KOREAN_CREDIT: 1.0})["credit"] == 0.0


def test_hubs_count_up_to_a_full_programme():
    state = small_state()
    shares = []
    for hubs in (0.0, 1.0, 4.0, 6.0):
        state.levers[MRO_HUBS] = hubs
        shares.append(hub_share(state))
    assert shares == [0.0, 0.25, 1.0, 1.0]
