"""Results of experiments on disk, by fingerprint, so that an identical one is never run again.

One JSON file for each, in the user's cache folder. A file that is broken, of another form or not what its
name says is as good as none: the experiment runs again and writes it anew.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs

from sim.evidence.seeds import DEFAULT_FOLDER
from sim.model.version import MODEL_VERSION

Record = dict[str, Any]

FORM = 1  # of the files; another one is not read
LARGEST = 8_000_000  # bytes of one result
MOST = 200_000_000  # bytes of all together; those not read for longest go first
PACE = "pace.json"
CODE = ("evidence", "policy", "model", "experiment")  # parts of `sim` that results depend on


@dataclass(frozen=True)
class Experiment:
    """What a method is asked: all that its result depends on.

    arguments: as in a link, text by name; scenarios: their fingerprints; program: see `program`.
    """

    method: str
    arguments: Mapping[str, str]
    scenarios: tuple[str, ...]
    replications: int
    random_seed: int = 1
    model_version: str = MODEL_VERSION
    program: str = ""

    def data(self) -> Record:
        """The same as plain data."""
        return {
            "method": self.method,
            "arguments": dict(self.arguments),
            "scenarios": list(self.scenarios),
            "replications": self.replications,
            "random_seed": self.random_seed,
            "model_version": self.model_version,
            "program": self.program,
        }

    def fingerprint(self) -> str:
        """sha256 over all of it, 64 hexadecimal digits: equal for what gives equal results."""
        text = json.dumps(self.data(), sort_keys=True, allow_nan=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@cache
def program() -> str:
    """sha256 over the seeds and the code that results depend on, as they stood when first asked for."""
    code = Path(__file__).resolve().parents[1]
    files = [*DEFAULT_FOLDER.rglob("*.csv")]
    for part in CODE:
        files += (code / part).rglob("*.py")
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.relative_to(file.parents[1]).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def cache_folder() -> Path:
    """Where results are kept: `LEADTIME_EXPERIMENTS_DIR`, else beside the compiled rules."""
    if own := os.environ.get("LEADTIME_EXPERIMENTS_DIR"):
        return Path(own)
    base = os.environ.get("LEADTIME_CACHE_DIR") or platformdirs.user_cache_dir("leadtime")
    return Path(base) / "experiments"


class Kept:
    """A folder of results. A folder that cannot be written keeps nothing, and nothing fails."""

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self._folder = folder
        self._most = most

    def read(self, experiment: Experiment) -> Record | None:
        """The result of an experiment, or None where there is none that can be used."""
        file = self._file(experiment)
        found = _read(file)
        if found is None or found.get("form") != FORM or found.get("experiment") != experiment.data():
            return None
        record = found.get("record")
        if not isinstance(record, dict):
            return None
        with suppress(OSError):
            os.utime(file)  # read lately
        return record

    def write(self, experiment: Experiment, record: Record) -> None:
        """Keep a result, and let the oldest go where all together are too large."""
        content = {"form": FORM, "experiment": experiment.data(), "record": record}
        text = json.dumps(content, allow_nan=False).encode()
        if len(text) <= LARGEST and self._write(self._file(experiment), text):
            self._make_room()

    def pace(self) -> dict[str, float]:
        """Seconds a replication takes on this machine, by method, as far as measured with this model."""
        found = _read(self._folder / PACE) or {}
        if found.get("model_version") != MODEL_VERSION or not isinstance(found.get("seconds"), dict):
            return {}
        return {str(name): value for name, value in found["seconds"].items() if _is_pace(value)}

    def write_pace(self, seconds: Mapping[str, float]) -> None:
        """Keep the seconds a replication takes, by method."""
        content = {"model_version": MODEL_VERSION, "seconds": dict(seconds)}
        self._write(self._folder / PACE, json.dumps(content, allow_nan=False).encode())

    def _file(self, experiment: Experiment) -> Path:
        return self._folder / f"{experiment.fingerprint()}.json"

    def _write(self, file: Path, content: bytes) -> bool:
        """Write a file whole or not at all; says whether it stands."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".part", delete=False) as part:
                part.write(content)
            os.replace(part.name, file)
        except OSError:
            return False
        return True

    def _make_room(self) -> None:
        with suppress(OSError):
            files = [(file.stat(), file) for file in self._folder.glob("*.json") if file.name != PACE]
            files.sort(key=lambda one: one[0].st_mtime_ns)
            room = self._most - sum(about.st_size for about, _ in files)
            for about, file in files[:-1]:
                if room >= 0:
                    break
                file.unlink(missing_ok=True)
                room += about.st_size


def _read(file: Path) -> Record | None:
    """The data of a JSON file; None where it is missing, too large, broken or no table."""
    try:
        if file.stat().st_size > 2 * LARGEST:
            return None
        found = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _is_pace(value: object) -> bool:
    return isinstance(value, float) and math.isfinite(value) and value > 0.0
