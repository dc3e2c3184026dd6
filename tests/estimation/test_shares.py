"""Shares of makers under each definition, on books typed by hand."""

import pytest

from sim.estimation.shares import (
    DEFINITIONS,
    FLEET,
    IMPORTS,
    NO_MAKER,
    UNION,
    UNION_MAKERS,
    import_share,
    order_share,
    scope,
    shares,
)
from sim.evidence.seeds import load_seeds
from tests.estimation.frames import AMERICA, KOREA, books, worth

ARRIVES = {"signed": 2.0, "first": 6.0, "last": 10.0}
BRITISH = {"line": "challenger_3_telford", "family": "challenger", "authority": "GBR"}


@pytest.fixture(scope="module")
def known():
    return scope(load_seeds())


def test_orders_at_home_count_as_contracts_and_not_as_imports(known):
    one = books([worth(60.0, domestic=1, **ARRIVES), worth(30.0, **AMERICA, **ARRIVES),
                 worth(10.0, **KOREA, **ARRIVES)])  # fmt: skip
    assert order_share(one, ["POL"], 2026, 2026, "europe").item() == pytest.approx(0.6)
    assert import_share(one, ["POL"], 2026, 2026, "europe").item() == 0.0
    assert import_share(one, ["POL"], 2026, 2026, "united_states").item() == pytest.approx(0.75)


def test_only_the_window_counts(known):
    late = worth(900.0, **KOREA, signed=70.0, first=90.0, last=95.0)
    one = books([worth(50.0, **AMERICA, **ARRIVES), late])
    for definition in ("contracts", IMPORTS, UNION):
        found = shares(one, known, definition, 2026, 2030)
        assert (found["united_states"].item(), found["korea"].item()) == (1.0, 0.0)


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_shares_add_to_one_under_every_definition(known, definition):
    rows = [worth(60.0, **ARRIVES), worth(30.0, **AMERICA, **ARRIVES), worth(10.0, **KOREA, **ARRIVES)]
    one = books(
        [row | {"replication": number} for number in range(2) for row in rows],
        families=[{"replication": number, "family": family, "stock": 10.0}
                  for number in range(2) for family in ("leopard_2", "f_16", "soviet_tank")],
        replications=2,
    )  # fmt: skip
    found = shares(one, known, definition, 2026, 2030)
    assert list(found.sum(axis=1)) == pytest.approx([1.0, 1.0])


def test_the_fleet_counts_by_price_and_the_state_that_supports_the_type(known):
    price = known.market.category_price
    one = books(
        families=[
            {"family": "leopard_2", "stock": 100.0},
            {"family": "soviet_tank", "stock": 50.0},
            {"family": "f_16", "stock": 10.0},
            {"family": "shell_155", "stock": 500.0},
            {"family": "k2", "stock": 900.0, "year": 2031},
            {"family": "k2", "stock": 900.0, "state": "USA"},
        ]
    )
    tank, aircraft = price["main_battle_tank"], price["combat_aircraft"]
    total = 150 * tank + 10 * aircraft
    found = shares(one, known, FLEET, 2026, 2030).iloc[0]
    assert found["europe"] == pytest.approx(100 * tank / total)
    assert found[NO_MAKER] == pytest.approx(50 * tank / total)
    assert found["united_states"] == pytest.approx(10 * aircraft / total)
    assert found["korea"] == 0.0


def test_the_fleet_of_a_run_that_starts_in_february_is_that_of_the_nearest_month(known):
    one = books(
        families=[{"family": "leopard_2", "year": 2025}, {"family": "f_16", "year": 2024}], start="2022-02"
    )
    assert shares(one, known, FLEET, 2022, 2024)["europe"].item() == 1.0


def test_the_union_counts_its_own_states_and_the_seat_of_the_maker(known):
    one = books(
        [
            worth(70.0),
            worth(20.0, **BRITISH),
            worth(10.0, **KOREA),
            worth(500.0, buyer="GBR", **BRITISH),
            worth(300.0, category="artillery_ammunition_155mm"),
        ]
    )
    found = shares(one, known, UNION, 2026, 2026).iloc[0]
    assert found[UNION_MAKERS] == pytest.approx(0.7)
    assert found["europe"] == pytest.approx(0.2)
    assert found["korea"] == pytest.approx(0.1)


def test_no_purchase_has_no_share(known):
    assert shares(books([]), known, "contracts", 2026, 2030).isna().all(axis=None)
