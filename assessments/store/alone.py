"""One Plumbline to a data folder: SQLite's file has one process that writes, and its lock ends with that process."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from assessments.store import place
from assessments.store.upkeep import CannotOpen, unusable

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

NAME = "plumbline.lock"
FAR = 1 << 30
"""Where Windows locks: beyond the address that others read."""

_held: dict[Path, IO[str]] = {}


class Taken(CannotOpen):
    """`address` is that of the Plumbline that has the folder, or "" while it starts."""

    def __init__(self, folder: Path, address: str) -> None:
        where = f"at {address}" if address else "that is just starting"
        super().__init__(
            f"The data in {folder} is open in another Plumbline, {where}. Use that one, close it first, or choose "
            "another folder with DATA_DIR."
        )
        self.folder, self.address = folder, address


def hold() -> None:
    """Until this process ends; with a database server, which takes many, nothing is held."""
    if os.environ.get("DATABASE_URL"):
        return
    try:
        path = place.data_dir() / NAME
        if path in _held:
            return
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise unusable(error) from None
    try:
        _lock(file)
    except OSError:
        file.seek(0)
        address = file.read()
        file.close()
        raise Taken(path.parent, address) from None
    file.truncate(0)
    _held[path] = file


@contextmanager
def held() -> Iterator[None]:
    """As `hold`, for as long as the block runs."""
    before = set(_held)
    hold()
    try:
        yield
    finally:
        for path in _held.keys() - before:
            _held.pop(path).close()


def say(address: str) -> None:
    """For whoever comes later, where this one can be found."""
    for file in _held.values():
        file.truncate(0)
        file.write(address)
        file.flush()


def _lock(file: IO[str]) -> None:
    if sys.platform == "win32":
        file.seek(FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
