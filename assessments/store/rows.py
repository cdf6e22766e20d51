"""Every row of a database in a form that is the same in SQLite and PostgreSQL, to copy it and to compare it.

An older database can be copied too: its tables are read as they lie there.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, String, Table, collate, insert, inspect, select, text
from sqlmodel import Session

from assessments.store.database import MIGRATION_LOCK, newest_migration, revision_of
from assessments.store.tables import Table as OurTable

LEFT_OUT = frozenset(
    {"alembic_version", "launch_link", "browser_session", "sign_in", "delivery", "plumbline_backup", "plumbline_file"}
)
"""Not data: what lets a browser in, files on their way out, and what speaks of the database itself."""
BATCH = 1_000

Values = Sequence[Any]


@dataclass(frozen=True)
class Content:
    """Of one table; `sha256` is over its rows in the order of their key."""

    rows: int
    sha256: str


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """One moment of the whole database; nobody waits for it, and it waits for nobody but a migration."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:  # read only, so there is nothing to commit
            yield connection
        return
    one_moment = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**one_moment) as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))  # reading files takes its time
        connection.execute(text("SELECT pg_advisory_xact_lock_shared(:lock)"), {"lock": MIGRATION_LOCK})
        yield connection


@contextmanager
def moment(engine: Engine) -> Iterator[Session]:
    """The same for what reads through a session: nothing moves while it looks."""
    with snapshot(engine) as connection, Session(connection) as db:
        yield db


def tables(connection: Connection) -> list[Table]:
    """Parents before children, without what is left out; of an older database, as they lie there."""
    if revision_of(connection) == newest_migration():
        known = OurTable.metadata
    else:
        known = MetaData()
        known.reflect(connection)
    return [table for table in known.sorted_tables if table.name not in LEFT_OUT]


def names(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def copied(source: Connection, target: Connection) -> dict[str, Content]:
    """What was read, table by table."""
    there = {table.name: table for table in tables(target)}
    found: dict[str, Content] = {}
    for table in tables(source):
        names, counter = sorted(table.columns.keys()), Counter()
        for batch in _batches(source, table, names):
            counter.add(batch)
            target.execute(insert(there[table.name]), [dict(zip(names, row, strict=True)) for row in batch])
        found[table.name] = counter.content
    return found


def contents(connection: Connection) -> dict[str, Content]:
    found: dict[str, Content] = {}
    for table in tables(connection):
        counter = Counter()
        for batch in _batches(connection, table, sorted(table.columns.keys())):
            counter.add(batch)
        found[table.name] = counter.content
    return found


class Counter:
    """Over rows whose values stand in the order of their columns' names."""

    def __init__(self) -> None:
        self._rows, self._hash = 0, hashlib.sha256()

    def add(self, batch: Sequence[Values]) -> None:
        self._rows += len(batch)
        self._hash.update("".join(f"{ENCODER.encode(tuple(row))}\n" for row in batch).encode())

    @property
    def content(self) -> Content:
        return Content(self._rows, self._hash.hexdigest())


def _batches(connection: Connection, table: Table, names: list[str]) -> Iterator[Sequence[Values]]:
    """In the order of the key's bytes, whatever language the server sorts in."""
    bytewise = connection.dialect.name != "sqlite"
    order = [
        collate(column, "C") if bytewise and isinstance(column.type, String) else column
        for column in table.primary_key.columns
    ]
    wanted = select(*(table.c[name] for name in names)).order_by(*order)
    yield from connection.execute(wanted, execution_options={"yield_per": BATCH}).partitions()


def _plain(value: object) -> str:
    """SQLite knows no time zones: what it holds is UTC."""
    if isinstance(value, datetime):
        utc = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return utc.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(type(value).__name__)


ENCODER = json.JSONEncoder(separators=(",", ":"), default=_plain, check_circular=False)
