"""Files of evidence: in a folder beside the database, each under a random name of ours.

No row ever stands without its file: the file is on the disk before its row is committed, and goes only after the commit
that took the row away. A file without a row, as a kill can leave it, is swept away later. Whoever needs rows and files
to fit (an upload, a backup, a look at everything) holds the folder meanwhile; whoever removes needs it alone.
"""

import errno
import hashlib
import os
import re
import secrets
import sys
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Engine, event, select
from sqlmodel import Session

from assessments.errors import StoreAway, StoreFull
from assessments.store import database, place, trouble
from assessments.store.tables import EvidenceFile
from assessments.store.upkeep import sqlite_file
from assessments.store.walls import TIDY, Asker, seen_by

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

FOLDER, LOCK, PART = "evidence", "lock", ".part"
NAME = re.compile(r"(?P<agency>[0-9a-f]{32})\.[0-9a-f]{32}")
"""The agency's id stands first, so that a sweep leaves alone what belongs to another database."""
ROWS: Any = EvidenceFile.metadata.tables["evidence_file"]
AGENCIES: Any = EvidenceFile.metadata.tables["agency"]
AWAY = (
    "The folder that holds the files of evidence cannot be used, and nothing was saved. Keep this page open and do it "
    "again in a minute. If this stays, whoever looks after Plumbline should run: python -m assessments doctor"
)
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def folder_of(engine: Engine) -> Path:
    """Beside a SQLite file, and in the data folder where a server holds the database; it need not be there yet."""
    file = sqlite_file(engine)
    return (file.parent if file else place.data_dir()) / FOLDER


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def put(db: Session, agency_id: str, content: bytes) -> str:
    """The name under which it is on the disk now; the row with that name has to be committed, or it is swept away."""
    folder, name = folder_of(_engine(db)), f"{agency_id}.{secrets.token_hex(16)}"
    try:
        make(folder)
        _hold_until_done(db, folder)
        write(folder, name, content)
    except OSError as error:
        full = error.errno in NO_ROOM
        raise (StoreFull(trouble.FULL) if full else StoreAway(AWAY)) from error
    return name


def make(folder: Path) -> None:
    if not folder.is_dir():
        place.private_folder(folder)
        onto_the_disk(folder.parent)


def write(folder: Path, name: str, content: bytes) -> None:
    """Whole or not at all, also when the power fails."""
    part = folder / f"{name}{PART}"
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / name)
        onto_the_disk(folder)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def content_of(folder: Path, row: Any) -> bytes | None:
    """None where the file of this row is not there, or is not as it was stored."""
    if not NAME.fullmatch(row.stored_as):
        return None
    try:
        content = (folder / row.stored_as).read_bytes()
    except OSError:
        return None
    return content if digest(content) == row.digest else None


def fault(folder: Path, row: Any) -> str:
    """What is wrong with the file of this row; empty where nothing is."""
    if content_of(folder, row) is not None:
        return ""
    there = bool(NAME.fullmatch(row.stored_as)) and (folder / row.stored_as).exists()
    return "is not as it was stored, or cannot be read" if there else "is not there"


def remove_once_committed(db: Session, names: Collection[str]) -> None:
    """What somebody holds at that moment goes with the next sweep."""
    folder, gone = folder_of(_engine(db)), tuple(filter(NAME.fullmatch, names))

    def remove(_: Session) -> None:
        with suppress(OSError), _alone(folder) as alone:
            for name in gone if alone else ():
                (folder / name).unlink(missing_ok=True)

    if gone:
        event.listen(db, "after_commit", remove, once=True)


def sweep(engine: Engine) -> int:
    """How many files without a row were removed; none while somebody holds the folder."""
    folder = folder_of(engine)
    if not folder.is_dir():
        return 0
    with _alone(folder) as alone:
        lost = _lost(engine, folder) if alone else []
        for path in lost:
            path.unlink(missing_ok=True)
    return len(lost)


def _lost(engine: Engine, folder: Path) -> list[Path]:
    with database.reading(engine) as db, seen_by(db, Asker(task=TIDY)):
        agencies = set(db.execute(select(AGENCIES.c.id)).scalars())
        known = set(db.execute(select(ROWS.c.stored_as)).scalars())
    found = ((path, NAME.fullmatch(path.name.removesuffix(PART))) for path in sorted(folder.iterdir()))
    return [path for path, ours in found if ours and ours["agency"] in agencies and path.name not in known]


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Nothing goes from the folder meanwhile. It is not made for this: without it there is nothing to keep."""
    if not folder.is_dir():
        yield
        return
    with _lock_file(folder) as lock:
        _lock(lock, alone=False)
        yield


def _hold_until_done(db: Session, folder: Path) -> None:
    stack = ExitStack()
    stack.enter_context(held(folder))
    for end in ("after_commit", "after_rollback"):
        event.listen(db, end, lambda _: stack.close(), once=True)


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Whether nobody else holds the folder; who comes now waits."""
    with _lock_file(folder) as lock:
        try:
            _lock(lock, alone=True)
        except OSError:
            yield False
        else:
            yield True


def _lock_file(folder: Path) -> IO[str]:
    return open(folder / LOCK, "a+", encoding="utf-8", opener=lambda path, flags: os.open(path, flags, 0o600))


def _lock(file: IO[str], alone: bool) -> None:
    """Until the file is closed; OSError where others hold it and we ask to be alone. Windows lets in one at a time."""
    if sys.platform == "win32":
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK if alone else msvcrt.LK_LOCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)


def _engine(db: Session) -> Engine:
    return db.get_bind().engine


def onto_the_disk(path: Path) -> None:
    if os.name != "posix":  # elsewhere a folder cannot be opened, and a file only for writing
        return
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
