"""Who supplies under each definition: frames, chart and sentence from shares typed by hand."""

import altair
import pandas as pd
import pytest

from sim.estimation.shares import CONTRACTS, DEFINITIONS, FLEET, IMPORTS, NO_MAKER, UNION, UNION_MAKERS
from sim.evidence.seeds import load_seeds
from sim.report import charts, makers

RUNS = 11


def typed(**shares: float) -> pd.DataFrame:
    """The same shares in every replication."""
    return pd.DataFrame({maker: [share] * RUNS for maker, share in shares.items()})


HOME = typed(korea=0.1, europe=0.6, united_states=0.25, other=0.05)
ABROAD = typed(korea=0.1, europe=0.2, united_states=0.65, other=0.05)
COUNTED = {CONTRACTS: HOME, IMPORTS: ABROAD, FLEET: HOME.assign(**{NO_MAKER: 0.0})}


@pytest.fixture(scope="module")
def seeds():
    return load_seeds()


def test_every_definition_has_words_and_its_published_figures_exist(seeds) -> None:
    assert set(makers.DEFINITIONS) == set(DEFINITIONS)
    for definition, found in makers.DEFINITIONS.items():
        figures = makers.figures(seeds, definition)
        assert [one.subject for one in figures] == list(found.observed)
        assert all(0 <= one.low <= one.value <= one.high <= 1 for one in figures)
    source = {"contracts": "IISS", "imports": "SIPRI", "union": "EU states"}
    for definition, words in source.items():
        assert all(words in one.definition for one in makers.figures(seeds, definition))


def test_windows_are_halves_of_the_run_after_published_periods_within_it(seeds) -> None:
    assert makers.windows(seeds, 2026, 10) == [(2026, 2030), (2031, 2035)]
    assert makers.windows(seeds, 2022, 10) == [(2022, 2024), (2022, 2025), (2022, 2026), (2027, 2031)]


def test_the_frame_holds_runs_and_record_by_maker(seeds) -> None:
    figures = makers.figures(seeds, CONTRACTS)
    table = makers.frame({"Baseline": HOME, "This scenario": ABROAD}, figures, CONTRACTS)
    europe = table[table["maker"] == "europe"]
    assert list(europe["who"]) == ["Baseline", "This scenario", "Published, 2022–2024"]
    published = next(one for one in figures if one.maker == "europe")
    assert list(europe["middle"]) == pytest.approx([0.6, 0.2, published.value])
    together = table[(table["maker"] == makers.TOGETHER) & (table["who"] == "Baseline")]
    assert together["middle"].item() == pytest.approx(0.15)
    alone = table[(table["who"] == "Baseline") & (table["maker"] != makers.TOGETHER)]
    assert alone["middle"].sum() == pytest.approx(1.0)


def test_figures_about_other_makers_are_not_on_the_chart(seeds) -> None:
    table = makers.frame({"Baseline": ABROAD}, makers.figures(seeds, IMPORTS), IMPORTS)
    assert set(table["who"]) == {"Baseline", "Published, 2021–2025"}
    assert "" not in set(table["maker"])


@pytest.mark.parametrize("dark", [False, True])
def test_the_chart_is_valid_and_keeps_the_baseline_grey(seeds, dark: bool) -> None:
    table = makers.frame(
        {"Baseline": HOME, "This scenario": ABROAD}, makers.figures(seeds, CONTRACTS), CONTRACTS
    )
    colours = charts.palette(dark)
    spec = makers.chart(table, colours)
    altair.LayerChart.from_dict({**spec, "data": {"values": []}})
    scale = spec["layer"][0]["encoding"]["color"]["scale"]
    assert scale["domain"] == ["Baseline", "This scenario", "Published, 2022–2024"]
    assert scale["range"] == [colours.baseline, colours.scenario, colours.ink]


def test_alternative_text_and_table_say_the_same_numbers(seeds) -> None:
    figures = makers.figures(seeds, IMPORTS)
    table = makers.frame({"Baseline": HOME, "This scenario": ABROAD}, figures, IMPORTS)
    alt = makers.alt(table, IMPORTS, (2026, 2030))
    assert "deliveries from abroad, 2026 to 2030" in alt
    assert "US makers, This scenario: 65 % (65 % to 65 %)" in alt
    rows = makers.table_of(table, makers.differences(HOME, ABROAD, IMPORTS)).set_index("Makers")
    assert rows.loc["US makers", "Baseline"] == "25 % (25 % to 25 %)"
    assert rows.loc["US makers"].iloc[-1] == "40.0 to 40.0 points: more"
    assert rows.loc["Korean makers"].iloc[-1].endswith("unchanged")
    assert rows.loc["Other makers", "Published, 2021–2025"] == "–"


def test_makers_of_the_eu_stand_apart_from_the_other_europeans(seeds) -> None:
    union = typed(european_union=0.5, korea=0.1, europe=0.1, united_states=0.3, other=0.0)
    table = makers.frame({"Baseline": union}, makers.figures(seeds, UNION), UNION)
    names = dict(zip(table["maker"], table["name"], strict=True))
    assert (names[UNION_MAKERS], names["europe"]) == ("Makers in the EU", "Europe outside the EU")
    every = makers.all_ways({**COUNTED, UNION: union}).set_index("Makers")
    assert list(every.loc["European makers"]) == ["60 %", "20 %", "60 %", "60 %"]
    assert list(every.loc["Soviet types"]) == ["–", "–", "0 %", "–"]


def test_the_sentence_states_the_widest_spread_in_both_directions() -> None:
    text = makers.lesson(COUNTED, (2026, 2030), is_baseline=False)
    assert "European makers have 20 % of deliveries from abroad but 60 % of contracts signed" in text
    assert "US makers have 25 % of contracts signed but 65 % of deliveries from abroad" in text
    assert text.startswith("In this scenario of the model, 2026 to 2030")
    assert "baseline" in makers.lesson(COUNTED, (2026, 2030), is_baseline=True)


def test_no_spread_is_claimed_that_runs_do_not_share() -> None:
    swing = [0.05, -0.05] * 6
    unclear = HOME.assign(
        europe=HOME["europe"] + swing[:RUNS], united_states=HOME["united_states"] - pd.Series(swing[:RUNS])
    )
    text = makers.lesson({CONTRACTS: HOME, IMPORTS: unclear, FLEET: HOME}, (2026, 2030), is_baseline=True)
    assert text == "In this model, no share differs clearly between the ways of counting, 2026 to 2030."
