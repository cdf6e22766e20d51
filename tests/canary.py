"""Words and numbers that stand in one agency alone: wherever else one of them turns up, something leaked.

`plant` puts one of its own into every field of text and every number of the agency's rows that the database lets it;
`sings` finds them, with the ids, keys and hashes of its rows, in whatever was sent.
"""

import re
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Column, Connection, Engine, Float, Integer, LargeBinary, Numeric, String, Table, select, update
from sqlalchemy.exc import IntegrityError

from assessments.store import tables
from assessments.store.standing import TYPED

WORD = re.compile(r"zq\d{5}w", re.IGNORECASE)
NUMBER = re.compile(r"(?<![0-9A-Za-z])73,?9\d\d,?\d{3}(?![0-9A-Za-z])")
KEY = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]{32}|[0-9a-f]{64})(?![0-9a-f])")
FIRST_NUMBER = 73_900_000
TYPED_TOO = {"audit_value": ("before", "after"), "shared_assessment": ("site_name", "agency_name")}
ALL = tables.Table.metadata.tables


def plant(engine: Engine, agency_id: str, as_counted: Collection[str] = ()) -> dict[str, int]:
    """How many fields of each table were taken. The tables in `as_counted` keep their numbers. On SQLite, where nothing
    stands between a connection and another agency's rows.
    """
    count, planted = iter(range(1, 100_000)), dict[str, int]()
    with engine.begin() as connection:
        for table in rooms():
            columns = [*words_of(table), *(() if table.name in as_counted else numbers_of(table))]
            planted[table.name] = sum(_planted(connection, table, columns, agency_id, count))
        _name_people(connection, agency_id, count)
    return planted


def rooms() -> list[Table]:
    """The tables that hold what is an agency's."""
    return [table for table in ALL.values() if "agency_id" in table.c or table.name == "agency"]


def words_of(table: Table) -> list[Column[Any]]:
    return [table.c[name] for name in (TYPED | TYPED_TOO).get(table.name, ())]


def numbers_of(table: Table) -> list[Column[Any]]:
    return [
        column
        for column in table.c
        if isinstance(column.type, Integer | Float | Numeric) and not column.primary_key and not column.foreign_keys
    ]


def rows_of(connection: Connection, table: Table, agency_id: str) -> list[Any]:
    whose = table.c["id" if table.name == "agency" else "agency_id"]
    return list(connection.execute(select(table).where(whose == agency_id)).mappings())


def _planted(
    connection: Connection, table: Table, columns: list[Column[Any]], agency_id: str, count: Iterator[int]
) -> Iterator[bool]:
    barred = set[str]()
    for row in rows_of(connection, table, agency_id):
        this = [column == row[column.name] for column in table.primary_key]
        for column in columns:
            if column.name in barred:
                continue
            n = next(count)
            value = f"{row[column.name]} # Zq{n:05}w" if isinstance(column.type, String) else FIRST_NUMBER + n
            taken = _tried(connection, update(table).where(*this).values({column.name: value}))
            barred |= set() if taken else {column.name}
            yield taken


def _tried(connection: Connection, change: Any) -> bool:
    """A rule of the database's own, such as levels from 0 to 4, keeps some fields as they are."""
    attempt = connection.begin_nested()
    try:
        connection.execute(change)
    except IntegrityError:
        attempt.rollback()
        return False
    attempt.commit()
    return True


def _name_people(connection: Connection, agency_id: str, count: Iterator[int]) -> None:
    """Those who belong to it and to no other agency."""
    member, person = ALL["membership"].c, ALL["person"]
    here = select(member.person_id).where(member.agency_id == agency_id)
    elsewhere = select(member.person_id).where(member.agency_id != agency_id)
    for (one,) in connection.execute(here.except_(elsewhere)).all():
        connection.execute(update(person).where(person.c.id == one).values(name=f"Zq{next(count):05}w"))


def keys_of(engine: Engine, agency_id: str) -> frozenset[str]:
    """The ids, tokens and hashes in its rows; not what everybody has, such as the hash of a shipped checklist."""
    with engine.connect() as connection:
        mine, others = _keys(connection, agency_id), set[str]()
        for (other,) in connection.execute(select(ALL["agency"].c.id).where(ALL["agency"].c.id != agency_id)):
            others |= _keys(connection, other)
    return frozenset(mine - others)


def _keys(connection: Connection, agency_id: str) -> set[str]:
    return {
        key
        for table in rooms()
        for row in rows_of(connection, table, agency_id)
        for column in table.c
        if not isinstance(column.type, LargeBinary) and isinstance(row[column.name], str)
        for key in KEY.findall(row[column.name])
    }


def sings(text: str, keys: Collection[str] = ()) -> set[str]:
    """What of the other agency's stands in the text."""
    return {*WORD.findall(text), *NUMBER.findall(text), *(key for key in KEY.findall(text) if key in keys)}
