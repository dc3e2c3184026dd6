"""Stages 1 and 2: cards strike, levers take their values of the month."""

import math

import pytest

from sim.model.lever_rows import (
    CHINESE_PRESSURE,
    CODEVELOPMENT,
    KOREAN_CONSENSUS,
    PRICE_INFLATION,
    SHOCK_CHANCE,
    THREAT,
    US_SUPPORT_RELEASE,
)
from sim.model.randomness import stream
from sim.model.stages.output import refresh
from sim.model.stages.policy import apply_policies, lay, moves_plants, partner_active, strike
from sim.model.state import NONE
from tests.worlds import small_state

SET, ADD, MULTIPLY = 0, 1, 2


def world(operation=SET, amount=2.0, levers=None, lever="threat", **card):
    """One card that moves the threat, or another lever."""
    effect = {"card": 0, "lever": lever, "operation": operation, "amount": amount}
    return small_state(cards=({"months": 3.0, **card},), effects=(effect,), levers=levers)


def live(state, months):
    """The threat of each month."""
    seen = []
    for month in range(months):
        state.clock["month"] = month
        strike(0, state)
        apply_policies(state)
        seen.append(float(state.levers[THREAT]))
    return seen


def test_a_placed_card_holds_for_its_months_and_is_gone():
    state = world(placed=2, placed_months=3.0, placed_strength=1.0)
    assert live(state, 7) == [1.0, 1.0, 2.0, 2.0, 2.0, 1.0, 1.0]
    assert state.cards["struck"][0] == 1


@pytest.mark.parametrize(
    ("operation", "amount", "threat"),
    [(SET, 1.8, 1.8), (ADD, 0.25, 1.25), (MULTIPLY, 1.5, 1.5)],
)
def test_a_card_sets_adds_or_multiplies(operation, amount, threat):
    state = world(operation, amount, placed=0, placed_months=1.0, placed_strength=1.0)
    assert live(state, 2) == [pytest.approx(threat), 1.0]


def test_a_card_at_half_strength_moves_its_lever_half_way():
    state = world(SET, 2.0, placed=0, placed_months=1.0, placed_strength=0.5)
    assert live(state, 1) == [1.5]


def test_a_lever_stays_within_its_range():
    state = world(ADD, 5.0, placed=0, placed_months=1.0, placed_strength=1.0)
    state.lever_range[THREAT] = (0.3, 2.0)
    assert live(state, 1) == [2.0]


def test_a_card_without_probability_never_strikes_by_chance():
    assert live(world(), 100) == [1.0] * 100


def test_no_card_strikes_by_chance_where_the_scenario_rules_chance_out():
    assert live(world(probability=12.0, levers={"shock_chance": 0.0}), 100) == [1.0] * 100


def test_a_card_strikes_about_as_often_as_its_yearly_probability():
    # 1.2 a year: 1 - exp(-0.1) = 9.516 % a month. 4,000 first months; three standard errors = 1.4 points.
    struck = 0
    state = world(probability=1.2, levers={"shock_chance": 1.0})
    for replication in range(4000):
        state.clock["stream"] = stream(1, replication)
        state.cards["until"], state.cards["struck"] = 0, 0
        strike(0, state)
        struck += int(state.cards["struck"][0])
    chance = 1.0 - math.exp(-0.1)
    assert struck / 4000 == pytest.approx(chance, abs=3.0 * math.sqrt(chance * (1.0 - chance) / 4000))


def test_twice_the_chance_strikes_where_the_single_chance_did_and_elsewhere_too():
    once, twice = world(probability=1.2), world(probability=1.2)
    once.plan[:, SHOCK_CHANCE], twice.plan[:, SHOCK_CHANCE] = 1.0, 2.0
    hits = []
    for state in (once, twice):
        found = set()
        for replication in range(500):
            state.clock["stream"] = stream(1, replication)
            state.cards["until"] = 0
            strike(0, state)
            if state.cards["until"][0] > 0:
                found.add(replication)
        hits.append(found)
    assert hits[0] < hits[1]


def test_a_drawn_card_lasts_its_months_and_cannot_strike_while_it_holds():
    state = world(probability=1e6, levers={"shock_chance": 1.0})
    live(state, 6)
    assert state.cards["struck"][0] == 2  # months 0 and 3


def test_levers_follow_the_plan_of_the_month():
    state = world()
    state.plan[3:, THREAT] = 1.4
    assert live(state, 5) == [1.0, 1.0, 1.0, 1.4, 1.4]


def test_a_years_inflation_compounds_over_twelve_months():
    state = world()
    state.plan[:, PRICE_INFLATION] = 0.05
    live(state, 12)
    assert state.clock["prices"][0] == pytest.approx(1.05)
    live(state, 12)
    assert state.clock["prices"][0] == pytest.approx(1.1025)


def months(row, value, count, rules=None):
    """A world after some months with a lever moved, its usual value as in small worlds."""
    state = small_state(rules=rules)
    state.plan[:, row] = value
    for month in range(count):
        state.clock["month"] = month
        apply_policies(state)
    return state


def test_gdp_and_discount_follow_the_years():
    state = months(THREAT, 1.0, 25, rules={"money_growth": 0.02, "money_discount": 0.05})
    assert state.clock["growth"][0] == pytest.approx(1.0404)
    assert state.clock["discount"][0] == pytest.approx(1.0 / 1.1025)


def test_seoul_gives_what_its_parties_and_beijing_leave():
    assert months(THREAT, 1.0, 1).clock["seoul"][0] == pytest.approx(1.0)
    assert months(KOREAN_CONSENSUS, 0.25, 1).clock["seoul"][0] == pytest.approx(0.5)  # half the usual 0.5
    assert months(CHINESE_PRESSURE, 1.0, 1).clock["seoul"][0] == pytest.approx(0.5)


def test_joint_work_grows_by_a_fiftieth_a_month():
    assert months(CODEVELOPMENT, 0.6, 10).clock["codeveloped"][0] == pytest.approx(0.2)


def test_spares_of_us_types_run_down_in_ten_months():
    assert months(US_SUPPORT_RELEASE, 0.0, 4).clock["us_spares"][0] == pytest.approx(0.6)
    assert months(US_SUPPORT_RELEASE, 1.0, 4).clock["us_spares"][0] == 1.0


def test_plans_are_reviewed_each_half_year_and_after_a_change():
    state = small_state()
    state.plan[4:, THREAT] = 1.5
    versions = []
    for month in range(7):
        state.clock["month"] = month
        apply_policies(state)
        versions.append(int(state.clock["version"][0]))
    assert versions == [1, 1, 1, 1, 2, 2, 3]


@pytest.mark.parametrize(("lever", "changes"), [("rest_of_world_demand", 3), ("threat", 1)])
def test_a_card_that_strikes_or_ends_is_a_change_where_it_moves_what_plants_make(lever, changes):
    state = world(lever=lever, placed=1, placed_months=1.0, placed_strength=1.0)
    live(state, 3)
    assert state.clock["version"][0] == changes  # months 0, 1 and 2; without the card month 0 alone


def test_a_laid_card_notes_when_it_struck_and_until_when_it_holds():
    state = world()
    state.clock["month"] = 4
    lay(0, 6, 0.5, state)
    card = state.cards[0]
    assert [float(card[name]) for name in ("since", "until", "strength", "struck")] == [4.0, 10.0, 0.5, 1.0]


@pytest.mark.parametrize(("month", "active"), [(4, False), (5, True), (9, True), (10, False)])
def test_a_partner_counts_from_the_month_after_it_struck_to_its_last(month, active):
    state = small_state(cards=({"partners": 0b10}, {"since": 4, "until": 10}))
    state.clock["month"] = month
    assert bool(partner_active(0, state)) is active
    assert not partner_active(1, state)


def test_a_card_is_twice_as_likely_while_its_partner_is_active():
    # 0.6 a year: 1 - exp(-0.05) = 4.877 % a month alone, 1 - exp(-0.1) = 9.516 % with its partner
    cards = ({"partners": 0b10, "probability": 0.6, "months": 3.0}, {"since": 0, "until": 9})
    state = small_state(cards=cards, rules={"shock_together": 2.0}, levers={"shock_chance": 1.0})
    for month, chance in ((1, 1.0 - math.exp(-0.1)), (9, 1.0 - math.exp(-0.05))):
        state.clock["month"], state.cards["struck"] = month, 0
        for replication in range(3000):
            state.clock["stream"] = stream(1, replication)
            state.cards["until"][0] = 0
            strike(0, state)
        margin = 3.0 * math.sqrt(chance * (1.0 - chance) / 3000)
        assert state.cards["struck"][0] / 3000 == pytest.approx(chance, abs=margin)


FOLLOWED = ("output", "per_capacity", "outside", "claimed", "made_a_year", "best_year", "growth", "target")


@pytest.mark.parametrize("region", ["korean", "american", "european"])
def test_a_card_counts_as_a_change_wherever_what_a_line_works_out_follows_its_lever(region):
    state = small_state(lines=({region: 1, "in_korea": int(region == "korean"), "outside_share": 0.2},))
    refresh(0, state)
    before = [float(state.lines[name][0]) for name in FOLLOWED]
    followed = []
    for lever in range(len(state.levers)):
        usual = float(state.levers[lever])
        state.levers[lever], state.lines["checked"][0] = usual + 0.3, NONE
        refresh(0, state)
        if [float(state.lines[name][0]) for name in FOLLOWED] != before:
            followed.append(lever)
        state.levers[lever] = usual
    assert len(followed) >= 3
    assert all(moves_plants(lever, state) for lever in followed)
