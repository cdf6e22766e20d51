"""Texts of the agency's own that go into its templates: so far, how it notifies child welfare."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlmodel import Session

from assessments.errors import BadInput, Conflict
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import AgencyText, Person
from assessments.use_cases.told import say
from assessments.use_cases.typed import body, searched

Key = Literal["notification"]
LONGEST = 6_000
WHERE = {"notification": "How you notify"}


@dataclass(frozen=True)
class OwnText:
    """Version 0 where nothing is written."""

    body: str = ""
    version: int = 0
    at: datetime | None = None
    by: str = ""


@allowed
def agency_text(db: Session, actor: Actor, key: Key) -> OwnText:
    row = _found(db, actor, key)
    if row is None:
        return OwnText()
    person = db.get(Person, row.written_by)
    return OwnText(row.body, row.version, row.written_at, person.name if person else "")


@allowed
def write_agency_text(
    db: Session, actor: Actor, now: datetime, key: Key, text: str, shown: int, keep_because: str = ""
) -> int:
    """The new version. `shown` is the one that the page showed, 0 where nothing was written."""
    if key not in get_args(Key):
        raise BadInput("No template has such a text. Choose one on the page Templates.")
    row = _found(db, actor, key)
    if (row.version if row else 0) != shown:
        raise Conflict("This text was changed after you opened it. Look at it again.", "text")
    text = searched(db, actor, now, body(text, WHERE[key], LONGEST), WHERE[key], keep_because, key)
    before = row.body if row else ""
    if before == text:
        return shown
    row = row or AgencyText(
        agency_id=actor.agency_id, key=key, body="", version=0, written_at=now, written_by=actor.person_id
    )
    row.body, row.version, row.written_at, row.written_by = text, row.version + 1, now, actor.person_id
    db.add(row)
    db.flush()
    say(db, actor, now, audit.Change("revise", "text of the agency", key, "body", before, text))
    return row.version


def _found(db: Session, actor: Actor, key: str) -> AgencyText | None:
    return db.get(AgencyText, (actor.agency_id, key), populate_existing=True)
