"""Every text on screen goes through gettext, and the template of translations is up to date."""

import ast
import io
import re
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from sim.report import language
from tools import messages

ROOT = Path(__file__).resolve().parents[2]
FILES = [*sorted((ROOT / "sim/web").rglob("*.py")), ROOT / "app.py"]
WAYS_THROUGH = {"_", "plural", "mark"}
SENTENCE = re.compile(r"[A-Za-z] [A-Za-z]|^[A-Z][a-z]+$")
SETTINGS = {"Leadtime"}  # the name of the product, which is not translated


def bare_texts(tree: ast.AST) -> list[tuple[int, str]]:
    """Text literals that look like words for a reader and are not inside `_`, `plural` or `mark`."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WAYS_THROUGH:
            skipped |= {id(part) for part in ast.walk(node)}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))  # docstrings
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.FunctionDef):
            annotation = getattr(node, "annotation", None) or getattr(node, "returns", None)
            if annotation is not None:
                skipped |= {id(part) for part in ast.walk(annotation)}
    constants = [
        node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in skipped
    ]
    return [
        (node.lineno, node.value)
        for node in constants
        if isinstance(node.value, str) and SENTENCE.search(node.value) and node.value not in SETTINGS
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_texts_go_through_gettext(path: Path) -> None:
    found = bare_texts(ast.parse(path.read_text(encoding="utf-8")))
    assert not found, f"wrap these in _() from sim.report.language: {found}"


def test_a_bare_text_is_seen() -> None:
    assert bare_texts(ast.parse('st.title("Move a lever")')) == [(1, "Move a lever")]
    assert bare_texts(ast.parse('st.title(_("Move a lever"), key="a_key")')) == []


def test_the_template_is_up_to_date() -> None:
    assert messages.TEMPLATE.read_text(encoding="utf-8") == messages.text(), "run: python -m tools.messages"


def test_a_translation_reaches_the_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = read_po(io.BytesIO(messages.TEMPLATE.read_bytes()), locale="pl")
    catalog["better"].string = "lepiej"
    folder = tmp_path / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "leadtime.mo").open("wb") as file:
        write_mo(file, catalog)
    monkeypatch.setattr(language, "CATALOGUES", tmp_path)
    try:
        assert language.use("pl-PL") == "pl"
        assert language._("better") == "lepiej"
        assert language._("worse") == "worse"
    finally:
        assert language.use("en") == "en"
    assert language._("better") == "better"
