"""Results on disk: found again by what they depend on, safe against broken files, bounded in size."""

import json
import math
import os
from dataclasses import replace
from pathlib import Path

import pytest

from sim.experiment import kept
from sim.experiment.kept import Experiment, Kept
from sim.experiment.plain import plain

ONE = Experiment("planted", {"base": "baseline"}, ("a" * 64,), 50)


def file_of(folder: Path, experiment: Experiment = ONE) -> Path:
    return folder / f"{experiment.fingerprint()}.json"


def test_a_result_is_found_after_a_restart(tmp_path: Path) -> None:
    Kept(tmp_path).write(ONE, {"total": 1.5, "none": None})
    assert Kept(tmp_path).read(ONE) == {"total": 1.5, "none": None}
    assert [file.name for file in tmp_path.iterdir()] == [file_of(tmp_path).name]


@pytest.mark.parametrize(
    "change",
    [
        {"method": "other"},
        {"arguments": {"base": "no_korea"}},
        {"scenarios": ("b" * 64,)},
        {"replications": 51},
        {"random_seed": 2},
        {"model_version": "2000.1"},
        {"program": "c" * 64},
    ],
)
def test_whatever_a_result_depends_on_gives_it_another_name(
    tmp_path: Path, change: dict[str, object]
) -> None:
    other = replace(ONE, **change)
    assert other.fingerprint() != ONE.fingerprint()
    store = Kept(tmp_path)
    store.write(ONE, {"total": 1.0})
    assert store.read(other) is None


def test_the_order_of_arguments_is_no_difference() -> None:
    first = replace(ONE, arguments={"a": "1", "b": "2"})
    second = replace(ONE, arguments={"b": "2", "a": "1"})
    assert first.fingerprint() == second.fingerprint()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"[" * 100_000,
        json.dumps({"form": kept.FORM + 1, "experiment": ONE.data(), "record": {}}).encode(),
        json.dumps({"form": kept.FORM, "experiment": {}, "record": {}}).encode(),
        json.dumps({"form": kept.FORM, "experiment": ONE.data(), "record": [1]}).encode(),
        json.dumps({"form": kept.FORM, "experiment": ONE.data()}).encode(),
    ],
)
def test_a_broken_file_is_as_good_as_none_and_is_written_anew(tmp_path: Path, content: bytes) -> None:
    store = Kept(tmp_path)
    file_of(tmp_path).write_bytes(content)
    assert store.read(ONE) is None
    store.write(ONE, {"total": 2.0})
    assert store.read(ONE) == {"total": 2.0}


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Kept(tmp_path)
    store.write(ONE, {"text": "x" * 1000})
    monkeypatch.setattr(kept, "LARGEST", 100)
    assert store.read(ONE) is None
    other = replace(ONE, replications=60)
    store.write(other, {"text": "x" * 1000})
    assert not file_of(tmp_path, other).exists()


def test_what_was_not_read_for_longest_goes_first(tmp_path: Path) -> None:
    store = Kept(tmp_path, most=4000)
    several = [replace(ONE, replications=number) for number in (1, 2, 3)]
    for age, one in enumerate(several):
        store.write(one, {"text": "x" * 800})
        os.utime(file_of(tmp_path, one), (age, age))
    assert store.read(several[0]) is not None  # and so it was read last
    store.write(replace(ONE, replications=4), {"text": "x" * 800})
    assert store.read(several[1]) is None
    assert store.read(several[0]) is not None


def test_a_folder_that_cannot_be_written_keeps_nothing_and_fails_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    store = Kept(blocked)
    store.write(ONE, {"total": 1.0})
    store.write_pace({"planted": 0.1})
    assert store.read(ONE) is None
    assert store.pace() == {}


def test_the_pace_is_kept_for_one_model_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Kept(tmp_path).write_pace({"planted": 0.25})
    assert Kept(tmp_path).pace() == {"planted": 0.25}
    monkeypatch.setattr(kept, "MODEL_VERSION", "2000.1")
    assert Kept(tmp_path).pace() == {}


def test_a_pace_that_is_none_is_left_out(tmp_path: Path) -> None:
    seconds = {"a": 0.5, "b": -1.0, "c": "x", "d": None, "e": 0.0}
    (tmp_path / kept.PACE).write_text(json.dumps({"model_version": kept.MODEL_VERSION, "seconds": seconds}))
    assert Kept(tmp_path).pace() == {"a": 0.5}


def test_plain_data_has_no_nan_and_no_tuples() -> None:
    data = {"a": (1.0, math.nan), 2: [math.inf, "x"]}
    assert plain(data) == {"a": [1.0, None], "2": [None, "x"]}


def test_the_folder_follows_the_setting_for_compiled_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADTIME_CACHE_DIR", str(tmp_path))
    monkeypatch.delenv("LEADTIME_EXPERIMENTS_DIR", raising=False)
    assert kept.cache_folder() == tmp_path / "experiments"
    monkeypatch.setenv("LEADTIME_EXPERIMENTS_DIR", str(tmp_path / "own"))
    assert kept.cache_folder() == tmp_path / "own"


def test_the_program_is_a_hash_of_seeds_and_code() -> None:
    assert len(kept.program()) == 64
    assert int(kept.program(), 16) >= 0
