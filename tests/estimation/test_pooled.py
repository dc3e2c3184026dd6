"""Partial pooling on grids, against what is known in closed form."""

import math

import numpy as np
import pytest
from scipy import stats

from sim.estimation.pooled import log_normal, logit_normal, pool
from sim.evidence.facts import Fact

X = np.linspace(-6.0, 6.0, 241)
ONE = np.array([1.0])


def fact(value: float, low: float, high: float) -> Fact:
    return Fact("a", "b", value, low, high, "", "2025", (), "D", "")


def log_likelihood(value: float, deviation: float) -> np.ndarray:
    return stats.norm.logpdf(value, X, deviation)[None, :]


def middle(weights: np.ndarray) -> float:
    return float(weights.sum(axis=0) @ X)


def test_one_kind_follows_the_normal_prior():
    grid = pool(X, ONE, stats.norm(0.0, 1.0), 0.05)
    found = grid.weights({"a": log_likelihood(2.0, 1.0)}, ["a"])
    assert found["a"].sum() == pytest.approx(1.0)
    assert middle(found["a"]) == pytest.approx(1.0, abs=0.04)  # half way from 0 to 2


def test_a_kind_without_cases_follows_the_others():
    grid = pool(X, ONE, stats.norm(0.0, 1.0), 0.2)
    found = grid.weights({"a": log_likelihood(2.0, 0.1), "b": log_likelihood(2.0, 0.1)}, ["a", "c"])
    assert 1.5 < middle(found["c"]) < 2.0
    assert found["c"].sum(axis=0).max() < found["a"].sum(axis=0).max()


def test_kinds_that_differ_stay_apart_and_few_cases_are_drawn_in():
    grid = pool(X, ONE, stats.norm(0.0, 2.0), 1.0)
    logs = {"many": log_likelihood(2.0, 0.1), "few": log_likelihood(-2.0, 1.5)}
    found = grid.weights(logs, ["many", "few"])
    assert middle(found["many"]) == pytest.approx(2.0, abs=0.05)
    assert -2.0 < middle(found["few"]) < 0.0


def test_no_number_is_lost_where_one_spread_is_hopeless():
    grid = pool(X, np.array([1.0, 2.0]), stats.norm(0.0, 1.0), 0.5)
    far = np.vstack([np.full(len(X), -1e5) - X**2, -((X - 1.0) ** 2)])
    found = grid.weights({"a": far, "b": far}, ["a", "b"])
    assert np.isfinite(found["a"]).all()
    assert found["a"][0].sum() == 0.0


def test_priors_hold_nine_tenths_of_their_range():
    months = log_normal(fact(24, 6, 96))
    assert math.exp(months.ppf(0.05)) == pytest.approx(6.0)
    assert math.exp(months.ppf(0.95)) == pytest.approx(96.0)
    assert logit_normal(fact(0.5, 0.1, 0.9)).ppf(0.95) == pytest.approx(math.log(9.0))
