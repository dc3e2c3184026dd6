"""What a scenario reaches, on books typed by hand: deliveries that differ, orders that a lever touches."""

import numpy as np
import pytest

import sim
from sim.experiment import reach
from sim.experiment.reach import Touch
from sim.policy.scenario import Card
from sim.policy.shocks import Effect, Shock
from tests.report import trade


def delivered(*rows):
    return trade.books(delivered=rows)


def test_what_comes_from_another_line_or_in_another_year_is_counted_by_category():
    tanks = (0, 2026, "POL", "k2", 10, 1.0)
    guns, later_guns = ((run, 2027, "POL", "k9", 6, 1.0) for run in (0, 1))
    base = delivered(tanks, guns, later_guns)
    other = delivered(tanks, (0, 2027, "POL", "krab", 6, 1.0), later_guns)
    assert reach.differing(base, other, "POL") == {"tank": 0.0, "gun": 0.5}
    later = delivered((0, 2027, "POL", "k2", 10, 1.0), guns, later_guns)
    assert reach.differing(base, later, "europe_canada") == {"tank": 1.0, "gun": 0.0}
    assert reach.differing(base, later, "NOR") == {}


def test_levers_move_for_the_whole_run_from_a_date_on_and_by_cards():
    base = sim.load_scenario("baseline")
    card = Card("hold", "2028-01", 6, 1.0)
    cards = {"hold": Shock("hold", "A hold", 0.1, 6, (Effect("us_delivery_release", "set", 0.0),))}
    now = base.with_levers({"korean_supply": 0.0}).with_cards((card,))
    assert reach.touches(now, base, cards) == [
        Touch("korean_supply", 0, 120), Touch("us_delivery_release", 24, 30),
    ]  # fmt: skip
    assert reach.touches(base, base, cards) == []


def books_with(**columns):
    made = trade.books()
    made.contracts = made.contracts.assign(
        existing=(made.contracts["signed"] < 0).astype(int), domestic=0, **columns
    )
    return made


@pytest.mark.parametrize(
    ("touch", "place", "runs", "latest"),
    [
        (Touch("korean_delivery_release", 10, 20), "POL", 2, np.inf),  # on order in both runs
        (Touch("korean_delivery_release", 30, 40), "NOR", 0, np.nan),  # ordered after that
        (Touch("korean_delivery_release", 30, 61), "NOR", 1, np.nan),
        (Touch("korean_supply", 0, 20), "POL", 1, np.nan),  # signs in one run
        (Touch("korean_supply", 21, 120), "POL", 0, np.nan),
        (Touch("us_supply", 0, 120), "POL", 0, np.nan),
    ],
)
def test_runs_with_orders_that_a_lever_touches(touch, place, runs, latest):
    found = reach.touched(touch, books_with(), place)
    assert found is not None
    assert found.runs == runs
    assert found.latest == latest or np.isnan([found.latest, latest]).all()


def test_all_delivered_before_the_lever_moves():
    books = books_with()
    books.contracts = books.contracts[books.contracts["replication"] == 0]
    found = reach.touched(Touch("korean_delivery_release", 60, 72), books, "POL")
    assert found is not None
    assert (found.runs, found.latest, found.industry) == (0, 50.0, "korea")
    books.contracts = books.contracts.assign(domestic=1)
    assert reach.touched(Touch("korean_delivery_release", 0, 9), books, "POL").runs == 0, (
        "goods at home never wait"
    )


def test_of_other_levers_the_books_say_nothing():
    assert reach.touched(Touch("dialogue", 0, 120), books_with(), "POL") is None
