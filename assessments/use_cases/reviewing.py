"""A review of records as it is found and written: the steps that starting an assessment and reading have in common."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, bindparam, delete, select
from sqlmodel import Session

from assessments.errors import AlreadySubmitted, BadInput, NotFound
from assessments.store import shelf
from assessments.store.access import Actor
from assessments.store.tables import (
    Assessment,
    Record,
    RecordClock,
    Review,
    Table,
    TookPart,
)
from standards.model import Checklist

Key = tuple[str, str]
TABLES = Table.metadata.tables
ASSESSMENT, RECORD = (TABLES[name].c for name in ("assessment", "record"))


@dataclass(frozen=True)
class Reading:
    """One checklist on the records of one review. The checklist is the edition as each record is rated on it."""

    assessment: Assessment
    checklist: Checklist
    review: Review

    @property
    def key(self) -> dict[str, str]:
        return {"agency_id": self.assessment.agency_id, "assessment_id": self.assessment.id}


def put_review(db: Session, assessment: Assessment, checklist: Checklist) -> None:
    """Unless records of that kind at that site are listed in that cycle already."""
    key = {**_place(assessment), "of": checklist.one_record}
    if db.execute(select(Review.id).filter_by(**key)).scalar() is None:
        db.add(Review(**key))


def read_too(db: Session, assessment: Assessment, of: str) -> list[Assessment]:
    """The others that read records of that kind at that site in that cycle, in the archive too."""
    others = select(Assessment).filter_by(**_place(assessment)).where(ASSESSMENT.id != assessment.id)
    return [
        one
        for one in db.execute(others).scalars()
        if shelf.find(db, one.agency_id, one.checklist_id, one.edition).one_record == of
    ]


def drop_unread(db: Session, deleted: Assessment) -> None:
    """The list that an assessment was the last to read, with its clocks and who took part."""
    for row in db.execute(select(Review).filter_by(**_place(deleted))).scalars().all():
        if not read_too(db, deleted, row.of):
            _delete(db, row)


def _delete(db: Session, row: Review) -> None:
    of_it = select(RECORD.id).where(RECORD.agency_id == row.agency_id, RECORD.review_id == row.id)
    for hung in (RecordClock, TookPart):
        db.execute(delete(hung).where(hung.agency_id == row.agency_id, hung.record_id.in_(of_it)))
    db.execute(delete(Record).where(RECORD.agency_id == row.agency_id, RECORD.review_id == row.id))
    db.delete(row)


def reading_of(db: Session, actor: Actor, assessment_id: str) -> Reading:
    """NotFound where the assessment is not there, not the agency's, or not rated on records."""
    row = db.get(Assessment, (actor.agency_id, assessment_id))
    checklist = shelf.checklist_of(db, row) if row else None
    if row is None or checklist is None or checklist.subject != "record":
        raise NotFound("This review is not here. Choose one from the list on the page Records.")
    found = db.execute(select(Review).filter_by(**_place(row), of=checklist.one_record)).scalar_one()
    return Reading(row, checklist, found)


def open_reading(db: Session, actor: Actor, assessment_id: str) -> Reading:
    found = reading_of(db, actor, assessment_id)
    if found.assessment.status == "submitted":
        raise AlreadySubmitted("This assessment was submitted, so nothing in it changes. Reopen it to go on reading.")
    if found.assessment.archived_at:
        raise AlreadySubmitted("This assessment is archived. Take it out of the archive to go on reading.")
    return found


def refuse_submitted(db: Session, review: Review) -> None:
    """AlreadySubmitted while any assessment that reads these records is submitted, in the archive too: its receipt
    tells of the records as they were then.
    """
    place = {name: getattr(review, name) for name in ("agency_id", "site_id", "cycle_id")}
    for row in db.execute(select(Assessment).filter_by(**place, status="submitted")).scalars():
        if shelf.find(db, row.agency_id, row.checklist_id, row.edition).one_record == review.of:
            where = ", in the archive," if row.archived_at else ""
            raise AlreadySubmitted(
                f"“{row.name}”{where} was submitted with these records as they are, so they stay: their dates, who "
                "took part, and which of them are read. Reopen it first."
            )


def find_review(db: Session, actor: Actor, review_id: str) -> Review:
    row = db.get(Review, (actor.agency_id, review_id), populate_existing=True)
    if row is None:
        raise NotFound("This review is not here. Choose one from the list on the page Records.")
    return row


def find_record(db: Session, actor: Actor, review: Review, record_id: str) -> Record:
    row = db.get(Record, (actor.agency_id, record_id), populate_existing=True)
    if row is None or row.review_id != review.id:
        raise NotFound("This record is not on the list. Look at the page again.")
    return row


def require_drawn(row: Record) -> Record:
    """BadInput where a record was not drawn, or was put aside since: reading others than those drawn misleads."""
    if row.turn is None:
        raise BadInput(f"{row.code} was not drawn, so it is not read. Read those that the draw names.")
    if row.put_aside:
        raise BadInput(f"{row.code} was put aside, so it is not read. Take it back first, on the page Records.")
    return row


def _place(assessment: Assessment) -> dict[str, Any]:
    return {name: getattr(assessment, name) for name in ("agency_id", "site_id", "cycle_id")}


IS_TO_READ = and_(RECORD.turn.is_not(None), RECORD.put_aside == "")
"""Drawn, and not put aside."""
TO_READ = select(Record).where(
    RECORD.agency_id == bindparam("agency_id"), RECORD.review_id == bindparam("review_id"), IS_TO_READ
)
"""The records to read: takes `agency_id` and `review_id`."""
