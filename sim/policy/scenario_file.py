"""Reads a scenario as a person wrote it: finds the file, limits its size, checks every key and type."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from sim.evidence.facts import nearest, quoted
from sim.policy.errors import ScenarioError

MAX_BYTES = 64_000
LONGEST, STRONGEST = 120, 3.0  # of a placed card: months, and its strength against the usual
NAME = re.compile(r"[a-z0-9][a-z0-9_]{0,59}")


def _plain(text: str) -> str:
    if any((ch < " " and ch not in "\n\t") or ch == "\x7f" or 0xD800 <= ord(ch) <= 0xDFFF for ch in text):
        raise ValueError("holds characters that are not text")
    return text


Title = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_plain)]
Text = Annotated[str, Field(max_length=2000), AfterValidator(_plain)]
Word = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_plain)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class SchedulePart(_Part):
    """`[[schedule]]`: from a month on, a lever stands at a value."""

    lever: Word
    at: Word
    value: Any


class ShockPart(_Part):
    """`[[shocks]]`: a card strikes in a month, for some months (default: its usual ones), at a strength."""

    card: Word
    at: Word
    months: int | None = Field(default=None, ge=1, le=LONGEST)
    strength: float = Field(default=1.0, ge=0.0, le=STRONGEST)


class ExpectPart(_Part):
    """`[[expect]]`: what the author expected before the first run."""

    measure: Word
    place: Word
    direction: Annotated[str, Field(pattern="^(more|less)$")]
    why: Text = ""


class ScenarioFile(_Part):
    """The whole file; what is left out is inherited from the scenario it extends."""

    title: Title
    question: Text = ""
    extends: Word | None = None
    start: Word | None = None
    sources: list[Word] = Field(default=[], max_length=200)
    expect: list[ExpectPart] = Field(default=[], max_length=50)
    levers: dict[str, Any] = Field(default={}, max_length=1000)
    facts: dict[str, Any] = Field(default={}, max_length=200)
    schedule: list[SchedulePart] = Field(default=[], max_length=200)
    shocks: list[ShockPart] = Field(default=[], max_length=50)
    horizon_year: int | None = Field(default=None, ge=2023, le=2036)


PARTS: dict[str, type[BaseModel]] = {"schedule": SchedulePart, "shocks": ShockPart, "expect": ExpectPart}


def find_file(name: str, folders: tuple[Path, ...]) -> Path:
    """The file of a named scenario in the first folder that has it; raises ScenarioError."""
    if NAME.fullmatch(name):
        for folder in folders:
            if (folder / f"{name}.toml").is_file():
                return folder / f"{name}.toml"
    known = [path.stem for folder in folders for path in folder.glob("*.toml")]
    raise ScenarioError(f"unknown scenario {quoted(name)}; {nearest(name, known)}")


def read_file(path: Path) -> ScenarioFile:
    """A scenario file, its keys and types checked; raises ScenarioError with the file's name."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError):
        raise ScenarioError(f"the scenario file {quoted(path.name)} cannot be read") from None
    return parse_toml(content, path.name)


def parse_toml(content: bytes, name: str) -> ScenarioFile:
    """A scenario given as the bytes of a TOML file (such as an upload); raises ScenarioError."""
    if len(content) > MAX_BYTES:
        raise ScenarioError(f"{name}: is larger than the limit of {MAX_BYTES // 1000} kB")
    try:
        data = tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ScenarioError(f"{name}: is not UTF-8 text (byte {error.start})") from None
    except RecursionError:
        raise ScenarioError(f"{name}: is nested too deeply") from None
    except ValueError as error:
        raise ScenarioError(f"{name}: is not TOML, {str(error)[:200]}") from None
    return parse_dict(data, name)


def parse_dict(data: Mapping[str, object], name: str) -> ScenarioFile:
    """A scenario given as a mapping with the keys of a file; raises ScenarioError."""
    try:
        return ScenarioFile.model_validate(dict(data))
    except ValidationError as error:
        raise ScenarioError(f"{name}: {_sentence(error)}") from None
    except (RecursionError, TypeError, ValueError):
        raise ScenarioError(f"{name}: is not a table of keys and values") from None


def _sentence(error: ValidationError) -> str:
    """The first fault that the schema found, with the field as a person would look for it."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    # A mistyped key is also a missing one: naming the key that is there helps more.
    first = next((fault for fault in faults if fault["type"] == "extra_forbidden"), faults[0])
    location = first["loc"]
    field = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in location)
    field = field.lstrip(".")[:80]
    if first["type"] == "extra_forbidden":
        model = PARTS.get(str(location[0]), ScenarioFile) if len(location) > 1 else ScenarioFile
        return f"unknown key {quoted(field)}; {nearest(str(location[-1]), model.model_fields)}"
    if first["type"] == "missing":
        return f"{field} is missing"
    message = first["msg"].removeprefix("Value error, ")
    return f"{field}: {message[0].lower()}{message[1:]}"


def flat(table: Mapping[str, object], what: str, name: str) -> dict[str, object]:
    """Levers or facts by full id: `doctrine.POL.speed = 2` arrives from TOML as tables within tables."""
    found: dict[str, object] = {}
    for key, value in _leaves(table):
        if key in found:
            raise ScenarioError(f"{name}: the {what} {quoted(key)} is set twice")
        found[key] = value
    return found


def _leaves(table: Mapping[str, object], head: str = "") -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{head}{key}.")
        else:
            yield f"{head}{key}", value
