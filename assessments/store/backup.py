"""A backup while people are writing: one moment of the database and of the files of evidence, as one SQLite file that
either kind of store takes in.

Row by row and not page by page: so it is the same from SQLite and from PostgreSQL, holds nothing that was deleted, and
what must not leave is left out (`rows.LEFT_OUT`). What was written is read again before the file gets its name.
"""

import json
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from assessments.store import database, files, manifest, packed, place, rows, soundness
from assessments.store.files import onto_the_disk
from assessments.store.manifest import Manifest
from assessments.store.upkeep import Refused

NOTED = "last-backup.json"
"""In the data folder, for the doctor."""


class NoBackup(Refused):
    pass


def backup(engine: Engine, file: Path, now: datetime) -> Manifest:
    file = file.absolute()
    require_free(file)
    part = file.with_name(f"{file.name}.{secrets.token_hex(4)}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        made = _written(engine, part, now)
        onto_the_disk(part)
        require_free(file)
        part.rename(file)
        onto_the_disk(file.parent)
    except OSError as error:
        raise NoBackup(_cannot(file, error.strerror or "it cannot be written")) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    _note(file, made)
    return made


def require_free(file: Path) -> None:
    if file.is_symlink() or file.exists():
        raise NoBackup(f"{file} is there already, and a backup never replaces one. Give the new one another name.")
    if not file.parent.is_dir():
        raise NoBackup(f"The folder {file.parent} is not there. Make it first, or name another.")


def _written(engine: Engine, part: Path, now: datetime) -> Manifest:
    folder, scratch = files.folder_of(engine), soundness.scratch(part)
    with files.held(folder), rows.snapshot(engine) as source, scratch as copy, _writing(part), copy.begin() as target:
        revision = database.revision_of(source)
        if revision is None:
            raise NoBackup("The database is empty: there is nothing to back up yet. Start Plumbline once.")
        soundness.raise_to(target, revision)
        read = rows.copied(source, target)
        lost = packed.put_in(target, folder)
        made = manifest.of(target, now, revision, source.dialect.name, read, lost)
        manifest.write(target, made)
        _require_same(target, read)
        return made


def _require_same(target: Connection, read: dict[str, rows.Content]) -> None:
    """What stands in the copy is what was read, and whole."""
    wrong = soundness.damage(target)
    if wrong:
        raise NoBackup(
            f"No backup was made, because the database itself is not sound: {wrong[0]} Run `python -m assessments "
            "verify`, and keep the newest backup that you have."
        )
    if rows.contents(target) != read:
        raise NoBackup("No backup was made: what was written is not what was read. Check the disk, then try again.")


@contextmanager
def _writing(part: Path) -> Iterator[None]:
    """Trouble with the new file, told from trouble with the database that is read."""
    try:
        yield
    except DBAPIError as error:
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_FULL:
            raise NoBackup(_cannot(part, "there is no room left on that disk")) from None
        if code == sqlite3.SQLITE_IOERR:
            raise NoBackup(_cannot(part, "that disk reports an error")) from None
        if code == sqlite3.SQLITE_CONSTRAINT:
            raise NoBackup(
                "No backup was made, because a row of the database breaks a rule of its own table. Run `python -m "
                "assessments verify`, and keep the newest backup that you have."
            ) from None
        raise


def _cannot(file: Path, reason: str) -> str:
    return (
        f"No backup was made: in {file.parent}, {reason[:1].lower()}{reason[1:]}. Nothing was left behind. Name a "
        "folder where you may write and that has room, then run this again."
    )


def _note(file: Path, made: Manifest) -> None:
    """A full disk here does not undo the backup there."""
    with suppress(OSError):
        note = place.data_dir() / NOTED
        new = note.with_suffix(".new")
        new.write_text(json.dumps({"at": made.made_at, "file": str(file)}), encoding="utf-8")
        new.chmod(0o600)
        new.replace(note)
