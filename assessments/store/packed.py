"""The files of evidence inside a backup: put in beside the rows, checked against them, and put back."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, select, text

from assessments.store import files, manifest
from assessments.store.manifest import Manifest

PUT = text(f"INSERT INTO {manifest.FILES} (stored_as, content) VALUES (:name, :content)")  # noqa: S608 - ours
GET = text(f"SELECT content FROM {manifest.FILES} WHERE stored_as = :name")  # noqa: S608 - ours
NAMES = text(f"SELECT stored_as FROM {manifest.FILES}")  # noqa: S608 - ours


def put_in(copy: Connection, folder: Path) -> tuple[str, ...]:
    """Each file that a row of the copy tells of; the names of those that are not as they were stored."""
    copy.execute(text(manifest.MAKE_FILES))
    lost = []
    for row in _rows(copy):
        content = files.content_of(folder, row)
        if content is None:
            lost.append(str(row.stored_as))
        else:
            copy.execute(PUT, {"name": row.stored_as, "content": content})
    return tuple(lost)


def fit(copy: Connection, found: Manifest) -> bool:
    """Each row has its file, but for those that were lost before; and nothing else is there."""
    rows, names = {row.stored_as: row for row in _rows(copy)}, _names(copy)
    if not set(found.lost_files) <= rows.keys() or sorted(names) != sorted(rows.keys() - set(found.lost_files)):
        return False
    return all(files.NAME.fullmatch(name) and files.digest(_content(copy, name)) == rows[name].digest for name in names)


def put_back(copy: Connection, folder: Path) -> None:
    """On the disk, all of them or none, and before their rows are committed."""
    written = []
    try:
        for name in _names(copy):
            written.append(folder / name)
            files.write(folder, name, _content(copy, name))
    except OSError:
        for path in written:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise


def _rows(copy: Connection) -> list[Any]:
    """None in a database of before there were files."""
    there = inspect(copy).has_table(files.ROWS.name)
    return list(copy.execute(select(files.ROWS).order_by(files.ROWS.c.stored_as))) if there else []


def _names(copy: Connection) -> list[str]:
    """None in a backup of before there were files."""
    return list(copy.execute(NAMES).scalars()) if inspect(copy).has_table(manifest.FILES) else []


def _content(copy: Connection, name: str) -> bytes:
    return bytes(copy.execute(GET, {"name": name}).scalar_one())
