"""What a database does when it cannot do what was asked, as an error of ours: a full disk, a lock, a server gone.

What is not known here is a mistake of ours or damage, and goes to the log.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree

from assessments.errors import NotFound, StoreAway, StoreBusy, StoreFull, StoreTrouble

FULL = (
    "The disk is full, and nothing was saved. What was saved before is safe and can still be read. Keep this page "
    "open, make room on the disk that holds the data, and do it again: no restart is needed."
)
BUSY = (
    "Somebody else's change is taking long, and nothing was saved. Wait a moment and do it again. If this stays, "
    "whoever looks after Plumbline should see whether another program holds the database."
)
AWAY = (
    "The database cannot be reached, so what you just did may not be saved. Keep this page open and do it again in a "
    "minute. If this stays, whoever looks after Plumbline should run: python -m assessments doctor"
)
NOT_HERE = "It is not here any more. Open the page again."
SQLITE: dict[int, type[StoreTrouble]] = {
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_BUSY: StoreBusy,
    sqlite3.SQLITE_LOCKED: StoreBusy,
    sqlite3.SQLITE_CANTOPEN: StoreAway,
    sqlite3.SQLITE_READONLY: StoreAway,
    sqlite3.SQLITE_IOERR: StoreAway,
    sqlite3.SQLITE_PERM: StoreAway,
}
NO_ROOM_FOR_THE_INDEX = sqlite3.SQLITE_IOERR_SHMSIZE
"""How SQLite puts it when the small file beside its log cannot grow."""
POSTGRESQL: dict[str, type[StoreTrouble]] = {
    "53100": StoreFull,
    "25006": StoreAway,  # read-only: a standby
    "25P03": StoreBusy,  # idle in a transaction for too long
    "40001": StoreBusy,
    "40P01": StoreBusy,
    "53300": StoreBusy,  # too many connections
    "55P03": StoreBusy,
    "57014": StoreBusy,  # the statement's time was up
    "57P01": StoreAway,
    "57P02": StoreAway,
    "57P03": StoreAway,
}
FAILED = (StoreTrouble, DBAPIError)
"""What a question to the database can end in, damage and mistakes of ours included: for what has to go on."""
SAYS: dict[type[StoreTrouble], str] = {StoreFull: FULL, StoreBusy: BUSY, StoreAway: AWAY}


def name_unfit(context: ExceptionContext) -> None:
    """What no text in a database can hold is in no list of ids either: NUL, and half of a surrogate pair."""
    error = context.original_exception
    if isinstance(error, UnicodeEncodeError) or "NUL (0x00) bytes" in str(error):
        raise NotFound(NOT_HERE) from error


@contextmanager
def told() -> Iterator[None]:
    try:
        yield
    except NoneFree:
        raise StoreBusy(BUSY) from None
    except DBAPIError as error:
        kind = kind_of(error)
        if kind is None:
            raise
        raise kind(SAYS[kind]) from error


def kind_of(error: DBAPIError) -> type[StoreTrouble] | None:
    """None where it is no trouble of the store's surroundings."""
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0)
        return StoreFull if code == NO_ROOM_FOR_THE_INDEX else SQLITE.get(code & 0xFF)
    state: str | None = getattr(cause, "sqlstate", None)
    if state is None or state.startswith("08"):
        return StoreAway if error.connection_invalidated or type(cause).__name__ == "OperationalError" else None
    return POSTGRESQL.get(state)
