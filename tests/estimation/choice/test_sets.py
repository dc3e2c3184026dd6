"""Choice sets from tables: names of systems, what is no choice, and one clear sentence for what is wrong."""

import pytest

from sim.estimation.choice.files import DECISION_NEEDS, MAX_BYTES, OFFER_NEEDS, read_table
from sim.estimation.choice.sets import (
    CATEGORIES,
    LeftOut,
    Names,
    direct_sets,
    plain,
    seed_sets,
    sets_of,
)
from sim.evidence.facts import EvidenceError
from tests.estimation.choice.made_up import seeds


@pytest.fixture(scope="module")
def names():
    return Names(seeds())


def test_every_offer_on_file_is_of_the_line_that_the_file_names(names):
    wrong = []
    categories = {row["id"]: CATEGORIES[row["category"]] for row in seeds().decisions()}
    for row in seeds().offers():
        found = names.offer(
            row["system"], row["supplier_iso3"], row["family"], categories[row["decision_id"]]
        )
        if (found.line or "") != row["line"]:
            wrong.append(f"{row['decision_id']} {row['system']}: {found.line}, on file {row['line']!r}")
    assert not wrong, wrong
    assert len(seeds().offers()) > 200


@pytest.mark.parametrize(
    ("system", "supplier", "line"),
    [
        ("K2", "KOR", "k2_changwon"),
        ("k2 black panther", "KOR", "k2_changwon"),
        ("K2NO", "KOR", "k2_changwon"),
        ("K9A1", "KOR", "k9_changwon"),
        ("K-9", "KOR", "k9_changwon"),
        ("LEOPARD 2A8", "DEU", "leopard_2a8_munich"),
        ("Leopard 2A8NO", "DEU", "leopard_2a8_munich"),
        ("leopard-2 a8, new", "DEU", "leopard_2a8_munich"),
        ("F35A Block 4", "USA", "f35_fort_worth"),
        ("f-35a", "USA", "f35_fort_worth"),
        ("M1A2 SEPv3 Abrams", "USA", "abrams_lima"),
        ("CV90 MkIV", "SWE", "cv90_ornskoldsvik"),
        ("CAESAR 6x6 Mk II", "FRA", "caesar_roanne"),
    ],
)
def test_a_name_is_known_however_it_is_written(names, system, supplier, line):
    assert names.offer(system, supplier).line == line


@pytest.mark.parametrize(("system", "not_the_line"), [("K21", "k2_changwon"), ("M1095", "abrams_lima")])
def test_a_number_that_begins_alike_is_another_system(names, system, not_the_line):
    assert names.offer(system, "KOR").line != not_the_line


@pytest.mark.parametrize("system", ["Unheard-of 7", "???", "Λεοπάρδος", "x" * 500])
def test_an_unknown_system_counts_with_the_country_of_its_supplier(names, system):
    found = names.offer(system, "KOR")
    assert (found.line, found.family, found.industry, found.used) == (None, None, "korea", False)


@pytest.mark.parametrize(
    ("supplier", "industry"),
    [("KOR", "korea"), ("USA", "united_states"), ("DEU", "europe"), ("GBR", "europe"), ("NOR", "europe"),
     ("ISR", "other"), ("TUR", "other"), ("BRA", "other"), ("CHN", "other"), ("RUS", "other"), ("", "other")],
)  # fmt: skip
def test_the_industry_of_a_country(names, supplier, industry):
    assert names.industry(supplier) == industry


@pytest.mark.parametrize(
    ("system", "family", "used"),
    [("K9 Thunder (used)", "", True), ("Leopard 2A4", "used/stock", True), ("ex-Dutch F-16", "", True),
     ("Gripen C/D lease", "", True), ("second-hand M109", "", True), ("K9 Thunder", "K9", False),
     ("Unused Name", "", False)],
)  # fmt: skip
def test_used_equipment_is_told_by_its_name(names, system, family, used):
    assert names.offer(system, "KOR", family).used is used


def test_a_line_of_stock_is_used_equipment(names):
    found = names.offer("K9 Thunder (used)", "KOR")
    assert (found.line, found.used) == ("k9_surplus", True)


def test_a_system_of_the_family_column_is_found_where_its_name_is_not(names):
    assert names.offer("Offer of the ministry", "DEU", "Leopard 2").family == "leopard_2"


def test_a_name_of_another_category_is_another_system(names):
    assert names.offer("SIGMA", "ISR", category="self_propelled_howitzer").family is None
    assert names.offer("Sigma", "NLD", category="submarine").family == "sigma"
    assert names.offer("K2 black panther", "KOR", category="combat_aircraft").line is None
    assert names.offer("K2 black panther", "KOR", category="helicopter").line == "k2_changwon"


def test_plain_names():
    assert plain("  Leopard-2A8NO (new)") == "leopard 2 a 8 no new"


def decision(**fields):
    usual = {"id": "D1", "buyer_iso3": "NOR", "decision_date": "2023-02", "category": "main battle tank"}
    return usual | fields


def offer(system="K2", chosen="0", **fields):
    return {"decision_id": "D1", "system": system, "supplier_iso3": "KOR", "chosen": chosen} | fields


TWO = [offer("K2"), offer("Leopard 2A8", "1", supplier_iso3="DEU")]


def test_a_choice_set_from_two_rows():
    sets, left = sets_of(seeds(), [decision()], TWO)
    assert left == []
    [found] = sets
    assert (found.id, found.buyer, found.category) == ("D1", "NOR", "main_battle_tank")
    assert found.date == pytest.approx(2023 + 1 / 12)
    assert [one.line for one in found.offers] == ["k2_changwon", "leopard_2a8_munich"]
    assert found.chosen == 1
    assert not found.direct


def test_a_country_in_small_letters_is_the_same_country():
    sets, _ = sets_of(seeds(), [decision()], [offer("Unheard-of 7", supplier_iso3="kor"), *TWO])
    assert (sets[0].offers[0].supplier, sets[0].offers[0].industry) == ("KOR", "korea")


@pytest.mark.parametrize(
    ("offers", "why"),
    [
        ([offer(chosen="1")], "fewer than two offers are known"),
        ([], "fewer than two offers are known"),
        ([offer(), offer("Leopard 2A8")], "0 offers are marked as chosen"),
        ([offer(chosen="1"), offer("Leopard 2A8", "1")], "2 offers are marked as chosen"),
    ],
)
def test_what_is_no_choice_is_left_out_with_its_reason(offers, why):
    assert sets_of(seeds(), [decision()], offers) == ([], [LeftOut("D1", why)])


def test_a_decision_that_its_flags_call_unusable_is_left_out():
    flags = [{"id": "D1", "usable_for_choice_model": "0"}]
    sets, left = sets_of(seeds(), [decision()], TWO, flags)
    assert (sets, left) == ([], [LeftOut("D1", "not usable for a choice by its flags")])


@pytest.mark.parametrize(
    ("decisions", "offers", "sentence"),
    [
        ([decision(decision_date="2023-13")], TWO, "decision_date '2023-13' is no date like 2025-08"),
        ([decision(decision_date="spring")], TWO, "decision_date 'spring' is no date like 2025-08"),
        ([decision(decision_date="")], TWO, "decision_date '' is no date like 2025-08"),
        ([decision(id="")], TWO, "decision id '' is blank"),
        ([decision(), decision()], TWO, "decision id 'D1' is used twice"),
        ([decision()], [*TWO, offer(chosen="2")], "chosen is '2'; it must be 0 or 1"),
        ([decision()], [*TWO, offer(chosen="")], "chosen is ''; it must be 0 or 1"),
        ([decision()], [*TWO, offer("")], "an offer of 'D1' has no system"),
        ([decision()], [*TWO, offer(decision_id="D2")],
         "the offers name the decision 'D2', which is not among the decisions; the nearest is 'D1'"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_refused_in_one_sentence(decisions, offers, sentence):
    with pytest.raises(EvidenceError) as told:
        sets_of(seeds(), decisions, offers)
    assert sentence in str(told.value)
    assert "\n" not in str(told.value)


GOOD = "decision_id,system,supplier_iso3,chosen\nD1,K2,KOR,0\nD1,Leopard 2A8,DEU,1\n"


def test_a_file_is_read_with_or_without_a_byte_order_mark(tmp_path):
    path = tmp_path / "offers.csv"
    for encoding in ("utf-8", "utf-8-sig"):
        path.write_text(GOOD, encoding=encoding)
        rows = read_table(path, OFFER_NEEDS)
        assert [row["system"] for row in rows] == ["K2", "Leopard 2A8"]


def test_blanks_around_names_and_cells_and_short_or_long_rows_do_no_harm(tmp_path):
    path = tmp_path / "offers.csv"
    path.write_text("decision_id, system ,supplier_iso3,chosen\n D1 , K2 ,KOR,0,more,cells\nD1,K9\n")
    first, second = read_table(path, OFFER_NEEDS)
    assert first == {"decision_id": "D1", "system": "K2", "supplier_iso3": "KOR", "chosen": "0"}
    assert second["chosen"] == ""


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "has no column 'id'; it needs id, buyer_iso3, decision_date, category"),
        (b"id,buyer_iso3,category\n", "has no column 'decision_date'"),
        (b"id,buyer_iso3,decision_date,category\nD1,NOR,2023,\xff\xfe\n", "is not a CSV file in UTF-8"),
        (b'id,buyer_iso3,decision_date,category\nD1,"NOR\n', "is not a CSV file in UTF-8"),
    ],
    ids=["empty", "a column missing", "not UTF-8", "a quote left open"],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(tmp_path, content, sentence):
    path = tmp_path / "decisions.csv"
    path.write_bytes(content)
    with pytest.raises(EvidenceError) as told:
        read_table(path, DECISION_NEEDS)
    assert sentence in str(told.value)
    assert str(path) in str(told.value)
    assert "\n" not in str(told.value)


def test_a_file_too_large_a_folder_and_no_file_are_refused(tmp_path):
    large = tmp_path / "large.csv"
    large.write_bytes(b"x" * (MAX_BYTES + 1))
    for path, sentence in (
        (large, "is larger than 4 MB"),
        (tmp_path, "cannot be read"),
        (tmp_path / "none.csv", "cannot be read"),
    ):
        with pytest.raises(EvidenceError, match=sentence):
            read_table(path, DECISION_NEEDS)


def test_the_choice_sets_of_the_seeds_leave_out_repeats():
    sets, left = seed_sets(seeds())
    flags = {row["id"]: row for row in seeds().decision_flags()}
    assert len(sets) + len(left) == len(seeds().decisions())
    assert len(sets) > 40
    assert all(flags[one.id]["usable_for_choice_model"] == "1" for one in sets)
    assert all(flags[one.id]["repeat_or_option_order"] == "0" for one in sets)
    winners = {row["decision_id"]: row["system"] for row in seeds().offers() if row["chosen"] == "1"}
    assert all(one.offers[one.chosen].system == winners[one.id] for one in sets)


def test_decisions_without_rivals_stand_against_what_was_for_sale():
    rivals = {one.id for one in seed_sets(seeds())[0]}
    lines = {line.id: line for line in seeds().lines()}
    refused = {(pair.buyer, pair.line) for pair in seeds().refused_pairs()}
    found = direct_sets(seeds())
    assert len(found) > 10
    for one in found:
        assert one.direct
        assert one.id not in rivals
        assert len(one.offers) > 1
        for at, offer in enumerate(one.offers):
            line = lines[offer.line]
            assert line.category == one.category
            assert at == one.chosen or (one.buyer, line.id) not in refused
            assert at == one.chosen or not line.home_only or one.buyer in (line.country, *line.home)


def test_a_buyer_that_is_none_of_the_32_states_is_left_out_and_the_others_are_not():
    sets, left = sets_of(seeds(), [decision(buyer_iso3="CHE")], TWO)
    assert sets == []
    assert [(one.id, one.why.split(";")[0]) for one in left] == [("D1", "unknown buyer 'CHE'")]
