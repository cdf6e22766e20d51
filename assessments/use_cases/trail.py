"""The audit trail as people read it: who changed what, when, from what to what."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from assessments.errors import BadInput
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import AuditEntry, AuditValue, Person

PRINTED = 12
"""Characters of a link that a receipt shows."""


@dataclass(frozen=True)
class Entry:
    seq: int
    at: datetime
    person: str
    act: str
    thing: str
    thing_id: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Trail:
    """`total` entries match; `entries` are the page of them asked for, newest first."""

    entries: list[Entry]
    total: int
    newest_link: str


@allowed
def audit_trail(
    db: Session, actor: Actor, act: str = "", person: str = "", about: str = "", skip: int = 0, most: int = 50
) -> Trail:
    """`about` narrows to one thing by the start of its id: an assessment, or one indicator of it."""
    wanted = [AuditEntry.agency_id == actor.agency_id]
    if act:
        wanted.append(AuditEntry.act == act)
    if person:
        wanted.append(Person.name == person)
    if about:
        wanted.append(col(AuditEntry.thing_id).startswith(about, autoescape=True))
    joined = (
        select(AuditEntry, Person.name, AuditValue)
        .join(Person, Person.id == AuditEntry.person_id)
        .outerjoin(AuditValue, (AuditValue.agency_id == AuditEntry.agency_id) & (AuditValue.seq == AuditEntry.seq))
        .where(*wanted)
    )
    total = db.execute(select(func.count()).select_from(joined.subquery())).scalar_one()
    page = db.execute(joined.order_by(AuditEntry.seq.desc()).offset(skip).limit(most))
    return Trail([_entry(*row) for row in page], total, audit.newest_link(db, actor.agency_id))


@allowed
def verify_trail(db: Session, actor: Actor, expected_link: str = "") -> list[str]:
    """What is wrong with the chain, in words; empty when it holds."""
    link = expected_link.strip().lower()
    if 0 < len(link) < PRINTED:
        raise BadInput(f"Type all {PRINTED} characters of the link: fewer can be in the chain by chance.")
    return audit.faults(db, actor.agency_id, link)


@allowed
def trail_filters(db: Session, actor: Actor) -> tuple[list[str], list[str]]:
    """The acts and the people that the trail holds."""
    mine = AuditEntry.agency_id == actor.agency_id
    acts = select(AuditEntry.act).where(mine).distinct().order_by(AuditEntry.act)
    people = select(Person.name).join(AuditEntry, AuditEntry.person_id == Person.id).where(mine).distinct()
    return list(db.execute(acts).scalars()), sorted(db.execute(people).scalars())


def _entry(row: AuditEntry, person: str, value: AuditValue | None) -> Entry:
    purged = "(purged)"
    before, after = (value.before, value.after) if value else (purged, purged)
    return Entry(row.seq, row.at, person, row.act, row.thing, row.thing_id, row.field, before, after)
