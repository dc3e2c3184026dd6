"""Patterns 3, 4, 5 and 10 hold and fail on orders typed by hand."""

import math

import pandas as pd
import pytest

from sim.estimation.checks import Asked, judge
from sim.estimation.pattern_choice import (
    bought_at_home,
    contract_shares,
    mixing,
    same_state_mixes,
    suppliers_at_once,
    ties_at_first,
    urgent_against_calm,
    us_share_of_imports,
)
from sim.estimation.samples import directed
from tests.estimation.frames import AMERICA, KOREA, books, worth

ASKED = Asked("one", "1", "One.", "", None, None, "", "")
GUNS = {"category": "self_propelled_howitzer"}
PAST = {"start": "2022-02"}


def test_shares_of_contracts_count_orders_at_home_and_2022_to_2024_only():
    one = books(
        [worth(52.0, domestic=1), worth(34.0, **AMERICA), worth(14.0, **KOREA), worth(900.0, signed=40.0)],
        **PAST,
    )
    assert contract_shares(one, ["POL"]) == pytest.approx(
        {"europe": 0.52, "united_states": 0.34, "others": 0.14}
    )


def test_shares_of_imports_count_what_arrives_from_abroad():
    arrives = {"first": 6.0, "last": 10.0}
    one = books(
        [
            worth(60.0, **AMERICA, **arrives),
            worth(40.0, **arrives),
            worth(500.0, domestic=1, **arrives),
            worth(900.0, **KOREA, first=100.0, last=110.0),
        ],
        **PAST,
    )
    assert us_share_of_imports(one, ["POL"], 2022, 2025) == pytest.approx(0.6)


def test_pairs_of_purchases_in_two_categories():
    frame = pd.DataFrame(
        [("A", "tank", "korea"), ("A", "gun", "korea"), ("A", "jet", "europe"), ("A", "jet", "europe"),
         ("B", "tank", "korea")],
        columns=["buyer", "category", "industry"],
    )  # fmt: skip
    mixed = mixing(frame, ["buyer"])
    assert mixed.to_dict() == {"A": pytest.approx(4 / 5)}


@pytest.mark.parametrize(("second", "holds"), [(AMERICA, True), ({}, False)])
def test_a_state_that_mixes_like_the_record_holds(second, holds):
    record = pd.DataFrame(
        [(buyer, category, industry) for buyer in ("A", "B", "C") for category, industry in
         (("tank", "korea"), ("gun", "europe"))],
        columns=["buyer", "category", "industry"],
    )  # fmt: skip
    one = books([worth(1.0), worth(1.0, **{**second, **GUNS})], **PAST)
    assert judge("pattern", ASKED, same_state_mixes(one, ["POL"], record)).passed is holds


def test_the_share_bought_at_home():
    one = books([worth(80.0, domestic=1), worth(20.0), worth(50.0, buyer="DEU")])
    found = bought_at_home(one, ["POL"], 2026, 2035)
    assert found.value == pytest.approx(0.8)
    assert found.note == "POL 80%"


def test_suppliers_abroad_within_two_years():
    late = worth(1.0, signed=40.0, **AMERICA)
    one = books([worth(1.0), worth(1.0, **KOREA), worth(1.0, domestic=1, **AMERICA), late], **PAST)
    record = pd.DataFrame([("POL", 2022, 0, "KOR")], columns=["buyer", "year", "domestic", "authority"])
    found = suppliers_at_once(one, "POL", 2022, 2023, record)
    assert found.value == 2.0
    assert found.note == "1 in the record: KOR"


@pytest.mark.parametrize(("months", "price", "holds"), [(20.0, 12.0, True), (60.0, 8.0, False)])
def test_urgent_needs_pay_for_speed_or_do_not(months, price, holds):
    rows = []
    for number in range(3):
        for urgency, wait, unit in (
            (1.0, months, price),
            (0.5, 40.0, 10.0),
            (0.0, 40.0 + number, 10.0 + number / 9),
        ):
            rows.append(
                {"replication": number, "urgency": urgency, "promised": 10.0 + wait, "unit_price": unit}
            )
    found = urgent_against_calm(books(rows, replications=3), {"POL": 1.0, "DEU": 0.5, "ESP": 0.1})
    assert directed(found["months"], -1).holds is holds
    assert directed(found["price"], 1).holds is holds


def test_states_that_feel_little_threat_do_not_count():
    one = books([{"buyer": "ESP", "urgency": 1.0}, {"buyer": "ESP", "urgency": 0.0}])
    assert math.isnan(urgent_against_calm(one, {"POL": 1.0, "DEU": 0.5, "ESP": 0.1})["months"].middle)


def test_ties_weigh_more_at_first_or_not():
    assert ties_at_first(0.8, 0.4).value == 2.0
    assert ties_at_first(0.8, 0.4).holds
    assert not ties_at_first(0.4, 0.4).holds
    assert not ties_at_first(0.0, 0.0).holds
