"""A scenario file of the reader: it becomes the choice, and a bad one says why and changes nothing."""

import contextlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from sim import MODEL_VERSION
from sim.policy.scenario import Card, ScenarioError
from sim.report import versions
from sim.web import catalogue, engine, upload
from sim.web.choice import Choice, from_address, opened, to_query
from tests.web.pages import app, run

BOOK = catalogue.read()
HOLD = Card("us_pause_of_deliveries", "2028-03", 12, 1.5)
GOOD = b'title = "Half of it"\nquestion = "What if?"\n[levers]\nus_delivery_release = 0.5\n'


@pytest.fixture(autouse=True)
def few_replications(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "REPLICATIONS", 12)


def page(**query: str) -> AppTest:
    """The Compare page with the box for files open."""
    at = app(**query)
    at.session_state["open_file"] = True
    return run(at)


def give(at: AppTest, name: str, content: bytes) -> AppTest:
    at.file_uploader(key=upload.KEY).set_value((name, content, "application/toml"))
    return run(at)


def headline(at: AppTest) -> str:
    return next(row.value for row in at.header if row.value.startswith("In this model"))


def test_a_good_file_becomes_the_choice_and_undo_takes_it_back() -> None:
    at = page(place="POL")
    before = headline(at)
    give(at, "half.toml", GOOD)
    assert "“Half of it”" in headline(at)
    assert "Poland" in headline(at)
    assert any("“US deliveries released” is set to 50 %" in row.value for row in at.markdown)
    assert any("l~us_delivery_release~0.5" in row.value for row in at.code)
    next(button for button in at.button if button.label == "Undo").click().run()
    assert headline(at) == before


def test_a_bad_file_says_why_and_leaves_the_page_as_it_was() -> None:
    at = page(scenario="no_korea")
    before = headline(at)
    give(at, "half.toml", b'title = "x"\n[levers]\nus_delivery = 0.5\n')
    assert len(at.error) == 1
    assert "us_delivery_release" in at.error[0].value.replace("\\", "")
    assert headline(at) == before
    give(at, "half.toml", GOOD)
    assert not at.error


def test_words_of_a_file_are_shown_as_they_are() -> None:
    at = page()
    give(at, "odd.toml", GOOD.replace(b"What if?", b"![x](http://example.org/a.png)"))
    assert "*\\!\\[x\\](http\\://example.org/a.png)*".replace("\\!", "!") in [
        row.value for row in at.markdown
    ]


@pytest.mark.parametrize("start", ["2026-01", "2022-02"])
@pytest.mark.parametrize("parts", [{"changes": {"threat": 1.3}}, {"until": 2027}])
def test_what_the_page_saves_it_opens_again(start: str, parts: dict[str, Any]) -> None:
    saved = replace(opened(BOOK.baselines[start]), **parts)
    read = upload.read(saved.scenario.to_toml().encode(), saved.file_name, BOOK)
    assert read.scenario.fingerprint() == saved.scenario.fingerprint()
    assert read.until == saved.until
    linked, problems = from_address(to_query(read), BOOK)
    assert (linked.scenario.fingerprint(), problems) == (saved.scenario.fingerprint(), [])


def test_a_file_with_placed_shocks_keeps_them() -> None:
    saved = Choice(BOOK.questions["no_korea"], {"dialogue": 0.8}, placed=(HOLD,))
    read = upload.read(saved.scenario.to_toml().encode(), saved.file_name, BOOK)
    assert HOLD in read.scenario.shocks
    assert read.needs_file


def test_a_file_that_says_the_same_as_a_named_scenario_opens_that_one() -> None:
    named = BOOK.questions["us_pause"]
    assert upload.read(named.to_toml().encode(), "mine.toml", BOOK) == opened(named)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"PK\x03\x04" * 10, "not TOML"),
        (b"# " + b"x" * 70_000, "larger than the limit"),
        (b"", "title"),
        (b'title = "x"\nstart = "1999-01"\n', "start"),
    ],
)
def test_bad_content_gets_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(ScenarioError, match=words):
        upload.read(content, "some file.toml", BOOK)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a b;c.toml", "<img src=x>.toml", "é" * 300, "no_korea.toml"]
)
def test_odd_names_are_only_shown(name: str) -> None:
    read = upload.read(GOOD, name, BOOK)
    assert read.preset.id.startswith("file-")
    with pytest.raises(ScenarioError) as caught:
        upload.read(b"x", name, BOOK)
    assert len(str(caught.value)) < 300


def test_the_mark_that_some_editors_put_first_is_passed_over() -> None:
    assert (
        upload.read(b"\xef\xbb\xbf" + GOOD, "a.toml", BOOK).scenario
        == upload.read(GOOD, "a.toml", BOOK).scenario
    )


def test_a_scenario_too_long_for_a_link_is_refused_with_the_way_out() -> None:
    dated = "".join(
        f'[[schedule]]\nlever = "korean_delivery_release"\nat = "20{26 + month // 12}-{month % 12 + 1:02}"\n'
        f"value = {0.5 + month / 1000}\n"
        for month in range(100)
    )
    with pytest.raises(ScenarioError, match="sim compare baseline"):
        upload.read(('title = "Long"\n' + dated).encode(), "long.toml", BOOK)


@given(some.binary(max_size=200) | some.text(max_size=200).map(lambda text: text.encode()))
def test_no_content_breaks_the_page(content: bytes) -> None:
    with contextlib.suppress(ScenarioError):
        assert upload.read(content, "a.toml", BOOK).scenario.fingerprint()


def test_a_file_saved_with_another_version_says_so() -> None:
    at = page()
    give(at, "old.toml", b"# Leadtime, model version 2026.11.5\n" + GOOD)
    assert "made with model version 2026.11.5" in at.info[0].value.replace("\\", "")
    saved = BOOK.questions["us_pause"].to_toml(MODEL_VERSION).encode()
    assert versions.saved_with(saved) == MODEL_VERSION
    assert upload.read(saved, "mine.toml", BOOK) == opened(BOOK.questions["us_pause"])
