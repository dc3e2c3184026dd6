"""The database: found by its address, upgraded when old, refused when newer, named when out of reach."""

import builtins
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from sim.game import store_schema
from sim.game.clock import phase
from sim.game.entry import Draft, utc_now
from sim.game.errors import StoreError, StoreUnreachable
from sim.game.room import Rooms
from sim.game.store import Store
from tests.game.games import new_game, note

OLD = (Path(__file__).parent / "version_1.sql").read_text(encoding="utf-8")


def run_sql(url, sql):
    """Run statements and return the rows of the last one, without anything of Leadtime."""
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            *before, last = [each for each in sql.split(";\n") if each.strip()]
            for statement in before:
                connection.execute(statement)
            rows = connection.execute(last).fetchall()
        connection.close()
        return rows
    folder = url.partition("host=")[2]
    with psycopg.connect(f"host={folder} user=leadtime dbname=postgres") as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []


def columns(url):
    """What each table is made of, as the database itself says it."""
    if url.startswith("sqlite"):
        return {
            table: sorted(row[1:4] for row in run_sql(url, f"PRAGMA table_info({table})"))
            for table in ("schema_version", "game", "player", "entry")
        }
    return run_sql(
        url,
        "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable "
        "FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2",
    )


def test_an_old_database_is_upgraded_and_goes_on(url):
    run_sql(url, OLD)
    store = Store(url)
    assert run_sql(url, "SELECT version FROM schema_version") == [(store_schema.VERSION,)]
    [game] = store.games()
    assert (game.title, game.turn, game.seq) == ("An old class", 1, 3)
    assert [entry.kind for entry in store.entries(game.id)] == ["take", "phase", "order"]
    rooms = Rooms(store)
    assert rooms.player("ab" * 16).left_at == ""
    assert rooms.append("ab" * 16, 1, "order", {"kind": "wait"}, "second").seq == 4
    assert rooms.leave("ab" * 16).left_at
    store.close()
    Store(url).close()
    assert run_sql(url, "SELECT count(*) FROM entry") == [(5,)]


def test_an_upgraded_database_is_made_like_a_new_one(url, tmp_path):
    run_sql(url, OLD)
    Store(url).close()
    upgraded = columns(url)
    tables = "entry, player, game, schema_version"
    run_sql(url, ";\n".join(f"DROP TABLE {table}" for table in tables.split(", ")))
    Store(url).close()
    assert columns(url) == upgraded


def test_a_failed_upgrade_changes_nothing(url, monkeypatch):
    def fail(connection):
        raise RuntimeError("halfway")

    run_sql(url, OLD)
    before = columns(url)
    monkeypatch.setattr(store_schema, "UPGRADES", (*store_schema.UPGRADES, fail))
    monkeypatch.setattr(store_schema, "VERSION", store_schema.VERSION + 1)
    with pytest.raises(RuntimeError, match="halfway"):
        Store(url)
    assert columns(url) == before
    assert run_sql(url, "SELECT version FROM schema_version") == [(1,)]


def test_a_newer_database_is_refused_in_one_sentence(url):
    Store(url).close()
    run_sql(url, f"UPDATE schema_version SET version = {store_schema.VERSION + 1}")
    with pytest.raises(StoreError, match=r"^The games were kept by a newer Leadtime .* knows 2\): .*\.$"):
        Store(url)


def test_many_may_open_a_new_database_at_once(url):
    with ThreadPoolExecutor(8) as pool:
        stores = list(pool.map(Store, [url] * 8))
    game = new_game(stores[0])
    assert [store.game(game.id) for store in stores] == [game] * 8
    assert run_sql(url, "SELECT version FROM schema_version") == [(store_schema.VERSION,)]
    for store in stores:
        store.close()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("nonsense", "is no address of a database"),
        ("mysql://host/games", "names mysql; games are kept in SQLite or PostgreSQL"),
        ("sqlite://", "Games are kept in a file"),
        ("sqlite:////proc/nowhere/games.sqlite", "cannot be made"),
        ("sqlite:////proc", "cannot be used"),
        ("postgresql://nobody:secret@/games?host=/nowhere", "cannot be used"),
        ("postgresql://nobody:secret@127.0.0.1:1/games", "cannot be used"),
    ],
)
def test_a_database_out_of_reach_gets_one_sentence_without_the_password(address, sentence, monkeypatch):
    monkeypatch.setenv("LEADTIME_DATABASE_URL", address)
    with pytest.raises(StoreUnreachable, match=sentence) as refused:
        Store()
    assert "\n" not in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path):
    file = tmp_path / "games.sqlite"
    file.write_text("the shopping list, which is longer than nothing " * 20)
    before = file.read_bytes()
    with pytest.raises(StoreUnreachable, match="file is not a database"):
        Store(f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_postgresql_without_its_package_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def without(name, *rest, **named):
        if name.partition(".")[0] == "psycopg":
            raise ModuleNotFoundError(name)
        return real(name, *rest, **named)

    monkeypatch.delitem(sys.modules, "psycopg")
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(StoreUnreachable, match="pip install"):
        Store("postgresql://nobody@/games")


def test_games_are_kept_with_the_users_data_unless_the_variable_says_otherwise(monkeypatch, tmp_path):
    monkeypatch.delenv("LEADTIME_DATABASE_URL", raising=False)
    monkeypatch.setattr(store_schema.platformdirs, "user_data_dir", lambda name: str(tmp_path / name))
    store = Store()
    assert (tmp_path / "leadtime" / "games.sqlite").is_file()
    game = new_game(store)
    store.close()
    monkeypatch.setenv("LEADTIME_DATABASE_URL", f"sqlite:///{tmp_path / 'other.sqlite'}")
    elsewhere = Store()
    assert elsewhere.games() == []
    assert game.id
    elsewhere.close()


def test_sqlite_is_set_to_lose_nothing(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'games.sqlite'}")
    with store._read() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}
    store.close()


def test_a_write_that_fails_leaves_no_trace_and_no_lock(store):
    game = new_game(store)
    with pytest.raises(ZeroDivisionError):
        store.change_player(game.id, lambda _game, _players: 1 / 0)
    begin = Draft(0, "phase", phase("play", 60, utc_now()), "begin")
    assert [entry.seq for entry in store.append(game.id, note(0, "a"), begin)] == [1, 2]
