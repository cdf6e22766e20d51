"""What a backup says of itself: when it was made, how many rows each table has, where each audit chain ends, and which
files of evidence were lost before it was made. The files that it holds stand in a table beside it.

The key of the audit trail is not in a backup. The manifest is sealed with it: where the key is, a backup that somebody
changed is refused, its hashes made to fit or not.
"""

import hmac
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from assessments.store import audit
from assessments.store.rows import Content

TABLE = "plumbline_backup"
MAKE = f"CREATE TABLE {TABLE} (manifest TEXT NOT NULL, seal TEXT NOT NULL)"
FILES = "plumbline_file"
MAKE_FILES = f"CREATE TABLE {FILES} (stored_as TEXT NOT NULL, content BLOB NOT NULL)"
HEADS = "SELECT a.id, a.name, h.seq, h.link FROM audit_head h JOIN agency a ON a.id = h.agency_id ORDER BY a.name"


@dataclass(frozen=True)
class Head:
    """Where an agency's chain ends."""

    agency_id: str
    agency: str
    seq: int
    link: str


@dataclass(frozen=True)
class Manifest:
    made_at: str
    revision: str
    store: str
    tables: dict[str, Content]
    heads: tuple[Head, ...]
    key_mark: str
    lost_files: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        return sum(content.rows for content in self.tables.values())


class Unread(Exception):
    """The text is no manifest."""


def of(
    copy: Connection, now: datetime, revision: str, store: str, tables: dict[str, Content], lost: tuple[str, ...]
) -> Manifest:
    heads = tuple(Head(*row) for row in copy.execute(text(HEADS)))
    return Manifest(now.isoformat(timespec="seconds"), revision, store, tables, heads, audit.key_mark(), lost)


def write(copy: Connection, manifest: Manifest) -> None:
    written = json.dumps(asdict(manifest), indent=1)
    copy.execute(text(MAKE))
    row = {"manifest": written, "seal": audit.seal(written)}
    copy.execute(text(f"INSERT INTO {TABLE} (manifest, seal) VALUES (:manifest, :seal)"), row)  # noqa: S608 - ours


def read(copy: Connection) -> tuple[Manifest, bool]:
    """With whether its seal is one of the key that is here. Unread where it is not one of ours."""
    rows = copy.execute(text(f"SELECT manifest, seal FROM {TABLE}")).all()  # noqa: S608 - ours
    try:
        ((written, sealed),) = rows
        held: dict[str, Any] = json.loads(written)
        tables = {str(name): Content(**content) for name, content in held.pop("tables").items()}
        heads = tuple(Head(**head) for head in held.pop("heads"))
        lost = tuple(map(str, held.pop("lost_files", ())))  # an older one does not speak of files
        manifest = Manifest(**held, tables=tables, heads=heads, lost_files=lost)
        return manifest, hmac.compare_digest(audit.seal(written), sealed)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Unread from None
