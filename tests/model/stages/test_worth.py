"""Stage 6: what an offer is worth to a buyer, each reason by itself."""

import math

import pytest

from sim.model.lever_rows import MRO_HUBS, OUTPUT_FIRST, THREAT, UNION_PREFERENCE
from sim.model.stages.worth import (
    utility,
    worth_of_home,
    worth_of_product,
    worth_of_ties,
    worth_of_users,
)
from sim.model.state import COMPETITION, GOVERNMENT, NEVER
from tests.worlds import RULES, fill, set_lever, small_state

USUAL = 13.0
PLANNED = {"planning_months": 12.0}
SHAPES = (
    "choice_dissimilarity", "choice_repeat_ties", "choice_exposure_least", "choice_adopter_years",
    "choice_previous_years",
)  # fmt: skip
NOTHING = {name: 0.0 for name in RULES if name.startswith("choice_") and name not in SHAPES}


def worth(weights, *, line=None, buyer=None, offer=None, urgency=0.0, change=None, lever=None):
    """The worth of the only offer where nothing but `weights` counts."""
    rules = NOTHING | {f"choice_{name}": value for name, value in weights.items()}
    state = small_state(lines=(line or {},), buyers=(buyer or {}, {}, {}), rules=rules, categories=(PLANNED,))
    fill(state.offers, (0, 0), {"valid": 1, "price": 13.0, "all_in": 13.0, "months": 24.0}, offer or {})
    state.pairs["urgency"][0] = urgency
    for row, value in (lever or {}).items():
        set_lever(state, row, value)
    if change is not None:
        change(state)
    return float(utility(0, 0, USUAL, state))


def doctrine(part, value):
    """A lever that multiplies the buyer's weight of speed (0), cost (1) or reliance (2)."""
    return {OUTPUT_FIRST + 1 + part: value}


def test_an_offer_is_worth_nothing_where_nothing_counts():
    assert worth({}, line={"american": 1, "home": 1}, buyer={"us_tie": 1.0, "eu": 1}) == 0.0


TIME = {"months": -1.0, "months_floor": 0.5}


def test_a_year_longer_than_planned_costs_floor_plus_urgency():
    assert worth(TIME, urgency=0.25) == pytest.approx(-0.75)


def test_half_a_year_sooner_than_planned_is_worth_as_much_again():
    assert worth(TIME, urgency=0.25, offer={"months": 6.0}) == pytest.approx(0.375)


def test_a_doctrine_of_speed_doubles_what_waiting_costs():
    assert worth(TIME, urgency=0.25, lever=doctrine(0, 2.0)) == pytest.approx(-1.5)


def test_a_doctrine_of_cost_doubles_what_a_high_price_costs():
    twice = {"price": 26.0, "all_in": 26.0}
    assert worth({"price": -2.0}, offer=twice) == pytest.approx(-2.0 * math.log(2.0))
    assert worth({"price": -2.0}, offer=twice, lever=doctrine(1, 2.0)) == pytest.approx(-4.0 * math.log(2.0))


def test_the_price_that_counts_includes_what_a_further_family_costs():
    assert worth({"price": -2.0}, offer={"all_in": 26.0}) == pytest.approx(-2.0 * math.log(2.0))


def serve(state):
    state.stock[0, 0] = 1.0


def test_a_family_in_service_is_worth_its_point():
    assert worth({"family": 1.0}) == 0.0
    assert worth({"family": 1.0}, change=serve) == 1.0


def chosen_lately(state):
    state.families["adopters"][0] = 0b111  # the buyer itself and two others
    state.families["ordered"][0] = 0b111


def test_two_allies_that_chose_it_lately_one_a_neighbour_are_counted_without_the_buyer():
    # ln 3 + ln 2
    weights = {"adopters": 1.0, "neighbours": 1.0}
    found = worth(weights, buyer={"neighbours": 0b010}, change=chosen_lately)
    assert found == pytest.approx(math.log(6.0))


def test_the_ties_of_others_count_half_where_the_buyer_has_the_family():
    def both(state):
        chosen_lately(state)
        serve(state)

    assert worth({"adopters": 1.0}, change=both) == pytest.approx(0.5 * math.log(3.0))


def test_a_neighbour_that_ordered_long_ago_is_a_neighbour_but_no_recent_buyer():
    def long_ago(state):
        state.families["ordered"][0] = 0b010

    assert worth({"adopters": 1.0}, change=long_ago) == 0.0
    found = worth({"neighbours": 1.0}, buyer={"neighbours": 0b010}, change=long_ago)
    assert found == pytest.approx(math.log(2.0))


@pytest.mark.parametrize(("route", "more"), [(COMPETITION, 0.0), (GOVERNMENT, 0.5)])
def test_what_the_buyer_has_weighs_more_without_a_competition(route, more):
    def routed(state):
        serve(state)
        state.pairs["route"][0] = route

    assert worth({"family": 1.0, "family_direct": 0.5}, change=routed) == 1.0 + more
    assert worth({"family_direct": 0.5}) == 0.0  # not in service: nothing more either


@pytest.mark.parametrize(("route", "more"), [(COMPETITION, 0.0), (GOVERNMENT, 0.75)])
def test_a_maker_at_home_weighs_more_without_a_competition(route, more):
    def routed(state):
        state.pairs["route"][0] = route

    weights = {"domestic": 2.0, "domestic_direct": 0.75}
    assert worth(weights, line={"home": 1}, change=routed) == 2.0 + more
    assert worth(weights, change=routed) == 0.0


def test_a_published_lead_is_worth_its_point():
    assert worth({"capability": 0.8}, line={"capability": 1}) == 0.8
    assert worth({"capability": 0.8}) == 0.0


def nowhere(state):
    state.families["elsewhere"][0] = 0


def test_being_the_first_of_all_costs_a_point_until_another_has_ordered():
    def ordered(by):
        def change(state):
            nowhere(state)
            state.families["ordered"][0] = by

        return change

    untried = {"untried": -0.6}
    assert worth(untried, change=ordered(0)) == -0.6
    assert worth(untried, change=ordered(0b001)) == -0.6  # the buyer's own order tells it nothing new
    assert worth(untried, change=ordered(0b010)) == 0.0
    assert worth(untried) == 0.0  # a state outside the model has it


def dealt(state):
    """The buyer first ordered three families of government 1, one of them the one offered, in month 0."""
    state.dealings[0, 1] = 3.0
    state.adopted[0, 0] = 0.0
    state.families["maker"][0] = 1
    state.clock["month"] = state.clock["looked"] = 12


def test_earlier_purchases_count_by_logarithm_without_the_family_offered():
    # ln(1 + 3 - 1)
    assert worth({"previous": 0.5}, line={"authority": 1}, change=dealt) == pytest.approx(0.5 * math.log(3.0))


def test_all_earlier_purchases_count_where_the_family_is_new():
    def new(state):
        dealt(state)
        state.adopted[0, 0] = NEVER

    assert worth({"previous": 0.5}, line={"authority": 1}, change=new) == pytest.approx(0.5 * math.log(4.0))


def test_purchases_from_its_own_government_are_no_tie():
    assert worth({"previous": 0.5}, line={"authority": 1}, buyer={"authority": 1}, change=dealt) == 0.0


@pytest.mark.parametrize(
    ("line", "buyer"),
    [({"american": 1}, {"us_tie": 0.4}), ({"korean": 1}, {}), ({"eu_plant": 1}, {"eu": 1})],
    ids=["US goods", "Korean goods", "Union goods"],
)
def test_earlier_purchases_add_to_every_other_tie(line, buyer):
    others = {"us_tie": 0.5, "union": 0.25, "framework": 0.3}
    line = {"authority": 1, **line}
    with_both = worth(others | {"previous": 0.5}, line=line, buyer=buyer, change=dealt)
    alone = worth(others, line=line, buyer=buyer, change=dealt)
    assert with_both - alone == pytest.approx(0.5 * math.log(3.0))


def test_each_part_is_where_the_report_looks_for_it():
    weights = {"capability": 1.0, "family": 2.0, "previous": 1.0, "domestic": 4.0}
    state = small_state(
        lines=({"capability": 1.0, "home": 1, "authority": 1},),
        buyers=({},),
        rules=NOTHING | {f"choice_{name}": value for name, value in weights.items()},
    )
    fill(state.offers, (0, 0), {"valid": 1, "price": 13.0, "all_in": 13.0, "months": 12.0})
    serve(state)
    state.dealings[0, 1] = 1.0
    assert worth_of_product(0, 0, state) == 1.0
    assert worth_of_users(0, 0, state) == 2.0
    assert worth_of_ties(0, 0, state) == pytest.approx(math.log(2.0))
    assert worth_of_home(0, 0, state) == 4.0
    assert utility(0, 0, USUAL, state) == pytest.approx(7.0 + math.log(2.0))


def held(state):
    """Authority 0 could stop 40 of the fleet's 100 million, authority 1 could stop 80."""
    state.buyers["fleet_value"][0] = 100.0
    state.holds[0, :2] = (40.0, 80.0)


EXPOSED = {"exposure": -1.0}


def test_reliance_counts_the_worst_authority():
    # (0.25 + 0.75 x 0.8) x distrust 0.2 = 0.17
    both = {"support_mask": 0b01, "delivery_mask": 0b10}
    assert worth(EXPOSED, line=both, change=held) == pytest.approx(-0.17)


def test_an_authority_without_a_hold_counts_a_quarter():
    assert worth(EXPOSED, line={"support_mask": 0b100}, change=held) == pytest.approx(-0.05)


def test_a_buyer_does_not_mind_its_own_government():
    line = {"support_mask": 0b01}
    assert worth(EXPOSED, line=line, buyer={"authority": 0}, change=held) == 0.0


def test_more_distrust_makes_the_same_hold_worse():
    def distrusted(state):
        held(state)
        state.memory[0, 0], state.standing[0] = 0.8, 0.625  # 1 - 0.8 x 0.8 x 0.625

    line = {"support_mask": 0b01}
    # (0.25 + 0.75 x 0.4) x 0.6 = 0.33
    assert worth(EXPOSED, line=line, change=distrusted) == pytest.approx(-0.33)


def test_a_doctrine_without_reliance_does_not_mind_a_hold():
    line = {"support_mask": 0b01}
    assert worth(EXPOSED, line=line, change=held, lever=doctrine(2, 0.0)) == 0.0


def test_the_security_tie_grows_with_the_threat_and_counts_for_us_goods_only():
    tied, weight = {"us_tie": 0.5}, {"us_tie": 1.0}
    assert worth(weight, line={"american": 1}, buyer=tied) == 0.5
    assert worth(weight, line={"american": 1}, buyer=tied, lever={THREAT: 1.4}) == pytest.approx(0.7)
    assert worth(weight, line={"korean": 1}, buyer=tied) == 0.0


def test_union_goods_are_preferred_by_members_of_the_union():
    line, weight, more = {"eu_plant": 1, "european": 1}, {"union": 0.5}, {UNION_PREFERENCE: 1.0}
    assert worth(weight, line=line, buyer={"eu": 1}) == 0.5
    assert worth(weight, line=line, buyer={"eu": 1}, lever=more) == 1.5
    assert worth(weight, line=line, lever=more) == 0.0
    assert worth(weight, line={"european": 1}, buyer={"eu": 1}, lever=more) == 0.0


@pytest.mark.parametrize("line", [{"home": 1}, {"country_buyer": 0}], ids=["home customer", "plant at home"])
def test_what_is_made_at_home_is_preferred(line):
    assert worth({"domestic": 2.0}, line=line) == 2.0
    assert worth({"domestic": 2.0}, line={"home": 0b10, "country_buyer": 1}) == 0.0


def test_local_work_and_loans_count_by_their_share():
    assert worth({"local": 1.0}, offer={"local_share": 0.25}) == 0.25
    assert worth({"credit": 0.5}, offer={"credit": 0.5}) == 0.25


AGREEMENT = OUTPUT_FIRST + 1 + 3 * 3  # after one category and three parts of doctrine for three states


def test_hubs_and_an_agreement_count_for_korean_lines():
    half, agreed, korean = {MRO_HUBS: 2.0}, {AGREEMENT: 0.5}, {"korean": 1}
    assert worth({"sustainment": 0.4}, line=korean, lever=half) == pytest.approx(0.2)
    assert worth({"framework": 0.3}, line=korean, lever=agreed) == pytest.approx(0.15)
    assert worth({"sustainment": 0.4, "framework": 0.3}, lever=half | agreed) == 0.0
    assert worth({"framework": 0.3}, line=korean, lever={AGREEMENT + 1: 1.0}) == 0.0  # another state's


def test_an_agreement_is_worth_what_seoul_can_give():
    def less(state):
        state.clock["seoul"] = 0.5

    found = worth({"framework": 0.3}, line={"korean": 1}, lever={AGREEMENT: 1.0}, change=less)
    assert found == pytest.approx(0.15)


def test_a_substitute_of_the_other_tier_is_worth_a_point_less():
    assert worth({"substitute": -1.0}, line={"upper": 0}) == -1.0
    assert worth({"substitute": -1.0}) == 0.0


def test_a_record_of_late_deliveries_counts_against_an_offer():
    def late(state):
        state.standing[1] = 0.625  # 1 - 0.8 x 0.625 = 0.5

    record = {"record": 1.0}
    assert worth(record, line={"authority": 1}, change=late) == pytest.approx(-0.3)
    assert worth(record, line={"authority": 2}, change=late) == pytest.approx(0.0, abs=1e-12)
    assert worth(record, line={"authority": 1}, buyer={"authority": 1}, change=late) == 0.0


def test_reasons_add_up():
    found = worth({"credit": 0.5, "local": 1.0, "domestic": 2.0}, line={"home": 1},
                  offer={"credit": 0.5, "local_share": 0.25})  # fmt: skip
    assert found == pytest.approx(2.5)
