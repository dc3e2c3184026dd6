"""Files have one job and functions are read at a glance: both stay short."""

import ast

import pytest

from tests.structure.tree import python_files, shown

LONGEST_FILE = 400
LONGEST_FUNCTION = 60


def long_functions(source: str, longest: int = LONGEST_FUNCTION) -> list[tuple[str, int, int]]:
    """Return (name, line, length) for functions of over `longest` lines, docstrings not counted."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = node.end_lineno - node.lineno + 1
            if ast.get_docstring(node) is not None:
                length -= node.body[0].end_lineno - node.body[0].lineno + 1
            if length > longest:
                found.append((node.name, node.lineno, length))
    return found


def test_no_file_is_too_long():
    lengths = {
        path: path.read_text(encoding="utf-8").count("\n")
        for path in python_files("sim", "app.py", "tools", "tests")
    }
    long = [
        f"{shown(path)} has {length} lines (at most {LONGEST_FILE}): it has a second job, move that out"
        for path, length in lengths.items()
        if length > LONGEST_FILE
    ]
    assert not long, "\n" + "\n".join(long)


def test_no_function_is_too_long():
    long = [
        f"{shown(path)} line {line}: {name} has {length} lines without its docstring (at most "
        f"{LONGEST_FUNCTION}): name its steps and make each a function"
        for path in python_files("sim", "app.py", "tools")
        for name, line, length in long_functions(path.read_text(encoding="utf-8"))
    ]
    assert not long, "\n" + "\n".join(long)


@pytest.mark.parametrize(("lines", "is_long"), [(LONGEST_FUNCTION - 1, False), (LONGEST_FUNCTION, True)])
def test_the_check_counts_lines_without_the_docstring(lines, is_long):
    source = 'def f():\n    """One.\n\n    Two.\n    """\n' + "    x = 1\n" * lines
    assert bool(long_functions(source)) is is_long
