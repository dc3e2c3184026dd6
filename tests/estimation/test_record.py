"""What happened is counted once: decisions, the contracts that carry them out, and bare contracts."""

import math

import pandas as pd
import pytest

from sim.estimation.record import deliveries, delivery_kind, months, purchase_table
from sim.evidence.seeds import load_seeds
from tests.estimation.frames import known


@pytest.fixture(scope="module")
def record() -> pd.DataFrame:
    return purchase_table(load_seeds(), known())


@pytest.fixture(scope="module")
def delivered() -> pd.DataFrame:
    return deliveries(load_seeds(), known())


def test_a_decision_and_its_contracts_count_once(record):
    tanks = record[(record["buyer"] == "POL") & (record["line"].isin(["k2_changwon", "k2pl_gliwice"]))]
    assert sorted(tanks["id"]) == ["MBT-POL-2022-K2", "MBT-POL-2025-K2"]
    assert list(tanks.sort_values("year")["value"]) == [3370.0, 6700.0]


def test_the_delivery_record_tells_how_many_a_bare_contract_was(record):
    launchers = record[record["id"] == "POL-chunmoo-2022"].iloc[0]
    assert launchers["value"] == pytest.approx(218 * 17.5)


def test_a_framework_counts_with_its_calls_only(record):
    assert "AMM-DEU-2024" not in set(record["id"])
    assert "DEU-shell_155-2024" in set(record["id"])


@pytest.mark.parametrize("waiting", ["SUB-POL-2025", "SPH-GBR-2024", "MBT-ITA-2024", "IFV-ROU-2025"])
def test_a_choice_without_a_contract_does_not_count(record, waiting):
    assert waiting not in set(record["id"])


def test_only_the_period_and_the_states_of_europe_and_canada_count(record):
    assert record["year"].between(2022, 2025).all()
    assert "USA" not in set(record["buyer"])
    assert record["id"].is_unique
    assert (record["value"] > 0).all()


def test_orders_at_home_are_marked(record):
    assert record.set_index("id").loc["IFV-POL-2025", "domestic"] == 1
    assert record.set_index("id").loc["MBT-POL-2022-K2", "domestic"] == 0


def test_a_bare_year_is_the_middle_of_what_is_left_of_it():
    assert months("2023", -math.inf) == 12 * 2023 + 5.5
    assert months("2023-03", 0.0) == 12 * 2023 + 2
    assert months("2022", 12 * 2022 + 7) == 12 * 2022 + 9.0
    assert math.isnan(months("", 0.0))


def test_the_delivery_record_is_read_in_months(delivered):
    rows = delivered.set_index("id")
    assert rows.loc["POL-abrams_surplus-2023", "actual"] == 5.0
    assert rows.loc["POL-abrams_surplus-2023", "promised"] == 3.0
    assert (
        rows.loc["DEU-leopard_2a8_munich-2023", "actual"] != rows.loc["DEU-leopard_2a8_munich-2023", "actual"]
    )


def test_fighters_and_submarines_stand_apart():
    assert delivery_kind("combat_aircraft", "queued") == "aircraft"
    assert delivery_kind("combat_aircraft", "stock") == "stock"
    assert delivery_kind("combat_aircraft", "new") == "new"
    assert delivery_kind("submarine", "hot") == "submarine"
    assert delivery_kind("main_battle_tank", "hot") == "hot"
