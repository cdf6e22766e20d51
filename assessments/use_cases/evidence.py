"""What ratings rest on: lines of evidence, each added, revised and removed on its own version."""

from datetime import date, datetime
from typing import get_args
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlmodel import Session

from assessments.errors import BadInput, Conflict
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import Evidence
from assessments.use_cases.ratings import indicator_of, open_place, thing_of
from assessments.use_cases.sheets import EvidenceDetails, Place, details_of
from assessments.use_cases.typed import line, searched
from standards.model import EvidenceKind

EVIDENCE_KINDS: tuple[EvidenceKind, ...] = get_args(EvidenceKind)


@allowed
def add_evidence(
    db: Session,
    actor: Actor,
    now: datetime,
    assessment_id: str,
    indicator_id: str,
    details: EvidenceDetails,
    keep_because: str = "",
) -> str:
    """The id of the new line."""
    return put_evidence(db, actor, now, open_place(db, actor, assessment_id), indicator_id, details, keep_because)


def put_evidence(
    db: Session,
    actor: Actor,
    now: datetime,
    place: Place,
    indicator_id: str,
    details: EvidenceDetails,
    keep_because: str = "",
) -> str:
    indicator_of(place, indicator_id)
    thing = thing_of(place, indicator_id)
    details = checked_evidence(details, now.date())
    searched(db, actor, now, f"{details.what} {details.link}".strip(), "The evidence", keep_because, thing)
    row = Evidence(
        agency_id=actor.agency_id,
        sheet_id=place.sheet_id,
        subject_id=place.subject_id,
        indicator_id=indicator_id,
        added_at=now,
        added_by=actor.person_id,
        **vars(details),
    )
    db.add(row)
    db.flush()
    change = audit.Change("add evidence", "rating", thing, "evidence", after=_evidence_words(details))
    audit.record(db, actor.agency_id, actor.person_id, now, change)
    return row.id


@allowed
def revise_evidence(
    db: Session,
    actor: Actor,
    now: datetime,
    assessment_id: str,
    evidence_id: str,
    details: EvidenceDetails,
    shown: int,
    keep_because: str = "",
) -> None:
    place = open_place(db, actor, assessment_id)
    row = _evidence(db, place, evidence_id, shown)
    thing = thing_of(place, row.indicator_id)
    if details == details_of(row):
        return
    details = checked_evidence(details, now.date())
    searched(db, actor, now, f"{details.what} {details.link}".strip(), "The evidence", keep_because, thing)
    before = _evidence_words(details_of(row))
    for name, value in vars(details).items():
        setattr(row, name, value)
    row.version += 1
    db.add(row)
    change = audit.Change("revise evidence", "rating", thing, "evidence", before, _evidence_words(details))
    audit.record(db, actor.agency_id, actor.person_id, now, change)


@allowed
def remove_evidence(db: Session, actor: Actor, now: datetime, assessment_id: str, evidence_id: str, shown: int) -> None:
    place = open_place(db, actor, assessment_id)
    row = _evidence(db, place, evidence_id, shown)
    thing = thing_of(place, row.indicator_id)
    db.delete(row)
    change = audit.Change("remove evidence", "rating", thing, "evidence", before=_evidence_words(details_of(row)))
    audit.record(db, actor.agency_id, actor.person_id, now, change)


def cleaned_evidence(details: EvidenceDetails) -> EvidenceDetails:
    if details.kind not in EVIDENCE_KINDS:
        raise BadInput("Kind of evidence: choose one from the list.")
    what = line(details.what, "The description of the evidence")
    link = line(details.link, "Link", 2000, required=False)
    if link and not _leads_somewhere(link):
        raise BadInput(
            "The link has to start with http:// or https://. For a file in a folder, say where it lies instead."
        )
    return EvidenceDetails(details.kind, what, details.as_of, link)


def checked_evidence(details: EvidenceDetails, today: date) -> EvidenceDetails:
    """As it can be stored."""
    if details.as_of and details.as_of > today:
        raise BadInput(f"The evidence is dated {details.as_of}, which is still to come. Give the day it was true.")
    return cleaned_evidence(details)


def _leads_somewhere(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _evidence(db: Session, place: Place, evidence_id: str, shown: int) -> Evidence:
    row = db.execute(
        select(Evidence).where(
            Evidence.agency_id == place.assessment.agency_id,
            Evidence.sheet_id == place.sheet_id,
            Evidence.id == evidence_id,
        )
    ).scalar_one_or_none()
    if row is None or row.version != shown:
        raise Conflict("This evidence was changed or removed after you opened it. Look at it again.", "evidence")
    return row


def _evidence_words(details: EvidenceDetails) -> str:
    parts = (details.kind, details.what, details.as_of and str(details.as_of), details.link)
    return ", ".join(part for part in parts if part)
