"""What a record of deliveries says: planted months and slips come back, contracts not delivered yet count."""

import math

import numpy as np
import pytest
from scipy import special, stats

from sim.estimation.delivery_model import LAST, MONTHS, Likelihoods, Record, priors, promised_months
from sim.estimation.delivery_scores import quantiles
from sim.evidence.seeds import load_seeds
from tests.estimation.deliveries import SIGNED, case, chance

PLANTED = {"stock": 8.0, "queued": 36.0, "aircraft": 60.0}
WITHIN, EACH = 0.4, 16
NEVER = math.inf


@pytest.fixture(scope="module")
def likely():
    return Likelihoods(priors(load_seeds()))


def planted(seen: float = NEVER):
    """Contracts of three kinds; what takes longer than `seen` months has not come yet."""
    found = []
    for kind, middle in PLANTED.items():
        for at in range(EACH):
            name = f"{kind}{at}"
            wait = max(1.0, round(middle * math.exp(WITHIN * stats.norm.ppf(chance(name)))))
            found.append(case(name, kind, wait) if wait <= seen else case(name, kind, seen + 1.0, NEVER))
    return found


def median(fit, kind: str) -> float:
    return quantiles(fit.months([kind]))[1]


def test_planted_months_come_back(likely):
    fit = Record(planted(), likely).fit()
    for kind, middle in PLANTED.items():
        assert median(fit, kind) == pytest.approx(middle, rel=0.2)
    within = fit.months_of["queued"].sum(axis=1) @ likely.priors.months.shared
    assert within == pytest.approx(WITHIN, rel=0.25)


def test_contracts_not_delivered_yet_keep_the_months_from_looking_short(likely):
    seen = planted(55.0)
    fit = Record(seen, likely).fit()
    dropped = Record([one for one in seen if one.dated], likely).fit()
    assert sum(not one.dated for one in seen) >= 8
    assert median(fit, "aircraft") == pytest.approx(60.0, rel=0.3)
    assert median(dropped, "aircraft") < 0.8 * median(fit, "aircraft")


def test_planted_slips_come_back(likely):
    on_time, lateness, cases = 0.4, 0.3, []
    for at in range(60):
        name, promise = f"slip{at}", 10.0 + at
        late = math.floor(-lateness * promise * math.log(chance(name, 1)))
        wait = promise + (0.0 if chance(name) <= on_time else late)
        cases.append(case(name, "queued", wait, promise=promise))
    fit, grid = Record(cases, likely).fit(), likely.priors.slips
    weight = fit.slips_of["queued"]
    assert weight.sum(axis=0) @ special.expit(grid.x) == pytest.approx(on_time, abs=0.12)
    assert weight.sum(axis=1) @ grid.shared == pytest.approx(lateness, rel=0.25)


def test_a_promise_becomes_months_by_the_rule_of_the_model():
    found = promised_months(np.array([10.0]), np.array([0.1]), np.array([0.5]))
    assert found[9] == pytest.approx(1.0 - 0.5 * math.exp(-1.0))
    assert found[10] == pytest.approx(0.5 * (math.exp(-1.0) - math.exp(-2.0)))
    assert found[:9].sum() == 0.0
    assert found.sum() == pytest.approx(1.0)


def test_what_is_said_adds_up_for_any_kind(likely):
    fit = Record(planted(), likely).fit()
    for kinds in (["stock"], ["submarine"], ["hot", "queued"], ["stock", "queued", "aircraft"]):
        assert fit.months(kinds).sum() == pytest.approx(1.0)
        assert fit.from_promise(kinds, np.array([12.0, 24.0])).sum() == pytest.approx(1.0)
    mixed = fit.months(["stock", "aircraft"])
    assert mixed == pytest.approx((fit.months(["stock"]) + fit.months(["aircraft"])) / 2)
    assert len(MONTHS) == LAST


def test_the_record_before_a_month_knows_nothing_later(likely):
    record = Record(planted(), likely)
    assert record.before(SIGNED).cases == []
    then = record.before(SIGNED + 21.0)
    assert all(one.dated for one in then.cases if one.high[0] <= 20)
    assert max(float(one.low[0]) for one in then.cases) == 21.0
