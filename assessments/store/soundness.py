"""Whether a database is whole: its pages, its keys, and the shape that the migrations give it."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import (
    URL,
    CheckConstraint,
    Connection,
    Engine,
    ForeignKeyConstraint,
    and_,
    create_engine,
    event,
    exists,
    func,
    inspect,
    not_,
    select,
    text,
)
from sqlalchemy.exc import DatabaseError, SAWarning
from sqlalchemy.pool import NullPool, StaticPool

from assessments.store import database
from assessments.store.tables import Table

Shape = frozenset[tuple[str, str, str, str]]
"""Kind, name, table and text of everything that a SQLite database is made of."""
STATISTICS = ("sqlite_stat1", "sqlite_stat4")
"""What ANALYZE leaves."""
PAGES = "SQLite finds:"
CAREFUL = ("trusted_schema=OFF", "cell_size_check=ON", "journal_mode=MEMORY", "synchronous=OFF")


@contextmanager
def scratch(file: Path | None = None) -> Iterator[Engine]:
    """A SQLite file, or memory, that nobody else uses and that may be lost."""
    name, pool = (str(file), NullPool) if file else (None, StaticPool)
    engine = create_engine(URL.create("sqlite", database=name), hide_parameters=True, poolclass=pool)

    @event.listens_for(engine, "connect")
    def careful(connection: Any, _record: object) -> None:
        for pragma in CAREFUL:
            connection.execute(f"PRAGMA {pragma}")

    try:
        yield engine
    finally:
        engine.dispose()


def raise_to(connection: Connection, revision: str) -> None:
    """Unknown here, because it is newer: CommandError."""
    command.upgrade(database.alembic(connection), revision)


def damage(connection: Connection) -> list[str]:
    """Pages and indexes that do not fit, checks that do not hold, keys that point nowhere."""
    if connection.dialect.name == "sqlite":
        return _broken_pages(connection) or _pointing_nowhere(connection)
    found = [
        *((f"The constraint {name} is not enforced.") for name in connection.scalars(text(UNENFORCED))),
        *((f"The index {name} is not valid.") for name in connection.scalars(text(INVALID))),
    ]
    return found + _dangling(connection)


def _broken_pages(connection: Connection) -> list[str]:
    try:
        said = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
    except DatabaseError as error:  # too broken to be checked
        return [f"{PAGES} {error.orig}."]
    return [f"{PAGES} {line}." for line in said if line != "ok"]


def _pointing_nowhere(connection: Connection) -> list[str]:
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return [f"A row of {row[0]} points at a row of {row[2]} that is not there." for row in lost[:20]]


def unreadable(faults: list[str]) -> bool:
    return any(fault.startswith(PAGES) for fault in faults)


UNENFORCED = """SELECT conname FROM pg_constraint WHERE NOT convalidated
UNION SELECT tgname FROM pg_trigger WHERE tgenabled <> 'O'"""
INVALID = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"


def _dangling(connection: Connection) -> list[str]:
    """PostgreSQL has no check of its own for rows that were put in while its keys were switched off."""
    here = set(inspect(connection).get_table_names())
    found = []
    for table in Table.metadata.sorted_tables:
        for key in table.foreign_key_constraints if table.name in here else ():
            lost = connection.execute(_lost(key)).scalar_one()
            if lost:
                found.append(
                    f"{lost} rows of {table.name} point at rows of {key.referred_table.name} that are not there."
                )
    return found


def _lost(key: ForeignKeyConstraint) -> Any:
    child, parent = key.table, key.referred_table.alias()
    pairs = [(element.parent, parent.c[element.column.name]) for element in key.elements]
    met = exists().where(and_(*(mine == theirs for mine, theirs in pairs)))
    return select(func.count()).select_from(child).where(*(mine.is_not(None) for mine, _ in pairs), not_(met))


def shape(connection: Connection) -> Shape:
    rows = connection.exec_driver_sql("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master")
    return frozenset((kind, name, table, sql) for kind, name, table, sql in rows)


@cache
def shape_at(revision: str) -> Shape:
    """What the migrations make of an empty SQLite database."""
    with scratch() as engine, engine.connect() as connection:
        raise_to(connection, revision)
        return shape(connection)


def misshapen(connection: Connection) -> list[str]:
    """How a database at the newest migration differs from what the migrations make."""
    if connection.dialect.name == "sqlite":
        here = {part for part in shape(connection) if part[1] not in STATISTICS}
        expected = shape_at(database.newest_migration() or "")
        names = {(kind, name) for kind, name, *_ in here ^ expected}
        return [f"The {kind} {name} is not as the migrations make it." for kind, name in sorted(names)]
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    found = [f"The tables are not as the migrations make them: {difference}" for difference in _told(context)]
    return found + _checks_missing(connection) + _triggers_missing(connection) + _walls_missing(connection)


def _told(context: MigrationContext) -> list[str]:
    """Which act would mend it, and on what: never a value."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)  # a check that is not enforced; it is said elsewhere
        differences = compare_metadata(context, Table.metadata)
    flat = [one for found in differences for one in (found if isinstance(found, list) else [found])]
    return [f"{one[0].replace('_', ' ')} {getattr(one[-1], 'name', one[-1])}." for one in flat]


def _checks_missing(connection: Connection) -> list[str]:
    look = inspect(connection)
    here = set(look.get_table_names())
    found = []
    for table in Table.metadata.sorted_tables:
        wanted = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
        there = {c["name"] for c in look.get_check_constraints(table.name)} if table.name in here else set()
        found += [f"The check {name} of {table.name} is missing." for name in sorted(wanted - there)]
    return found


def _triggers_missing(connection: Connection) -> list[str]:
    there = connection.scalars(text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")).all()
    return [] if "audit_entry_change" in there else ["The trigger that keeps the audit trail append-only is missing."]


WALLED = """SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid
WHERE relrowsecurity AND relforcerowsecurity AND polname IN ('own', 'door')"""


def _walls_missing(connection: Connection) -> list[str]:
    there = set(connection.scalars(text(WALLED)))
    return [f"The wall of {name} is missing." for name in sorted(Table.metadata.tables.keys() - there)]
