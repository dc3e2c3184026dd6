"""The documents say what is there: paths, commands, levers, scenarios, rules, tables and links exist."""

import re
import shlex
import subprocess
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest
import typer

from sim.cli.program import app
from sim.evidence.seeds import load_seeds
from sim.evidence.tables import TABLES
from sim.model.schedule import STAGES
from sim.policy.errors import ScenarioError
from sim.policy.levers import levers, parse_set
from sim.policy.scenario import list_scenarios, scenario_from_toml
from tests.structure.tree import ROOT, project_files, shown

DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
WITH_DOCUMENTS = pytest.mark.parametrize("document", DOCUMENTS, ids=shown)

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TICKED = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
PATH = re.compile(r"[\w.*-]+(/[\w.*-]+)*/?")
FILE_ENDINGS = (".py", ".csv", ".md", ".toml", ".lock", ".json", ".cff")
NOT_PATHS = {".toml"}
PROGRAM = re.compile(r"^(?:\$ )?(?:\.venv/bin/)?sim (?P<words>.*)$")


@cache
def names() -> frozenset[str]:
    """Every file of the project and every folder above one, as a person writes it."""
    files = [path.relative_to(ROOT) for path in project_files()]
    folders = {folder.as_posix() for file in files for folder in file.parents}
    return frozenset({file.as_posix() for file in files} | folders)


def text_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def prose(text: str) -> str:
    """The text without its fenced blocks."""
    return FENCE.sub("", text)


def looks_like_a_path(word: str) -> bool:
    if word in NOT_PATHS or not PATH.fullmatch(word):
        return False
    first = word.partition("/")[0]
    return word.endswith(FILE_ENDINGS) or ("/" in word and (first in names() or first.startswith(".")))


def exists(word: str) -> bool:
    """Whether a path is in the project, or is made on a user's machine and left out of git on purpose."""
    plain = word.rstrip("/")
    if plain in names() or ("*" in plain and any(fnmatch(name, plain) for name in names())):
        return True
    asked = subprocess.run(["git", "check-ignore", "-q", "--", word], cwd=ROOT, check=False)
    return asked.returncode == 0


def commands_in(text: str) -> list[str]:
    """What stands after `sim` in ticks and in fenced blocks."""
    lines = [line for _, block in FENCE.findall(text) for line in block.splitlines()]
    found = [PROGRAM.match(words) for words in [*TICKED.findall(prose(text)), *lines]]
    return [match["words"] for match in found if match]


def problem_with(words: str) -> str:
    """What is wrong with a command line of the program, or an empty text."""
    commands = typer.main.get_command(app).commands
    name, *rest = shlex.split(words)
    if name in ("--help", "--version"):
        return ""
    if name in commands and not rest:
        return ""  # the command as such, such as `sim run`
    if name not in commands:
        return f"there is no command {name}"
    command = commands[name]
    if isinstance(command, typer.core.TyperGroup):
        method, *rest = rest
        if method not in command.commands:
            return f"there is no method {method}"
        command = command.commands[method]
        if not rest:
            return ""
    try:
        context = command.make_context(name, list(rest))
    except typer.TyperException as error:
        return error.format_message()
    known = levers(load_seeds())
    try:
        for setting in context.params.get("set_") or ():
            parse_set(setting, known)
    except ScenarioError as error:
        return str(error)
    asked = [word for word in rest[: 1 if name == "run" else None] if re.fullmatch(r"[a-z_]+", word)]
    unknown = set(asked) - set(list_scenarios()) if name in ("run", "compare") else set()
    return f"unknown scenarios {unknown}" if unknown - {"nowhere"} else ""


def first_cells(text: str, heading: str) -> list[str]:
    """The ticked first cells of the table whose first heading is `heading`."""
    table = text.split(f"| {heading} |", 1)[1].split("\n\n", 1)[0]
    return re.findall(r"^\| `([^`]+)` \|", table, flags=re.MULTILINE)


@WITH_DOCUMENTS
def test_paths_exist(document):
    words = TICKED.findall(prose(text_of(document)))
    missing = [word for word in words if looks_like_a_path(word) and not exists(word)]
    assert not missing, f"{shown(document)} names files that are not there: {missing}"


@WITH_DOCUMENTS
def test_commands_exist(document):
    problems = {words: fault for words in commands_in(text_of(document)) if (fault := problem_with(words))}
    assert not problems, f"{shown(document)} names commands that the program does not take: {problems}"


def test_the_readme_names_every_command():
    named = {tuple(words.split()[:2]) for words in commands_in(text_of(ROOT / "README.md"))}
    commands = typer.main.get_command(app).commands
    assert set(commands) <= {words[0] for words in named}
    assert {("analyse", method) for method in commands["analyse"].commands} <= named


def test_the_table_of_levers_is_complete():
    listed = first_cells(text_of(ROOT / "docs/scenarios.md"), "lever")
    assert listed == [lever.id for lever in load_seeds().levers()]


def test_the_first_file_of_a_lever_reads_it():
    table = text_of(ROOT / "docs/scenarios.md").split("| lever |", 1)[1].split("\n\n", 1)[0]
    rows = re.findall(r"^\| `([^`]+)` \|[^|]*\| `([^`]+)`", table, flags=re.MULTILINE)
    assert len(rows) == len(load_seeds().levers())
    names = {lever: re.escape(lever.partition(".")[0]) for lever, _ in rows}
    words = {lever: rf"\b({name.upper()}|{name}|{name}_lever)\b" for lever, name in names.items()}
    missing = [
        f"{lever} in {file}" for lever, file in rows if not re.search(words[lever], text_of(ROOT / file))
    ]
    assert not missing, f"docs/scenarios.md names files that do not read the lever: {missing}"


@WITH_DOCUMENTS
def test_single_levers_exist(document):
    words = TICKED.findall(prose(text_of(document)))
    dotted = [word for word in words if re.fullmatch(r"(doctrine|output|agreement)(\.[A-Za-z0-9_]+)+", word)]
    assert set(dotted) <= set(levers(load_seeds()))


def test_the_table_of_scenarios_is_complete():
    listed = first_cells(text_of(ROOT / "docs/scenarios.md"), "name")
    assert sorted(listed) == sorted(list_scenarios())


@WITH_DOCUMENTS
def test_scenarios_in_blocks_can_be_read(document):
    for language, block in FENCE.findall(text_of(document)):
        if language == "toml":
            scenario_from_toml(block)


@WITH_DOCUMENTS
def test_python_in_blocks_runs(document, capsys):
    for language, block in FENCE.findall(text_of(document)):
        if language == "python":
            exec(compile(block, shown(document), "exec"), {"__name__": "document"})
            assert capsys.readouterr().out


def test_every_seeds_table_is_described():
    words = set(TICKED.findall(text_of(ROOT / "docs/data.md")))
    facts = {shown(path) for path in project_files("seeds/facts")}
    assert {f"seeds/{table}.csv" for table in TABLES} | facts <= words


def test_every_stage_and_rule_is_described():
    text = text_of(ROOT / "docs/method.md")
    missing = [stage.title for stage in STAGES if f"| {stage.number} {stage.title} |" not in text]
    missing += [
        shown(path)
        for folder in ("rules", "stages")
        for path in project_files(f"sim/model/{folder}")
        if path.name != "__init__.py" and f"`{shown(path)}`" not in text
    ]
    functions = {
        name
        for path in project_files("sim/model/rules")
        for name in re.findall(r"^def (\w+)\(", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    }
    missing += sorted(functions - set(TICKED.findall(text)))
    assert not missing, f"docs/method.md does not name {missing}"


@WITH_DOCUMENTS
def test_links_lead_somewhere(document):
    broken = []
    for link in LINK.findall(prose(text_of(document))):
        target, _, heading = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        path = (document.parent / target).resolve() if target else document
        titles = re.findall(r"^#+ (.+)$", text_of(path), flags=re.MULTILINE) if path.suffix == ".md" else []
        anchors = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
        if path.relative_to(ROOT).as_posix() not in names() or (heading and heading not in anchors):
            broken.append(link)
    assert not broken, f"{shown(document)} has links that lead nowhere: {broken}"


def test_the_checks_see_what_they_look_for():
    assert looks_like_a_path("sim/model/gone.py")
    assert not exists("sim/model/gone.py")
    assert exists("seeds/facts/*.csv")
    assert exists(".venv/bin/sim")
    assert not looks_like_a_path("value,low,high")
    assert commands_in("say `sim fly`") == ["fly"]
    assert problem_with("fly") == "there is no command fly"
    assert problem_with("run baseline --wings 2")
    assert problem_with("analyse wings") == "there is no method wings"
    assert problem_with("analyse attribution baseline --wings 2")
    assert problem_with("analyse attribution baseline no_korea") == ""
    assert problem_with("run somewhere")
    assert "unknown lever 'wings'" in problem_with("run baseline --set wings=2")
