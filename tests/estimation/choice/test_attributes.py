"""Attributes of offers: winner or loser alike, from what was known before, the same rules as in a run."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.estimation.choice.attributes import ATTRIBUTES
from sim.estimation.choice.catalogue import DRAWS, Catalogue, chances_of
from sim.estimation.choice.months import PastMonths, Wait
from sim.estimation.choice.sets import ChoiceSet, Names, sets_of
from sim.evidence.orders import Order
from tests.estimation.choice.made_up import a_table, attributes, own, seeds

DATE = 2023.0


def offers(*named):
    names = Names(seeds())
    return tuple(names.offer(system, supplier) for system, supplier in named)


TANKS = offers(("K2", "KOR"), ("Leopard 2A8", "DEU"), ("M1A2 SEPv3", "USA"), ("Unheard-of", "ITA"))


def tanks(buyer="NOR", date=DATE, **fields):
    return replace(ChoiceSet("MADE-UP", buyer, date, "main_battle_tank", TANKS, 0), **fields)


def with_past(orders=(), waits=()):
    """The project's knowledge with this past instead of the real one."""
    found = object.__new__(type(attributes()))
    found.__dict__.update(attributes().__dict__)
    found.orders = replace(attributes().orders, orders=tuple(orders))
    by_line = {}
    for one in waits:
        by_line.setdefault(one.line, []).append(one)
    return waiting(found, {line: tuple(those) for line, those in by_line.items()})


def waiting(found, by_line):
    """The same knowledge with other contracts on file."""
    found.catalogue = Catalogue(seeds())
    found.catalogue.waits = PastMonths(by_line)
    return found


def mean(found, name):
    return found[name].mean(axis=0).tolist()


def same(one, other):
    return all(np.array_equal(one[name], other[name]) for name in ATTRIBUTES)


PAST = (
    Order("k2", "POL", 2022.5, math.inf),
    Order("leopard_2", "NOR", 2001.0, math.inf),
    Order("leopard_2", "SWE", 1995.0, math.inf),
    Order("k9", "NOR", 2017.9, math.inf),
    Order("abrams", "USA", 1980.0, math.inf),
)
FAMILIES = ("k2", "leopard_2", "abrams", "k9", "f_35")
BUYERS = ("NOR", "POL", "SWE", "EST", "AUS")
K2_SLOW = Wait("k2_changwon", "POL", 2022.5, 2022.9, 2022.9)


def test_ties_of_each_offer_by_hand():
    found = with_past(PAST, [K2_SLOW]).of(tanks())
    assert mean(found, "family")[:3] == [0.0, 1.0, 0.0]
    # one other state chose the K2 in the five years before: ln 2; the Leopards are older
    assert mean(found, "adopters")[:3] == pytest.approx([math.log(2.0), 0.0, 0.0])
    # Sweden, a neighbour, has Leopards; Norway has them too, so that it counts half
    assert mean(found, "neighbours")[:3] == pytest.approx([0.0, 0.5 * math.log(2.0), 0.0])
    # Norway bought one Korean family in the ten years before; its Leopards are the family offered
    assert mean(found, "previous")[:3] == pytest.approx([math.log(2.0), 0.0, 0.0])
    assert mean(found, "untried")[:3] == [0.0, 0.0, 0.0]
    assert mean(with_past().of(tanks()), "untried")[:3] == [1.0, 1.0, 1.0]
    assert mean(found, "us_tie")[:2] == [0.0, 0.0]
    assert mean(found, "us_tie")[2] == pytest.approx(seeds().value("NOR", "us_tie"))


def test_a_maker_at_home_and_a_maker_of_the_union():
    found = with_past().of(tanks(buyer="DEU"))
    assert mean(found, "domestic") == [0.0, 1.0, 0.0, 0.0]
    assert mean(found, "union") == [0.0, 1.0, 0.0, 1.0]  # as in a run, at home too
    assert mean(found, "local")[1] == 0.0  # and work at home is no work placed abroad
    assert mean(with_past().of(tanks(buyer="NOR")), "union") == [0.0] * 4  # no member


def test_membership_is_that_of_the_date():
    british = offers(("Challenger 3", "GBR"), ("Leopard 2A8", "DEU"))
    for date, expected in ((2019.0, [1.0, 1.0]), (2021.0, [0.0, 1.0])):
        found = with_past().of(tanks(buyer="NLD", date=date, offers=british))
        assert mean(found, "union") == expected


def test_without_a_contest_the_further_weights_count():
    open_contest, direct = (with_past(PAST).of(tanks(direct=direct)) for direct in (False, True))
    assert mean(open_contest, "family_direct") == [0.0] * 4
    assert mean(direct, "family_direct")[:3] == [0.0, 1.0, 0.0]
    found = with_past(PAST).of(tanks(buyer="DEU", direct=True))
    assert mean(found, "domestic_direct") == [0.0, 1.0, 0.0, 0.0]


def test_exposure_is_the_share_of_the_families_held_that_a_government_could_stop():
    found = with_past(PAST).of(tanks())
    least, distrust = seeds().value("choice", "exposure_least"), 1.0 - seeds().value("trust", "start")
    # Norway's two families, Leopard and K9: half is licensed by each of Germany and Korea
    half = (least + (1.0 - least) * 0.5) * distrust
    assert mean(found, "exposure")[0] >= half - 1e-12
    assert mean(found, "exposure")[1] >= half - 1e-12
    assert mean(with_past().of(tanks()), "exposure") == pytest.approx([least * distrust] * 4)


def test_urgency_was_lower_in_calmer_times():
    at = attributes().urgency
    calm = seeds().value("past", "threat_calm")
    usual = seeds().value("past", "gap") * seeds().value("EST", "threat_exposure")
    assert at("EST", "main_battle_tank", 2013.0) == pytest.approx(0.5 * calm * usual)
    assert at("EST", "main_battle_tank", 2020.0) == pytest.approx(calm * usual)
    assert at("EST", "main_battle_tank", 2030.0) == pytest.approx(usual)


def test_an_offer_is_never_a_negative_price_and_prices_are_relative():
    found = with_past().of(tanks())
    assert np.isfinite(found["price"]).all()
    twice = with_past().of(tanks(offers=(TANKS[0], TANKS[0])))
    spread = seeds().value("past", "offer_price_spread")
    assert np.abs(twice["price"]).max() < 6.0 * spread  # the same line: only what offers may depart


@pytest.mark.parametrize("chosen", [1, 2, 3])
def test_attributes_do_not_depend_on_who_won(chosen):
    assert same(attributes().of(tanks()), attributes().of(tanks(chosen=chosen)))


DECISION = {
    "id": "MADE-UP", "buyer_iso3": "NOR", "decision_date": "2023-02", "category": "main battle tank",
}  # fmt: skip
RECORDED = ("est_delivery_months", "est_unit_cost_musd", "local_production_offered", "confidence", "basis",
            "same_family_in_service", "supplier_in_nato", "supplier_in_eu", "evidence_grade",
            "line")  # fmt: skip


def from_file(winner, recorded):
    rows = [
        {"decision_id": "MADE-UP", "system": one.system, "supplier_iso3": one.supplier,
         "chosen": str(int(at == winner)), **(recorded if at in (0, winner) else {})}
        for at, one in enumerate(TANKS)
    ]  # fmt: skip
    sets, _ = sets_of(seeds(), [DECISION], rows)
    return attributes().of(sets[0])


@pytest.mark.parametrize("filled", ["1", "999", "sourced"])
def test_what_is_recorded_of_winners_mostly_is_not_looked_at(filled):
    assert same(from_file(0, dict.fromkeys(RECORDED, filled)), from_file(1, dict.fromkeys(RECORDED, "")))
    assert same(from_file(0, dict.fromkeys(RECORDED, filled)), from_file(0, {}))


LATER = st.lists(
    st.tuples(st.sampled_from(FAMILIES), st.sampled_from(BUYERS), st.floats(0.0, 10.0)), max_size=5
)


@settings(max_examples=20)
@given(date=st.floats(2012.0, 2026.0), later=LATER, after=st.floats(0.0, 5.0))
def test_nothing_after_a_decision_changes_its_attributes(date, later, after):
    before = with_past(PAST, [K2_SLOW]).of(tanks(date=date))
    orders = [Order(family, buyer, date + years, math.inf) for family, buyer, years in later]
    waits = [
        Wait("k2_changwon", "EST", date + after, date + after + 1.0, date + after + 4.0),
        Wait("leopard_2a8_munich", "POL", date, date + 2.0, date + 9.0),
    ]
    assert same(before, with_past([*PAST, *orders], [K2_SLOW, *waits]).of(tanks(date=date)))


def test_later_decisions_on_file_change_no_attribute_of_an_earlier_one():
    """The real past cut off at the date of a decision tells of it what the whole past tells."""
    real = attributes()
    for one in own().known.sets[::6]:
        early = [order for order in real.orders.orders if order.since < one.date]
        cut = {
            line: tuple(
                replace(wait, actual=wait.actual if wait.actual < one.date else math.inf)
                for wait in those
                if wait.signed < one.date
            )
            for line, those in real.catalogue.waits.by_line.items()
        }
        known = waiting(with_past(early), cut)
        assert same(known.of(one), real.of(one)), one.id


def test_a_decision_does_not_explain_itself():
    """Without its own order and wait in the books a decision has the same attributes."""
    real = attributes()
    for one in own().known.sets[::6]:
        near = [
            order for order in real.orders.orders
            if not (order.state == one.buyer and abs(order.since - one.date) < 0.9)
        ]  # fmt: skip
        known = waiting(with_past(near), real.catalogue.waits.by_line)
        assert same(known.of(one), real.of(one)), one.id


def test_an_unknown_system_counts_with_the_spread_of_its_category():
    found = attributes().of(tanks())
    months, known = found["months"][:, 3], found["months"][:, :3]
    assert months.std() > 0.0
    assert known.min() / 4.0 < months.mean() < known.max() * 4.0
    assert 0.0 < found["local"][:, 3].mean() < 1.0
    assert set(np.unique(found["untried"][:, 3])) <= {0.0, 1.0}
    assert all(np.isfinite(found[name]).all() for name in ATTRIBUTES)


def test_a_published_first_rank_of_another_state_counts_from_its_month_on():
    fighters = offers(("F-35A", "USA"), ("Eurofighter", "DEU"))
    one = replace(tanks(date=2008.0), category="combat_aircraft", offers=fighters)
    assert mean(attributes().of(one), "capability") == [0.0, 0.0]
    later = replace(one, date=2009.0)  # Norway and the Netherlands had published theirs
    assert mean(attributes().of(later), "capability") == [1.0, 0.0]
    assert mean(attributes().of(replace(later, buyer="DNK", date=2016.5)), "capability") == [1.0, 0.0]


def test_only_large_orders_place_work_and_an_unknown_quantity_may_be_large():
    few, many, unknown = (attributes().of(tanks(quantity=q))["local"][:, 0] for q in (4, 400, math.nan))
    assert few.tolist() == [0.0] * DRAWS
    assert (many > 0.0).all()
    assert 0.0 < unknown.mean() < many.mean()


def test_consent_is_the_rule_of_a_run():
    """Within the Union half the months of an ally, and less for a family in service; none at home."""
    of = with_past(PAST)
    ally, union, known = (seeds().value("quote", x) for x in ("ally_months", "union_share", "known_share"))
    leopard = TANKS[1]
    assert of._consent(tanks(buyer="LTU"), leopard) == pytest.approx(union * ally)
    assert of._consent(tanks(buyer="NOR"), leopard) == pytest.approx(known * ally)
    assert of._consent(tanks(buyer="DEU"), leopard) == 0.0
    assert of._consent(tanks(buyer="LTU"), TANKS[0]) == seeds().value("quote", "partner_months")


def test_an_unknown_family_may_be_any_of_its_category():
    found = with_past(PAST).of(tanks(buyer="NOR"))
    held = found["family"][:, 3]
    assert set(np.unique(held)) == {0.0, 1.0}
    assert 0.0 < held.mean() < 0.5


def test_used_equipment_comes_sooner_and_costs_less():
    new, old = offers(("Leopard 2A8", "DEU"), ("Leopard 2A4 (used)", "DEU"))
    found = attributes().of(tanks(offers=(new, old)))
    assert mean(found, "months")[1] < mean(found, "months")[0]
    assert mean(found, "price")[1] < mean(found, "price")[0] - 0.3


def test_a_table_holds_the_attributes_of_each_set_and_nothing_where_no_offer_is():
    three = tanks(offers=TANKS[:3], chosen=1)
    table = attributes().table([tanks(), three])
    assert table.values.shape == (2, DRAWS, 4, len(ATTRIBUTES))
    assert table.there.tolist() == [[True] * 4, [True, True, True, False]]
    assert (table.values[1, :, 3] == 0.0).all()
    assert table.chosen.tolist() == [0, 1]
    assert table.sizes().tolist() == [4, 3]
    at = ATTRIBUTES.index("adopters")
    assert np.array_equal(table.values[0, :, :, at], attributes().of(tanks())["adopters"])
    assert table.nest[0, 0] != table.nest[0, 1]


def test_some_sets_some_attributes_and_other_winners_of_a_table():
    table = a_table([[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]], [0, 1], names=("x", "y"))
    assert table.take([1]).values.tolist() == [[[[5.0, 6.0], [7.0, 8.0]]]]
    assert table.without("x").values[0, 0].tolist() == [[2.0], [4.0]]
    assert table.without("x").attributes == ("y",)
    assert table.won_by(np.array([1, 1])).chosen.tolist() == [1, 1]
    assert table.chosen.tolist() == [0, 1]


def test_chances_of_a_name_lie_one_in_each_part_and_belong_to_it():
    found = np.sort(chances_of("k2.months"))
    assert (np.floor(found * DRAWS) == np.arange(DRAWS)).all()
    assert np.array_equal(chances_of("k2.months"), chances_of("k2.months"))
    assert not np.array_equal(chances_of("k2.months"), chances_of("k9.months"))
