"""Which roles of the team took part in making one plan, as whoever reads the plan marks it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Literal, cast, get_args

from sqlalchemy import bindparam, select
from sqlmodel import Session

from assessments.errors import BadInput, Conflict, NotFound
from assessments.rules.team_share import ROLES
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import Record, Table, TookPart
from assessments.use_cases.clocks import refuse_closed
from assessments.use_cases.reviewing import find_record, find_review, require_drawn
from assessments.use_cases.told import say

Part = Literal["took-part", "not-there", "not-relevant"]
"""A family that was properly invited and chose not to come took part."""
TABLES = Table.metadata.tables
TOOK = TABLES["took_part"].c
MARKS = select(TOOK.record_id, TOOK.indicator_id, TOOK.state).where(
    TOOK.agency_id == bindparam("agency_id"), TOOK.record_id.in_(bindparam("records", expanding=True))
)


@allowed
def team_marks(db: Session, actor: Actor, review_id: str, records: Collection[str]) -> dict[str, dict[str, Part]]:
    """By record and role; what nobody marked is left out."""
    review = find_review(db, actor, review_id)
    mine: Any = [find_record(db, actor, review, record_id).id for record_id in records]
    found: dict[str, dict[str, Part]] = {record_id: {} for record_id in mine}
    for record_id, role, state in db.execute(MARKS, {"agency_id": actor.agency_id, "records": mine}):
        found[record_id][role] = state
    return found


@allowed
def mark_took_part(
    db: Session,
    actor: Actor,
    now: datetime,
    review_id: str,
    record_id: str,
    marks: Mapping[str, Part | None],
    shown: Mapping[str, Part | None],
) -> None:
    """None takes a mark off. `shown` has for each role the mark that the page showed: it is its own version, and where
    it moved on there is a Conflict.
    """
    review = find_review(db, actor, review_id)
    record = require_drawn(find_record(db, actor, review, record_id))
    refuse_closed(db, review)
    for role, state in marks.items():
        _mark(db, actor, now, record, role, state, shown.get(role))
    db.flush()


def _mark(
    db: Session, actor: Actor, now: datetime, record: Record, role: str, state: Part | None, shown: Part | None
) -> None:
    _refuse(role, state)
    key = {"agency_id": actor.agency_id, "record_id": record.id, "indicator_id": role}
    row = db.get(TookPart, tuple(key.values()), populate_existing=True)
    before = cast(Part, row.state) if row else None
    if before == state:
        return
    if shown != before:
        raise Conflict(f"{role} of {record.code} was marked after you opened it. Look at it again.", "took part")
    if state is None:
        db.delete(row)
    else:
        row = row or TookPart(**key, state=state, given_at=now, given_by=actor.person_id)
        row.state, row.given_at, row.given_by = state, now, actor.person_id
        db.add(row)
    thing = f"{record.id}/{role}"
    change = audit.Change("mark who took part", "record", thing, "", before or "", state or "")
    say(db, actor, now, change)


def _refuse(role: str, state: Part | None) -> None:
    if role not in ROLES:
        raise NotFound("This role is not one of the team's. Look at the page again.")
    if state is not None and state not in get_args(Part):
        raise BadInput("Took part: choose one from the list.")
