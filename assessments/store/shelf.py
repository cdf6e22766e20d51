"""Finds a checklist by its edition: the shipped ones on disk, an agency's own in its rows."""

from functools import lru_cache

from sqlalchemy import select
from sqlmodel import Session

from assessments.errors import EditionChanged, NotFound
from assessments.store.tables import Assessment, OwnChecklist
from standards import catalogue
from standards.model import Checklist


def find(db: Session, agency_id: str, checklist_id: str, edition: str) -> Checklist:
    shipped = catalogue.library().get((checklist_id, edition))
    if shipped:
        return shipped
    own = select(OwnChecklist.content, OwnChecklist.hash).where(
        OwnChecklist.agency_id == agency_id,
        OwnChecklist.checklist_id == checklist_id,
        OwnChecklist.edition == edition,
    )
    row = db.execute(own).one_or_none()
    if row is None:
        raise NotFound(f"The checklist {checklist_id} {edition} is not here. Load it again on the setup page.")
    return _parsed(row.content, row.hash)


def checklist_of(db: Session, assessment: Assessment) -> Checklist:
    """The very edition that the assessment began with; EditionChanged where its content is no longer the same."""
    checklist = find(db, assessment.agency_id, assessment.checklist_id, assessment.edition)
    if checklist.hash != assessment.edition_hash:
        raise EditionChanged(
            f"The file of {checklist.title} {checklist.edition} was changed after this assessment began. A published "
            "edition never changes: put the original file back, and give the changed one a new edition."
        )
    return checklist


@lru_cache(maxsize=64)
def _parsed(content: str, _hash: str) -> Checklist:
    return catalogue.read_text(content, "own checklist")
