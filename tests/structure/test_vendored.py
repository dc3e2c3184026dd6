"""Files taken from others are the ones we say they are."""

import hashlib
import re
from pathlib import Path

import pytest

from tests.structure.tree import ROOT

FOLDERS = (ROOT / "static", ROOT / "tests" / "browser" / "vendor")
ROW = re.compile(r"^\| (?P<name>[\w.-]+) \|.*\| (?P<sum>[0-9a-f]{64}) \|$", flags=re.MULTILINE)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_vendored_file_has_its_origin_and_its_sum(folder: Path):
    said = dict(ROW.findall((folder / "PROVENANCE.md").read_text(encoding="utf-8")))
    there = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.suffix in (".json", ".js")
    }
    assert there == said, f"{folder.name}/PROVENANCE.md and the files beside it differ: correct the table"
