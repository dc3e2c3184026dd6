"""The program on the page gives the numbers of the page."""

import contextlib
import io
from pathlib import Path

import numpy as np
import pytest

from sim.policy.scenario import Card
from sim.report import tables
from sim.web import catalogue, engine, reproduce
from sim.web.choice import Choice, opened

BOOK = catalogue.read()
NUMBER = 6
HOLD = Card("us_pause_of_deliveries", "2028-03", 12, 1.5)


def printed(choice: Choice, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the program prints in a folder with the files that the page saves."""
    monkeypatch.chdir(folder)
    base = BOOK.baselines[choice.preset.start]
    Path(f"{base.id}.toml").write_text(base.to_toml(), encoding="utf-8")
    Path(choice.file_name).write_text(choice.scenario.to_toml(), encoding="utf-8")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(reproduce.python(choice, BOOK, NUMBER), {})
    return out.getvalue().strip()


@pytest.mark.parametrize(
    "choice",
    [
        Choice(BOOK.questions["no_korea"], place="POL"),
        Choice(BOOK.questions["baseline"], {"us_delivery_release": 0.5}, until=2035),
        Choice(BOOK.questions["us_pause"], {"doctrine.POL.speed": 2.0}, "NOR"),
        Choice(BOOK.questions["baseline"], placed=(HOLD,), until=2029),
        opened(BOOK.questions["february_2022"]),
    ],
    ids=["named", "lever", "state", "shock", "2022"],
)
def test_the_program_prints_the_difference_on_screen(
    choice: Choice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = engine.pair(choice, BOOK, NUMBER)
    (shown,) = tables.dials(pair.base, pair.other, choice.place, ("gap_years",))
    line = printed(choice, tmp_path, monkeypatch)
    assert line.startswith(f"Difference(mean={shown.change}, low={shown.low}, high={shown.high}, ")


@pytest.mark.parametrize("until", [2030, 2035])
def test_in_the_baseline_the_program_prints_its_level(
    until: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choice = Choice(BOOK.questions["baseline"], until=until)
    pair = engine.pair(choice, BOOK, NUMBER)
    (shown,) = tables.dials(pair.base, pair.other, choice.place, ("gap_years",))
    assert np.isclose(float(printed(choice, tmp_path, monkeypatch)), shown.base, rtol=1e-12)
