"""A game as data, and what the model reads of it."""

import pytest

from sim.game.errors import GameError
from sim.game.orders import Choose, Expand, Hold, Launch, Price, SetLever, Wait
from sim.game.replay import standing, world_of_game
from sim.game.turn import Agreement, Inject, Turn, need_row, order_table, scenario_of_game
from sim.model import state as model
from tests.game.played import after, due, given, new


def test_turns_are_counted_until_the_last():
    game = new(turns=2)
    assert (game.number, game.month, game.over) == (1, 0, False)
    game = after(game, 2)
    assert (game.number, game.month, game.over) == (3, 24, True)
    with pytest.raises(GameError, match="the game is over"):
        game.resolve(Turn())


def test_nobody_sits_where_there_is_no_seat():
    with pytest.raises(GameError, match="'FRA' has no seat in this game"):
        new("FRA")


def test_undo_goes_back_to_the_game_before_and_no_further():
    game = new("POL")
    assert after(game, 1).undo() == game
    with pytest.raises(GameError, match="no turn to undo"):
        game.undo()


def test_a_fork_keeps_all_other_turns():
    game = after(new("POL"), 3)
    other = game.fork(2, game.turns[1].with_orders("korea", (Price(category="submarine", factor=1.0),)))
    assert (other.turns[0], other.turns[2]) == (game.turns[0], game.turns[2])
    assert other.turns[1].people == {"POL", "korea"}
    for number in (0, 4):
        with pytest.raises(GameError, match=f"no resolved turn {number}; there are 3"):
            game.fork(number, Turn())


def rows(game):
    """The orders of a game as the model reads them, without those that only say who sits where."""
    table = order_table(game, world_of_game(game))
    return table[table["kind"] != model.SEAT]


def test_choices_are_read_in_the_first_month_of_a_turn_and_all_else_in_the_second():
    need = {"state": "POL", "category": "submarine"}
    orders = (
        Wait(**need),
        Launch(**need, route="competition", quantity=2),
        Hold(**need),
        Choose(state="POL", category="air_defence", line="patriot_andover"),
    )
    table = rows(given(after(new("POL"), 2), "POL", *orders))
    months = {int(row["kind"]): int(row["month"]) for row in table}
    assert months == {model.WAIT: 24, model.CHOOSE: 24, model.LAUNCH: 25, model.HOLD: 25}
    hold = table[table["kind"] == model.HOLD][0]
    assert int(hold["month"]) + int(hold["months"]) == 36  # until the next turn


def test_an_industry_orders_for_each_of_its_lines_but_used_stock():
    game = given(new("korea"), "korea", Expand(category="main_battle_tank", share=0.2))
    world = world_of_game(game)
    names = {world.lines[int(row["row"])] for row in rows(game)}
    assert "k2_changwon" in names
    lines = world.template["lines"]
    assert all(lines["surplus"][world.lines.index(name)] == 0 for name in names)


def test_who_sits_where_is_told_when_it_changes_and_when_a_seat_is_left():
    game = after(new("POL"), 1).held_by(["BALTIC"])
    table = order_table(game, world_of_game(game))
    table = table[table["kind"] == model.SEAT]
    buyers = world_of_game(game).buyers
    told = [(int(one["month"]), buyers[int(one["row"])], int(one["amount"])) for one in table]
    assert told == [
        (0, "POL", 12), (12, "EST", 12), (12, "LVA", 12), (12, "LTU", 12), (12, "POL", 0),
    ]  # fmt: skip


def test_policies_and_cards_become_dated_changes_of_the_scenario():
    game = given(
        after(new("alliance"), 1), "alliance", SetLever(lever="dialogue", value=0.6),
        injects=(Inject(_any_card(), 6, 0.5),),
    )  # fmt: skip
    scenario = scenario_of_game(game)
    change, card = scenario.schedule[-1], scenario.shocks[-1]
    assert (change.lever, change.month, change.value) == ("dialogue", 13, 0.6)
    assert (card.card, card.month, card.months, card.strength) == (_any_card(), 13, 6, 0.5)


def _any_card():
    return world_of_game(new()).cards[0]


def test_a_joint_purchase_is_one_row_for_each_state_and_a_framework_names_its_line():
    joint = Agreement("joint", ("POL", "ROU"), "submarine", (1, 2))
    framework = Agreement("framework", ("POL",), "air_defence", (8,), "patriot_andover")
    game = given(new("POL", "ROU"), "POL", agreements=(joint, framework))
    world, table = world_of_game(game), rows(game)
    assert [int(one["month"]) for one in table] == [1, 1, 1]
    both = [(int(one["row"]), float(one["amount"])) for one in table if one["kind"] == model.LAUNCH]
    assert both == [(need_row(world, "POL", "submarine"), 1.0), (need_row(world, "ROU", "submarine"), 2.0)]
    agreed = table[table["kind"] == model.FRAMEWORK][0]
    assert world.lines[int(agreed["line"])] == "patriot_andover"


def test_tenders_of_a_seat_fall_due_only_as_turns_begin():
    game = after(new("POL", "BALTIC"), 1)
    stand = standing(game)
    pairs = stand.state.pairs
    for state in ("POL", "EST", "LVA", "LTU"):
        buyer = stand.world.buyers.index(state)
        running = pairs[(pairs["buyer"] == buyer) & (pairs["open"] == 1)]
        assert len(running) > 0
        assert set(running["due"] % 12) == {0}
    assert due(stand, "POL")
