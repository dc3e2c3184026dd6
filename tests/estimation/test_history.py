"""What happened beside what the model ordered: ranges, main suppliers, a headline and the misses."""

import pandas as pd
import pytest

from sim.estimation.history import Sum, headline, misses, report, sums, suppliers
from tests.estimation.frames import AMERICA, KOREA, books, known, worth

MARKET = known()
RECORD = pd.DataFrame(
    [
        ("POL", 2022, "main_battle_tank", "korea", "KOR", 6000.0),
        ("POL", 2023, "main_battle_tank", "united_states", "USA", 2000.0),
        ("DEU", 2024, "submarine", "europe", "DEU", 9000.0),
    ],
    columns=["buyer", "year", "category", "industry", "authority", "value"],
)


@pytest.fixture(scope="module")
def model():
    rows = []
    for number in range(11):
        rows += [
            worth(5000.0 + 200 * number, replication=number, **KOREA),
            worth(1000.0, replication=number, **AMERICA),
            worth(1000.0, replication=number, buyer="DEU", category="submarine"),
            worth(9999.0, replication=number, signed=60.0, **KOREA),  # 2027: too late to count
        ]
    return books(rows, replications=11, start="2022-02")


def test_sums_lie_within_the_range_or_outside(model):
    found = {(one.place, one.part): one for one in sums(model, RECORD, MARKET)}
    korea = found["europe_canada", "korea"]
    assert (korea.low, korea.middle, korea.high) == pytest.approx((5.2, 6.0, 6.8))
    assert korea.within
    assert not found["europe_canada", "submarine"].within
    assert found["europe_canada", "submarine"].verdict == "the model orders too little"
    assert found["POL", "all"].happened == 8.0
    assert found["NOR", "all"].happened == 0.0


def test_too_much_is_said_too():
    assert Sum("POL", "all", 1.0, 2.0, 3.0, 4.0).verdict == "the model orders too much"


def test_main_suppliers_by_value(model):
    poland = suppliers(model, RECORD)[0]
    assert poland.happened == (("KOR", 0.75), ("USA", 0.25))
    assert dict(poland.model) == pytest.approx({"KOR": 6 / 7, "USA": 1 / 7})


def test_the_headline_and_the_misses_say_what_is_wrong(model):
    found = sums(model, RECORD, MARKET)
    assert headline(found) == (
        "Orders 2022-25: the total of 17 bn lies outside the model's 10-90 range of 7 to 9 bn. Within theirs "
        "lie 2 of 4 industries, 6 of 8 categories, 3 of 5 states."
    )
    assert misses(found, MARKET)[0].startswith("All orders: 17.0 bn happened, 7.2 to 8.8 bn in the model")
    assert any(sentence.startswith("Germany: 9.0 bn happened") for sentence in misses(found, MARKET))


def test_the_report_is_plain_data(model):
    found = report(model, RECORD, MARKET)
    assert set(found) == {"headline", "definition", "caution", "sums", "suppliers", "misses"}
    assert {"place", "part", "happened", "p10", "p50", "p90", "within"} <= set(found["sums"][0])
