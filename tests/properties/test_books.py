"""The books of single replications, month by month: what must agree with what, always."""

from itertools import pairwise

import numpy as np
import pytest

from sim.model.state import NONE
from tests.properties.runs import months, named, opened

RUNS = [("baseline", 0), ("us_pause", 1), ("peninsula_contingency", 2), ("nato_five_percent", 3),
        ("fortress_europe", 4), ("cooperation_dialogue", 5), ("no_korea", 6)]  # fmt: skip
NEAR = 1e-6


@pytest.fixture(scope="module", params=RUNS, ids=lambda run: run[0])
def played(request):
    """A replication as copies of its books at the start (first) and at the end of every month."""
    name, replication = request.param
    state = opened(named(name), replication).state
    return [books_of(state), *(books_of(state) for _ in months(state))]


def books_of(state):
    """Copies of the books as they stand; of contracts only those signed."""
    books = {
        table: np.array(getattr(state, table)) for table in ("pairs", "lines", "buyers", "stock", "families")
    }
    return {**books, "contracts": np.array(state.contracts[: int(state.clock["contracts"][0])])}


def by_row(numbers, rows, length):
    """Sum numbers by the row they belong to."""
    return np.bincount(rows, weights=numbers, minlength=length)


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
    assert (pairs["buyer"] == contracts["buyer"]).all()
    assert (pairs["category"] == last["lines"]["category"][contracts["line"]]).all()


def test_nothing_is_delivered_before_it_is_made_nor_more_than_ordered(played):
    for book in played:
        contracts = book["contracts"]
        assert (contracts["delivered"] >= 0).all()
        assert (contracts["delivered"] <= contracts["made"] + NEAR).all()
        assert (contracts["made"] <= contracts["quantity"] + NEAR).all()
        assert (contracts["delivered"] == np.floor(contracts["delivered"])).all(), "a part of a unit"


def test_what_is_made_or_delivered_is_never_taken_back(played):
    for before, after in pairwise(played):
        count = len(before["contracts"])
        for field in ("made", "delivered"):
            assert (after["contracts"][field][:count] >= before["contracts"][field]).all()
        fixed = ["buyer", "line", "pair", "quantity", "unit_price", "signed", "first_due", "last_due", "slip"]
        for field in fixed:
            assert (after["contracts"][field][:count] == before["contracts"][field]).all(), field


def test_a_line_made_what_its_contracts_gained(played):
    """Work begun before the start is in the contracts, not in what the line has made since."""
    begun = played[0]["contracts"]
    for book in played:
        contracts, lines = book["contracts"], book["lines"]
        made = by_row(contracts["made"], contracts["line"], len(lines))
        before = by_row(begun["made"], begun["line"], len(lines))
        assert np.allclose(lines["produced"], made - before, rtol=1e-9, atol=1e-4)


def test_no_line_makes_more_than_it_really_can(played):
    """Real output of a month at most; announced plans come as steps, lent slots out of the same output."""
    for before, after in pairwise(played):
        lines = after["lines"]
        claimed = np.maximum(
            np.maximum(before["lines"]["capacity"], lines["capacity"]), lines["rate_planned"]
        )
        most = np.where(lines["surplus"] == 1, lines["rate_now"], claimed * lines["output_share"]) / 12
        assert (lines["produced"] - before["lines"]["produced"] <= most + NEAR).all()


def test_no_more_is_usable_than_in_service_and_nothing_is_negative(played):
    for book in played:
        pairs = book["pairs"]
        assert (pairs["stock"] >= 0).all()
        assert (pairs["usable"] >= 0).all()
        assert (pairs["usable"] <= pairs["stock"] + NEAR).all()
        assert (book["stock"] >= -NEAR).all()
        assert (book["lines"]["surplus_left"] >= -NEAR).all(), "surplus sold twice"
        assert (book["lines"]["capacity"] >= 0).all()
        assert (book["lines"]["owed"] >= -NEAR).all()


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


def test_each_ministry_runs_the_tenders_it_has_open(played):
    for book in played:
        pairs, buyers = book["pairs"], book["buyers"]
        assert (by_row(pairs["open"], pairs["buyer"], len(buyers)) == buyers["open_tenders"]).all()


def test_months_of_waiting_are_put_down_to_causes_that_add_up(played):
    for month, book in enumerate(played[1:]):
        contracts = book["contracts"]
        new = contracts[contracts["existing"] == 0]
        for cause in ("process", "queue", "build", "slip", "capacity", "hold"):
            assert (contracts[f"months_{cause}"] >= 0).all(), cause
        planned = new["months_process"] + new["months_queue"] + new["months_build"]
        assert np.allclose(planned, new["first_due"] - new["signed"])
        late = contracts["months_slip"] + contracts["months_capacity"] + contracts["months_hold"]
        here = contracts["first_month"] != NONE
        end = np.where(here, contracts["first_month"], month + 1)
        assert np.allclose(late, np.maximum(0, end - contracts["first_due"]))


def test_dates_of_a_contract_follow_one_another(played):
    contracts = played[-1]["contracts"]
    new = contracts[contracts["existing"] == 0]
    assert (new["opened"] <= new["signed"]).all()
    assert (new["signed"] <= new["first_due"]).all()
    assert (contracts["first_due"] <= contracts["last_due"]).all()
    here = contracts[contracts["first_month"] != NONE]
    assert (here["first_month"] <= here["last_month"]).all()
    assert (here["first_month"] <= here["usable_month"]).all()
    assert (here["first_month"] >= np.maximum(0, here["signed"])).all()
    assert (contracts["delivered"][contracts["first_month"] == NONE] == 0).all()
    assert (here["delivered"] >= 1).all()
