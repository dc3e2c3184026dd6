"""The books of single replications, month by month: what must agree with what, always."""

from itertools import pairwise

import numpy as np
import pytest

from sim.model.state import CAUSES, HALF, NONE
from tests.properties.runs import months, named, opened

RUNS = [("baseline", 0), ("us_pause", 1), ("peninsula_contingency", 2), ("nato_five_percent", 3),
        ("fortress_europe", 4), ("cooperation_dialogue", 5), ("no_korea", 6),
        ("february_2022", 7)]  # fmt: skip
NEAR = 1e-6
TABLES = ("pairs", "lines", "lanes", "buyers", "stock", "families", "path", "categories", "levers")
FIXED = ("buyer", "line", "pair", "lane", "quantity", "unit_price", "signed", "first_due", "last_due", "slip",
         "start", "finish", "lent", *(f"months_{cause}" for cause in CAUSES[:6]))  # fmt: skip
QUOTED = CAUSES[:5]  # process, finance, queue, ramp and build: they make up the promise


@pytest.fixture(scope="module", params=RUNS, ids=lambda run: run[0])
def played(request):
    """A replication as copies of its books at the start (first) and at the end of every month."""
    name, replication = request.param
    state = opened(named(name), replication).state
    return [books_of(state), *(books_of(state) for _ in months(state))]


def books_of(state):
    """Copies of the books as they stand; of contracts only those signed."""
    books = {table: np.array(getattr(state, table)) for table in TABLES}
    return {**books, "contracts": np.array(state.contracts[: int(state.clock["contracts"][0])])}


def by_row(numbers, rows, length):
    """Sum numbers by the row they belong to."""
    return np.bincount(rows, weights=numbers, minlength=length)


def worked_off(contracts, clocks):
    """Units of each contract made where its lane has worked so many months of its plan off."""
    length = contracts["finish"] - contracts["start"] + 1
    return contracts["quantity"] * np.clip((clocks - contracts["start"]) / length, 0.0, 1.0)


def test_a_line_owes_what_its_contracts_have_not_delivered(played):
    for book in played:
        contracts, lines = book["contracts"], book["lines"]
        owed = by_row(contracts["quantity"] - contracts["delivered"], contracts["line"], len(lines))
        assert np.allclose(lines["backlog"], owed, rtol=0, atol=NEAR)


def test_a_need_waits_for_what_its_contracts_have_not_delivered(played):
    for book in played:
        contracts, pairs = book["contracts"], book["pairs"]
        owed = by_row(contracts["quantity"] - contracts["delivered"], contracts["pair"], len(pairs))
        assert np.allclose(pairs["on_order"], owed, rtol=0, atol=NEAR)


def test_a_contract_serves_the_need_of_its_buyer_in_the_category_of_its_line(played):
    last = played[-1]
    contracts, pairs = last["contracts"], last["pairs"][last["contracts"]["pair"]]
    lines, buyers = last["lines"][contracts["line"]], last["buyers"][contracts["buyer"]]
    assert (pairs["buyer"] == contracts["buyer"]).all()
    assert (pairs["category"] == lines["category"]).all()
    at_home = (lines["home"] & buyers["self_mask"]) != 0
    assert (contracts["lane"] == np.where(at_home, 0, 1)).all()


def test_nothing_is_delivered_before_it_is_made_and_let_go_nor_more_than_ordered(played):
    for book in played:
        contracts = book["contracts"]
        assert (contracts["delivered"] >= 0).all()
        assert (contracts["delivered"] <= contracts["allowed"] + NEAR).all()
        assert (contracts["allowed"] <= contracts["seen"] + NEAR).all()
        assert (contracts["seen"] <= contracts["quantity"] + NEAR).all()
        assert (contracts["delivered"] == np.floor(contracts["delivered"])).all(), "a part of a unit"


def test_what_is_made_or_delivered_is_never_taken_back(played):
    for before, after in pairwise(played):
        count = len(before["contracts"])
        for field in ("seen", "allowed", "delivered"):
            assert (after["contracts"][field][:count] >= before["contracts"][field] - NEAR).all(), field
        for field in FIXED:
            assert (after["contracts"][field][:count] == before["contracts"][field]).all(), field


def test_a_lane_made_what_its_contracts_gained(played):
    """Each contract follows the clock of its lane; work done before the start is not in the lane."""
    for month, book in enumerate(played[1:]):
        contracts, lanes = book["contracts"], book["lanes"]
        behind = lanes["behind"][contracts["line"], contracts["lane"]] == 1
        clock = np.where(behind, lanes["clock"][contracts["line"], contracts["lane"]], month + 1.0)
        gained = worked_off(contracts, clock) - worked_off(contracts, 0.0)
        made = by_row(gained, 2 * contracts["line"] + contracts["lane"], lanes.size)
        assert np.allclose(lanes["produced"].reshape(-1), made, rtol=1e-9, atol=1e-4)
        assert np.allclose(book["lines"]["produced"], lanes["produced"].sum(axis=1), rtol=1e-9, atol=1e-4)
        assert (contracts["seen"] <= worked_off(contracts, clock) + NEAR).all(), "seen before it was made"


def test_a_lane_promises_what_its_contracts_plan(played):
    for month, book in enumerate(played[1:]):
        contracts, lanes = book["contracts"], book["lanes"]
        planned = worked_off(contracts, month + 1.0) - worked_off(contracts, 0.0)
        due = by_row(planned, 2 * contracts["line"] + contracts["lane"], lanes.size)
        assert np.allclose(lanes["promised"].reshape(-1), due, rtol=1e-9, atol=1e-4)
        assert (lanes["produced"] <= lanes["promised"] + NEAR).all(), "made ahead of the plan"


def test_no_line_makes_more_than_it_really_can(played):
    """Of all that a month's capacity really makes, and slots that the home army lent in that month."""
    for month, (before, after) in enumerate(pairwise(played)):
        lines, slot = after["lines"], month // HALF
        claimed = np.maximum(before["path"][:, slot], after["path"][:, slot])
        lever = after["levers"][after["categories"]["output_lever"][lines["category"]]]
        real = np.where(lines["surplus"] == 1, claimed, claimed * lines["output_share"] * lever) / 12
        most = real + np.maximum(0.0, lines["extra"])
        assert (lines["produced"] - before["lines"]["produced"] <= most + NEAR).all()


def test_no_more_is_usable_than_in_service_and_nothing_is_negative(played):
    for book in played:
        pairs, lines = book["pairs"], book["lines"]
        assert (pairs["stock"] >= 0).all()
        assert (pairs["usable"] >= 0).all()
        assert (pairs["usable"] <= pairs["stock"] + NEAR).all()
        assert (pairs["lent"] >= 0).all()
        assert (book["stock"] >= -NEAR).all()
        assert (lines["surplus_left"] >= -NEAR).all(), "surplus sold twice"
        assert (book["path"] >= 0).all()
        assert (lines["owed"] >= -NEAR).all()
        assert (lines["output"] >= 0).all()


def test_stores_hold_what_was_neither_sold_nor_lent(played):
    for book in played:
        contracts, lines, pairs = book["contracts"], book["lines"], book["pairs"]
        new = contracts[contracts["existing"] == 0]
        sold = by_row(new["quantity"], new["line"], len(lines))
        on_loan = pairs[pairs["lent"] > 0]
        lent = by_row(on_loan["lent"], on_loan["lent_line"], len(lines))
        stores = lines["surplus"] == 1
        assert np.allclose((lines["surplus_units"] - sold - lent)[stores], lines["surplus_left"][stores])


def test_the_fleet_by_family_adds_up_to_the_fleet_by_need(played):
    for book in played:
        families, pairs = book["families"], book["pairs"]
        buyers, categories = len(book["buyers"]), len(pairs) // len(book["buyers"])
        summed = np.zeros((buyers, categories))
        for family, category in enumerate(families["category"]):
            summed[:, category] += book["stock"][:, family]
        assert np.allclose(summed.reshape(-1), pairs["stock"], rtol=1e-9, atol=1e-5)


def test_money_committed_is_what_open_contracts_still_cost(played):
    for book in played:
        contracts, buyers = book["contracts"], book["buyers"]
        open_units = contracts["quantity"] - contracts["delivered"]
        cash = 1 - contracts["credit"]
        due = open_units * contracts["unit_price"] * (1 - contracts["paid_share"]) * cash
        owed = by_row(due, contracts["buyer"], len(buyers))
        assert np.allclose(buyers["committed"], owed, rtol=1e-9, atol=1e-3)


def test_debt_is_the_credit_of_what_was_paid_in_advance_and_delivered(played):
    for book in played:
        contracts, buyers = book["contracts"], book["buyers"]
        advance = np.where(contracts["existing"] == 1, 0.0, contracts["quantity"] * contracts["paid_share"])
        billed = advance + contracts["delivered"] * (1 - contracts["paid_share"])
        drawn = by_row(
            billed * contracts["unit_price"] * contracts["credit"], contracts["buyer"], len(buyers)
        )
        assert np.allclose(buyers["debt"], drawn, rtol=1e-9, atol=1e-3)


def test_rent_is_paid_for_what_is_on_loan(played):
    for book in played:
        pairs, buyers = book["pairs"], book["buyers"]
        rent = by_row(np.where(pairs["lent"] > 0, pairs["rent"], 0.0), pairs["buyer"], len(buyers))
        assert np.allclose(buyers["rent_month"], rent, rtol=1e-9, atol=1e-6)


def test_each_ministry_runs_the_tenders_it_has_open(played):
    for book in played:
        pairs, buyers = book["pairs"], book["buyers"]
        assert (by_row(pairs["open"], pairs["buyer"], len(buyers)) == buyers["open_tenders"]).all()


def test_every_tender_that_ended_brought_a_contract_or_came_to_nothing(played):
    """A split order is two contracts of one tender."""
    known = len(played[0]["contracts"])
    for book in played:
        buyers = book["buyers"]
        signed = np.bincount(book["contracts"]["buyer"][known:], minlength=len(buyers))
        assert (buyers["contracts"] == signed).all()
        ended = buyers["tenders"] - buyers["waited"] - buyers["collapsed"]
        assert (ended <= buyers["contracts"]).all()
        assert (buyers["contracts"] <= 2 * ended).all()


def test_months_of_waiting_are_put_down_to_causes_that_add_up(played):
    """Five make up the promise, the sixth is the usual lateness; the last three come only after both."""
    for book in played[1:]:
        contracts = book["contracts"]
        for cause in CAUSES:
            assert (contracts[f"months_{cause}"] >= 0).all(), cause
        new = contracts[contracts["existing"] == 0]
        promised = sum(new[f"months_{cause}"] for cause in QUOTED)
        assert np.allclose(promised, new["first_due"] - new["signed"])
        assert (new["months_residual"] == new["slip"]).all()
        here = contracts[contracts["first_month"] != NONE]
        late = sum(here[f"months_{cause}"] for cause in CAUSES[6:])
        planned = here["first_due"] + here["slip"]
        assert np.allclose(late, np.maximum(0, here["first_month"] - planned))


def test_no_new_contract_is_delivered_before_its_promise_and_usual_lateness(played):
    contracts = played[-1]["contracts"]
    here = contracts[(contracts["first_month"] != NONE) & (contracts["existing"] == 0)]
    assert (here["first_month"] >= here["first_due"] + here["slip"]).all()


def test_dates_of_a_contract_follow_one_another(played):
    contracts = played[-1]["contracts"]
    new = contracts[contracts["existing"] == 0]
    assert (new["opened"] <= new["signed"]).all()
    assert (new["signed"] <= new["first_due"]).all()
    assert (new["signed"] <= new["start"]).all()
    assert (contracts["start"] <= contracts["finish"]).all()
    assert (contracts["first_due"] <= contracts["last_due"]).all()
    here = contracts[contracts["first_month"] != NONE]
    assert (here["first_month"] <= here["last_month"]).all()
    assert (here["first_month"] < here["usable_month"]).all()
    assert (here["first_month"] >= np.maximum(0, here["signed"])).all()
    assert (contracts["delivered"][contracts["first_month"] == NONE] == 0).all()
    assert (here["delivered"] >= 1).all()
