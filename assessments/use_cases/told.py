"""What a use case tells the audit trail of the row that it changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from assessments.store import audit
from assessments.store.access import Actor


def say(db: Session, actor: Actor, now: datetime, change: audit.Change) -> None:
    audit.record(db, actor.agency_id, actor.person_id, now, change)


def say_changed(
    db: Session,
    actor: Actor,
    now: datetime,
    thing: str,
    thing_id: str,
    before: Mapping[str, object],
    after: Mapping[str, object],
) -> None:
    """An entry for each field that differs."""
    for field, was in before.items():
        if was != after[field]:
            say(db, actor, now, audit.Change("revise", thing, thing_id, field, words(was), words(after[field])))


def put_away(db: Session, actor: Actor, now: datetime, row: Any, thing: str, named: str, archived: bool) -> None:
    """Into the archive, or out of it; `row` has a version."""
    row.archived_at, row.version = now if archived else None, row.version + 1
    db.add(row)
    act = "archive" if archived else "take out of the archive"
    say(db, actor, now, audit.Change(act, thing, row.id, after=named))


def words(value: object) -> str:
    return "" if value is None else str(value)
