"""Decisions summed up: counts and means worked by hand, and waiting that adds up in real runs."""

import numpy as np
import pytest

from sim.experiment import decision_tables as tables
from sim.experiment.decisions import explain
from sim.experiment.offers import PARTS
from tests.experiment.made_up import decisions, tender
from tests.properties.runs import named

FOUND = decisions(
    tender(0, 12),
    tender(0, 40, signed=("k2_changwon", "leopard_2a8_munich"), second="leopard_2a8_munich"),
    tender(1, 24, chosen="leopard_2a8_munich", signed=("leopard_2a8_munich",)),
    tender(2, 30, "waited"),
    tender(3, 6, "no_offer", offers=(), silent={"k2_changwon": ("seoul", "framework")}),
)


def test_every_tender_has_one_outcome():
    assert tables.outcomes(FOUND) == {
        "signed": 3, "waited": 1, "no_offer": 1, "collapsed": 0, "no_money": 0, "no_stock": 0,
    }  # fmt: skip


def test_winners_count_runs_and_contracts():
    found = tables.winners(FOUND)
    assert found[["line", "contracts", "runs"]].to_numpy().tolist() == [
        ["leopard_2a8_munich", 2, 2],
        ["k2_changwon", 2, 1],
    ]
    assert found["share"].tolist() == [0.5, 0.5]
    assert dict(tables.industries(FOUND)[["industry", "contracts"]].to_numpy()) == {"europe": 2, "korea": 2}


def test_nobody_wins_where_nothing_is_signed():
    none = decisions(tender(0, 3, "waited"))
    assert tables.winners(none).empty
    assert tables.first_signed(none) == (0, {})
    assert tables.industries(none).empty


def test_the_first_signature_of_each_run_counts():
    runs, months = tables.first_signed(FOUND)
    assert runs == 2
    assert months == {"p10": pytest.approx(13.2), "p50": 18.0, "p90": pytest.approx(22.8)}


def test_offers_are_averaged_over_the_tenders_in_which_they_were_made():
    found = tables.offers(FOUND).set_index("line")
    assert found.loc["k2_changwon", ["offers", "chosen"]].tolist() == [4, 2]
    assert found.loc["k2_changwon", "worth"] == pytest.approx(1.4)
    assert found.loc["leopard_2a8_munich", "months"] == 40.0
    assert found.loc["altay_arifiye", "offers"] == 0
    assert np.isnan(found.loc["altay_arifiye", "worth"])
    assert list(found.index)[-1] == "altay_arifiye"


def test_reasons_are_counted_without_framework_calls():
    found = tables.silence(FOUND)
    assert found.to_numpy().tolist() == [
        ["k2_changwon", "seoul", 1, 1],
        ["altay_arifiye", "own_army_only", 4, 4],
    ]


def test_the_difference_by_part_is_taken_against_the_best_other_offer():
    points = tables.difference(tender(), "k2_changwon", "leopard_2a8_munich")
    assert points["months"] == 1.0
    assert sum(points.values()) == pytest.approx(0.3)
    choices, mean = tables.mean_difference(FOUND)
    assert choices == 3
    assert mean["users"] == pytest.approx((-0.9 - 0.9 + 0.9) / 3)
    assert tables.mean_difference(decisions())[0] == 0


def test_waiting_adds_up():
    waited = tables.waiting(FOUND)
    assert (waited.contracts, waited.delivered) == (2, 2)
    assert (waited.total, waited.promised, waited.late) == (24.0, 18.0, 6.0)
    assert waited.months["queue"] == 6.0
    assert tables.waiting(decisions(contracts=0)).delivered == 0


def test_waiting_of_real_contracts_adds_up_to_their_first_delivery():
    found = explain(named("baseline"), "POL", "main_battle_tank", replications=3)
    waited = tables.waiting(found)
    here = found.of_category[found.of_category["first"].notna()]
    assert waited.total == pytest.approx(float((here["first"] - here["signed"]).mean()))
    assert 0 < waited.delivered < waited.contracts
    made = tables.offers(found)
    chosen = made[made["chosen"] > 0]
    assert np.allclose(chosen["worth"], chosen[[f"worth_{part}" for part in PARTS]].sum(axis=1))
