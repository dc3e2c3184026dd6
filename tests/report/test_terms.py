"""Terms: each defined once, in one sentence, and used on a page."""

import pytest

from sim.report import terms
from sim.report.measures import MEASURES


@pytest.mark.parametrize("term", terms.TERMS)
def test_a_term_is_one_sentence_and_stands_on_a_page(term: str) -> None:
    word, meaning = terms.TERMS[term]
    assert word
    assert meaning.endswith(".")
    assert meaning.count(". ") == 0
    assert any(term in page for page in terms.PAGES.values())


@pytest.mark.parametrize("page", terms.PAGES)
def test_no_word_of_a_page_is_explained_twice(page: str) -> None:
    words = [word for word, _meaning in terms.used(page)]
    assert len(words) == len(set(words))


def test_a_measure_explains_itself() -> None:
    shown = {meaning for _word, meaning in terms.used("compare")}
    assert MEASURES["gap_years"].meaning in shown
    assert not {meaning for _word, meaning in terms.TERMS.values()} & {
        one.meaning for one in MEASURES.values()
    }
