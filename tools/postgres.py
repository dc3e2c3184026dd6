"""Find the programs of PostgreSQL for the tests of the store, or install them where the system lets us."""

import os
import re
import shutil
from pathlib import Path

from tools import debian

PROGRAMS = ("initdb", "pg_ctl")
# Folders that hold a version each; the newest is taken.
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
MISSING = (
    "the tests of the store need PostgreSQL and none was found: install it (on Debian as root: "
    "apt-get install postgresql), or name the folder of its programs in LEADTIME_POSTGRES."
)


class NoPostgres(Exception):
    """No PostgreSQL to test with; the text says what to do."""


def find():
    """Return the folder of PostgreSQL's programs: LEADTIME_POSTGRES, else the usual places, else the path.

    Raises NoPostgres when LEADTIME_POSTGRES names a folder without them, or nothing is found.
    """
    named = os.environ.get("LEADTIME_POSTGRES")
    if named:
        if not _holds_programs(Path(named)):
            raise NoPostgres(f"LEADTIME_POSTGRES names {named}, which does not hold initdb and pg_ctl.")
        return named
    folders = [folder for place in PLACES for folder in Path("/").glob(place.lstrip("/"))]
    folders.sort(key=_version, reverse=True)
    if on_path := shutil.which("pg_ctl"):
        folders.append(Path(on_path).parent)
    for folder in folders:
        if _holds_programs(folder):
            return str(folder)
    raise NoPostgres(MISSING)


def find_or_install():
    """Return the folder of PostgreSQL's programs, installing Debian's package first if we can and must."""
    try:
        return find()
    except NoPostgres:
        if os.environ.get("LEADTIME_POSTGRES") or not debian.may_install():
            raise
    failed = debian.install("postgresql")
    if failed:
        raise NoPostgres(f"`{failed}` failed, and {MISSING}")
    return find()


def _holds_programs(folder):
    return all((folder / program).is_file() for program in PROGRAMS)


def _version(folder):
    return [int(number) for number in re.findall(r"\d+", str(folder))]
