"""Ratings on a sheet: given, explained, supported. Each act is one small transaction.

Answer and note are compared with the version that the page showed and then swapped: who comes second is told, and
nothing is overwritten unseen.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any, get_args
from urllib.parse import urlsplit

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session

from assessments.errors import AlreadySubmitted, BadInput, Conflict, NotFound
from assessments.rules.ratings import State, level_of_share
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import Evidence, Table
from assessments.use_cases.sheets import UNRATED, Answer, EvidenceDetails, Place, Row, details_of, place_of, rows_of
from assessments.use_cases.typed import body, line, searched
from standards.model import EvidenceKind, Indicator, Ladder

EVIDENCE_KINDS: tuple[EvidenceKind, ...] = get_args(EvidenceKind)
ONE = ("agency_id", "sheet_id", "subject_id", "indicator_id")

# Built once: with every save, building a statement takes longer than running it.
RATINGS, PEOPLE = Table.metadata.tables["rating"], Table.metadata.tables["person"]
PUT_THERE = insert(RATINGS)
NAME = select(PEOPLE.c.name).where(PEOPLE.c.id == bindparam("id"))
SWAP = {
    part: update(RATINGS).where(
        *(RATINGS.c[name] == bindparam(f"this_{name}") for name in ONE),
        RATINGS.c[f"{part}_version"] == bindparam("shown"),
    )
    for part in ("answer", "note")
}


@allowed
def rate(
    db: Session,
    actor: Actor,
    now: datetime,
    assessment_id: str,
    indicator_id: str,
    answer: Answer,
    shown: int,
    keep_because: str = "",
) -> Row:
    """The row as stored. `shown` is the version of the answer that the rater saw; Conflict where it moved on."""
    place = _open_place(db, actor, assessment_id)
    checked = _checked(_indicator(place, indicator_id), place.checklist.ladder_of[indicator_id], answer)
    thing = _thing(assessment_id, indicator_id)
    before = _row(db, place, indicator_id)
    if checked == before.answer:
        return before
    searched(db, actor, now, checked.reason, f"The reason for {indicator_id}", keep_because, thing)
    values = {**vars(checked), "state": checked.state.value}
    after = _swap(db, actor, now, place, indicator_id, before, "answer", shown, values)
    change = audit.Change("rate", "rating", thing, "answer", said(before.answer), said(checked))
    audit.record(db, actor.agency_id, actor.person_id, now, change)
    return replace(after, answer=checked)


@allowed
def write_note(
    db: Session,
    actor: Actor,
    now: datetime,
    assessment_id: str,
    indicator_id: str,
    note: str,
    shown: int,
    keep_because: str = "",
) -> Row:
    place = _open_place(db, actor, assessment_id)
    _indicator(place, indicator_id)
    thing = _thing(assessment_id, indicator_id)
    note = body(note, "Note")
    before = _row(db, place, indicator_id)
    if note == before.note:
        return before
    searched(db, actor, now, note, f"The note on {indicator_id}", keep_because, thing)
    after = _swap(db, actor, now, place, indicator_id, before, "note", shown, {"note": note})
    audit.record(
        db, actor.agency_id, actor.person_id, now, audit.Change("note", "rating", thing, "note", before.note, note)
    )
    return replace(after, note=note)


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
    place = _open_place(db, actor, assessment_id)
    _indicator(place, indicator_id)
    thing = _thing(assessment_id, indicator_id)
    details = _checked_evidence(db, actor, now, details, keep_because, thing)
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
    place = _open_place(db, actor, assessment_id)
    row = _evidence(db, place, evidence_id, shown)
    thing = _thing(assessment_id, row.indicator_id)
    if details == details_of(row):
        return
    details = _checked_evidence(db, actor, now, details, keep_because, thing)
    before = _evidence_words(details_of(row))
    for name, value in vars(details).items():
        setattr(row, name, value)
    row.version += 1
    db.add(row)
    change = audit.Change("revise evidence", "rating", thing, "evidence", before, _evidence_words(details))
    audit.record(db, actor.agency_id, actor.person_id, now, change)


@allowed
def remove_evidence(db: Session, actor: Actor, now: datetime, assessment_id: str, evidence_id: str, shown: int) -> None:
    place = _open_place(db, actor, assessment_id)
    row = _evidence(db, place, evidence_id, shown)
    thing = _thing(assessment_id, row.indicator_id)
    db.delete(row)
    change = audit.Change("remove evidence", "rating", thing, "evidence", before=_evidence_words(details_of(row)))
    audit.record(db, actor.agency_id, actor.person_id, now, change)


def said(answer: Answer) -> str:
    """An answer in a few words, for the trail; empty where there is none."""
    match answer.state:
        case State.LEVEL if answer.of is not None:
            out_of = f", {answer.out_of} in all" if answer.out_of is not None else ""
            return f"{answer.level} ({answer.met} of {answer.of}{out_of})"
        case State.LEVEL:
            return str(answer.level)
        case State.NOT_APPLICABLE:
            return f"not applicable: {answer.reason}"
        case State.CANNOT_JUDGE:
            return "cannot judge"
    return ""


def _open_place(db: Session, actor: Actor, assessment_id: str) -> Place:
    place = place_of(db, actor, assessment_id)
    if place.assessment.status == "submitted":
        raise AlreadySubmitted(
            "This assessment was submitted, so nothing in it changes. Reopen it with a reason to go on rating."
        )
    if place.assessment.archived_at:
        raise AlreadySubmitted("This assessment is archived. Take it out of the archive to go on rating.")
    return place


def _indicator(place: Place, indicator_id: str) -> Indicator:
    indicator = place.checklist.indicator.get(indicator_id)
    if indicator is None:
        raise NotFound(f"{indicator_id} is not in {place.checklist.title} {place.checklist.edition}.")
    return indicator


def _checked(indicator: Indicator, ladder: Ladder, answer: Answer) -> Answer:
    """The answer as it can be stored: only what its state needs, the level of counts computed."""
    match answer.state:
        case State.NOT_APPLICABLE:
            return _not_applicable(indicator, answer)
        case State.LEVEL if ladder.kind == "counts":
            return _counted(indicator, ladder, answer)
        case State.LEVEL:
            if type(answer.level) is not int or answer.level not in ladder.values:
                raise BadInput(f"{indicator.id} has no level {answer.level}. Choose one of the levels shown.")
            return Answer(State.LEVEL, level=answer.level)
    return Answer(answer.state)


def _not_applicable(indicator: Indicator, answer: Answer) -> Answer:
    if not indicator.na:
        raise BadInput(
            f"{indicator.id} applies to every site. What lies outside your control is a level too: choose the one that "
            "describes what is there, or “cannot judge”."
        )
    return Answer(State.NOT_APPLICABLE, reason=line(answer.reason, f"The reason why {indicator.id} does not apply"))


def _counted(indicator: Indicator, ladder: Ladder, answer: Answer) -> Answer:
    met, of, out_of = answer.met, answer.of, answer.out_of
    if met is None or of is None:
        raise BadInput(f"{indicator.id}: give both numbers, how many met it and how many were looked at.")
    if any(type(number) is not int for number in (met, of, out_of or 0)):
        raise BadInput(f"{indicator.id}: give whole numbers.")
    if of <= 0:
        raise BadInput(f"{indicator.id}: nothing was looked at, so there is no level. Choose “cannot judge” instead.")
    if not 0 <= met <= of:
        raise BadInput(f"{indicator.id}: {met} of {of} cannot be. At most as many can meet it as were looked at.")
    if out_of is not None and out_of < of:
        raise BadInput(f"{indicator.id}: {of} were looked at, but there are only {out_of} in all. Change one of them.")
    if max(of, out_of or 0) > 1_000_000:
        raise BadInput(f"{indicator.id}: numbers go up to 1,000,000.")
    return Answer(State.LEVEL, level_of_share(ladder, met, of), met, of, out_of)


def _row(db: Session, place: Place, indicator_id: str) -> Row:
    return rows_of(db, place, (indicator_id,)).get(indicator_id, Row())


def _swap(
    db: Session,
    actor: Actor,
    now: datetime,
    place: Place,
    indicator_id: str,
    before: Row,
    part: str,
    shown: int,
    values: dict[str, Any],
) -> Row:
    """Puts the row there if it is not, then changes it only if its version is still the one that was shown. The row
    with its new version, when and by whom.
    """
    key = {**place.key, "indicator_id": indicator_id}
    if not before.answer_version and not before.note_version:
        db.execute(PUT_THERE, {**key, **BLANK})
    stamp = {f"{part}_version": shown + 1, f"{part}_at": now}
    this = {f"this_{name}": value for name, value in key.items()}
    new = {**stamp, f"{part}_by": actor.person_id, **values}
    if db.connection().execute(SWAP[part], {**this, "shown": shown, **new}).rowcount != 1:
        raise Conflict(
            f"{indicator_id} was changed after you opened it. Look at both and choose which one stands.", part
        )
    return replace(before, **stamp, **{f"{part}_by": db.execute(NAME, {"id": actor.person_id}).scalar_one()})


BLANK = {**vars(UNRATED), "state": State.UNRATED.value, "answer_version": 0, "note": "", "note_version": 0}


def _checked_evidence(
    db: Session, actor: Actor, now: datetime, details: EvidenceDetails, keep_because: str, thing: str
) -> EvidenceDetails:
    if details.kind not in EVIDENCE_KINDS:
        raise BadInput("Kind of evidence: choose one from the list.")
    if details.as_of and details.as_of > now.date():
        raise BadInput(f"The evidence is dated {details.as_of}, which is still to come. Give the day it was true.")
    what = line(details.what, "What the evidence is")
    link = line(details.link, "Link", 2000, required=False)
    if link and not _leads_somewhere(link):
        raise BadInput(
            "The link has to start with http:// or https://. For a file in a folder, say where it lies instead."
        )
    searched(db, actor, now, f"{what} {link}".strip(), "The evidence", keep_because, thing)
    return EvidenceDetails(details.kind, what, details.as_of, link)


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


def _thing(assessment_id: str, indicator_id: str) -> str:
    return f"{assessment_id}/{indicator_id}"
