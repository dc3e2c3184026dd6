"""Which facts are calibrated, at which values a point holds them, and a small calibration from end to end."""

import numpy as np
import pytest

from sim.estimation import calibration
from sim.estimation.calibration import FACTS, MODELLED, calibrate, facts, held
from sim.estimation.fit import report
from sim.evidence.seeds import load_seeds
from sim.experiment.ensemble import Cancelled
from sim.policy.scenario import load_scenario

EARLY = load_seeds(start="2022-02")


def test_the_facts_have_the_ranges_of_the_seeds():
    found = {one.name: one for one in facts(EARLY)}
    assert tuple(found) == FACTS
    base = EARLY.fact("tender", "base")
    assert (found["tender.base"].low, found["tender.base"].value, found["tender.base"].high) == (
        base.low, base.value, base.high,
    )  # fmt: skip
    assert found["tender.base"].at(found["tender.base"].place) == pytest.approx(base.value)
    assert all(one.low < one.value < one.high for one in found.values())


def test_a_point_holds_each_fact_at_its_place_in_the_range():
    known = facts(EARLY)
    low, high = (held(np.full(len(known), end), known, EARLY) for end in (0.0, 1.0))
    poland = EARLY.fact("POL", MODELLED)
    assert (low[f"POL.{MODELLED}"], high[f"POL.{MODELLED}"]) == pytest.approx((poland.low, poland.high))
    assert low["invest.lag_months"] == EARLY.fact("invest", "lag_months").low
    assert len(low) == len(FACTS) - 1 + len(EARLY.states())
    for values in (low, high):
        assert len(load_scenario("february_2022").with_facts(values).facts) == len(values)


def test_a_small_calibration_runs_from_end_to_end(monkeypatch):
    monkeypatch.setattr(calibration, "FACTS", ("tender.base",))
    one = calibrate(load_seeds(), points=4, replications=2)
    found = report(one)
    assert [row["fact"] for row in found["facts"]] == ["tender.base"]
    assert one.found.first.samples.shape == (4, 2, len(one.listed))
    total = next(row for row in found["aggregates"] if row["name"] == "orders_total")
    assert 50 < total["before"][1] < 500  # bn: a run has orders of the size of the record
    more, fewer = one.found.first.points[:, 0].argmax(), one.found.first.points[:, 0].argmin()
    assert (one.found.first.samples[more] != one.found.first.samples[fewer]).any()


def test_a_calibration_can_be_stopped():
    with pytest.raises(Cancelled):
        calibrate(load_seeds(), points=200, replications=1, cancel=lambda: True)
