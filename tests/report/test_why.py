"""Every kind of sentence on a decision, from decisions typed by hand."""

import pytest

from sim.evidence.seeds import load_seeds
from sim.experiment.decision_tables import waiting
from sim.experiment.decisions import OUTCOMES as MODEL_OUTCOMES
from sim.experiment.flips import Flip
from sim.experiment.offers import PARTS as MODEL_PARTS
from sim.experiment.offers import REASONS as MODEL_REASONS
from sim.model.state import CAUSES as MODEL_CAUSES
from sim.model.state import ROUTES as MODEL_ROUTES
from sim.report import numbers, why, why_words
from sim.report.why_words import names
from tests.experiment.made_up import decisions, tender, turned

NAMES = names(load_seeds())
FOUND = decisions(tender(0, 12), tender(1, 24), tender(2, 30, "waited"), tender(3, 6, "collapsed"))


def test_every_word_of_the_model_has_a_label():
    assert tuple(why_words.PARTS) == MODEL_PARTS
    assert set(why_words.REASONS) == set(MODEL_REASONS)
    assert set(why_words.OUTCOMES) == set(MODEL_OUTCOMES)
    assert set(why_words.CAUSES) == set(MODEL_CAUSES)
    assert set(why_words.ROUTES) == set(MODEL_ROUTES)
    assert set(why.WHAT) == {"price", "months", "local_share", "trust", "urgency"}


def test_names_read_well():
    assert NAMES.line("k2_changwon") == "K2 tank (Changwon)"
    assert NAMES.line("abrams_surplus") == "Abrams from US stock"
    assert NAMES.line("fnss_ankara") == "ACV-15 (Kaplan, Tulpar class, Ankara)"
    assert NAMES.category("main_battle_tank") == "main battle tanks"
    assert NAMES.category("artillery_ammunition_155mm") == "155 mm artillery ammunition"
    assert NAMES.state("nowhere") == "nowhere"
    assert why_words.month(14.4, "2026-01") == "March 2027"


def test_headlines():
    assert why.headline(FOUND, NAMES) == (
        "In this model, Poland signs for main battle tanks in 2 of 4 runs: K2 tank (Changwon) in 2."
    )
    assert why.headline(decisions(tender(0, 3, "waited")), NAMES) == (
        "In this model, Poland signs no contract for main battle tanks in any of 4 runs."
    )


def test_how_it_goes():
    ends, first, counted = why.overview(FOUND, NAMES)
    assert ends == (
        "A run has 1.0 such tenders on average. In 50 % of them a contract is signed; in 25 % no offer is "
        "good enough, and the buyer waits; in 25 % the tender fails for other reasons, such as courts, "
        "elections or changed plans."
    )
    assert first == (
        "The first contract comes in July 2027 in the middle run "
        "(8 of 10 runs: February 2027 to December 2027)."
    )
    assert counted == (
        "In 2 choices between offers, what counted on average against the best other offer was: months to "
        "delivery (+1.0), types in service, and other buyers (−0.9), price (+0.6) and reliance on a foreign "
        "government (−0.4)."
    )
    assert why.overview(decisions(), NAMES) == ["No tender comes to a decision in any run."]
    assert "comes in January 2027 in at least 8 of 10 runs." in why.overview(decisions(tender()), NAMES)[1]


def test_why_others_made_no_offer():
    found = decisions(tender(), tender(1, route="option", silent={"altay_arifiye": ("framework", "tier")}))
    assert why.silence(found, NAMES) == [
        "In 1 of 2 tenders, the buyer calls from a framework and asks its line only.",
        "Altay tank (Arifiye): no offer in any of 2 tenders (another class (lighter or heavier) is asked "
        "for; made for its own armed forces only).",
    ]
    assert why.silence(decisions(tender(silent={})), NAMES) == []


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        ("signed", "Poland signs for K2 tank (Changwon)."),
        ("waited", "No offer is good enough, and Poland waits."),
        ("no_offer", "No line makes an offer."),
        ("no_money", "Poland prefers K2 tank (Changwon), but the money no longer reaches."),
        ("no_stock", "Poland prefers K2 tank (Changwon), but another buyer took the last used units."),
    ],
)
def test_what_came_of_a_tender(outcome, sentence):
    one = tender(0, 10, outcome)
    assert why.decision(FOUND, one, NAMES) == (
        f"November 2026, run 1: competition (tanks: 100), urgency of the need 0.30. {sentence}"
    )


def test_a_framework_is_called_up():
    assert why.outcome(FOUND, tender(weighed=False), NAMES) == "Poland calls up K2 tank (Changwon)."


def test_why_the_winner_won():
    first, otherwise = why.choice(FOUND, turned(), NAMES)
    assert first == (
        "K2 tank (Changwon) is worth 0.3 points more than Leopard 2A8 (Munich): months to delivery (+1.0), "
        "types in service, and other buyers (−0.9), price (+0.6) and reliance on a foreign government (−0.4)."
    )
    assert otherwise == "Without that offer, Poland would have chosen Leopard 2A8 (Munich)."
    assert why.choice(FOUND, turned(otherwise=None), NAMES)[-1] == (
        "Without that offer, Poland would have waited."
    )
    waited = turned(winner=None, otherwise=None)
    assert why.choice(FOUND, waited, NAMES) == [
        "The best offer to compare with waiting is Leopard 2A8 (Munich)."
    ]


def test_chance_is_named_where_it_decided():
    other = turned(winner="leopard_2a8_munich", rival="k2_changwon", otherwise="k2_changwon")
    first, chance, _otherwise = why.choice(FOUND, other, NAMES)
    assert "is worth 0.3 points less than K2 tank (Changwon)" in first
    assert chance == (
        "By what the model can show, K2 tank (Changwon) is worth most, 0.3 points more than the winner. "
        "What buyers know and the model does not is drawn by chance, and that decided here."
    )


def test_what_would_turn_it():
    flips = (
        Flip("price", 30.0, 26.4, 3.0),
        Flip("months", 40.0, 1.0, 1.0),
        Flip("local_share", 0.25, 0.6, 1.0),
        Flip("trust", 0.6, 0.83, 1.0),
        Flip("urgency", 0.3, 0.55, 1.5),
    )
    assert why.flips(turned(*flips), NAMES) == [
        "Leopard 2A8 (Munich) would be chosen if its price were 12 % lower: $26.4 m, not $30.0 m a unit.",
        "Leopard 2A8 (Munich) would be chosen if it first delivered after 1 month instead of 40 months.",
        "Leopard 2A8 (Munich) would be chosen if 60 % of the work were done in the buyer’s country, "
        "not 25 %.",
        "Leopard 2A8 (Munich) would be chosen if trust in its government’s promises stood at 83 %, not 60 %.",
        "Leopard 2A8 (Munich) would be chosen if the urgency of the need were 0.55 instead of 0.30.",
    ]


def test_what_no_change_turns_is_said():
    flips = (Flip("price", 30.0, None, 3.0), Flip("urgency", 0.3, None, 1.5))
    assert why.flips(turned(*flips), NAMES) == [
        "No change within the range does it alone: not its price (down to a tenth), "
        "not the urgency of the need (from none to the highest)."
    ]


def test_offers_worth_the_same_are_said_to_be():
    assert "about the same" in why.for_and_against({"price": 0.01, "months": -0.02})


def test_waiting():
    assert why.waiting(waiting(FOUND)) == (
        "From signature to first delivery 24 months pass on average, 6.0 months later than promised; "
        "the largest parts are build time (18 months) and slots promised to others (6.0 months). "
        "2 of 2 contracts have a first delivery by the end."
    )
    assert why.waiting(waiting(decisions(contracts=0))) == (
        "No contract of this category has a first delivery within the ten years."
    )


def test_all_sentences_stand_under_their_headings():
    texts = why.sentences(FOUND, turned(Flip("price", 30.0, None, 3.0)), NAMES)
    assert list(texts) == ["headline", "overview", "silence", "decision", "flips", "waiting"]
    assert all(texts.values())
    assert why.sentences(FOUND, None, NAMES)["decision"] == []


@pytest.mark.parametrize(
    ("share", "text"), [(0.614, "61 %"), (0.0, "0 %"), (0.001, "under 1 %"), (float("nan"), "–")]
)
def test_whole_per_cents(share, text):
    assert numbers.percent(share) == text
