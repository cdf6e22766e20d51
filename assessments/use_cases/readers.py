"""Two readers of the same records: each on their own first, then laid side by side, then agreed on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlmodel import Session

from assessments.errors import AlreadyThere, BadInput
from assessments.rules.agreement import Agreement, of_pairs
from assessments.rules.ratings import State
from assessments.rules.sampling import FEWEST_SECOND
from assessments.store import audit, shelf
from assessments.store.access import Actor, allowed
from assessments.store.tables import Assessment, Record, Review, Table
from assessments.use_cases.clocks import is_certain
from assessments.use_cases.readings_stored import answer_of
from assessments.use_cases.reviewing import TO_READ, Reading, find_review, reading_of
from assessments.use_cases.sheets import UNRATED, Answer

RATING = Table.metadata.tables["record_rating"].c
RECORD = Table.metadata.tables["record"].c
TWICE = TO_READ.where(RECORD.second).order_by(RECORD.turn)
GIVEN = select(
    RATING.record_id, RATING.indicator_id, RATING.reader, RATING.state, RATING.level, RATING.clocked, RATING.version
).where(
    RATING.agency_id == bindparam("agency_id"),
    RATING.assessment_id == bindparam("assessment_id"),
    RATING.record_id.in_(bindparam("records", expanding=True)),
)


@dataclass(frozen=True)
class Twice:
    """One checklist on the records that two read. `asked` is how many answers each of them gives: what follows from
    the clocks is asked of nobody. The last three are there once the two were compared; `differ` counts every answer
    that is not the same, and `settled` those of them that were agreed on.
    """

    assessment: str
    title: str
    status: str
    asked: int
    first: int
    second: int
    agreement: Agreement | None = None
    differ: int = 0
    settled: int = 0

    @property
    def done(self) -> bool:
        return 0 < self.asked == self.first == self.second


@dataclass(frozen=True)
class ReadersCompared:
    """`records` are read twice; `at` is when they were compared, None before."""

    at: datetime | None
    records: int
    by: tuple[Twice, ...]

    @property
    def few(self) -> bool:
        """Too few for a share to mean anything."""
        return self.records < FEWEST_SECOND

    @property
    def can_be_compared(self) -> bool:
        return self.at is None and any(one.done for one in self.by)


class Unlike(NamedTuple):
    """An answer of two readers that is not the same. `agreed` is UNRATED until they agreed; `version` is its."""

    record: str
    code: str
    indicator: str
    first: Answer
    second: Answer
    agreed: Answer
    version: int


class Given(NamedTuple):
    answer: Answer = UNRATED
    clocked: bool = False
    version: int = 0


@dataclass(frozen=True)
class Both:
    """What was given of the records that two read, by reader, record and indicator."""

    reading: Reading
    records: Sequence[Record]
    given: Mapping[tuple[str, str, str], Given] = field(default_factory=dict)

    def one(self, reader: str, record: Record, indicator: str) -> Given:
        return self.given.get((reader, record.id, indicator), NOTHING)

    @property
    def asked(self) -> Iterator[tuple[Record, str]]:
        """Of the two; what follows from the clocks with certainty is left out."""
        for record in self.records:
            for name in self.reading.checklist.indicator:
                first = self.one("first", record, name)
                if not (first.clocked and is_certain(first.answer)):
                    yield record, name

    @property
    def answered(self) -> dict[str, int]:
        return {
            reader: sum(self.one(reader, *one).answer.state is not State.UNRATED for one in self.asked)
            for reader in ("first", "second")
        }

    @property
    def pairs(self) -> Iterator[tuple[Record, str, Answer, Answer]]:
        """Where both read it themselves."""
        for record, name in self.asked:
            first, second = self.one("first", record, name), self.one("second", record, name)
            if not first.clocked and UNRATED not in (first.answer, second.answer):
                yield record, name, first.answer, second.answer

    @property
    def unlike(self) -> Iterator[Unlike]:
        for record, name, first, second in self.pairs:
            if first != second:
                agreed = self.one("agreed", record, name)
                yield Unlike(record.id, record.code, name, first, second, agreed.answer, agreed.version)


NOTHING = Given()


@allowed
def readers_compared(db: Session, actor: Actor, review_id: str) -> ReadersCompared:
    """How far each is; once they were compared, how far they agree. No single record is told."""
    review = find_review(db, actor, review_id)
    records = _twice(db, review)
    by = [_told(_both(db, reading, records)) for reading in _readings(db, review)]
    return ReadersCompared(review.compared_at, len(records), tuple(sorted(by, key=lambda one: one.title)))


@allowed
def readers_differ(db: Session, actor: Actor, assessment_id: str) -> list[Unlike]:
    """In the order of the draw, then of the checklist; nothing before the two were compared."""
    reading = reading_of(db, actor, assessment_id)
    if reading.review.compared_at is None:
        return []
    return list(_both(db, reading, _twice(db, reading.review)).unlike)


@allowed
def compare_readers(db: Session, actor: Actor, now: datetime, review_id: str) -> None:
    """From here on what each of the two gave stays, in every checklist that reads these records."""
    review = find_review(db, actor, review_id)
    if review.compared_at:
        raise AlreadyThere("The two readers were compared already. Look at the page again.")
    records = _twice(db, review)
    if not records:
        raise BadInput("No record of this review is read by two, so there is nothing to compare.")
    if not any(_told(_both(db, reading, records)).done for reading in _readings(db, review)):
        raise BadInput(
            "Not compared: both readers first answer everything, in every record that two read, with at least one "
            "checklist. Read on; the page shows how much is left."
        )
    review.compared_at = now
    db.flush()
    change = audit.Change("compare readers", "review", review.id, after=f"{len(records)} records read by two")
    audit.record(db, actor.agency_id, actor.person_id, now, change)


def _twice(db: Session, review: Review) -> Sequence[Record]:
    key = {"agency_id": review.agency_id, "review_id": review.id}
    return db.execute(TWICE, key, execution_options={"populate_existing": True}).scalars().all()


def _readings(db: Session, review: Review) -> Iterator[Reading]:
    """Submitted ones too."""
    place = {name: getattr(review, name) for name in ("agency_id", "site_id", "cycle_id")}
    for row in db.execute(select(Assessment).filter_by(**place, archived_at=None)).scalars().all():
        checklist = shelf.checklist_of(db, row)
        if checklist.subject == "record" and checklist.one_record == review.of:
            yield Reading(row, checklist, review)


def _both(db: Session, reading: Reading, records: Sequence[Record]) -> Both:
    found: dict[tuple[str, str, str], Given] = {}
    key = {**reading.key, "records": [record.id for record in records]}
    for record, indicator, reader, state, level, clocked, version in db.execute(GIVEN, key):
        found[reader, record, indicator] = Given(answer_of(state, level), clocked, version)
    return Both(reading, records, found)


def _told(both: Both) -> Twice:
    reading, answered = both.reading, both.answered
    row = reading.assessment
    found = Twice(row.id, reading.checklist.title, row.status, len(list(both.asked)), *answered.values())
    if reading.review.compared_at is None:
        return found
    levels = [(one.level, other.level) for _, _, one, other in both.pairs]
    agreement = of_pairs([(one, other) for one, other in levels if one is not None and other is not None])
    unlike = list(both.unlike)
    settled = sum(one.agreed != UNRATED for one in unlike)
    return replace(found, agreement=agreement, differ=len(unlike), settled=settled)
