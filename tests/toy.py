"""The toy world: a small valid seeds folder, and a way to copy it with something changed."""

import shutil
from pathlib import Path

from sim.evidence.seeds import DEFAULT_FOLDER

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


def toy_with_rules(folder: Path) -> Path:
    """A copy of the toy seeds with the project's own numbers of the rules: a world that can be run."""
    seeds = copy_of_toy(folder)
    real = DEFAULT_FOLDER
    shutil.copytree(real / "sources", seeds / "sources", dirs_exist_ok=True)
    (seeds / "attributes").mkdir()
    shutil.copy(real / "attributes" / "rules.csv", seeds / "attributes")
    for name in ("rules.csv", "choice.csv", "past.csv"):
        shutil.copy(real / "facts" / name, seeds / "facts")
    header, *rows = (real / "facts" / "tenders.csv").read_text(encoding="utf-8").splitlines()
    categories = (seeds / "categories.csv").read_text(encoding="utf-8")
    kept = [row for row in rows if f"\n{row.partition(',')[0]}," in categories]
    (seeds / "facts" / "tenders.csv").write_text("\n".join([header, *kept, ""]), encoding="utf-8")
    return seeds
