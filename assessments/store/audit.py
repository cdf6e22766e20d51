"""The append-only, chained audit trail: who, when, what, from, to.

A link is HMAC-SHA256 over its entry and the link before it, with a key that lies beside the database and not in it:
whoever can write to the database alone cannot make a chain that verifies. A chain whose end was cut off still
verifies, so the newest link is printed on every receipt; compare it.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session

from assessments.store import place
from assessments.store.database import WRITING
from assessments.store.tables import AuditEntry, AuditHead, AuditValue, Table

FIRST = "0" * 64
KEY_FILE = "audit.key"
APART = "\0"
"""Nothing that a person types can hold it, so no value of the trail passes for a seal."""
ENTRIES, VALUES, HEADS = (Table.metadata.tables[name] for name in ("audit_entry", "audit_value", "audit_head"))

# Built once: with every save, building a statement takes longer than running it.
HEAD = select(HEADS.c.seq, HEADS.c.link).where(HEADS.c.agency_id == bindparam("agency"))
ADD_ENTRY, ADD_VALUE = insert(ENTRIES), insert(VALUES)
MOVE_HEAD = update(HEADS).where(HEADS.c.agency_id == bindparam("agency"))


@dataclass(frozen=True)
class Change:
    """One change: `thing` is the table's word, `field` what of it changed; an empty `before` means it is new."""

    act: str
    thing: str
    thing_id: str
    field: str = ""
    before: str = ""
    after: str = ""


def open_chain(db: Session, agency_id: str) -> None:
    """Starts the chain of a new agency."""
    db.execute(insert(AuditHead).values(agency_id=agency_id, seq=0, link=FIRST))


def take_turn(db: Session, agency_id: str) -> None:
    """Makes the other writers of the agency wait until this transaction ends; on SQLite it is the only writer."""
    if db.info.get(WRITING) and db.get_bind().dialect.name != "sqlite":
        db.execute(HEAD.with_for_update(), {"agency": agency_id})


def record(db: Session, agency_id: str, person_id: str, at: datetime, change: Change) -> None:
    """Appends one entry, in a transaction of `database.writing`: elsewhere nothing would be committed."""
    record_all(db, agency_id, person_id, at, [change])


def record_all(db: Session, agency_id: str, person_id: str, at: datetime, changes: Sequence[Change]) -> None:
    """As many entries as there are changes, at once."""
    assert db.info.get(WRITING), "a change outside database.writing"
    if not changes:
        return
    head = db.execute(HEAD, {"agency": agency_id}).one()
    entries: list[dict[str, object]] = []
    link = head.link
    for seq, change in enumerate(changes, start=head.seq + 1):
        entry = {
            "agency_id": agency_id,
            "seq": seq,
            "at": at,
            "person_id": person_id,
            "act": change.act,
            "thing": change.thing,
            "thing_id": change.thing_id,
            "field": change.field,
            "before_hash": _sign(change.before),
            "after_hash": _sign(change.after),
            "previous": link,
        }
        link = _link(entry)
        entries.append({**entry, "link": link})
    db.execute(ADD_ENTRY, entries)
    kept = zip(entries, changes, strict=True)
    db.execute(
        ADD_VALUE,
        [{"agency_id": agency_id, "seq": one["seq"], "before": of.before, "after": of.after} for one, of in kept],
    )
    db.execute(MOVE_HEAD, {"agency": agency_id, "seq": entries[-1]["seq"], "link": link})


def newest_link(db: Session, agency_id: str) -> str:
    return db.execute(select(AuditHead.link).where(AuditHead.agency_id == agency_id)).scalar_one()


def newest_number(db: Session, agency_id: str) -> int:
    """Of the newest entry: it only grows."""
    return db.execute(HEAD, {"agency": agency_id}).one().seq


def faults(db: Session, agency_id: str, expected_link: str = "") -> list[str]:
    """What is wrong with an agency's chain, in words; empty when it holds. `expected_link`, from a receipt, must be
    one of its links: that shows a tail cut off.
    """
    wrong: list[str] = []
    previous, expected_seq = FIRST, 1
    links: set[str] = set()
    values = {v.seq: v for v in db.execute(select(AuditValue).where(AuditValue.agency_id == agency_id)).scalars()}
    entries = select(AuditEntry).where(AuditEntry.agency_id == agency_id).order_by(AuditEntry.seq)
    for entry in db.execute(entries).scalars():
        fields = entry.model_dump(exclude={"link"})
        if entry.seq != expected_seq or entry.previous != previous or not _same(_link(fields), entry.link):
            wrong.append(
                f"Entry {entry.seq} does not follow from the one before it: it, or one before it, was changed."
            )
        value = values.get(entry.seq)
        if value and (_sign(value.before), _sign(value.after)) != (entry.before_hash, entry.after_hash):
            wrong.append(f"The values of entry {entry.seq} are not those that were recorded.")
        previous, expected_seq = entry.link, entry.seq + 1
        links.add(previous)
    head = db.execute(HEAD, {"agency": agency_id}).one_or_none()
    if head is None or tuple(head) != (expected_seq - 1, previous):
        wrong.append("The newest entry is not the one that the chain ends with: entries were cut off or put in.")
    if expected_link and not any(link.startswith(expected_link) for link in links):
        wrong.append("The link printed on the receipt is not in the chain: entries were cut off after it was printed.")
    return wrong


def key_mark() -> str:
    """The same where the key is the same; it says nothing of the key."""
    return _sign(f"{APART}key")[:16]


def seal(text: str) -> str:
    """What only a holder of the key can put under a text."""
    return _sign(f"{APART}seal{text}")


def has_key() -> bool:
    """Whether there is one already; else the first use makes one."""
    return bool(os.environ.get("AUDIT_KEY")) or (place.data_dir() / KEY_FILE).exists()


def _link(entry: dict[str, object]) -> str:
    at = entry["at"]
    assert isinstance(at, datetime)
    return _sign(json.dumps({**entry, "at": at.timestamp()}, sort_keys=True, ensure_ascii=False))


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one, other)


def _sign(text: str) -> str:
    return hmac.new(_key(), text.encode(), hashlib.sha256).hexdigest()


def _key() -> bytes:
    given = os.environ.get("AUDIT_KEY")
    return given.encode() if given else _key_in(place.data_dir())


@cache
def _key_in(folder: Path) -> bytes:
    """The key file is made once, whole, and readable by its owner alone."""
    file = folder / KEY_FILE
    if not file.exists():
        new = folder / f"{KEY_FILE}.{secrets.token_hex(4)}"
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
            opened.write(secrets.token_hex(32))
        with suppress(FileExistsError):
            os.link(new, file)
        new.unlink()
    return file.read_text().strip().encode()
