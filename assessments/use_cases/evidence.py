"""What ratings rest on: lines of evidence, each added, revised and removed on its own version, with a file or not."""

from datetime import date, datetime
from typing import get_args
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlmodel import Session

from assessments.errors import BadInput, Conflict
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import Evidence
from assessments.use_cases.evidence_files import Brought, drop_file, put_file
from assessments.use_cases.ratings import indicator_of, open_assessment, rated_by_hand, thing_of
from assessments.use_cases.sheets import EvidenceDetails, Place, details_of
from assessments.use_cases.told import say
from assessments.use_cases.typed import line, searched
from standards.model import EvidenceKind

EVIDENCE_KINDS: tuple[EvidenceKind, ...] = get_args(EvidenceKind)
LONGEST_REVIEW = 60
"""Months."""


@allowed
def add_evidence(
    db: Session,
    actor: Actor,
    now: datetime,
    assessment_id: str,
    indicator_id: str,
    details: EvidenceDetails,
    keep_because: str = "",
    file: Brought | None = None,
) -> str:
    """The id of the new line."""
    place = rated_by_hand(open_assessment(db, actor, assessment_id))
    return put_evidence(db, actor, now, place, indicator_id, details, keep_because, file)


def put_evidence(
    db: Session,
    actor: Actor,
    now: datetime,
    place: Place,
    indicator_id: str,
    details: EvidenceDetails,
    keep_because: str = "",
    file: Brought | None = None,
) -> str:
    indicator_of(place, indicator_id)
    thing = thing_of(place, indicator_id)
    details = checked_evidence(details, now.date())
    searched(db, actor, now, f"{details.what} {details.link}".strip(), "The evidence", keep_because, thing)
    row = Evidence(
        agency_id=actor.agency_id,
        sheet_id=place.record_id,
        subject_id=place.subject_id,
        indicator_id=indicator_id,
        added_at=now,
        added_by=actor.person_id,
        **vars(details),
    )
    db.add(row)
    db.flush()
    change = audit.Change("add evidence", "rating", thing, "evidence", after=_evidence_words(details))
    say(db, actor, now, change)
    if file:
        put_file(db, actor, now, row, thing, file, keep_because)
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
    file: Brought | None = None,
) -> None:
    """A `file` takes the place of the one that is there."""
    place = rated_by_hand(open_assessment(db, actor, assessment_id))
    row = _evidence(db, place, evidence_id, shown)
    thing = thing_of(place, row.indicator_id)
    if details == details_of(row) and file is None:
        return
    details = checked_evidence(details, now.date())
    searched(db, actor, now, f"{details.what} {details.link}".strip(), "The evidence", keep_because, thing)
    before = details_of(row)
    for name, value in vars(details).items():
        setattr(row, name, value)
    row.version += 1
    db.add(row)
    if details != before:
        words = _evidence_words(before), _evidence_words(details)
        change = audit.Change("revise evidence", "rating", thing, "evidence", *words)
        say(db, actor, now, change)
    if file:
        put_file(db, actor, now, row, thing, file, keep_because)


@allowed
def remove_evidence(db: Session, actor: Actor, now: datetime, assessment_id: str, evidence_id: str, shown: int) -> None:
    place = rated_by_hand(open_assessment(db, actor, assessment_id))
    row = _evidence(db, place, evidence_id, shown)
    thing = thing_of(place, row.indicator_id)
    drop_file(db, actor, now, row, thing)
    db.delete(row)
    change = audit.Change("remove evidence", "rating", thing, "evidence", before=_evidence_words(details_of(row)))
    say(db, actor, now, change)


@allowed
def remove_evidence_file(
    db: Session, actor: Actor, now: datetime, assessment_id: str, evidence_id: str, shown: int
) -> None:
    """The line of evidence stays."""
    place = rated_by_hand(open_assessment(db, actor, assessment_id))
    row = _evidence(db, place, evidence_id, shown)
    drop_file(db, actor, now, row, thing_of(place, row.indicator_id))
    row.version += 1
    db.add(row)


def cleaned_evidence(details: EvidenceDetails) -> EvidenceDetails:
    if details.kind not in EVIDENCE_KINDS:
        raise BadInput("Kind of evidence: choose one from the list.")
    what = line(details.what, "The description of the evidence")
    link = line(details.link, "Link", 2000, required=False)
    if link and not _leads_somewhere(link):
        raise BadInput(
            "The link has to start with http:// or https://. For a file in a folder, say where it lies instead."
        )
    if details.review_months is not None and not 1 <= details.review_months <= LONGEST_REVIEW:
        raise BadInput(f"Look at it again after: give 1 to {LONGEST_REVIEW} months, or leave it empty.")
    if details.review_months and not details.as_of:
        raise BadInput("To be looked at again after some months, evidence needs its date. Fill in “As of”.")
    return EvidenceDetails(details.kind, what, details.as_of, link, details.review_months)


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
            Evidence.sheet_id == place.record_id,
            Evidence.id == evidence_id,
        )
    ).scalar_one_or_none()
    if row is None or row.version != shown:
        raise Conflict("This evidence was changed or removed after you opened it. Look at it again.", "evidence")
    return row


def _evidence_words(details: EvidenceDetails) -> str:
    again = details.review_months and f"again after {details.review_months} months"
    parts = (details.kind, details.what, details.as_of and str(details.as_of), details.link, again)
    return ", ".join(part for part in parts if part)
