"""Small multiples by category: fans in their unit, and a sentence that claims only what is clear."""

import numpy as np
import pandas as pd
import pytest

from sim.evidence.records import Category
from sim.report import categories
from sim.report.tables import compare_columns

LABELS = {"tank": "Tanks", "gun": "Guns", "boat": "Boats"}
TANK = Category("tank", "Tanks", "tanks", "")


def table(gap: float, category: str = "tank", first: int = 2026) -> pd.DataFrame:
    """Ten year ends of eleven replications: so many missing of 100, one more in each replication."""
    rows = [
        {"replication": number, "category": category, "year": year, "requirement": 100.0,
         "gap": gap + number, "usable": 5.0, "on_order": 3.0, "availability": np.nan}
        for number in range(11) for year in range(first, first + 10)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def paired(category: str, base: list[float], other: list[float]):
    return compare_columns(category, "POL", np.array(base), np.array(other))


def test_fans_stand_at_the_ends_of_years() -> None:
    found = categories.fans(table(10.0), table(20.0), "tank", "gap", "2026-01")
    assert found is not None
    dates = [str(date) for date in found["date"].to_numpy().astype("datetime64[M]")]
    assert (dates[0], dates[9], len(dates)) == ("2027-01", "2036-01", 20)
    assert list(found["who"].unique()) == ["Baseline", "This scenario"]
    assert found["middle"].tolist()[::10] == [15.0, 25.0]
    assert (found["low"][0], found["high"][0]) == (11.0, 19.0)


def test_the_baseline_alone_has_one_line_and_no_figure_no_chart() -> None:
    found = categories.fans(table(10.0), None, "tank", "gap", "2022-02")
    assert found is not None
    assert set(found["who"]) == {"Baseline"}
    assert str(found["date"].to_numpy().astype("datetime64[M]")[0]) == "2023-02"
    assert categories.fans(table(10.0), None, "tank", "availability", "2026-01") is None


def test_units_stand_in_the_title() -> None:
    assert categories.counted_in("gap", TANK) == "missing (tanks)"
    assert categories.counted_in("availability", TANK) == "share that is ready"
    kinds = [categories.series_of(view, TANK).kind for view in categories.VIEWS]
    assert kinds == ["number", "number", "number", "share"]


def test_changes_are_shares_of_the_requirement_until_the_date() -> None:
    late = table(10.0)
    late.loc[late["year"] >= 2029, "gap"] += 60.0
    (before,) = categories.changes(table(10.0), late, "POL", 2029, "2026-01")
    assert before.change == 0.0
    (after,) = categories.changes(table(10.0), late, "POL", 2030, "2026-01")
    assert after.change == pytest.approx(0.6 / 4)
    (first,) = categories.changes(table(10.0), late, "POL", 2026, "2026-01")
    assert first.base == pytest.approx(0.15)


def test_the_sentence_names_the_best_the_worst_and_what_is_not_clear() -> None:
    found = [
        paired("tank", [0.5] * 10, [0.4] * 10),
        paired("gun", [0.5] * 10, [0.52] * 10),
        paired("boat", [0.5] * 10, [0.6, 0.4] * 5),
    ]
    assert categories.headline(found, LABELS, "Poland", "“Talks”", 2030) == (
        "In this model, for Poland and on average before 2030, “Talks” helps most in “Tanks”, where 10.0 "
        "percentage points less of what is required is missing (90 % interval 10.0 to 10.0 points); it "
        "widens gaps most in “Guns”, where 2.0 percentage points more of what is required is missing (90 % "
        "interval 2.0 to 2.0 points); it makes little or no clear difference in “Boats”."
    )


def test_smaller_changes_follow_the_largest_of_their_direction() -> None:
    found = [paired(name, [0.5] * 10, [0.5 + by] * 10) for name, by in (("tank", 0.1), ("gun", 0.3))]
    text = categories.headline(found, LABELS, "Poland", "“Talks”", 2030)
    assert text.endswith("; it widens them less in “Tanks”.")
    assert "widens gaps most in “Guns”" in text
    found = [paired(name, [0.5] * 10, [0.5 - by] * 10) for name, by in (("tank", 0.1), ("gun", 0.3))]
    text = categories.headline(found, LABELS, "Poland", "“Talks”", 2030)
    assert "helps most in “Guns”" in text
    assert text.endswith("; it helps less in “Tanks”.")


def test_nothing_clear_is_said_to_be_so() -> None:
    found = [paired("tank", [0.5] * 10, [0.6, 0.4] * 5), paired("gun", [0.0] * 10, [0.0] * 10)]
    text = categories.headline(found, LABELS, "Poland", "“Talks”", 2030)
    assert "makes little or no clear difference to what is missing before 2030, in any category" in text
    assert "helps" not in text


def test_a_difference_that_not_all_runs_share_comes_with_its_spread() -> None:
    found = [paired("tank", [0.5] * 10, [0.4] * 8 + [0.51] * 2)]
    text = categories.headline(found, LABELS, "Poland", "“Talks”", 2030)
    assert "90 % of runs: 10.0 less to" in text
    assert "more)" in text


def test_the_baseline_sentence_names_the_largest_and_smallest_gap() -> None:
    found = [paired("tank", [0.5] * 3, [0.5] * 3), paired("gun", [0.1] * 3, [0.1] * 3)]
    text = categories.baseline_headline(found, LABELS, "Poland", 2030)
    assert "missing in “Tanks” (50.0 %), the smallest in “Guns” (10.0 %)" in text
    assert "smallest" not in categories.baseline_headline(found[:1], LABELS, "Poland", 2030)
    empty = paired("boat", [np.nan], [np.nan])
    assert categories.baseline_headline([empty], LABELS, "Poland", 2030).endswith("no figure for Poland.")
