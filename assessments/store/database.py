"""The engine and its two entries: `reading` takes no lock, `writing` is one short transaction, committed or undone.

SQLite: WAL with `synchronous=FULL`, so that committed means on the disk; writers begin with BEGIN IMMEDIATE, for a
plain transaction that reads and then writes fails at once when another writer got in between. One process a file.

PostgreSQL: writers of one agency queue up on a row of theirs (`audit.take_turn`); other agencies do not wait.
"""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlmodel import Session

from assessments.store import trouble, walls

__all__ = ["Engine", "Session", "connect", "migrate", "newest_migration", "reading", "revision_of", "writing"]
"""With the two types by which pages and the demonstration hold what is opened here."""

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 7106317
WRITING = "plumbline_writing"
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=10000",
    "trusted_schema=OFF",
    "secure_delete=ON",
)
POSTGRES = "-c timezone=UTC -c statement_timeout=15s -c idle_in_transaction_session_timeout=60s"
KEPT: dict[str, Any] = {"hide_parameters": True, "max_overflow": 0, "pool_use_lifo": True}
"""To open further connections under load, and close them again, adds to the load. What was used last is used next."""

_one_writer = threading.Lock()


def connect(url: str, keeps_house: bool = False) -> Engine:
    """An engine with our settings on every connection. Statements never show their values in an error. `keeps_house`
    where no agency asks, as for a backup: then the owner of the tables sees all of them.
    """
    engine = _engine(url, keeps_house)
    event.listen(engine, "handle_error", trouble.name_unfit)
    return engine


def _engine(url: str, keeps_house: bool) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _with_sqlite_settings(create_engine(parsed, **KEPT, pool_size=40))
    return create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        **KEPT,
        pool_size=15,
        pool_pre_ping=True,
        connect_args={"options": f"{POSTGRES} -c {walls.KEEPER}=on" if keeps_house else POSTGRES},
    )


def _with_sqlite_settings(engine: Engine) -> Engine:
    @event.listens_for(engine, "connect")
    def settings(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITING)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    with trouble.told(), Session(engine) as db:
        yield db


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """Commits when the block ends well; on any exception, Streamlit's own stop included, nothing is written."""
    with trouble.told(), _turn(engine), Session(_writer(engine), expire_on_commit=False) as db, db.begin():
        db.info[WRITING] = True
        yield db


@lru_cache(maxsize=8)
def _writer(engine: Engine) -> Engine:
    """Made once: with every save, it would take longer than a statement."""
    return engine.execution_options(**{WRITING: True})


def _turn(engine: Engine) -> AbstractContextManager[object]:
    """SQLite lets its waiting writers try again at random; in line, none of them starves."""
    return _one_writer if engine.dialect.name == "sqlite" else nullcontext()


def migrate(engine: Engine) -> None:
    """Up to the newest migration, one process at a time, all of it or nothing; at head already, nothing happens."""
    with engine.execution_options(**{WRITING: True}).connect() as connection, _alone(connection):
        if revision_of(connection) == newest_migration():
            return
        walls.keep_house(connection)
        command.upgrade(alembic(connection), "head")
        if connection.dialect.name == "sqlite":
            _refuse_dangling_keys(connection)
        connection.commit()


def _refuse_dangling_keys(connection: Connection) -> None:
    """They were not looked at while the tables were rebuilt."""
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if dangling:
        raise RuntimeError(f"The migration left rows that point nowhere, so it was undone: {dangling[:5]}")


def alembic(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def revision_of(connection: Connection) -> str | None:
    """The migration that the database is at; None where there was none."""
    return MigrationContext.configure(connection).get_current_revision()


@cache
def newest_migration() -> str | None:
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    """Rebuilding a table on SQLite must not cascade into its children, and that switch works outside a transaction."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
        yield
        return
    sqlite: Any = connection.connection.dbapi_connection
    sqlite.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.rollback()
        if not connection.invalidated:  # then it is closed already
            sqlite.execute("PRAGMA foreign_keys=ON")
