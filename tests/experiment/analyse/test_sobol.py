"""Sobol indices on functions whose indices are known, and beside two other implementations."""

import numpy as np
import pytest
from scipy.stats import sobol_indices

from sim.experiment.analyse.sobol import design, indices, least_points

POINTS = 1024
# The same points and values in SALib 1.6.0: sobol.analyze(..., calc_second_order=False), blocks in its order.
SALIB_ISHIGAMI = ([0.33305486, 0.44131631, 0.01864541], [0.5581838, 0.44327076, 0.2420943])
SALIB_G = ([0.71422737, 0.17506263, 0.02259354, 0.0063616], [0.78624678, 0.23620863, 0.03405553, 0.01027343])


def ishigami(x):
    """Ishigami & Homma 1990 with a = 7 and b = 0.1, on (0, 1) to the third."""
    first, second, third = np.moveaxis(-np.pi + 2.0 * np.pi * x, -1, 0)
    return np.sin(first) + 7.0 * np.sin(second) ** 2 + 0.1 * third**4 * np.sin(first)


def g_function(x):
    """Sobol's G with a = 0, 1, 4.5, 9."""
    a = np.array([0.0, 1.0, 4.5, 9.0])
    return np.prod((np.abs(4.0 * x - 2.0) + a) / (1.0 + a), axis=-1)


def found(function, factors, points=POINTS):
    return indices(function(design(factors, points))[..., None], repeats=50)


def noisy(function, factors, runs, size, points=POINTS):
    """The function with independent chance of this standard deviation at every point and replication."""
    values = function(design(factors, points))[..., None]
    return values + size * np.random.default_rng(5).standard_normal((*values.shape[:2], runs))


def test_ishigami_has_its_analytic_indices():
    a, b = 7.0, 0.1
    first = 0.5 * (1.0 + b * np.pi**4 / 5.0) ** 2
    second, joint = a**2 / 8.0, b**2 * np.pi**8 * (1.0 / 18.0 - 1.0 / 50.0)
    whole = first + second + joint
    one = found(ishigami, 3)
    assert one.variance == pytest.approx(whole, rel=0.01)
    assert one.first == pytest.approx([first / whole, second / whole, 0.0], abs=0.02)
    assert one.total == pytest.approx([(first + joint) / whole, second / whole, joint / whole], abs=0.005)
    assert (one.first_ends[0] < one.first).all()
    assert (one.first < one.first_ends[1]).all()
    assert (one.chance, one.explained) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("function", "factors", "theirs"), [(ishigami, 3, SALIB_ISHIGAMI), (g_function, 4, SALIB_G)]
)
def test_indices_are_those_of_salib(function, factors, theirs):
    one = found(function, factors)
    assert one.first == pytest.approx(theirs[0], abs=1e-6)
    assert one.total == pytest.approx(theirs[1], abs=1e-6)


@pytest.mark.parametrize(("function", "factors"), [(ishigami, 3), (g_function, 4)])
def test_indices_are_those_of_scipy(function, factors):
    values = function(design(factors, POINTS))
    theirs = sobol_indices(
        func={"f_A": values[:1], "f_B": values[1:2], "f_AB": values[2:, None, :]}, n=POINTS
    )
    one = found(function, factors)
    assert one.first == pytest.approx(theirs.first_order, abs=1e-12)
    assert one.total == pytest.approx(theirs.total_order, abs=1e-12)


def test_a_sum_is_split_by_the_squares_of_its_weights():
    one = found(lambda x: x @ np.array([3.0, 2.0, 1.0]), 3)
    assert one.first == pytest.approx([9 / 14, 4 / 14, 1 / 14], abs=0.002)
    assert one.total == pytest.approx(one.first, abs=0.002)


def test_a_factor_that_does_nothing_gets_nothing_at_all():
    one = found(lambda x: x[..., 0] ** 2, 2)
    assert (one.first[1], one.total[1]) == (0.0, 0.0)
    assert not one.first_ends[:, 1].any()
    assert not one.total_ends[:, 1].any()
    assert one.is_clear


def test_chance_is_taken_out_and_its_part_is_said():
    size, runs = 4.0, 4
    values = noisy(ishigami, 3, runs, size)
    one, plain = indices(values, repeats=50), indices(values.mean(axis=2)[..., None], repeats=10)
    whole = 13.845
    assert one.total == pytest.approx([0.558, 0.442, 0.244], abs=0.07)
    assert plain.total.sum() > one.total.sum() + 0.3  # of means, chance looks like joint effects
    assert one.chance == pytest.approx(size**2 / runs / (whole + size**2 / runs), abs=0.03)
    assert one.explained == pytest.approx(whole / (whole + size**2), abs=0.03)
    assert (one.total_ends[0] < [0.558, 0.442, 0.244]).all()
    assert (one.total_ends[1] > [0.558, 0.442, 0.244]).all()


def test_where_there_is_only_chance_nothing_is_clear():
    one = indices(noisy(lambda x: 0.0 * x[..., 0], 2, 8, 1.0, points=256), repeats=50)
    assert not one.is_clear
    still = indices(np.ones((4, 16, 3)))
    assert (still.variance, still.is_clear) == (0.0, False)
    assert np.isnan(still.total).all()


def test_what_is_the_same_at_all_points_changes_no_share():
    values = ishigami(design(3, 256))[..., None]
    shifted = values + np.array([0.0, 30.0, -20.0])
    alone, many = indices(values, repeats=5), indices(shifted, repeats=5)
    assert many.first == pytest.approx(alone.first)
    assert many.total == pytest.approx(alone.total)
    assert many.explained < 0.1  # but single runs vary far more


def test_a_replication_without_a_figure_is_left_out():
    values = noisy(ishigami, 3, 3, 1.0, points=64)
    broken = np.concatenate([values, np.full((5, 64, 1), np.nan)], axis=2)
    assert indices(broken, repeats=5).total == pytest.approx(indices(values, repeats=5).total)
    assert np.isnan(indices(np.full((5, 64, 2), np.nan)).total).all()


def test_the_design_changes_one_column_at_a_time():
    where = design(3, 32)
    assert where.shape == (5, 32, 3)
    assert where.min() > 0.0
    assert where.max() < 1.0
    for column in range(3):
        same = [at for at in range(3) if at != column]
        assert np.array_equal(where[2 + column][:, same], where[0][:, same])
        assert np.array_equal(where[2 + column][:, column], where[1][:, column])
    with pytest.raises(ValueError, match="power of two"):
        design(3, 48)


@pytest.mark.parametrize("factors", [2, 3, 5, 8, 13, 20])
def test_the_fewest_points_tell_all_factors_apart(factors):
    one = found(lambda x: x.sum(axis=-1), factors, least_points(factors))
    assert one.total * factors == pytest.approx(np.ones(factors), abs=0.15)


def test_intervals_are_the_same_each_time():
    values = noisy(ishigami, 3, 2, 1.0, points=32)
    first, again, other = indices(values), indices(values), indices(values, random_seed=2)
    assert np.array_equal(first.total_ends, again.total_ends)
    assert not np.array_equal(first.total_ends, other.total_ends)
