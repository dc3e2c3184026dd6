"""The project's files and what they import, for the tests on how the code is put together."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def project_files(*under: str) -> list[Path]:
    """Return the files git tracks or would track, below the given paths (all of them without one)."""
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *under]
    listed = subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout.decode()
    paths = sorted({ROOT / name for name in listed.split("\0") if name})
    return [path for path in paths if path.is_file()]


def python_files(*under: str) -> list[Path]:
    """Return the Python files among `project_files`."""
    return [path for path in project_files(*under) if path.suffix == ".py"]


def shown(path: Path) -> str:
    """Return a path as a person writes it: from the project's root, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> str:
    """Return the dotted name of a Python file: sim/model/state.py is sim.model.state."""
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(source: str, module: str, is_package: bool = False) -> Iterator[tuple[str, int]]:
    """Yield (dotted name, line) for every import anywhere in `source`, relative ones made absolute.

    `from a import b` yields `a.b`: whether b is a module or something in one, its longest known prefix tells.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                here = module.split(".")
                kept = here[: len(here) - node.level + is_package]
                base = ".".join([*kept, *([base] if base else [])])
            yield from ((f"{base}.{alias.name}", node.lineno) for alias in node.names)


def longest_prefix(name: str, known: set[str]) -> str | None:
    """Return the longest of the `known` dotted names that `name` is or lies in, or None."""
    parts = name.split(".")
    candidates = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((candidate for candidate in candidates if candidate in known), None)
