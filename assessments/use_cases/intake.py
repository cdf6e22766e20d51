"""A rating workbook that comes back: compared with what is stored, shown, and then taken in whole or not at all."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Literal

from sqlalchemy import select
from sqlmodel import Session

from assessments.errors import AlreadySubmitted, BadInput, Conflict
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import Intake, Person
from assessments.use_cases.assessments import find_assessment
from assessments.use_cases.evidence import cleaned_evidence, put_evidence
from assessments.use_cases.ratings import checked, indicator_of, open_place, put_answer, put_note
from assessments.use_cases.sheets import UNRATED, Answer, EvidenceDetails, Place, Row, blind_sheets, rows_of
from assessments.use_cases.told import say
from assessments.use_cases.typed import body

ANOTHER = "This workbook was taken out of another assessment. Choose that assessment, and bring it there."
Part = Literal["answer", "note", "evidence"]
Value = Answer | EvidenceDetails | str
Key = tuple[str, Part]


class NotTaken(Enum):
    """Why nothing was written; told to who brought it, and in the trail."""

    ELSEWHERE = f"{ANOTHER} Nothing was written."


@dataclass(frozen=True)
class Base:
    """What was stored when the workbook was taken out."""

    answer: Answer = UNRATED
    answer_version: int = 0
    note: str = ""
    note_version: int = 0


@dataclass(frozen=True)
class ReturnedRow:
    """What the workbook says of one indicator; None leaves what is stored. A cell is told as "Ratings, D7"."""

    indicator: str
    base: Base
    answer: Answer | None = None
    answer_cell: str = ""
    note: str | None = None
    note_cell: str = ""
    evidence: tuple[tuple[EvidenceDetails, str], ...] = ()


@dataclass(frozen=True)
class Returned:
    """A filled-in workbook, read; `hash` is that of the edition, `sheet` the id of a rater's own and "" the team's."""

    assessment: str
    checklist: str
    edition: str
    hash: str
    rows: tuple[ReturnedRow, ...]
    sheet: str = ""


@dataclass(frozen=True)
class Difference:
    """What the workbook says and what is stored differ. It is a conflict where somebody changed what is stored after
    the workbook was taken out: `by` whom and `at` what time.
    """

    indicator: str
    part: Part
    cell: str
    base: Value | None
    stored: Value | None
    mine: Value
    version: int = 0
    conflict: bool = False
    by: str = ""
    at: datetime | None = None

    @property
    def key(self) -> Key:
        return self.indicator, self.part


@dataclass(frozen=True)
class Preview:
    """`same` are the cells that say what is stored already. `taken_at` is set where this very file was taken in: then
    only the conflicts are here that were left open, and that nobody has settled since.
    """

    differences: tuple[Difference, ...] = ()
    same: tuple[str, ...] = ()
    taken_at: datetime | None = None
    taken_by: str = ""

    @property
    def changes(self) -> tuple[Difference, ...]:
        return tuple(found for found in self.differences if not found.conflict)

    @property
    def conflicts(self) -> tuple[Difference, ...]:
        return tuple(found for found in self.differences if found.conflict)


@dataclass(frozen=True)
class Taken:
    """How many of what was written, and the conflicts in which what is stored was left."""

    answers: int = 0
    notes: int = 0
    evidence: int = 0
    left: tuple[Difference, ...] = ()

    @property
    def changes(self) -> int:
        return self.answers + self.notes + self.evidence


@allowed
def preview(
    db: Session, actor: Actor, assessment_id: str, returned: Returned, digest: str, sheet_id: str = ""
) -> Preview:
    """What would change, what collides, and what is so already; nothing is written. `sheet_id` is that of the rater
    whose sheet it is taken into, and "" the team's.
    """
    return _compared(db, _place(db, actor, assessment_id, returned, sheet_id), returned, digest)


@allowed
def take_in(
    db: Session,
    actor: Actor,
    now: datetime,
    assessment_id: str,
    returned: Returned,
    digest: str,
    seen: Preview,
    mine: Collection[Key] = (),
    sheet_id: str = "",
) -> Taken | NotTaken:
    """Writes every change, and those conflicts that are named in `mine`; Conflict where anything is not as `seen`.
    The same file, by the SHA-256 of its bytes, is taken in once; brought again, it settles what was left open.
    """
    if returned.assessment != assessment_id:
        refuse_workbook(db, actor, now, assessment_id, digest)
        return NotTaken.ELSEWHERE
    place = _place(db, actor, assessment_id, returned, sheet_id)
    found = _compared(db, place, returned, digest)
    if found.taken_at and not seen.taken_at:
        return Taken(left=found.differences)
    if found != seen:
        raise Conflict(
            "Nothing was written: somebody changed this assessment while you were looking at the preview. Look at it "
            "again; it shows what is stored now.",
            "workbook",
        )
    wanted = [difference for difference in found.differences if not difference.conflict or difference.key in mine]
    for difference in wanted:
        _write(db, actor, now, place, difference)
    parts = [difference.part for difference in wanted]
    left = tuple(difference for difference in found.differences if difference not in wanted)
    taken = Taken(parts.count("answer"), parts.count("note"), parts.count("evidence"), left)
    if wanted:
        _remember(db, actor, now, place, digest, taken)
    return taken


@allowed
def refuse_workbook(db: Session, actor: Actor, now: datetime, assessment_id: str, digest: str) -> None:
    """Tells the trail that the workbook of another assessment was brought here, perhaps of another site."""
    row = find_assessment(db, actor, assessment_id)
    said = f"that of another assessment, file {digest[:12]}"
    say(db, actor, now, audit.Change("refuse workbook", "assessment", row.id, "workbook", after=said))


def _place(db: Session, actor: Actor, assessment_id: str, returned: Returned, sheet_id: str) -> Place:
    """Only where the workbook was taken out of: the team's sheet, or the rater's own while it is open."""
    raters = {row.id: row for row in blind_sheets(db, actor.agency_id, assessment_id)}
    row = raters.get(returned.sheet)
    if returned.sheet and row is None and returned.assessment == assessment_id:
        raise BadInput(
            "The sheet that this workbook belongs to was discarded. Take out a workbook of an open sheet, and copy "
            "what you filled in into that one."
        )
    if row and row.submitted_at:
        raise AlreadySubmitted(
            f"This is the workbook of {row.rater}, who has submitted, so nothing on that sheet changes. On the page "
            "Raters it can be taken back as long as no other rater has submitted."
        )
    if returned.sheet != sheet_id:
        whose = f"{row.rater}’s sheet" if row else "the sheet that the team shares"
        raise BadInput(f"This workbook was taken out of {whose}. Choose that one above, and bring it there.")
    return open_place(db, actor, assessment_id, sheet_id)


def _write(db: Session, actor: Actor, now: datetime, place: Place, difference: Difference) -> None:
    """By the steps that a rating, a note and evidence go when they are typed."""
    name, version = difference.indicator, difference.version
    match difference.mine:
        case Answer() as answer:
            put_answer(db, actor, now, place, name, answer, version)
        case EvidenceDetails() as details:
            put_evidence(db, actor, now, place, name, details)
        case note:
            put_note(db, actor, now, place, name, note, version)


def _remember(db: Session, actor: Actor, now: datetime, place: Place, digest: str, taken: Taken) -> None:
    """When it was first taken in stays: what somebody changed after that was settled."""
    assessment = place.assessment
    key = {"agency_id": assessment.agency_id, "assessment_id": assessment.id, "digest": digest}
    row = db.get(Intake, key) or Intake(**key, changes=0, taken_at=now, taken_by=actor.person_id)
    row.changes += taken.changes
    db.add(row)
    db.flush()
    said = f"{taken.changes} changes, file {digest[:12]}"
    change = audit.Change("take in", "assessment", assessment.id, "workbook", after=said)
    say(db, actor, now, change)


def _compared(db: Session, place: Place, returned: Returned, digest: str) -> Preview:
    _refuse_another(place, returned)
    key = (place.assessment.agency_id, place.assessment.id, digest)
    before = db.execute(
        select(Intake.taken_at, Person.name)
        .join(Person, Person.id == Intake.taken_by)
        .where(Intake.agency_id == key[0], Intake.assessment_id == key[1], Intake.digest == key[2])
    ).one_or_none()
    stored = rows_of(db, place)
    found = [one for row in returned.rows for one in _row(place, row, stored)]
    differing = tuple(one for one in found if one.mine != one.stored)
    if before:
        return Preview(_left_open(differing, before.taken_at), taken_at=before.taken_at, taken_by=before.name)
    return Preview(differing, tuple(one.cell for one in found if one.mine == one.stored))


def _left_open(differing: tuple[Difference, ...], taken_at: datetime) -> tuple[Difference, ...]:
    """The conflicts that the person left when the file was taken in: what was changed after that, also of what was
    written then, was decided by somebody, and is not for an old file to ask again.
    """
    return tuple(one for one in differing if one.conflict and (one.at is None or one.at < taken_at))


def _refuse_another(place: Place, returned: Returned) -> None:
    assessment = place.assessment
    if returned.assessment != assessment.id:
        raise BadInput(ANOTHER)
    edition = (returned.checklist, returned.edition, returned.hash)
    if edition != (assessment.checklist_id, assessment.edition, assessment.edition_hash):
        raise BadInput("This workbook is of another edition of the checklist. Take out a new one and fill that in.")


def _row(place: Place, row: ReturnedRow, rows: Mapping[str, Row]) -> Iterator[Difference]:
    name, stored, base = row.indicator, rows.get(row.indicator, Row()), row.base
    indicator = indicator_of(place, name)
    if row.answer is not None:
        mine = checked(indicator, place.checklist.ladder_of[name], row.answer)
        moved = (stored.answer_version, stored.answer) != (base.answer_version, base.answer)
        who = (stored.answer_by, stored.answer_at) if moved else ("", None)
        version = stored.answer_version
        yield Difference(name, "answer", row.answer_cell, base.answer, stored.answer, mine, version, moved, *who)
    if row.note is not None:
        note = body(row.note, "Note")
        moved = (stored.note_version, stored.note) != (base.note_version, base.note)
        who = (stored.note_by, stored.note_at) if moved else ("", None)
        version = stored.note_version
        yield Difference(name, "note", row.note_cell, base.note, stored.note, note, version, moved, *who)
    yield from _evidence(row, stored)


def _evidence(row: ReturnedRow, stored: Row) -> Iterator[Difference]:
    """Evidence has no key of its own in a workbook: a line with equal details is the same line."""
    there = {replace(line.details, review_months=None) for line in stored.evidence}
    for given, cell in row.evidence:
        details = cleaned_evidence(given)
        yield Difference(row.indicator, "evidence", cell, None, details if details in there else None, details)
        there.add(details)
