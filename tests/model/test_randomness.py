"""Common random numbers: frozen values, shapes of distributions, independent draws."""

import math

import numpy as np
import pytest
from scipy import stats

from sim.model import randomness
from sim.model.randomness import exponential, gumbel, mix, name_key, stream, triangular, uniform

COUNT = 20_000
POLAND, LINE = name_key("POL"), name_key("k2_changwon")


def key(random_seed=1, replication=0):
    """The key of a replication as it stands in the clock."""
    return np.uint64(stream(random_seed, replication))


def uniforms(replication=0, purpose=randomness.CARD, first=POLAND, second=LINE, count=COUNT):
    """One draw for each of many months."""
    start = key(replication=replication)
    return np.array([uniform(start, purpose, first, second, month) for month in range(count)])


def test_the_mixer_is_splitmix64():
    # The first two outputs of the published generator started at 0.
    golden = 0x9E3779B97F4A7C15
    assert int(mix(np.uint64(golden))) == 0xE220A8397B1DCDAF
    assert int(mix(np.uint64(2 * golden % 2**64))) == 0x6E789E6AA1B965F4


def test_the_keys_of_names_stay_as_they_are():
    assert int(name_key("POL")) == 0x335DDBE45A3FC07A
    assert int(name_key("KOR")) == 0xEB3E1A90D9AF803B
    assert int(name_key("k2_changwon")) == 0xA45CB7C0A9B5C140


def test_different_names_have_different_keys():
    names = [f"{state}.{number}" for state in ("POL", "DEU", "KOR") for number in range(1000)]
    assert len({int(name_key(name)) for name in names}) == len(names)


def test_the_keys_of_replications_stay_as_they_are():
    assert int(stream(1, 0)) == 0x4728CDD5EE342CC5
    assert int(stream(1, 1)) == 0xCD6F7DC0C7FBCD6D
    assert int(stream(2, 0)) == 0xCC63A0B670871F2A


def test_draws_stay_as_they_are():
    # Worked a second time with Python's whole numbers, which have no width to run over.
    assert uniform(key(), randomness.TENDER_LAUNCH, POLAND, LINE, 0) == 0.03388075903707949
    assert uniform(key(), randomness.TENDER_LAUNCH, POLAND, LINE, 119) == 0.2855380575600683
    assert uniform(key(), randomness.SLIP, POLAND, LINE, 0) == 0.8688348856902643
    assert gumbel(key(), randomness.CHOICE_LINE, POLAND, LINE, 7) == pytest.approx(-0.18985817225969634)


def test_months_before_the_start_have_their_own_draws():
    # The books are run up over the years before the start.
    assert uniform(key(), randomness.TENDER_LAUNCH, POLAND, LINE, -36) == 0.2846135789315189
    draws = {uniform(key(), randomness.CARD, POLAND, LINE, month) for month in range(-200, 200)}
    assert len(draws) == 400


def test_a_draw_does_not_depend_on_what_was_drawn_before():
    alone = uniform(key(replication=7), randomness.SLIP, POLAND, LINE, 3)
    uniforms(replication=6, count=100)
    assert uniform(key(replication=7), randomness.SLIP, POLAND, LINE, 3) == alone


def test_replication_k_is_the_same_in_a_run_of_ten_and_backwards():
    forwards = [int(stream(1, k)) for k in range(10)]
    backwards = [int(stream(1, k)) for k in reversed(range(10))]
    assert forwards == backwards[::-1]
    assert len(set(forwards)) == 10


def test_random_seeds_and_replications_are_not_exchanged():
    keys = {int(stream(seed, k)) for seed in range(100) for k in range(100)}
    assert len(keys) == 10_000


def test_no_two_purposes_share_a_number():
    numbers = [value for name, value in vars(randomness).items() if name.isupper() and isinstance(value, int)]
    assert len(numbers) == len(set(numbers)) >= 14


def test_draws_lie_within_0_and_1_with_neither_end():
    draws = uniforms()
    assert draws.min() > 0.0
    assert draws.max() < 1.0
    assert len(set(draws)) == COUNT


def test_draws_are_uniform():
    draws = uniforms()
    assert draws.mean() == pytest.approx(0.5, abs=4.0 * math.sqrt(1.0 / 12.0 / COUNT))
    assert draws.var() == pytest.approx(1.0 / 12.0, rel=0.03)
    assert stats.kstest(draws, "uniform").pvalue > 0.01


@pytest.mark.parametrize(
    "other",
    [
        {"replication": 1},
        {"purpose": randomness.SLIP},
        {"first": name_key("DEU")},
        {"second": name_key("k9_changwon")},
        {"first": LINE, "second": POLAND},
    ],
    ids=["replication", "purpose", "first name", "second name", "names swapped"],
)
def test_draws_that_differ_in_one_key_are_independent(other):
    here, there = uniforms(), uniforms(**other)
    # 20,000 independent pairs correlate within 4 / sqrt(20,000) = 0.028
    assert abs(np.corrcoef(here, there)[0, 1]) < 0.028
    table = np.histogram2d(here, there, bins=5, range=[[0, 1], [0, 1]])[0]
    assert stats.chi2_contingency(table).pvalue > 0.001


def test_one_month_tells_nothing_about_the_next():
    draws = uniforms()
    for lag in (1, 12):
        assert abs(np.corrcoef(draws[:-lag], draws[lag:])[0, 1]) < 0.028


def test_a_name_drawn_as_first_and_second_is_uniform_too():
    draws = np.array([
        uniform(key(replication=k), randomness.FACT, POLAND, POLAND, 0) for k in range(COUNT)
    ])  # fmt: skip
    assert stats.kstest(draws, "uniform").pvalue > 0.01


def test_gumbel_draws_have_mean_0_577_and_the_variance_of_a_logit_error():
    draws = np.array([gumbel(key(), randomness.CHOICE_LINE, POLAND, LINE, at) for at in range(COUNT)])
    # standard deviation pi / sqrt 6 = 1.2825; four standard errors of the mean = 0.036
    assert draws.mean() == pytest.approx(0.57722, abs=0.036)
    assert draws.std() == pytest.approx(math.pi / math.sqrt(6.0), rel=0.03)
    assert stats.kstest(draws, "gumbel_r").pvalue > 0.01


def test_triangular_draws_stay_on_their_support_around_their_mean():
    draws = np.array([triangular(2.0, 3.0, 7.0, chance) for chance in uniforms()])
    assert draws.min() >= 2.0
    assert draws.max() <= 7.0
    # variance (4 + 9 + 49 - 6 - 14 - 21) / 18 = 7/6: four standard errors = 0.031
    assert draws.mean() == pytest.approx(4.0, abs=0.031)
    assert stats.kstest(draws, "triang", args=(0.2, 2.0, 5.0)).pvalue > 0.01


@pytest.mark.parametrize(
    ("chance", "value"),
    [
        (0.0, 2.0),
        (0.2, 3.0),  # a fifth lies below the mode: 1 of 5
        (0.05, 2.5),  # sqrt(0.05 x 5 x 1) = 0.5
        (0.8, 5.0),  # 7 - sqrt(0.2 x 5 x 4) = 7 - 2
        (1.0, 7.0),
    ],
)
def test_a_chance_maps_to_the_triangle_as_worked_by_hand(chance, value):
    assert triangular(2.0, 3.0, 7.0, chance) == pytest.approx(value)


def test_a_triangle_may_have_its_mode_at_an_end():
    assert triangular(2.0, 2.0, 6.0, 0.75) == pytest.approx(4.0)  # 6 - sqrt(0.25 x 4 x 4)
    assert triangular(2.0, 6.0, 6.0, 0.25) == pytest.approx(4.0)  # 2 + sqrt(0.25 x 4 x 4)


def test_a_certain_fact_is_never_moved():
    assert triangular(3.0, 3.0, 3.0, 0.9) == 3.0


def test_exponential_draws_have_their_mean():
    draws = np.array([exponential(5.0, chance) for chance in uniforms()])
    assert draws.mean() == pytest.approx(5.0, abs=4.0 * 5.0 / math.sqrt(COUNT))
    assert exponential(5.0, math.exp(-2.0)) == pytest.approx(10.0)
