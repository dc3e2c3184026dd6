"""The tables that games are kept in, how to reach them, and how an older database becomes a present one."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import platformdirs
from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Engine,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    event,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from sim.game.errors import StoreError, StoreUnreachable

VARIABLE = "LEADTIME_DATABASE_URL"
BUSY_MS = 10_000  # how long a writer waits for another one, milliseconds
READS_ONLY = "leadtime_reads_only"
UPGRADE_LOCK = 7_021_926  # any number, the same in every process

METADATA = MetaData()

SCHEMA_VERSION = Table("schema_version", METADATA, Column("version", Integer, nullable=False))

GAME = Table(
    "game",
    METADATA,
    Column("id", String(40), primary_key=True),
    Column("code", String(12), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("setup", JSON, nullable=False),
    Column("plan", String(40), nullable=False),
    Column("places", JSON, nullable=False),  # seats with their roles and capacity
    Column("status", String(10), nullable=False),  # open or over
    Column("turn", Integer, nullable=False),  # the open turn, 0 before the first
    Column("seq", Integer, nullable=False),  # of the last entry
    Column("created_at", String(40), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),  # the facilitator's
)

PLAYER = Table(
    "player",
    METADATA,
    Column("game", String(40), ForeignKey("game.id"), primary_key=True),
    Column("id", String(40), primary_key=True),  # "1", "2", ... within the game
    Column("seat", String(40), nullable=False),
    Column("role", String(80), nullable=False),
    Column("name", Text, nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("joined_at", String(40), nullable=False),
    Column("last_seen", String(40), nullable=False),
    Column("left_at", String(40), nullable=False, server_default=""),  # empty while in the game
)

ENTRY = Table(
    "entry",
    METADATA,
    Column("game", String(40), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("turn", Integer, nullable=False),
    Column("seat", String(40), nullable=False),
    Column("player", String(40), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("key", String(200), nullable=False),
    Column("at", String(40), nullable=False),
    UniqueConstraint("game", "key"),
    ForeignKeyConstraint(["game"], ["game.id"]),
)


def _players_can_leave(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE player ADD COLUMN left_at VARCHAR(40) NOT NULL DEFAULT ''"))


# The step at index i makes version i + 1 into version i + 2. Steps are added at the end and never changed.
UPGRADES: tuple[Callable[[Connection], None], ...] = (_players_can_leave,)
VERSION = len(UPGRADES) + 1


def usual_url() -> str:
    """Where games are kept: what LEADTIME_DATABASE_URL says, else a file in the user's data directory."""
    named = os.environ.get(VARIABLE, "").strip()
    return named or f"sqlite:///{Path(platformdirs.user_data_dir('leadtime')) / 'games.sqlite'}"


def make_engine(url: str) -> Engine:
    """An engine for a SQLite file or a PostgreSQL database; StoreUnreachable where that cannot be one."""
    address = _address(url)
    to_json = partial(json.dumps, allow_nan=False)
    try:
        if address.get_backend_name() == "sqlite":
            _make_folder(address.database or "")
            engine = create_engine(
                address, pool_size=5, max_overflow=0, json_serializer=to_json,
                connect_args={"timeout": BUSY_MS / 1000},
            )  # fmt: skip
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
            return engine
        return create_engine(
            address, pool_size=5, max_overflow=0, pool_pre_ping=True, json_serializer=to_json,
            connect_args={"connect_timeout": 5},
        )  # fmt: skip
    except ModuleNotFoundError as error:
        raise StoreUnreachable(
            'PostgreSQL needs the package psycopg: install it with `pip install "psycopg[binary]"`.'
        ) from error


def bring_up_to_date(connection: Connection) -> None:
    """Make the tables, or lead an older database through each later step; refuse a newer one.

    Runs in the caller's transaction, and one process at a time: the others then find nothing to do.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})"))
    if not inspect(connection).has_table(SCHEMA_VERSION.name):
        METADATA.create_all(connection)
        connection.execute(insert(SCHEMA_VERSION).values(version=VERSION))
        return
    found = connection.execute(select(SCHEMA_VERSION.c.version)).scalar_one()
    if found > VERSION:
        raise StoreError(
            f"The games were kept by a newer Leadtime (version {found} of the tables, this one knows "
            f"{VERSION}): install the newer Leadtime, or name another database in {VARIABLE}."
        )
    if found < VERSION:
        for step in UPGRADES[found - 1 :]:
            step(connection)
        connection.execute(update(SCHEMA_VERSION).values(version=VERSION))


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreUnreachable(
            f"{VARIABLE} is no address of a database: write sqlite:///FILE or postgresql://USER@HOST/DATABASE."
        ) from error
    if address.drivername in ("postgresql", "postgres"):
        return address.set(drivername="postgresql+psycopg")
    if address.drivername not in ("sqlite", "postgresql+psycopg"):
        raise StoreUnreachable(
            f"{VARIABLE} names {address.drivername}; games are kept in SQLite or PostgreSQL: "
            "write sqlite:///FILE or postgresql://USER@HOST/DATABASE."
        )
    return address


def _make_folder(file: str) -> None:
    if file in ("", ":memory:"):
        raise StoreUnreachable("Games are kept in a file: write sqlite:///FILE.")
    try:
        Path(file).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreUnreachable(
            f"The folder of {file} cannot be made ({error.strerror}): name another file in {VARIABLE}."
        ) from error


def _prepare_sqlite(connection, _record) -> None:  # type: ignore[no-untyped-def]
    """Each new connection: transactions are begun by us, and a commit is on the disk before it returns."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its turn at once, so that it never finds the database changed under it."""
    reads_only = connection.get_execution_options().get(READS_ONLY)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")
