"""Patterns 1 and 2 hold and fail on deliveries typed by hand."""

import math

import pandas as pd
import pytest

from sim.estimation.checks import Asked, judge
from sim.estimation.pattern_delivery import (
    allowed_factor,
    categories_within_kinds,
    industries_within_kinds,
    months_of_kinds,
    never_always_on_time,
    slips,
    targets_by,
)
from tests.estimation.frames import AMERICA, KOREA, books

ASKED = Asked("one", "1", "One.", "", None, None, "", "")
RECORD = pd.DataFrame(
    [
        ("europe", "main_battle_tank", "stock", 5.0, 5.0),
        ("korea", "main_battle_tank", "stock", 4.0, 8.0),
        ("united_states", "combat_aircraft", "stock", 6.0, 6.0),
        ("europe", "rocket_artillery", "queued", 20.0, 30.0),
        ("korea", "main_battle_tank", "queued", 30.0, 33.0),
        ("united_states", "main_battle_tank", "queued", 24.0, 36.0),
    ],
    columns=["industry", "category", "group", "promised", "actual"],
)


def contracts(*waits: float, promised: float = 30.0, many: int = 1, **more):
    """Contracts that waited so many months; each stands `many` times."""
    rows = [
        {"signed": 0.0, "promised": promised, "first": wait, **more} for wait in waits for _ in range(many)
    ]
    return books(rows).contracts


def passes(found):
    return judge("pattern", ASKED, found).passed


def test_medians_of_a_kind_near_the_record_hold():
    assert passes(months_of_kinds(contracts(32.0, 33.0), RECORD)["queued"])


@pytest.mark.parametrize("wait", [6.0, 90.0])
def test_medians_of_a_kind_far_from_the_record_fail(wait):
    assert not passes(months_of_kinds(contracts(wait), RECORD)["queued"])


def test_a_kind_without_contracts_or_record_is_not_measured():
    found = months_of_kinds(contracts(32.0), RECORD)
    assert math.isnan(found["stock"].value)
    assert math.isnan(found["aircraft"].value)


def test_targets_are_medians_drawn_towards_each_other():
    targets = targets_by(RECORD, "group")
    assert 5.0 < targets["stock"].middle < 9.0
    assert 28.0 < targets["queued"].middle < 34.0


def test_cells_of_category_and_kind():
    good = categories_within_kinds(contracts(34.0, many=30), RECORD)
    bad = categories_within_kinds(contracts(90.0, many=30), RECORD)
    assert (good.value, bad.value) == (1.0, 0.0)
    assert "main_battle_tank from queued: 90" in bad.note
    assert math.isnan(categories_within_kinds(contracts(34.0), RECORD).value)


def test_industries_within_a_kind_differ_little_or_much():
    europe = contracts(30.0, many=30)
    near = pd.concat([europe, contracts(33.0, many=30, **KOREA)])
    far = pd.concat([europe, contracts(300.0, many=30, **KOREA)])
    assert allowed_factor(RECORD) > 1.0
    assert industries_within_kinds(near, RECORD).value == pytest.approx(1.1)
    assert passes(industries_within_kinds(near, RECORD))
    assert not passes(industries_within_kinds(far, RECORD))


def test_slips_like_the_record_hold_and_punctual_ones_fail():
    real = RECORD["actual"] - RECORD["promised"]
    like = pd.concat(
        [
            contracts(*(30.0 + slip for slip in real[RECORD["group"] == group]), kind=group)
            for group in ("stock", "queued")
        ]
    )
    found = slips(like, RECORD)
    assert found["on_time"].value == pytest.approx(0.5)
    assert found["mean"].value == pytest.approx(real.mean())
    assert all(passes(one) for one in found.values())
    punctual = slips(contracts(30.0, 30.0, 30.0), RECORD)
    assert not any(passes(one) for one in punctual.values())


def test_kinds_are_weighted_as_in_the_record():
    many_stock = pd.concat([contracts(30.0, many=99, kind="stock"), contracts(40.0, kind="queued")])
    assert slips(many_stock, RECORD)["mean"].value == pytest.approx(5.0)


def test_an_industry_that_is_always_on_time_is_seen():
    late = pd.concat([contracts(30.0, many=30), contracts(40.0, many=30)])
    always = pd.concat([late, contracts(30.0, many=40, **AMERICA)])
    assert never_always_on_time(late).value == pytest.approx(0.5)
    assert never_always_on_time(always).value == 1.0
