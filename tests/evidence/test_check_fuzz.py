"""Whatever stands in a cell or a file, the check answers with problems and never with another error."""

import csv
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.evidence.check import check_seeds
from sim.evidence.facts import EvidenceError
from sim.evidence.seeds import load_seeds
from tests.toy import TOY, copy_of_toy

FILES = sorted(path.relative_to(TOY).as_posix() for path in TOY.rglob("*.csv"))
CELLS = st.one_of(
    st.sampled_from(
        ["", "-1", "1e308", "nan", "1;2", ";", "*", "..", "a.b.c", "effect.x", "doctrine.*.x", '"']
    ),
    st.text(max_size=20),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=st.sampled_from(FILES), cell=CELLS, place=st.integers(0, 10_000))
def test_any_cell_may_hold_anything(tmp_path_factory, file, cell, place):
    seeds = copy_of_toy(tmp_path_factory.mktemp("fuzz"))
    path = seeds / file
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    row = rows[place % len(rows)]
    row[place // len(rows) % len(row)] = cell
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    path.write_bytes(out.getvalue().encode("utf-8", "surrogatepass"))
    problems = [problem for problem in check_seeds(seeds) if problem.level == "error"]
    assert all(problem.file and problem.message and "\n" not in str(problem)[:200] for problem in problems)
    assert_loads_unless(seeds, problems)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=st.sampled_from(FILES), content=st.binary(max_size=200))
def test_any_file_may_hold_anything(tmp_path_factory, file, content):
    seeds = copy_of_toy(tmp_path_factory.mktemp("fuzz"))
    (seeds / file).write_bytes(content)
    assert_loads_unless(seeds, [problem for problem in check_seeds(seeds) if problem.level == "error"])


def assert_loads_unless(seeds, problems):
    """The loader refuses exactly what the check refuses."""
    try:
        load_seeds(seeds)
        loaded = True
    except EvidenceError:
        loaded = False
    assert loaded == (not problems)
