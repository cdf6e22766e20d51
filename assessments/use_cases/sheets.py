"""A sheet as it is read: which ratings, notes and evidence stand on it, and who put them there when."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import and_, bindparam, select
from sqlmodel import Session, col

from assessments.errors import NotAllowed, NotFound
from assessments.rules import blindness
from assessments.rules.ratings import Rated, Ratings, State
from assessments.rules.rolled_up import rolled_up
from assessments.store import shelf
from assessments.store.access import Actor, allowed
from assessments.store.tables import Assessment, Intake, RatedSubject, Sheet, Table
from standards.model import Checklist, EvidenceKind


@dataclass(frozen=True)
class Answer:
    """What a rater says of one indicator; the level of a ladder of counts is computed, never given."""

    state: State
    level: int | None = None
    met: int | None = None
    of: int | None = None
    out_of: int | None = None
    reason: str = ""


UNRATED = Answer(State.UNRATED)


@dataclass(frozen=True)
class EvidenceDetails:
    kind: EvidenceKind
    what: str
    as_of: date | None = None
    link: str = ""
    review_months: int | None = None


@dataclass(frozen=True)
class EvidenceLine:
    id: str
    version: int
    details: EvidenceDetails
    added_at: datetime
    added_by: str
    file_name: str = ""
    file_size: int = 0


@dataclass(frozen=True)
class Row:
    """What is stored for one indicator; versions are 0 and everything empty where nothing is. `loaded`: out of a
    workbook, by whoever took it in.
    """

    answer: Answer = UNRATED
    answer_version: int = 0
    answer_at: datetime | None = None
    answer_by: str = ""
    answer_loaded: bool = False
    note: str = ""
    note_version: int = 0
    note_at: datetime | None = None
    note_by: str = ""
    note_loaded: bool = False
    evidence: tuple[EvidenceLine, ...] = ()
    because: str = ""

    @property
    def rated(self) -> Rated:
        return Rated(**vars(self.answer), evidence=tuple(e.details.kind for e in self.evidence))


@dataclass(frozen=True)
class Place:
    """Where ratings of a site stand: the assessment, its one subject, and the sheet. Evidence hangs on the sheet of
    record, for all raters alike; on it `sheet` is that sheet itself. A checklist that is rated on staff or on records
    stands here as it rolls up to the site.
    """

    assessment: Assessment
    checklist: Checklist
    sheet: Sheet
    record_id: str
    subject_id: str

    @property
    def sheet_id(self) -> str:
        return self.sheet.id

    @property
    def rater_sheet(self) -> str:
        """The id of a rater's own sheet; "" on the sheet of record."""
        return self.sheet.id if self.sheet.kind == "blind" else ""

    @property
    def is_counted(self) -> bool:
        """Nobody rates here: levels are counted from the ratings of staff, or from the records that were read."""
        return bool(self.checklist.rolls_up)

    @property
    def is_rated_apart(self) -> bool:
        """Only by raters who do not see one another's, whether one has begun or not."""
        return self.sheet.kind == "consensus" or self.checklist.subject in blindness.ON_ITSELF

    @property
    def key(self) -> dict[str, str]:
        """What the rows of this place have in common."""
        return {
            "agency_id": self.assessment.agency_id,
            "sheet_id": self.sheet_id,
            "subject_id": self.subject_id,
        }

    @property
    def record_key(self) -> dict[str, str]:
        """What the lines of evidence have in common."""
        return {**self.key, "sheet_id": self.record_id}


@dataclass(frozen=True)
class OpenSheet:
    """A sheet as a page needs it: rows for the indicators asked for, and which of all indicators have an answer."""

    place: Place
    rows: dict[str, Row] = field(default_factory=dict)
    answered: frozenset[str] = frozenset()

    def row(self, indicator_id: str) -> Row:
        return self.rows.get(indicator_id, Row())

    def with_row(self, indicator_id: str, row: Row) -> "OpenSheet":
        """As it stands once that row is stored."""
        others = self.answered - {indicator_id}
        answered = others if row.answer.state is State.UNRATED else others | {indicator_id}
        return replace(self, rows={**self.rows, indicator_id: row}, answered=answered)


def _here(table: Any) -> list[Any]:
    return [getattr(table, name) == bindparam(name) for name in ("agency_id", "sheet_id", "subject_id")]


def _loaded(by: Any, at: Any) -> Any:
    """Whether a workbook was taken into the assessment in the same moment, by the same person."""
    mine = select(Intake.digest).where(
        Intake.agency_id == bindparam("agency_id"), Intake.assessment_id == bindparam("assessment_id")
    )
    return mine.where(col(Intake.taken_by) == by, col(Intake.taken_at) == at).exists()


# Built once: with every save, building a statement takes longer than running it.
PLACE = (
    select(Assessment, Sheet, RatedSubject.id)
    .join(Sheet, and_(Sheet.agency_id == Assessment.agency_id, Sheet.assessment_id == Assessment.id))
    .join(
        RatedSubject,
        and_(RatedSubject.agency_id == Assessment.agency_id, RatedSubject.assessment_id == Assessment.id),
    )
    .where(
        Assessment.agency_id == bindparam("agency_id"),
        Assessment.id == bindparam("assessment_id"),
        Sheet.kind != "blind",
    )
)
SHEETS = select(Sheet).where(
    Sheet.agency_id == bindparam("agency_id"), Sheet.assessment_id == bindparam("assessment_id"), Sheet.kind == "blind"
)
# Rows of the tables and no objects: to make one of each takes longer than to read it.
RATING, EVIDENCE = (Table.metadata.tables[name] for name in ("rating", "evidence"))
PERSON, FILE = (Table.metadata.tables[name] for name in ("person", "evidence_file"))
WHO_RATED, WHO_NOTED = PERSON.alias(), PERSON.alias()
ROWS = (
    select(
        RATING,
        WHO_RATED.c.name.label("who_rated"),
        WHO_NOTED.c.name.label("who_noted"),
        _loaded(RATING.c.answer_by, RATING.c.answer_at).label("answer_loaded"),
        _loaded(RATING.c.note_by, RATING.c.note_at).label("note_loaded"),
    )
    .outerjoin(WHO_RATED, WHO_RATED.c.id == RATING.c.answer_by)
    .outerjoin(WHO_NOTED, WHO_NOTED.c.id == RATING.c.note_by)
    .where(*_here(RATING.c))
)
LINES = (
    select(EVIDENCE, PERSON.c.name.label("added_by_name"), FILE.c.file_name, FILE.c.size)
    .join(PERSON, PERSON.c.id == EVIDENCE.c.added_by)
    .outerjoin(FILE, and_(FILE.c.agency_id == EVIDENCE.c.agency_id, FILE.c.evidence_id == EVIDENCE.c.id))
    .where(*_here(EVIDENCE.c))
    .order_by(EVIDENCE.c.added_at, EVIDENCE.c.id)
)
ASKED_FOR: Any = bindparam("indicators", expanding=True)
SOME_ROWS, SOME_LINES = (
    ROWS.where(RATING.c.indicator_id.in_(ASKED_FOR)),
    LINES.where(EVIDENCE.c.indicator_id.in_(ASKED_FOR)),
)
ANSWERED = select(RATING.c.indicator_id).where(*_here(RATING.c), RATING.c.state != State.UNRATED.value)


@allowed
def sheet(
    db: Session, actor: Actor, assessment_id: str, indicators: Collection[str] | None = None, sheet_id: str = ""
) -> OpenSheet:
    """The sheet of record of a site's assessment, or a rater's own, whole or the rows of some indicators only."""
    return sheet_at(db, place_of(db, actor, assessment_id, sheet_id), indicators)


def sheet_at(db: Session, place: Place, indicators: Collection[str] | None = None) -> OpenSheet:
    rows = rows_of(db, place, indicators)
    return OpenSheet(place, rows, frozenset(db.execute(ANSWERED, place.key).scalars()))


def place_of(db: Session, actor: Actor, assessment_id: str, sheet_id: str = "") -> Place:
    """On the sheet of record, or on a rater's that the actor may see now. NotFound where the assessment or the sheet is
    not there or not the agency's, NotAllowed where the sheet is not the actor's to see yet.
    """
    key = {"agency_id": actor.agency_id, "assessment_id": assessment_id}
    found = db.execute(PLACE, key).one_or_none()
    if found is None:
        raise NotFound("This assessment is not here. Choose one from the list on the home page.")
    assessment, record, subject_id = found
    row = _sheet_of_rater(db, actor, key, sheet_id) if sheet_id else record
    checklist = shelf.checklist_of(db, assessment)
    return Place(assessment, rolled_up(checklist) if checklist.rolls_up else checklist, row, record.id, subject_id)


def _sheet_of_rater(db: Session, actor: Actor, key: dict[str, str], sheet_id: str) -> Sheet:
    rows = blind_sheets(db, **key)
    row = next((row for row in rows if row.id == sheet_id), None)
    if row is None:
        raise NotFound("This sheet is not here. Choose a rater from the list of this assessment.")
    if not blindness.may_see(actor.person_id, ruled(row), map(ruled, rows)):
        raise NotAllowed("This sheet is closed: nobody sees another's ratings before both have submitted theirs.")
    return row


def blind_sheets(db: Session, agency_id: str, assessment_id: str) -> list[Sheet]:
    """In the order in which they were begun."""
    found = db.execute(SHEETS, {"agency_id": agency_id, "assessment_id": assessment_id}).scalars()
    return sorted(found, key=lambda row: (row.begun_at, row.rater_key))


def ruled(row: Sheet) -> blindness.Sheet:
    """As the rules of blindness read it."""
    kind = cast(blindness.RaterKind, row.rater_kind)
    return blindness.Sheet(row.id, "blind", row.person_id or "", row.rater_key, kind, row.submitted_at is not None)


def rows_of(db: Session, place: Place, indicators: Collection[str] | None = None) -> dict[str, Row]:
    """Rows, with who and when and evidence, by indicator id; those without anything stored are left out."""
    some: dict[str, Any] = {}
    assessed = {"assessment_id": place.assessment.id}
    rows, lines = ROWS, LINES
    if indicators is not None:
        some["indicators"] = list(indicators)
        rows, lines = SOME_ROWS, SOME_LINES
    db.flush()  # rows of tables are read past what was only added
    evidence: dict[str, list[EvidenceLine]] = defaultdict(list)
    for row in db.execute(lines, place.record_key | some):
        file = (row.file_name or "", row.size or 0)
        line = EvidenceLine(row.id, row.version, details_of(row), row.added_at, row.added_by_name, *file)
        evidence[row.indicator_id].append(line)
    stored = {
        row.indicator_id: _row(row, tuple(evidence.pop(row.indicator_id, ())))
        for row in db.execute(rows, place.key | some | assessed)
    }
    return stored | {indicator_id: Row(evidence=tuple(left)) for indicator_id, left in evidence.items()}


def ratings_of(db: Session, place: Place) -> Ratings:
    """What the rules compute from."""
    return {indicator_id: row.rated for indicator_id, row in rows_of(db, place).items()}


def _row(row: Any, evidence: tuple[EvidenceLine, ...]) -> Row:
    return Row(
        answer=Answer(State(row.state), row.level, row.met, row.of, row.out_of, row.reason),
        answer_version=row.answer_version,
        answer_at=row.answer_at,
        answer_by=row.who_rated or "",
        answer_loaded=bool(row.answer_loaded),
        note=row.note,
        note_version=row.note_version,
        note_at=row.note_at,
        note_by=row.who_noted or "",
        note_loaded=bool(row.note_loaded),
        evidence=evidence,
        because=row.because,
    )


def details_of(row: Any) -> EvidenceDetails:
    """Of a line of evidence, as an object or as a row of its table."""
    return EvidenceDetails(cast(EvidenceKind, row.kind), row.what, row.as_of, row.link, row.review_months)
