"""Words: no pictures in text, and no words that judge nations."""

import ast
import re
from pathlib import Path

from tests.structure.tree import project_files, shown

TEXT_SUFFIXES = {".py", ".md", ".toml", ".csv", ".cff", ".po", ".txt", ".yml", ".yaml", ""}
PICTURES = re.compile("[\U0001f000-\U0001faff\u2600-\u26ff\u2705\u270c\u274c\ufe0f]")

# What a user reads: pages, reports, the command line, scenarios and the labels of levers and shocks.
SHOWN_TO_USERS = (
    "app.py", "sim", "scenarios", "seeds/levers.csv", "seeds/shocks.csv", "README.md",
)  # fmt: skip
# Each pattern, and what to say instead.
JUDGING = {
    r"\b(dis)?loyal(ty|ties)?\b": "say what a government could do, such as withhold a delivery",
    r"\bblackmail\w*": "say 'could withhold'",
    r"\bunreliable (ally|allies|partners?|suppliers?)\b": "say what happened, when, and its source",
    r"\btrustworth\w*": "this model does not rank nations by trust",
    r"\bbetray\w*": "say what happened, when, and its source",
}


def words_of(path: Path) -> str:
    """Return what a user may read of a file: of Python only its texts, without docstrings."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return text
    tree = ast.parse(text)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and ast.get_docstring(node, clean=False) is not None
    }
    texts = (
        node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return "\n".join(node.value for node in texts if id(node) not in docstrings)


def judgements(text: str) -> list[str]:
    """Return one sentence for every judging word in `text`."""
    return [
        f"'{match.group()}': {instead}"
        for pattern, instead in JUDGING.items()
        for match in re.finditer(pattern, text, flags=re.IGNORECASE)
    ]


def test_no_text_holds_a_picture():
    drawn = [
        f"{shown(path)} line {number} holds {match.group()!r}: use a word"
        for path in project_files()
        if path.suffix in TEXT_SUFFIXES and "vendor" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for match in PICTURES.finditer(line)
    ]
    assert not drawn, "\n" + "\n".join(drawn)


def test_no_text_judges_a_nation():
    read = [path for path in project_files(*SHOWN_TO_USERS) if path.suffix in TEXT_SUFFIXES]
    judging = [f"{shown(path)}: {sentence}" for path in read for sentence in judgements(words_of(path))]
    assert not judging, "\n" + "\n".join(judging)


def test_the_checks_see_what_they_look_for():
    assert judgements("A Loyal ally") == [
        "'Loyal': say what a government could do, such as withhold a delivery"
    ]
    assert judgements("could withhold deliveries; employees") == []
    assert PICTURES.search("go " + chr(0x1F680))
