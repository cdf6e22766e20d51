"""Where the data lies: a folder of our own, or the database that a host names."""

import os
from functools import cache
from pathlib import Path

DEMONSTRATION = "demonstration"


def data_dir() -> Path:
    """DATA_DIR, or `data` in the current folder; made on first use, readable by its owner alone."""
    return _made(Path(os.environ.get("DATA_DIR") or "data").absolute())


@cache
def _made(folder: Path) -> Path:
    """Once: every run of a page asks where the data lies."""
    return private_folder(folder)


def database_url() -> str:
    """DATABASE_URL, or a SQLite file in the data folder."""
    return os.environ.get("DATABASE_URL") or sqlite_url(data_dir())


def demonstration_dir() -> Path:
    """The demonstration's own folder and database: never the same file as anybody's real data."""
    return private_folder(data_dir() / DEMONSTRATION)


def sqlite_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'plumbline.db'}"


def private_folder(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
