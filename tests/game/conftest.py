"""A store in each kind of database: every test that asks for `url` or `store` runs against both."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from sim.game.store import Store
from tests.game.games import Class
from tools import postgres


@contextmanager
def running_postgres():
    """Start PostgreSQL in a folder of its own, reached by a socket there, and stop it at the end."""
    programs = Path(postgres.find())
    folder = Path(tempfile.mkdtemp(prefix="leadtime-pg-"))
    # PostgreSQL refuses to run as root.
    as_user = {}
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        as_user = {"user": "postgres", "group": "postgres"}
        shutil.chown(folder, **as_user)

    def run(program, *words):
        done = subprocess.run(
            [str(programs / program), "-D", str(folder / "data"), *words],
            cwd=folder, capture_output=True, text=True, check=False, **as_user,
        )  # fmt: skip
        assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"

    try:
        run("initdb", "-A", "trust", "-U", "leadtime", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-c listen_addresses='' -k {folder} -c fsync=off"
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield folder
        finally:
            run("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres_folder():
    with running_postgres() as folder:
        yield folder


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'games.sqlite'}"
    folder = request.getfixturevalue("postgres_folder")
    with psycopg.connect(f"host={folder} user=leadtime dbname=postgres", autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return f"postgresql://leadtime@/postgres?host={folder}"


@pytest.fixture
def store(url):
    opened = Store(url)
    yield opened
    opened.close()


@pytest.fixture
def klass(url):
    """A room with its facilitator, in each kind of database."""
    made = Class(url)
    yield made
    made.store.close()
