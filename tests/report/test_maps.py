"""Maps: states in the right colour, grey where nothing is clear, and the same told in sentences."""

import altair
import pandas as pd
import pytest

from sim.report import charts, maps, tables
from sim.report.measures import MEASURES
from tests.report import fake

NUMERIC = {"NOR": "578", "POL": "616"}
NAMES = {"NOR": "Norway", "POL": "Poland"}
GAP = MEASURES["gap_years"]


def rows(other: list[float], base: bool = False) -> pd.DataFrame:
    """The rows of a map where Poland's gap goes from one year to those of three runs."""
    before = fake.result([1.0, 1.0, 1.0], [1.0] * 3, [1.0] * 3)
    after = before if base else fake.result(other, [1.0] * 3, [1.0] * 3)
    return maps.rows(tables.places_table(before, after, ("gap_years",)), GAP, NUMERIC, NAMES, base)


def test_a_state_without_a_clear_difference_has_no_shade() -> None:
    found = rows([2.0, 2.1, 2.2]).set_index("name")
    assert found["shade"]["Poland"] == pytest.approx(1.1)
    assert pd.isna(found["shade"]["Norway"])
    assert found["reading"].to_dict() == {"Norway": "unchanged", "Poland": "worse"}
    assert found["numeric"]["Poland"] == "616"


def test_places_that_are_no_state_and_states_without_a_figure_stay_out() -> None:
    assert set(rows([2.0, 2.0, 2.0])["name"]) == {"Norway", "Poland"}
    assert set(rows([float("nan")] * 3)["name"]) == {"Norway"}


@pytest.mark.parametrize("where", list(maps.PANELS))
@pytest.mark.parametrize("base", [False, True])
def test_a_map_is_valid_vega_lite_and_fetches_nothing_from_outside(where: str, base: bool) -> None:
    spec = maps.panel(rows([2.0, 2.0, 2.0], base), GAP, where, base, charts.palette(False))
    altair.LayerChart.from_dict(spec)
    land, states = spec["layer"]
    assert land["data"]["url"].startswith("app/static/")
    assert [row["shade"] for row in states["data"]["values"]] == ([1.0, 1.0] if base else [None, 1.0])


def test_blue_is_better_whichever_way_that_lies() -> None:
    less, more = (
        maps.shading(rows([2.0] * 3)["shade"], MEASURES[one], False) for one in ("gap_years", "availability")
    )
    assert MEASURES["availability"].better == "more"
    assert less["condition"]["scale"]["range"] == [maps.BETTER, maps.UNCLEAR, maps.WORSE]
    assert more["condition"]["scale"]["range"] == [maps.WORSE, maps.UNCLEAR, maps.BETTER]
    assert less["condition"]["scale"]["domain"] == [-1.0, 0.0, 1.0]


def test_the_sentences_name_who_is_worse_off() -> None:
    text = maps.alt(rows([2.0, 2.1, 2.2]), GAP, False)
    assert text.endswith("against the baseline. unchanged: Norway; worse: Poland.")


def test_the_sentences_of_the_baseline_name_the_highest() -> None:
    assert maps.alt(rows([1.0], base=True), GAP, True).endswith(
        "highest in Norway (1.0 years) and Poland (1.0 years)."
    )
    assert maps.alt(rows([1.0], base=True).iloc[:0], GAP, True).endswith("no state has a figure.")


def test_the_legend_tells_a_difference_from_a_level() -> None:
    assert maps.legend(False).startswith("Blue: better. Orange: worse.")
    assert maps.legend(True).startswith("The darker, the higher.")
