"""Stage 6: which offer is chosen, held to the closed form of the nested logit."""

import math

import numpy as np
import pytest

from sim.model.randomness import stream
from sim.model.schedule import tenders_decided
from sim.model.stages.decide import best_of_others, decide, splits, usual_price
from sim.model.stages.follow import read_orders
from sim.model.stages.sign import sign
from sim.model.state import CHOOSE, COMPETITION, NONE, OPTION, URGENT, WAIT
from tests.worlds import RULES, call_tender, call_tenders, fill, small_state

BUYERS, REPLICATIONS = 40, 500  # 20,000 decisions
DRAWS = BUYERS * REPLICATIONS
EUROPE, KOREA = 1, 0
# An offer at the usual price is worth nothing, at half the price ln 2; nothing else counts.
NOTHING = {name: 0.0 for name in RULES if name.startswith("choice_")}
PRICE_ONLY = NOTHING | {"choice_price": -1.0, "choice_dissimilarity": 0.5}


def market(prices, industries, **rules):
    """Forty buyers with the same offers on the table."""
    state = small_state(
        buyers=({},) * BUYERS,
        lines=tuple({"industry": industry} for industry in industries),
        rules=PRICE_ONLY | rules,
    )
    for index, price in enumerate(prices):
        fill(
            state.offers, (slice(None), index), {"valid": 1, "price": price, "all_in": price, "months": 12.0}
        )
    call_tenders(state, *range(BUYERS))
    return state


def decisions(state):
    """The chosen line of every buyer in every replication, NONE where it waits."""
    found = []
    for replication in range(REPLICATIONS):
        state.clock["stream"] = stream(1, replication)
        tenders_decided(state)
        found.append(state.pairs["chosen"].copy())
    return np.concatenate(found)


def frequencies(chosen, lines):
    """Share of decisions for waiting and for each line."""
    return [float(np.mean(chosen == row)) for row in (NONE, *range(lines))]


def assert_within_three_sigma(found, expected):
    assert sum(expected) == pytest.approx(1.0)
    for share, chance in zip(found, expected, strict=True):
        assert share == pytest.approx(chance, abs=3.0 * math.sqrt(chance * (1.0 - chance) / DRAWS))


def test_choices_have_the_probabilities_of_a_nested_logit():
    # Prices 8, 10 (Europe) and 12 (Korea), usual 10: exp of worth = 1.25, 1, 0.8333; waiting 1.
    # Europe at dissimilarity 0.5: (1.25^2 + 1^2)^0.5 = 1.60078. Sum with 0.83333 and 1: 3.43411.
    # Europe 0.46614, of which the cheaper line 1.5625 / 2.5625; Korea 0.24266; waiting 0.29120.
    chosen = decisions(market([8.0, 10.0, 12.0], [EUROPE, EUROPE, KOREA]))
    europe = 0.46614
    cheap = europe * 1.5625 / 2.5625
    expected = [0.29120, cheap, europe - cheap, 0.24266]
    assert_within_three_sigma(frequencies(chosen, 3), expected)


def test_with_a_dissimilarity_of_one_industries_do_not_matter():
    # 1.25, 1, 0.8333 and waiting 1: a plain logit over 4.08333
    chosen = decisions(market([8.0, 10.0, 12.0], [EUROPE, EUROPE, KOREA], choice_dissimilarity=1.0))
    expected = [weight / 4.083333 for weight in (1.0, 1.25, 1.0, 0.833333)]
    assert_within_three_sigma(frequencies(chosen, 3), expected)


def test_waiting_that_is_worth_a_point_less_happens_less():
    # exp(-1) = 0.36788 against one offer worth 1: 0.26894
    state = market([10.0], [KOREA], choice_wait=-0.5, choice_wait_urgency=1.0)
    state.pairs["urgency"] = 0.5
    assert_within_three_sigma(frequencies(decisions(state), 1), [0.26894, 0.73106])


def test_a_second_european_line_takes_its_share_mostly_from_the_first():
    # Alone each of Europe, Korea and waiting has a third. With dissimilarity 0.2 two like lines are worth
    # 2^0.2 = 1.1487 together: Europe 0.36483, Korea and waiting 0.31759 each. A plain logit: a quarter.
    one = decisions(market([10.0, 10.0], [EUROPE, KOREA], choice_dissimilarity=0.2))
    two = decisions(market([10.0, 10.0, 10.0], [EUROPE, KOREA, EUROPE], choice_dissimilarity=0.2))
    assert_within_three_sigma(frequencies(one, 2), [1.0 / 3.0] * 3)
    assert_within_three_sigma(frequencies(two, 3), [0.317586, 0.182414, 0.317586, 0.182414])
    took = two == 2
    from_europe = float(np.mean(one[took] == 0))
    from_korea = float(np.mean(one[took] == 1))
    assert from_europe > 0.75  # (0.3333 - 0.1824) / 0.1824 = 0.827
    assert from_korea < 0.12


def test_decisions_that_the_new_line_did_not_win_stay_as_they_were():
    one = decisions(market([10.0, 10.0], [EUROPE, KOREA], choice_dissimilarity=0.2))
    two = decisions(market([10.0, 10.0, 10.0], [EUROPE, KOREA, EUROPE], choice_dissimilarity=0.2))
    # Where Europe won either way its choice may turn to the new line, and where it newly won, too;
    # nobody turns from Europe to Korea or to waiting because Europe offers more.
    europe_before = one == 0
    assert np.isin(two[europe_before], (0, 2)).all()


def test_a_dearer_offer_is_chosen_less_often():
    shares = []
    for price in (8.0, 10.0, 12.0):
        shares.append(frequencies(decisions(market([price, 10.0], [EUROPE, KOREA])), 2)[1])
    assert shares == sorted(shares, reverse=True)
    assert shares[0] - shares[2] > 0.05


def test_without_an_offer_nobody_chooses():
    state = small_state()
    call_tender(state)
    decide(0, state)
    assert (state.pairs["chosen"][0], state.pairs["offers"][0]) == (NONE, 0)


def test_a_line_selected_before_the_start_is_taken_if_it_still_offers():
    state = small_state(lines=({}, {}), rules={"choice_wait": 1e9})
    fill(state.offers, (0, slice(None)), {"valid": 1, "price": 13.0, "all_in": 13.0})
    call_tender(state, known_line=1)
    decide(0, state)
    assert state.pairs["chosen"][0] == 1
    state.offers["valid"][0, 1] = 0
    decide(0, state)
    assert state.pairs["chosen"][0] == NONE  # waiting is worth more than the open choice


def test_offers_are_compared_with_the_usual_price_of_their_tier():
    # Two upper ones at 8 and 12 (10), one lower at 5: the tender asks for the upper tier.
    state = small_state(lines=({}, {}, {"upper": 0}))
    for index, price in enumerate((8.0, 12.0, 5.0)):
        fill(state.offers, (0, index), {"valid": 1, "all_in": price})
    call_tender(state)
    assert usual_price(0, 1, state) == pytest.approx(10.0)
    assert usual_price(0, 0, state) == pytest.approx(5.0)
    fill(state.offers, (0, 2), {"valid": 0})
    assert usual_price(0, 0, state) == 0.0


def test_the_best_of_others_is_of_another_government():
    state = small_state(
        lines=({"authority": 0}, {"authority": 0}, {"authority": 1}, {"authority": 2}),
        rules={"choice_dissimilarity": 1e-6},
    )
    for index, worth in enumerate((9.0, 8.0, 2.0, 3.0)):
        fill(state.offers, (0, index), {"valid": 1, "utility": worth})
    call_tender(state)
    fill(state.pairs, 0, {"chosen": 0})
    assert best_of_others(0, state) == 3
    fill(state.offers, (0, slice(2, None)), {"valid": 0})
    assert best_of_others(0, state) == NONE


@pytest.mark.parametrize(
    ("quantity", "route", "last", "doctrine", "split"),
    [
        (9.9, COMPETITION, 99.0, 1.0, False),  # four tenths are less than the smallest lot
        (10.0, COMPETITION, 99.0, 1.0, True),
        (10.0, COMPETITION, 99.0, 0.0, False),
        (10.0, URGENT, 61.0, 0.0, True),
        (10.0, URGENT, 60.0, 0.0, False),
    ],
)
def test_what_is_split(quantity, route, last, doctrine, split):
    state = small_state(levers={"two_suppliers": doctrine})
    call_tender(state, 0, quantity=quantity, route=route, smallest=4.0)
    fill(state.pairs, 0, {"chosen": 0})
    fill(state.offers, (0, 0), {"last": last})
    assert bool(splits(0, state)) is split


def test_three_tenths_of_large_tenders_are_split_under_such_a_doctrine():
    state = small_state(levers={"two_suppliers": 0.3})
    call_tender(state, 0, quantity=10.0, route=COMPETITION)
    fill(state.pairs, 0, {"chosen": 0})
    found = []
    for replication in range(4000):
        state.clock["stream"] = stream(1, replication)
        found.append(bool(splits(0, state)))
    assert np.mean(found) == pytest.approx(0.3, abs=3.0 * (0.21 / 4000) ** 0.5)


def test_offers_on_the_table_are_counted():
    state = small_state(lines=({}, {}, {}))
    fill(state.offers, (0, slice(None)), {"valid": 1, "price": 13.0, "all_in": 13.0})
    state.offers["valid"][0, 1] = 0
    call_tender(state)
    decide(0, state)
    assert state.pairs["offers"][0] == 2


# --- what a person orders


def offered_to(*orders, rules=None, invalid=(), **pair):
    """Four offers to one tender, the last of another category, and the orders of the month read."""
    state = small_state(
        categories=({}, {}),
        lines=({}, {"industry": 1}, {"industry": 1}, {"category": 1}),
        rules=PRICE_ONLY | {"choice_wait": -1e9} | (rules or {}),
        orders=orders,
    )
    for index, price in enumerate((8.0, 10.0, 30.0, 10.0)):
        there = int(index not in invalid)
        fill(state.offers, (slice(None), index), {"valid": there, "price": price, "all_in": price})
    call_tender(state, 0, **{"quantity": 12.0, "route": COMPETITION, **pair})
    read_orders(state)
    return state


def decided(*orders, **parts):
    """What is chosen first and second in twenty replications, which of them collapse, and the bidders."""
    state = offered_to(*orders, **parts)
    found = []
    for replication in range(20):
        state.clock["stream"] = stream(1, replication)
        decide(0, state)
        found.append(
            tuple(int(state.pairs[name][0]) for name in ("chosen", "second", "collapsed", "bidders"))
        )
    return found


PICK = {"kind": CHOOSE, "row": 0, "line": 2}  # a dear one
EVERYBODY = 0b11  # both industries offered


def test_a_person_chooses_whatever_the_rules_would_have_chosen():
    assert set(decided(PICK)) == {(2, NONE, 0, EVERYBODY)}
    assert 0 in {chosen for chosen, *_ in decided()}


@pytest.mark.parametrize(
    ("second", "parts", "found"),
    [
        (1, {}, 1),
        (1, {"quantity": 2.0}, NONE),  # four tenths of two are less than one
        (1, {"smallest": 5.0}, NONE),
        (1, {"invalid": (1,)}, NONE),
        (2, {}, NONE),  # twice the same is no split
        (3, {}, NONE),  # it makes something else
        (NONE, {}, NONE),
    ],
)
def test_a_person_may_split_where_a_split_is_worth_it(second, parts, found):
    assert set(decided({**PICK, "second": second}, **parts)) == {(2, found, 0, EVERYBODY)}


@pytest.mark.parametrize(
    ("order", "parts"),
    [
        (PICK, {"invalid": (2,)}),
        ({**PICK, "line": 3}, {}),  # what lies there is an offer to somebody else
        ({**PICK, "line": NONE}, {}),
        ({**PICK, "row": 1}, {}),
        ({**PICK, "month": 1}, {}),
        ({**PICK, "kind": WAIT, "row": 1}, {}),
    ],
)
def test_where_an_order_cannot_be_followed_the_state_decides_by_its_rules(order, parts):
    assert decided(order, **parts) == decided(**parts)


def test_a_person_may_wait_even_with_a_supplier_at_hand():
    assert set(decided({"kind": WAIT, "row": 0})) == {(NONE, NONE, 0, EVERYBODY)}
    waits = offered_to({"kind": WAIT, "row": 0}, known_line=1, route=OPTION)
    decide(0, waits)
    sign(0, waits)
    assert (waits.pairs["open"][0], waits.pairs["chosen"][0]) == (0, NONE)
    assert [waits.buyers[name][0] for name in ("waited", "collapsed", "open_tenders")] == [1, 0, 0]
    assert waits.clock["contracts"][0] == 0


def test_the_last_of_several_orders_about_a_tender_holds():
    assert {chosen for chosen, *_ in decided(PICK, {**PICK, "line": 1})} == {1}
    assert {chosen for chosen, *_ in decided(PICK, {"kind": WAIT, "row": 0})} == {NONE}
    assert {chosen for chosen, *_ in decided({"kind": WAIT, "row": 0}, PICK)} == {2}


def test_a_persons_choice_may_come_to_nothing_like_any_other():
    rules = {"tender_collapse": 0.5}
    chosen, ruled = decided(PICK, rules=rules), decided(rules=rules)
    assert [collapsed for _, _, collapsed, _ in chosen] == [collapsed for _, _, collapsed, _ in ruled]
    assert {(line, collapsed) for line, _, collapsed, _ in chosen} == {(2, 0), (NONE, 1)}
    assert {collapsed for _, _, collapsed, _ in decided(PICK, rules=rules, route=URGENT)} == {0}


def test_a_supplier_that_a_person_named_is_taken_unless_the_tender_collapses():
    rules = {"tender_collapse": 0.5}
    named = decided(known_line=2, rules=rules)
    assert {(line, collapsed) for line, _, collapsed, _ in named} == {(2, 0), (NONE, 1)}
    assert {line for line, *_ in decided(known_line=2, rules=rules, route=URGENT)} == {2}
    assert {line for line, *_ in decided(known_line=3)} <= {0, 1, 2}  # it makes something else


def test_a_winner_known_at_the_start_comes_about_whoever_confirms_it():
    certain = {"rules": {"tender_collapse": 1.0}, "known_line": 2, "funded": 1}
    assert {found[:3] for found in decided(**certain)} == {(2, NONE, 0)}
    assert {found[:3] for found in decided(PICK, **certain)} == {(2, NONE, 0)}
    assert {found[:3] for found in decided({**PICK, "line": 1}, **certain)} == {(NONE, NONE, 1)}
    unknown = certain | {"known_line": NONE}
    assert {found[:3] for found in decided(**unknown)} == {(NONE, NONE, 1)}
