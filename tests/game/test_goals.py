"""Hidden goals: dealt by lot, measured in the books."""

from sim.game.goals import GOALS, check_goals, goal_of, local_work, partners_served, payments_over_inflow
from sim.game.replay import standing
from sim.game.seats import ROLES
from tests.game.played import after, new


def test_each_role_of_a_buyer_has_one_goal_that_suits_it():
    game = new("POL", "korea")
    for role in ROLES:
        assert goal_of(game, "POL", role).role == role
        assert goal_of(game, "korea", role) is None
    assert goal_of(game, "POL", "cook") is None


def test_goals_are_dealt_by_the_random_seed():
    dealt = {goal_of(new("POL", random_seed=seed), "POL", "treasurer").id for seed in range(20)}
    assert dealt == {goal.id for goal in GOALS if goal.role == "treasurer"}


def test_a_goal_is_met_where_its_measure_says_so():
    game = after(new("POL", "BALTIC"), 3, {"POL": "fastest"})
    by_id = {goal.id: goal for goal in GOALS}
    for seat in ("POL", "BALTIC"):
        for one in check_goals(game, seat):
            more = by_id[one.goal].more
            assert one.met == (one.measured >= one.limit if more else one.measured <= one.limit)


def test_nothing_ordered_is_no_local_work_and_no_partner():
    stand = standing(new("NOR"))
    assert local_work(stand, ("NOR",)) == 0.0
    assert partners_served(stand, ("NOR",)) == 0.0
    assert payments_over_inflow(stand, ("NOR",)) >= 0.0


def test_partners_are_foreign_governments():
    stand = standing(after(new("POL", turns=4), 4, {"POL": "split"}))
    assert partners_served(stand, ("POL",)) >= 2.0
    assert 0.0 <= local_work(stand, ("POL",)) <= 1.0
