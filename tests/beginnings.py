"""What many tests begin with is made once by each worker; every further test has it laid into its empty store.

The rows and the files of the data folder are those of the first time, and so are the ids; nothing else is shared.
"""

import copy
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from sqlalchemy import Engine

from assessments.store import place
from assessments.store.tables import Table
from standards import catalogue

Made = TypeVar("Made")
TABLES = [table.name for table in Table.metadata.sorted_tables]
FIRST = ("agency", "person", "launch_link", "browser_session", "sign_in")
"""One of these has a row wherever anybody has been."""
DATABASE = "plumbline.db"
"""It and what SQLite keeps beside it are rows, and no files."""


@dataclass(frozen=True)
class Beginning:
    made: Any
    engine: Engine
    """That `made` holds: in a copy, the test's own takes its place."""
    rows: Any
    files: dict[Path, tuple[bytes, int]]


_known: dict[tuple[Any, ...], Beginning] = {}


def begun(engine: Engine, make: Callable[..., Made], *given: Any) -> Made:
    """As `make(engine, *given)`; where others are already, it is made beside them."""
    if not is_empty(engine):
        return make(engine, *given)
    # Under a key of its own the seals of the trail are others.
    kind = (make, given, engine.dialect.name, os.environ.get("AUDIT_KEY"))
    if kind not in _known:
        made = make(engine, *given)
        _known[kind] = Beginning(copied(made, engine, engine), engine, taken(engine), files_here())
        return made
    known = _known[kind]
    lay(engine, known.rows)
    for name, (content, mode) in known.files.items():
        path = place.data_dir() / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(mode)
    found: Made = copied(known.made, known.engine, engine)
    return found


def copied(made: Made, engine: Engine, other: Engine) -> Made:
    """With the other engine in the place of the one, and the same checklists: those are the library's."""
    kept = {id(one): one for one in catalogue.library().values()}
    return copy.deepcopy(made, {**kept, id(engine): other})


def files_here() -> dict[Path, tuple[bytes, int]]:
    folder = place.data_dir()
    files = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(DATABASE)]
    return {path.relative_to(folder): (path.read_bytes(), path.stat().st_mode & 0o777) for path in files}


@contextmanager
def driven(engine: Engine) -> Iterator[Any]:
    """A connection as its driver made it."""
    with closing(engine.raw_connection()) as connection:
        yield connection.driver_connection


def is_empty(engine: Engine) -> bool:
    with driven(engine) as connection:
        found = connection.execute(" UNION ALL ".join(f"SELECT 1 FROM {name}" for name in FIRST)).fetchall()
        connection.rollback()
    return not found


def taken(engine: Engine) -> Any:
    with driven(engine) as connection:
        if engine.dialect.name == "sqlite":
            kept = sqlite3.connect(":memory:", check_same_thread=False)
            connection.backup(kept)
            return kept
        found = {name: _read(connection, name) for name in TABLES}
        connection.rollback()
        return {name: content for name, content in found.items() if content}


def lay(engine: Engine, rows: Any) -> None:
    with driven(engine) as connection:
        if engine.dialect.name == "sqlite":
            rows.backup(connection)
            return
        connection.execute("SET LOCAL session_replication_role = replica")  # no trigger, and keys in any order
        for name, content in rows.items():
            with connection.cursor().copy(f"COPY {name} FROM STDIN") as copying:
                copying.write(content)
        connection.commit()


def _read(connection: psycopg.Connection[Any], table: str) -> bytes:
    with connection.cursor().copy(f"COPY {table} TO STDOUT".encode()) as copying:
        return b"".join(copying)
