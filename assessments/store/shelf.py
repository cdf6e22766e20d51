"""Finds a checklist by its edition: the shipped ones on disk, an agency's own in its rows."""

from sqlalchemy import bindparam, select
from sqlmodel import Session

from assessments.errors import EditionChanged, NotFound
from assessments.store.tables import Assessment, Table
from standards import catalogue
from standards.faults import BadChecklist
from standards.model import Checklist

OWN = Table.metadata.tables["own_checklist"].c
THIS = [OWN[name] == bindparam(name) for name in ("agency_id", "checklist_id", "edition")]
HASH, CONTENT = select(OWN.hash).where(*THIS), select(OWN.content).where(*THIS)
MOST = 64
_parsed: dict[str, Checklist] = {}
"""By the hash of the content, the same for whoever holds the same: the text is large, and read and parsed once."""


def find(db: Session, agency_id: str, checklist_id: str, edition: str) -> Checklist:
    shipped = catalogue.library().get((checklist_id, edition))
    if shipped:
        return shipped
    key = {"agency_id": agency_id, "checklist_id": checklist_id, "edition": edition}
    stored_hash = db.execute(HASH, key).scalar_one_or_none()
    if stored_hash is None:
        raise NotFound(f"The checklist {checklist_id} {edition} is not here. Load it again on the setup page.")
    if stored_hash not in _parsed:
        checklist = catalogue.read_text(db.execute(CONTENT, key).scalar_one(), "own checklist")
        if checklist.hash != stored_hash:
            return checklist
        _remember(checklist)
    return _parsed[stored_hash]


def checklist_of(db: Session, assessment: Assessment) -> Checklist:
    """The very edition that the assessment began with; EditionChanged where its content is no longer the same."""
    checklist = find(db, assessment.agency_id, assessment.checklist_id, assessment.edition)
    if checklist.hash != assessment.edition_hash:
        raise EditionChanged(
            f"The file of {checklist.title} {checklist.edition} was changed after this assessment began. A published "
            "edition never changes: put the original file back, and give the changed one a new edition."
        )
    return checklist


def is_readable(db: Session, assessment: Assessment) -> bool:
    """Whether the very edition that it began with is here still. A later version of the toolkit may have dropped it."""
    try:
        checklist_of(db, assessment)
    except (NotFound, EditionChanged, BadChecklist):
        return False
    return True


def _remember(checklist: Checklist) -> None:
    if len(_parsed) >= MOST:
        _parsed.pop(next(iter(_parsed)), None)
    _parsed[checklist.hash] = checklist
