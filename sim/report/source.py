"""The model's own source as text: rules, tables and who reads which number. Read, never run or compiled."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "sim" / "model"
TABLE = re.compile(r"^    (\w+): Array  # (.+)$", flags=re.MULTILINE)


@dataclass(frozen=True)
class Rule:
    """A function of sim/model/rules: its place, what goes in, the type that comes out, its docstring."""

    file: str
    module: str
    name: str
    parameters: tuple[str, ...]
    gives: str
    said: str


@cache
def trees() -> dict[str, ast.Module]:
    """Every file of the model, parsed, by its path from the root of the project."""
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(MODEL.rglob("*.py"))
    }


def functions(tree: ast.Module) -> list[ast.FunctionDef]:
    """The public functions of a file, in its order."""
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name[0] != "_"]


def first_sentence(said: str) -> str:
    """The first sentence of a docstring, on one line; a point within a number or a file ends none."""
    line = " ".join(said.split("\n\n")[0].split())
    return re.split(r"(?<=\.)\s", line, maxsplit=1)[0]


def rule_modules() -> dict[str, str]:
    """What each file of rules says of itself, by its path."""
    return {
        file: ast.get_docstring(tree) or ""
        for file, tree in trees().items()
        if file.startswith("sim/model/rules/") and functions(tree)
    }


def rules() -> tuple[Rule, ...]:
    """Every rule of the model, by file."""
    return tuple(
        Rule(
            file=file,
            module=Path(file).stem,
            name=node.name,
            parameters=tuple(argument.arg for argument in node.args.args),
            gives=ast.unparse(node.returns) if node.returns else "",
            said=ast.get_docstring(node) or "",
        )
        for file in rule_modules()
        for node in functions(trees()[file])
    )


def handed_to_rules(names: Collection[str]) -> dict[tuple[str, str], list[str]]:
    """Which of the named constants are handed to each rule (module, function) where a stage calls it."""
    modules = {rule.module for rule in rules()}
    found: dict[tuple[str, str], list[str]] = {}
    for tree in trees().values():
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
                continue
            if isinstance(call.func.value, ast.Name) and call.func.value.id in modules:
                handed = found.setdefault((call.func.value.id, call.func.attr), [])
                for argument in call.args:
                    handed += [name for name in _read(argument, names) if name not in handed]
    return found


def readers(names: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    """The functions, as (file, name), that read each of the named constants."""
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in names}
    for file, tree in trees().items():
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                for name in dict.fromkeys(_read(node, names)):
                    found[name].append((file, node.name))
    return found


def _read(tree: ast.AST, names: Collection[str]) -> Iterator[str]:
    """The constants that stand as attributes in a piece of code, such as `rules.quote_scarcity`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in names:
            yield node.attr


def state_tables() -> dict[str, str]:
    """The tables of the state with the comment beside each: shape and meaning."""
    return dict(TABLE.findall((MODEL / "state.py").read_text(encoding="utf-8")))
