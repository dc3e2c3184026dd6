"""The set-up: locks fit pyproject.toml, the environment is prepared once, Streamlit takes our settings."""

import importlib
import re
import sys
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.structure.tree import ROOT
from tools import chromium, debian, env, postgres

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = PROJECT["dependency-groups"]
RUNTIME = [*PROJECT["project"]["dependencies"], *GROUPS["build"]]
WANTED = {"requirements.lock": RUNTIME, "requirements-dev.lock": [*RUNTIME, *GROUPS["dev"]]}


def pinned(lock_name: str) -> dict[str, set[str]]:
    """Return the versions that a lock pins for each package (more than one where Python versions differ)."""
    versions: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / lock_name).read_text(), re.MULTILINE):
        versions.setdefault(name, set()).add(version)
    return versions


@pytest.mark.parametrize("lock_name", WANTED)
def test_the_lock_holds_what_pyproject_asks_for(lock_name):
    versions = pinned(lock_name)
    for requirement in map(Requirement, WANTED[lock_name]):
        held = versions.get(requirement.name.lower(), set())
        fits = held and all(requirement.specifier.contains(version) for version in held)
        assert fits, f"{lock_name} holds {sorted(held)}, pyproject.toml says {requirement}: `make lock`"


def imported_as(requirement: str) -> str:
    """Return the module that a requirement is imported as: its own name, without `-python` at its end."""
    return Requirement(requirement).name.removesuffix("-python").replace("-", "_")


@pytest.mark.parametrize("requirement", PROJECT["project"]["dependencies"], ids=imported_as)
def test_what_the_program_uses_can_be_imported(requirement):
    marker = Requirement(requirement).marker
    if marker is None or marker.evaluate():
        importlib.import_module(imported_as(requirement))


def test_both_locks_come_from_one_resolution():
    runtime, dev = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert {name: dev.get(name) for name in runtime} == runtime, "the two locks differ: `make lock`"


@pytest.mark.parametrize("lock_name", WANTED)
def test_every_pin_has_a_hash(lock_name):
    text = (ROOT / lock_name).read_text()
    unheld = [name for name in pinned(lock_name) if "--hash=sha256:" not in env.block(text, name)]
    assert not unheld, f"no hash for {unheld}: `make lock`"


def test_a_stamp_changes_with_the_lock(tmp_path, monkeypatch):
    lock = tmp_path / "requirements.lock"
    monkeypatch.setitem(env.LOCKS, "runtime", lock)
    lock.write_text("mesa==3.3.1\n")
    before = env.wanted_stamp("runtime")
    assert env.wanted_stamp("runtime") == before
    lock.write_text("mesa==3.3.2\n")
    assert env.wanted_stamp("runtime") != before


def test_an_old_python_gets_one_sentence(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    assert env.main(["env"]) == 1
    said = capsys.readouterr().err
    assert "needs Python 3.11 or newer and this is 3.9" in said
    assert said.count("\n") == 1


def test_an_unknown_command_gets_one_sentence(capsys):
    assert env.main(["rnu"]) == 1
    assert "There is no command 'rnu': say one of env, run, test, lock." in capsys.readouterr().err


def test_a_wrong_browser_is_named_and_not_replaced(monkeypatch):
    monkeypatch.setenv("LEADTIME_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(chromium.NoChromium, match="/nowhere/chromium, which is not a file"):
        chromium.find_or_install()


def test_a_missing_browser_says_what_to_install(monkeypatch):
    monkeypatch.delenv("LEADTIME_CHROMIUM", raising=False)
    monkeypatch.setattr(chromium.shutil, "which", lambda name: None)
    monkeypatch.setattr(chromium, "PLACES", ())
    with pytest.raises(chromium.NoChromium, match="install one"):
        chromium.find_or_install()


def test_a_wrong_folder_of_postgresql_is_named_and_not_replaced(monkeypatch, tmp_path):
    monkeypatch.setenv("LEADTIME_POSTGRES", str(tmp_path))
    with pytest.raises(postgres.NoPostgres, match=f"{tmp_path}, which does not hold initdb and pg_ctl"):
        postgres.find_or_install()


def test_the_newest_postgresql_is_taken(monkeypatch, tmp_path):
    for version in ("9", "15", "17"):
        folder = tmp_path / version / "bin"
        folder.mkdir(parents=True)
        for program in postgres.PROGRAMS:
            if version != "17":
                (folder / program).touch()
    monkeypatch.delenv("LEADTIME_POSTGRES", raising=False)
    monkeypatch.setattr(postgres, "PLACES", (f"{tmp_path}/*/bin",))
    assert postgres.find() == str(tmp_path / "15" / "bin")


@pytest.mark.parametrize(("may", "said"), [(False, "^the tests of"), (True, "^`apt-get update` failed, and")])
def test_a_missing_postgresql_says_what_to_install(monkeypatch, may, said):
    monkeypatch.delenv("LEADTIME_POSTGRES", raising=False)
    monkeypatch.setattr(postgres, "PLACES", ())
    monkeypatch.setattr(postgres.shutil, "which", lambda name: None)
    monkeypatch.setattr(debian, "may_install", lambda: may)
    monkeypatch.setattr(debian, "install", lambda package: "apt-get update")
    with pytest.raises(postgres.NoPostgres, match=f"{said}.*install it"):
        postgres.find_or_install()


def test_streamlit_takes_our_settings(monkeypatch):
    from streamlit import config

    monkeypatch.chdir(ROOT)
    config.get_config_options(force_reparse=True)
    # Hidden in Streamlit, and what makes a class of thirty possible: see docs/decisions.md.
    assert config.get_option("runner.postScriptGC") is False
    assert config.get_option("server.enableStaticServing") is True
    assert config.get_option("server.address") == "127.0.0.1"
    assert config.get_option("browser.gatherUsageStats") is False
