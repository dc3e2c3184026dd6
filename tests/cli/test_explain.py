"""`sim explain`: sentences and tables for people, everything as JSON, and one sentence for bad input."""

import pytest

from sim.experiment.offers import PARTS
from tests.cli.call import asked, call, refusal

TANKS = ("explain", "baseline", "--buyer", "NOR", "--category", "main_battle_tank")
FEW = ("--replications", "4")


def test_people_get_sentences_and_tables():
    done = call(*TANKS, *FEW)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("In this model, Norway signs for main battle tanks in ")
    for heading in ("How it goes", "Why other lines make no offer", "One decision", "What would turn it"):
        assert f"\n{heading}" in done.stdout
    for part in ("Price", "Loan", "together"):  # longer names of parts are wrapped
        assert part in done.stdout
    assert "Signature to first delivery" in done.stdout
    assert "Norway signs" in done.stdout.split("The state over ten years")[1]


def test_json_holds_every_tender_with_its_offers():
    found = asked(*TANKS, *FEW)
    assert found["replications"] == 4
    assert sum(found["outcomes"].values()) == len(found["tenders"])
    for tender in found["tenders"]:
        for offer in tender["offers"]:
            assert offer["worth"] == pytest.approx(sum(offer["parts"][part] for part in PARTS))
    assert found["decision"]["rival"] != found["decision"]["winner"]
    assert found["sentences"]["headline"][0].startswith("In this model, Norway")
    assert sum(found["waiting"]["months"].values()) == pytest.approx(found["waiting"]["total"])


def test_levers_can_be_set_and_a_later_run_be_taken_apart():
    found = asked(*TANKS, *FEW, "--set", "korean_supply=off", "--run", "2")
    assert found["decision"]["replication"] >= 1
    assert all(row["industry"] != "korea" for row in found["winners"])
    assert {"line": "k2_changwon", "reason": "seoul"}.items() <= max(
        (row for row in found["silence"] if row["line"] == "k2_changwon"), key=lambda row: row["tenders"]
    ).items()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--buyer", "PLO", "--category", "main_battle_tank"), "no state 'PLO'; the nearest is 'POL'"),
        (
            ("--buyer", "POL", "--category", "tanks"),
            "--category: there is no category 'tanks'; the nearest is",
        ),
        (
            ("--buyer", "LUX", "--category", "submarine"),
            "LUX has no need of submarine in this model; it needs",
        ),
        (("--buyer", "POL", "--category", "submarine", "--run", "9", *FEW), "--run must lie between 1 and 4"),
        (
            ("--buyer", "POL", "--category", "submarine", "--replications", "0"),
            "replications must lie between",
        ),
        (("--buyer", "POL"), "--category"),
    ],
)
def test_bad_input_gets_one_sentence(words, sentence):
    assert sentence in refusal("explain", "baseline", *words)


def test_an_unknown_scenario_is_named():
    words = ("--buyer", "POL", "--category", "main_battle_tank")
    assert "unknown scenario 'basline'" in refusal("explain", "basline", *words)
