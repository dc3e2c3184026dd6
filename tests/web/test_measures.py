"""What the page shows is what the model measures."""

from sim.policy.measures import MEASURES as JUDGED
from sim.report.measures import DIALS, INDUSTRY_MEASURES, INDUSTRY_SERIES, MEASURES, SERIES


def test_measures_and_directions_are_the_models() -> None:
    shown = {**MEASURES, **INDUSTRY_MEASURES}
    assert set(shown) == set(JUDGED)
    for name, measure in JUDGED.items():
        assert shown[name].better == measure.better, name


def test_dials_are_measures() -> None:
    assert set(DIALS) <= set(MEASURES)


def test_series_have_known_kinds() -> None:
    kinds = {series.kind for series in (*SERIES.values(), *INDUSTRY_SERIES.values())}
    assert kinds <= {"share", "musd"}
