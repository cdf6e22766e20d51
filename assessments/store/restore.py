"""A backup into an empty installation, all of it or nothing. The file is a stranger's until it has been looked at.

It is copied first, so that it cannot change under our eyes. Its pages are checked, and it has to have exactly the
shape that our own migrations make: no further table, view or trigger runs or is read.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic.util import CommandError
from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from assessments.store import alone, audit, database, files, manifest, packed, place, rows, soundness
from assessments.store.manifest import Manifest
from assessments.store.upkeep import Refused, sqlite_file

MAGIC = b"SQLite format 3\0"
OURS = ("table", manifest.TABLE, manifest.TABLE, manifest.MAKE)
FILES = ("table", manifest.FILES, manifest.FILES, manifest.MAKE_FILES)
"""Of the files of evidence; not in a backup that was made before there were any."""
LEFT = "restoring-"
"""Begins the folder that a restore works in; after a kill it stays."""
LOST_KEY = (
    "Is that key lost? Then add --without-key: everything comes back, and the trail of before stays unchecked for good."
)
DAMAGED = "is damaged, or was changed after it was made. Nothing was restored. Take another backup."


class NotRestored(Refused):
    pass


def restore(engine: Engine, file: Path, without_key: bool = False) -> Manifest:
    """`without_key`: also where the audit key is another one."""
    with _alone(engine):
        return _restored(engine, file, without_key)


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """A running Plumbline would go on signing with the key that it read before."""
    if sqlite_file(engine) is None:
        yield
        return
    try:
        with alone.held():
            yield
    except alone.Taken as taken:
        where = f", at {taken.address}" if taken.address else ""
        raise NotRestored(
            f"Plumbline is open on {taken.folder}{where}, and a backup is restored only while it is closed. Nothing "
            "was restored. Close it with Ctrl+C in the window where it was started, then run this again."
        ) from None


def _restored(engine: Engine, file: Path, without_key: bool) -> Manifest:
    require_empty(engine)
    with TemporaryDirectory(prefix=LEFT, dir=place.data_dir()) as folder:
        copy = Path(folder) / "backup.db"
        _bring_in(file, copy)
        if not (without_key or audit.has_key()):
            raise NotRestored(_no_key(file))
        with soundness.scratch(copy) as opened, _suspicious(file):
            with opened.begin() as connection:
                found = _checked(connection, file, without_key)
            with opened.begin() as connection:
                connection.execute(text(f"DROP TABLE {manifest.TABLE}"))
                soundness.raise_to(connection, "head")
        database.migrate(engine)
        with soundness.scratch(copy) as opened, opened.begin() as source:
            _take_over(engine, source, file)
    return found


def require_empty(engine: Engine) -> None:
    with engine.connect() as connection:
        _require_empty(connection)


def _require_empty(connection: Connection) -> None:
    full = [t.name for t in rows.tables(connection) if connection.execute(select(t).limit(1)).first() is not None]
    if full:
        raise NotRestored(
            "A backup is restored into an empty installation only, and in this one somebody works already. Nothing "
            "was changed. Name a new folder with DATA_DIR, or a new database with DATABASE_URL, and run this again."
        )


def _bring_in(file: Path, copy: Path) -> None:
    try:
        with file.open("rb") as opened:
            begins = opened.read(len(MAGIC))
        if begins != MAGIC:
            raise NotRestored(f"{file} is not a backup of Plumbline. Name a file that `backup` made.")
        size, room = file.stat().st_size, shutil.disk_usage(copy.parent).free
        if 2 * size > room:
            raise NotRestored(f"{copy.parent} has too little room: {2 * size:,} bytes are needed, {room:,} are free.")
        shutil.copyfile(file, copy)
    except OSError as error:
        raise NotRestored(f"{file} cannot be read: {error.strerror}. Check the name, and who may read it.") from None


def _checked(connection: Connection, file: Path, without_key: bool) -> Manifest:
    found, sealed = _manifest(connection, file)
    whole = not soundness.damage(connection) and rows.contents(connection) == found.tables
    if not whole or not packed.fit(connection, found):
        raise NotRestored(f"{file} {DAMAGED}")
    if not sealed and not without_key:
        raise NotRestored(_other_key(file, found))
    return found


def _manifest(connection: Connection, file: Path) -> tuple[Manifest, bool]:
    """Before anything else in it is read: is it made of what our own backups are made of?"""
    shape = soundness.shape(connection)
    if OURS not in shape:
        raise NotRestored(f"{file} is a database, but not a backup of Plumbline. Name a file that `backup` made.")
    try:
        found, sealed = manifest.read(connection)
        revision = str(database.revision_of(connection))
        expected = soundness.shape_at(revision)
    except manifest.Unread:
        raise NotRestored(f"{file} {DAMAGED}") from None
    except CommandError:
        raise NotRestored(
            f"{file} was made by a newer Plumbline than this one. Nothing was restored. Update Plumbline, then run "
            "this again."
        ) from None
    if shape - {FILES} != expected | {OURS} or found.revision != revision:
        raise NotRestored(
            f"{file} holds things that no backup of Plumbline holds, so it was not opened any further. Nothing was "
            "restored. Find out where it comes from."
        )
    return found, sealed


def _other_key(file: Path, found: Manifest) -> str:
    if found.key_mark == audit.key_mark():
        return f"{file} {DAMAGED}"
    return (
        f"{file} was made under another audit key than the one that is here, so its audit trail could not be checked "
        f"any more. Nothing was restored. Put the audit.key of that installation into {place.data_dir()}, in place of "
        f"the one there, or its content into AUDIT_KEY, and run this again. {LOST_KEY}"
    )


def _no_key(file: Path) -> str:
    return (
        f"There is no audit.key in {place.data_dir()}, and without it the audit trail in {file} cannot be checked. "
        "Nothing was restored. Put the audit.key of the installation that made the backup there, or its content into "
        f"AUDIT_KEY, and run this again. {LOST_KEY}"
    )


@contextmanager
def _suspicious(file: Path) -> Iterator[None]:
    """A page that cannot be read, a value of the wrong kind: whatever a broken or made-up file does when it is read."""
    try:
        yield
    except (DBAPIError, ValueError, TypeError, OverflowError) as error:
        if getattr(getattr(error, "orig", None), "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL:
            raise NotRestored(f"{place.data_dir()} has too little room to look at {file}. Make some first.") from None
        raise NotRestored(f"{file} {DAMAGED}") from None


def _take_over(engine: Engine, source: Connection, file: Path) -> None:
    with engine.execution_options(**{database.WRITING: True}).connect() as target, target.begin():
        if target.dialect.name != "sqlite":
            target.execute(text("SET LOCAL statement_timeout = 0"))
            target.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            target.execute(text("LOCK TABLE agency, person IN EXCLUSIVE MODE"))
        _require_empty(target)
        try:
            read = rows.copied(source, target)
        except (DataError, IntegrityError):
            raise NotRestored(f"{file} {DAMAGED}") from None
        if rows.contents(target) != read:
            raise NotRestored(
                "What was written is not what was read, so it was undone. Check the disk, then try again."
            )
        _put_files_back(source, files.folder_of(engine))


def _put_files_back(source: Connection, folder: Path) -> None:
    """Last, and before the rows are committed."""
    try:
        files.make(folder)
        packed.put_back(source, folder)
    except OSError as error:
        raise NotRestored(
            f"The files of evidence cannot be written into {folder}: {error.strerror}. Nothing was restored. Make room "
            "there, or check who may write, and run this again."
        ) from None
