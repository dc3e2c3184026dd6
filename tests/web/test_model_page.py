"""The Model page, run without a browser: what holds and what fails, the search, and parts that open."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sim.model.schedule import STAGES
from sim.report import odd, published
from tests.web.pages import app, run

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def at() -> AppTest:
    return run(app().switch_page("sim/web/pages/model.py"))


def text(at: AppTest) -> str:
    return "\n".join(row.value for row in at.markdown)


def test_the_headline_counts_what_holds(at: AppTest) -> None:
    raw = json.loads((ROOT / "docs" / "patterns.json").read_text(encoding="utf-8"))
    ranges = [row["pass"] for row in raw if row["kind"] == "plausibility"]
    assert at.header[0].value == odd.headline(published.checks())
    assert f"{sum(ranges)} of {len(ranges)} ranges" in at.header[0].value
    assert at.caption[0].value == odd.measured_with(raw[0]["model_version"])


def test_failing_checks_are_open_with_reasons_and_passing_ones_are_not(at: AppTest) -> None:
    shown = text(at)
    reasons = published.reasons()
    for check in published.checks():
        assert (f"**`{check.name}`**" in shown) is not check.passed
        assert check.passed or reasons[check.name] in shown


def test_every_section_and_stage_stands_on_the_page(at: AppTest) -> None:
    assert [row.value for row in at.subheader] == [section.title for section in odd.sections()]
    shown = text(at)
    for stage in STAGES:
        assert f"**{stage.number} {stage.title}**" in shown
        assert all(f"`{step.__name__}`" in shown for _, step in stage.steps)
    assert "Leases of new equipment" in shown


def test_a_rule_is_found_by_words(at: AppTest) -> None:
    assert "Wright 1936" not in text(at)
    at.text_input(key="find").set_value("platform price wright").run()
    assert "Wright 1936" in text(at)
    assert "1 entry found." in [row.value for row in at.caption]
    assert "In: Submodels: rules, Rules: quote" in [row.value for row in at.caption]


def test_a_search_without_a_hit_says_what_to_do(at: AppTest) -> None:
    at.text_input(key="find").set_value("unicorn").run()
    assert "try fewer or shorter ones" in text(at)


def test_a_search_with_many_hits_shows_the_first(at: AppTest) -> None:
    at.text_input(key="find").set_value("a").run()
    assert any("The first 30 are shown" in row.value for row in at.caption)


def test_a_part_opens_on_request(at: AppTest) -> None:
    closed = text(at)
    number = [part.title for part in odd.sections()[2].parts].index("Tables between entities")
    at.session_state[f"part_entities_{number}"] = True
    at.run()
    assert "part of trust left after promises broken to anyone" not in closed
    assert "**`standing`**" in text(at)


def test_the_page_is_in_the_list_of_pages() -> None:
    assert '"sim/web/pages/model.py"' in (ROOT / "app.py").read_text(encoding="utf-8")
