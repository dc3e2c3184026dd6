"""Who had ordered what when: five orders counted on paper, and nothing that came after a decision."""

import math

from hypothesis import given
from hypothesis import strategies as st

from sim.evidence.orders import Order, PastOrders, past_orders, year_of
from sim.evidence.seeds import load_seeds

EVER = math.inf
FIVE = (
    Order("k9", "POL", 2014.0, EVER),
    Order("k9", "FIN", 2017.0, EVER),
    Order("k9", "AUS", 2020.0, EVER),
    Order("pzh", "LTU", 2015.0, 2021.0),
    Order("leopard", "POL", 2002.0, EVER),
)
AUTHORITY = {"k9": "KOR", "k2": "KOR", "pzh": "DEU", "leopard": "DEU"}
SUPPORT = {"k9": {"KOR"}, "k2": {"KOR", "DEU"}, "pzh": {"DEU"}, "leopard": {"DEU"}}
RANKS = {"leopard": (("GRC", 1999.5), ("SWE", 1994.0)), "k9": (("EST", 2018.0),)}
STATES = frozenset({"POL", "FIN", "LTU", "EST"})


def past(*more: Order) -> PastOrders:
    support = {family: frozenset(who) for family, who in SUPPORT.items()}
    return PastOrders((*FIVE, *more), AUTHORITY, support, RANKS, STATES)


def test_dates_become_years():
    assert year_of("2022-01") == 2022.0
    assert year_of("2022-07") == 2022.5
    assert year_of("2022") == 2022.5


def test_holders_are_states_of_the_roster_that_ordered_before_and_have_it_still():
    assert past().holders("k9", 2018.0, "EST") == {"POL", "FIN"}
    assert past().holders("k9", 2016.0, "EST") == {"POL"}
    assert past().holders("k9", 2025.0, "EST") == {"POL", "FIN"}  # Australia is none of the roster
    assert past().holders("pzh", 2020.0, "EST") == {"LTU"}
    assert past().holders("pzh", 2022.0, "EST") == set()  # given up in 2021
    assert past().holders("unheard_of", 2022.0, "EST") == set()


def test_an_order_of_the_month_of_the_decision_does_not_count():
    assert past().holders("k9", 2017.0, "EST") == {"POL"}
    assert past().holders("k9", 2017.0 + 1 / 12, "EST") == {"POL", "FIN"}


def test_a_buyers_own_order_counts_after_a_year():
    assert past().holders("k9", 2017.5, "FIN") == {"POL"}
    assert past().holders("k9", 2018.0, "FIN") == {"POL"}  # a year to the day is not yet older
    assert past().holders("k9", 2018.0 + 1 / 12, "FIN") == {"POL", "FIN"}


def test_adopters_first_ordered_within_the_years_before():
    assert past().adopters("k9", 2018.0, "EST", 5.0) == {"POL", "FIN"}
    assert past().adopters("k9", 2020.0, "EST", 5.0) == {"FIN"}
    assert past().adopters("k9", 2025.0, "EST", 5.0) == set()
    assert past().adopters("k9", 2018.5, "FIN", 5.0) == {"POL"}  # never the buyer itself


def test_a_repeat_order_makes_nobody_an_adopter_again():
    assert past(Order("k9", "POL", 2022.0, EVER)).adopters("k9", 2023.0, "EST", 5.0) == set()


def test_a_cancelled_order_makes_nobody_an_adopter_and_no_relation():
    cancelled = past(Order("k2", "LTU", 2022.0, 2024.0))
    assert cancelled.adopters("k2", 2023.5, "EST", 5.0) == {"LTU"}
    assert cancelled.adopters("k2", 2024.5, "EST", 5.0) == set()
    assert cancelled.dealings("LTU", "KOR", 2023.5, 10.0, None) == 1
    assert cancelled.dealings("LTU", "KOR", 2024.5, 10.0, None) == 0


def test_a_first_rank_counts_from_its_publication_on_for_some_years_and_for_others():
    assert past().ranked_first("leopard", 1999.6, 15.0)
    assert past().ranked_first("leopard", 1999.4, 15.0)
    assert not past().ranked_first("leopard", 1993.0, 15.0)
    assert past().ranked_first("leopard", 2014.0, 15.0)
    assert not past().ranked_first("leopard", 2014.5, 15.0)
    assert past().ranked_first("k9", 2019.0, 15.0, "POL")
    assert not past().ranked_first("k9", 2019.0, 15.0, "EST")
    assert not past().ranked_first("pzh", 2019.0, 15.0)


def test_untried_only_while_nobody_anywhere_had_ordered():
    assert past().untried("k9", 2013.0, "EST")
    assert not past().untried("k9", 2015.0, "EST")
    assert past().untried("k2", 2025.0, "EST")
    assert not past(Order("k2", "AUS", 2019.0, EVER)).untried("k2", 2025.0, "EST")


def test_an_order_outside_the_roster_is_known_elsewhere():
    assert past().elsewhere("k9", 2021.0)
    assert not past().elsewhere("k9", 2020.0)
    assert not past().elsewhere("leopard", 2021.0)


def test_first_orders_before_a_date_that_a_state_has_still():
    assert set(past().firsts(2022.0)) == {
        ("POL", "k9", 2014.0), ("FIN", "k9", 2017.0), ("POL", "leopard", 2002.0),
    }  # fmt: skip


def test_dealings_count_other_families_of_the_government_in_the_years_before():
    two = past(Order("k2", "POL", 2018.0, EVER))
    assert two.dealings("POL", "KOR", 2020.0, 10.0, None) == 2
    assert two.dealings("POL", "KOR", 2020.0, 10.0, "k2") == 1
    assert two.dealings("POL", "KOR", 2025.0, 10.0, None) == 1  # 2014 is eleven years ago
    assert two.dealings("POL", "KOR", 2018.5, 10.0, None) == 1  # the other is half a year old
    assert two.dealings("POL", "DEU", 2020.0, 10.0, None) == 0  # Leopards of 2002
    assert two.dealings("FIN", "DEU", 2020.0, 10.0, None) == 0


def test_the_held_share_is_the_part_of_the_families_held():
    assert past().held_share("POL", "KOR", 2020.0) == 0.5
    assert past().held_share("POL", "DEU", 2010.0) == 1.0
    assert past().held_share("LTU", "DEU", 2020.0) == 1.0
    assert past().held_share("LTU", "DEU", 2022.0) == 0.0  # it holds nothing any more
    assert past().held_share("EST", "KOR", 2022.0) == 0.0


def known(orders: PastOrders, date: float) -> list[object]:
    """All that a buyer could be told at a date."""
    families = ("k9", "k2", "pzh", "leopard")
    return [
        (
            orders.holders(family, date, buyer),
            orders.adopters(family, date, buyer, 5.0),
            orders.untried(family, date, buyer),
            orders.elsewhere(family, date),
            orders.dealings(buyer, "KOR", date, 10.0, family),
            orders.held_share(buyer, "KOR", date),
            set(orders.firsts(date)),
        )
        for family in families
        for buyer in sorted(STATES)
    ]


@given(
    date=st.floats(2000.0, 2030.0),
    later=st.lists(
        st.tuples(
            st.sampled_from(["k9", "k2", "pzh", "leopard"]),
            st.sampled_from(["POL", "FIN", "LTU", "EST", "AUS"]),
            st.floats(0.0, 20.0),
        ),
        max_size=6,
    ),
)
def test_orders_after_a_decision_change_nothing_that_was_known_before_it(date, later):
    more = [Order(family, state, date + after, EVER) for family, state, after in later]
    assert known(past(*more), date) == known(past(), date)


def test_the_seeds_know_who_had_ordered_what():
    orders = past_orders(load_seeds())
    assert "POL" in orders.holders("f_16", 2015.0, "ROU")
    assert "POL" not in orders.holders("k2", 2022.0, "NOR")  # ordered in the summer of 2022
    assert "POL" in orders.holders("k2", 2023.0, "NOR")
    assert orders.authority["k2"] == "KOR"
    assert orders.authority["f_35"] == "USA"
    assert len(orders.roster) == 32
