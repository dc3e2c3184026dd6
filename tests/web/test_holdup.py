"""The part of the Evidence page that asks whether the model holds up, run without a browser."""

from sim.report import holdup, holdup_decisions, published
from tests.report.test_holdup import EXAM, FITTED
from tests.web.test_evidence_page import opened, said

FIRST, SECOND = list(holdup_decisions.by_id(EXAM))[:2]


def test_the_verdict_stands_first_and_every_part_is_there(monkeypatch) -> None:
    real = published.record
    monkeypatch.setattr(published, "record", lambda name: FITTED if name == "estimate" else real(name))
    at = opened(part="holdup")
    assert EXAM["verdict"] in said(at)
    assert holdup.naive_wins(EXAM["forward"]) in said(at)
    titles = [one.value for one in at.subheader]
    for title in ("Decision by decision", "What the decisions taught", "Most worth researching next"):
        assert title in titles
    assert not at.warning


def test_a_decision_is_in_the_address_and_can_be_linked() -> None:
    at = opened(part="holdup", decision=SECOND)
    known = holdup_decisions.by_id(EXAM)
    assert at.selectbox(key="decision").value == SECOND
    assert known[SECOND]["explanation"] in said(at)
    assert dict(at.query_params) == {"part": "holdup", "decision": SECOND}
    at.selectbox(key="decision").set_value(FIRST).run()
    assert dict(at.query_params) == {"part": "holdup"}


def test_an_unknown_decision_gives_one_sentence_and_the_latest() -> None:
    at = opened(part="holdup", decision="AIR-XXX-1900")
    assert len(at.warning) == 1
    assert at.selectbox(key="decision").value == FIRST


def test_without_the_published_exam_the_page_says_what_to_do(monkeypatch) -> None:
    monkeypatch.setattr(published, "record", lambda name: {})
    assert "docs/hindcast.json is missing" in said(opened(part="holdup"))
