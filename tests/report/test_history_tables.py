"""The record of decisions and deliveries in words, on the small seeds."""

from sim.evidence.seeds import load_seeds
from sim.report import history_tables
from tests.toy import TOY

SEEDS = load_seeds(TOY)


def test_a_decision_names_buyer_choice_offers_and_page() -> None:
    row = history_tables.decisions(SEEDS).iloc[0]
    assert (row["Date"], row["Buyer"], row["Units"]) == ("2022-08", "Poland", "180")
    assert row["Chosen"].startswith("K2 (")
    assert row["Contract value"] == "$3.37 bn"
    assert row["Address"] == "https://example.org/toy"
    offers = row["Offers on the table"].split("; ")
    assert len(offers) == len(SEEDS.offers())
    assert next(one for one in offers if one.endswith(", chosen")).startswith("K2")


def test_a_delivery_shows_promise_and_arrival() -> None:
    row = history_tables.deliveries(SEEDS).iloc[0]
    first = max(SEEDS.deliveries(), key=lambda one: one.signed)
    assert (row["First promised"], row["First arrived"]) == (first.promised, first.actual)


def test_the_whole_record_is_listed_latest_first() -> None:
    seeds = load_seeds()
    dates = list(history_tables.decisions(seeds)["Date"])
    assert len(dates) == len(seeds.decisions()) >= 100
    assert dates == sorted(dates, reverse=True)
    assert len(history_tables.deliveries(seeds)) == len(seeds.deliveries())
