"""An assessment deleted for good: what goes with it, and what stays for others that read the same records."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlmodel import Session

from assessments.errors import NotConfirmed
from assessments.rules.text import name_key
from assessments.store import files
from assessments.store.access import Actor, allowed
from assessments.store.tables import (
    Action,
    Assessment,
    Evidence,
    EvidenceFile,
    Intake,
    LastPlace,
    Measure,
    MeasuredValue,
    Move,
    Priority,
    RatedSubject,
    Rating,
    RecordRating,
    Round,
    Sheet,
    SummaryScore,
    Table,
    Target,
    Weighing,
)
from assessments.use_cases import reviewing
from assessments.use_cases.assessments import find_assessment, say
from assessments.use_cases.publishing import unpublish

RECORD, RATING, CLOCK, TOOK = (
    Table.metadata.tables[name].c for name in ("record", "record_rating", "record_clock", "took_part")
)


@dataclass(frozen=True)
class Going:
    """Of an assessment of records, what goes with it. `answers` are those of readers, and of the clocks; `records` are
    listed, `drawn` of them drawn, for `clocked` of them clocks are set, for `attended` it is marked who took part: all
    four 0 where the list stays, since the assessments named `read_by` read it too.
    """

    answers: int = 0
    records: int = 0
    drawn: int = 0
    clocked: int = 0
    attended: int = 0
    read_by: tuple[str, ...] = ()


@allowed
def goes_with(db: Session, actor: Actor, assessment_id: str) -> Going:
    """NotFound where it is not rated on records."""
    reading = reviewing.reading_of(db, actor, assessment_id)
    given = select(func.count()).select_from(RecordRating).filter_by(**reading.key)
    answers = db.execute(given.where(RATING.state != "unrated")).scalar_one()
    if others := reviewing.read_too(db, reading.assessment, reading.review.of):
        return Going(answers, read_by=tuple(sorted(one.name for one in others)))
    mine = (RECORD.agency_id == actor.agency_id, RECORD.review_id == reading.review.id)
    clocked = select(CLOCK.record_id).where(CLOCK.agency_id == actor.agency_id)
    attended = select(TOOK.record_id).where(TOOK.agency_id == actor.agency_id)
    numbers = select(
        func.count(),
        func.count(RECORD.turn),
        func.count().filter(RECORD.id.in_(clocked)),
        func.count().filter(RECORD.id.in_(attended)),
    )
    return Going(answers, *db.execute(numbers.where(*mine)).one())


@allowed
def delete_assessment(db: Session, actor: Actor, now: datetime, assessment_id: str, typed_name: str) -> None:
    """With all its ratings, notes, evidence and plans; the trail keeps that it was there and what was said."""
    row = find_assessment(db, actor, assessment_id)
    if name_key(typed_name) != name_key(row.name):
        raise NotConfirmed(f"To delete it with all its ratings, type its name exactly: {row.name}")
    sheets = select(Sheet.id).where(Sheet.agency_id == actor.agency_id, Sheet.assessment_id == row.id)
    unpublish(db, agency_id=actor.agency_id, assessment_id=row.id)
    _delete_files(db, row)
    for on_sheet in (Rating, Evidence):
        db.execute(delete(on_sheet).where(on_sheet.agency_id == actor.agency_id, on_sheet.sheet_id.in_(sheets)))
    _delete_plan(db, row)
    for hung in (Priority, Weighing, Target, Move, Sheet, RatedSubject, RecordRating, SummaryScore, LastPlace, Intake):
        db.execute(delete(hung).where(hung.agency_id == actor.agency_id, hung.assessment_id == row.id))
    reviewing.drop_unread(db, row)
    db.delete(row)
    say(db, actor, now, "delete", row.id, before=row.name)


def _delete_files(db: Session, row: Assessment) -> None:
    lines = (
        select(Evidence.id)
        .join(Sheet, (Sheet.agency_id == Evidence.agency_id) & (Sheet.id == Evidence.sheet_id))
        .where(Sheet.agency_id == row.agency_id, Sheet.assessment_id == row.id)
    )
    hung = (EvidenceFile.agency_id == row.agency_id, EvidenceFile.evidence_id.in_(lines))
    files.remove_once_committed(db, db.execute(select(EvidenceFile.stored_as).where(*hung)).scalars().all())
    db.execute(delete(EvidenceFile).where(*hung))


def _delete_plan(db: Session, row: Assessment) -> None:
    chosen = select(Priority.id).where(Priority.agency_id == row.agency_id, Priority.assessment_id == row.id)
    measured = select(Measure.id).where(Measure.agency_id == row.agency_id, Measure.priority_id.in_(chosen))
    db.execute(
        delete(MeasuredValue).where(MeasuredValue.agency_id == row.agency_id, MeasuredValue.measure_id.in_(measured))
    )
    for planned in (Action, Round, Measure):
        db.execute(delete(planned).where(planned.agency_id == row.agency_id, planned.priority_id.in_(chosen)))
