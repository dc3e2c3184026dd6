"""Forecasts and how they are judged."""

import pytest

from sim.game.entry import Entry
from sim.game.errors import GameError
from sim.game.forecast import judged, parse_forecast, pinball
from sim.game.replay import standing
from tests.game.played import after, due, new


def test_the_score_by_hand():
    # At 10, 20 and 30 months with 20 to come: (0.1 x 10 + 0 + 0.1 x 10) / 3.
    assert pinball((10, 20, 30), 20) == pytest.approx(2 / 3)
    # Ten months later than the latest: (0.1 x 30 + 0.5 x 20 + 0.9 x 10) / 3.
    assert pinball((10, 20, 30), 40) == pytest.approx(22 / 3)


def test_a_wide_forecast_pays_for_its_width():
    assert pinball((19, 20, 21), 20) < pinball((0, 20, 60), 20)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ({"state": "POL", "category": "submarine", "soon": 30, "likely": 20, "late": 40}, "soonest"),
        ({"state": "POL", "category": "submarine", "soon": -1, "likely": 2, "late": 4}, "soon"),
        ({"state": "POL", "category": "submarine"}, "soon"),
    ],
)
def test_a_bad_forecast_gets_a_sentence(data, word):
    with pytest.raises(GameError, match=word):
        parse_forecast(data)


def test_the_last_forecast_of_a_player_is_judged_beside_the_naive_one():
    game = new("POL", turns=3)
    pairs = due(standing(game), "POL")
    done = after(game, 1, {"POL": "fastest"})
    entries = [
        Entry(1, "forecast", {"state": state, "category": category, "soon": a, "likely": 24, "late": 48},
              f"f{a}{category}", seat="POL", player="1", seq=number)
        for number, (a, (state, category)) in enumerate((a, pair) for pair in pairs for a in (1, 2))
    ]  # fmt: skip
    found = judged(done, entries)
    assert found
    for one in found:
        assert one.months[0] == 2
        assert one.naive[0] <= one.naive[1] <= one.naive[2]
        came = 120 if one.actual is None else one.actual  # what has not come counts as coming after the end
        assert one.score == pytest.approx(pinball(one.months, came))
        assert one.naive_score == pytest.approx(pinball(one.naive, came))


def test_forecasts_of_the_open_turn_are_not_judged():
    game = new("POL")
    state, category = due(standing(game), "POL")[0]
    told = {"state": state, "category": category, "soon": 1, "likely": 2, "late": 3}
    assert judged(game, [Entry(1, "forecast", told, "f", seat="POL", player="1", seq=1)]) == ()
