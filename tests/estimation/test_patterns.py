"""All checks together: every one on the lists is measured, whatever the books hold."""

import pytest

from sim.estimation.checks import read_list
from sim.estimation.known import known_contracts
from sim.estimation.patterns import pattern_checks
from sim.estimation.plausibility import plausibility_checks
from sim.evidence.seeds import load_seeds
from tests.estimation.frames import AMERICA, KOREA, books, known, worth


@pytest.fixture(scope="module")
def run():
    """One small run of a few contracts for every scenario."""
    rows, fleets, families = [], [], []
    for number in range(20):
        plain = {"replication": number}
        rows += [
            worth(100.0 + number, **plain),
            worth(50.0, **plain, **KOREA),
            worth(70.0, **plain, **AMERICA),
        ]
        fleets += [{**plain, "year": year} for year in (2030, 2032, 2035)]
        families += [{**plain, "year": year, "family": "abrams"} for year in (2031, 2032, 2035)]
    past = books(rows, fleets=fleets, families=families, replications=20, start="2022-02")
    today = books(rows, fleets=fleets, families=families, replications=20)
    return lambda name: past if name == "february_2022" else today


def test_every_pattern_is_measured_in_the_order_of_the_list(run):
    seen = []
    checks = pattern_checks(load_seeds(), known(), run, lambda done, every: seen.append((done, every)))
    assert [check.name for check in checks] == [one.name for one in read_list("patterns.csv")]
    assert seen[0][0] == 0
    assert any(check.passed for check in checks)
    assert not all(check.passed for check in checks)


def test_every_range_is_measured(run):
    checks = plausibility_checks(load_seeds(), known(), run)
    assert len(checks) == len(read_list("plausibility.csv")) + len(known_contracts()) + 1
    assert {check.kind for check in checks} == {"plausibility"}


def test_empty_books_fail_checks_and_break_nothing():
    nothing = books(replications=20)
    checks = pattern_checks(load_seeds(), known(), lambda name: nothing)
    checks += plausibility_checks(load_seeds(), known(), lambda name: nothing)
    assert not any(check.passed for check in checks if check.measured != check.measured)
