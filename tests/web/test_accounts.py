"""The books of the page: shared with the baseline where nothing is changed, paired with it elsewhere."""

from dataclasses import replace

from sim.web import accounts, catalogue
from sim.web.choice import Choice


def test_the_books_of_the_baseline_are_its_own_pair_and_a_change_has_its_own():
    book = catalogue.read()
    start = Choice(book.questions["baseline"])
    pair = accounts.of_pair(start, book)
    assert pair.is_baseline
    changed = accounts.of_pair(replace(start, changes={"korean_supply": 0.0}), book)
    assert changed.base is pair.base
    assert not changed.is_baseline
    assert changed.other.replications == changed.base.replications == accounts.REPLICATIONS
