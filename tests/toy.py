"""The toy world: a small valid seeds folder, and a way to copy it with something changed."""

import shutil
from pathlib import Path

TOY = Path(__file__).parent / "toy_seeds"


def copy_of_toy(folder: Path) -> Path:
    """A copy of the toy seeds under `folder` that a test may change."""
    return Path(shutil.copytree(TOY, folder / "seeds"))


def change(seeds: Path, file: str, old: str, new: str) -> None:
    """Replace the one place where `old` stands in a file of the copy."""
    path = seeds / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def add(seeds: Path, file: str, line: str) -> None:
    """Add one line at the end of a file of the copy."""
    with (seeds / file).open("a", encoding="utf-8") as out:
        out.write(line + "\n")
