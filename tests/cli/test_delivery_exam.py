"""`sim hindcast-deliveries`: what it prints, as tables and as JSON, and what it refuses."""

import pytest

from sim import MODEL_VERSION
from tests.cli.call import asked, call, refusal

HEADER = (
    "system,buyer_iso3,contract_date,first_delivery_promised,first_delivery_actual,delivered_count_by_date"
)
ROWS = ["K9 (used),FIN,2016-07,2018,2018-03,", "CV90,SVK,2022-12,2025,,0 by 2025-06", "Zebra,POL,soon,2025,,"]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "deliveries.csv"
    path.write_text("\n".join([HEADER, *ROWS]), encoding="utf-8")
    return path


def test_a_file_as_json(file):
    found = asked("hindcast-deliveries", "--deliveries", str(file))
    assert (found["n"], found["model_version"]) == (2, MODEL_VERSION)
    assert {"months", "slips", "baselines", "by_kind", "cases", "left_out"} <= set(found)
    assert [one["kind"] for one in found["cases"]] == ["stock", "hot_or_queued"]
    assert found["left_out"] == [{"id": "POL-zebra", "why": "the date of the contract, 'soon', has no year"}]
    assert {"id", "kind", "low", "middle", "high", "actual", "promised", "reasons"} <= set(found["cases"][0])


def test_a_file_as_tables(file):
    done = call("hindcast-deliveries", "--deliveries", str(file))
    assert done.exit_code == 0
    for words in (
        "2 deliveries of the file",
        "Naive rules",
        "as promised",
        "slip facts",
        "left out: POL-zebra",
    ):
        assert words in done.stdout


def test_the_own_record_is_examined_forward_in_time_too():
    done = call("hindcast-deliveries")
    assert done.exit_code == 0
    assert "each of" in done.stdout
    assert "forward in time" in done.stdout


def test_what_cannot_be_used_is_refused(tmp_path):
    assert "cannot be read" in refusal("hindcast-deliveries", "--deliveries", str(tmp_path / "gone.csv"))
    path = tmp_path / "odd.csv"
    path.write_bytes(b"\xff\xfe\x00")
    assert "not a CSV file" in refusal("hindcast-deliveries", "--deliveries", str(path))
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert "has no column" in refusal("hindcast-deliveries", "--deliveries", str(path))
