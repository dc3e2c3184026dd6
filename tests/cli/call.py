"""Calls the command line inside the test process and looks at what it leaves behind."""

import json
from typing import Any

from typer.testing import CliRunner, Result

from sim.cli import app


def call(*words: str) -> Result:
    """Carry out `sim words...`; anything but a clean exit is a failure of the test."""
    return CliRunner().invoke(app, list(words), catch_exceptions=False)


def strict_json(text: str) -> Any:
    """JSON as the standard has it: NaN and Infinity are refused."""

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is not JSON")

    return json.loads(text, parse_constant=refuse)


def asked(*words: str) -> Any:
    """What `sim words... --json` prints, which must be fine and say nothing else."""
    done = call(*words, "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    return strict_json(done.stdout)


def refusal(*words: str) -> str:
    """The sentence with which a command line is refused: one line, exit code 2, nothing on stdout."""
    done = call(*words)
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("sim: ")
    assert len(lines[0]) < 420
    return lines[0].removeprefix("sim: ")
