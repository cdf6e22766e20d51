"""The records that two read: what each of the two gave, and what is kept from whom before the two are compared.

One checklist is compared at a time: it counts as compared where both had read everything with it when the readers of
the review were compared last. A sign-in is all that is known of a reader, and on one machine several share it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from assessments.errors import NotAllowed
from assessments.rules.ratings import State
from assessments.store.access import RATE, Actor, allowed
from assessments.store.tables import Record, Review, Table
from assessments.use_cases.reviewing import TO_READ, Reading, reading_of
from assessments.use_cases.sheets import UNRATED, Answer

TABLES = Table.metadata.tables
RATING, RECORD, MEMBER = (TABLES[name].c for name in ("record_rating", "record", "membership"))
TWICE = TO_READ.where(RECORD.second).order_by(RECORD.turn)
HERE = (RATING.agency_id == bindparam("agency_id"), RATING.assessment_id == bindparam("assessment_id"))
GIVEN = select(
    RATING.record_id,
    RATING.indicator_id,
    RATING.reader,
    RATING.state,
    RATING.level,
    RATING.clocked,
    RATING.version,
    RATING.given_at,
    RATING.given_by,
).where(*HERE, RATING.record_id.in_(bindparam("records", expanding=True)))
# What follows from the clocks is nobody's reading, and what was cleared again bars nobody.
READ_BY = (
    select(RATING.record_id)
    .distinct()
    .join(TABLES["record"], (RECORD.agency_id == RATING.agency_id) & (RECORD.id == RATING.record_id))
    .where(
        *HERE,
        RATING.reader == bindparam("reader"),
        RATING.given_by == bindparam("person_id"),
        RATING.state != State.UNRATED.value,
        ~RATING.clocked,
        RECORD.second,
    )
)
READERS_HERE = select(func.count(MEMBER.person_id.distinct())).where(
    MEMBER.agency_id == bindparam("agency_id"), MEMBER.role.in_(sorted(RATE))
)
OTHER = {"first": "second", "second": "first"}


class Given(NamedTuple):
    answer: Answer = UNRATED
    clocked: bool = False
    version: int = 0
    at: datetime | None = None
    by: str = ""


NOTHING = Given()


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
                if not first.clocked or first.answer.state is State.CANNOT_JUDGE:
                    yield record, name

    @property
    def answered(self) -> dict[str, int]:
        return {
            reader: sum(self.one(reader, *one).answer.state is not State.UNRATED for one in self.asked)
            for reader in OTHER
        }

    @property
    def pairs(self) -> Iterator[tuple[Record, str, Given, Given]]:
        """Where both gave an answer, or the clocks of the first left it open."""
        for record, name in self.asked:
            first, second = self.one("first", record, name), self.one("second", record, name)
            if UNRATED not in (first.answer, second.answer):
                yield record, name, first, second

    @property
    def compared(self) -> bool:
        """Both were through when the readers were compared last."""
        at, asked = self.reading.review.compared_at, list(self.asked)
        if at is None or not asked:
            return False
        given = [self.one(reader, *one) for one in asked for reader in OTHER]
        return all(one.answer != UNRATED and one.at is not None and one.at <= at for one in given)


@dataclass(frozen=True)
class TwoReaders:
    """Of one checklist. `several` people here may read, so that a sign-in tells them apart; `barred` are the records,
    by reader, that the actor may not read as that one.
    """

    several: bool
    compared: bool
    barred: Mapping[str, frozenset[str]]


@allowed
def two_readers(db: Session, actor: Actor, assessment_id: str) -> TwoReaders:
    reading = reading_of(db, actor, assessment_id)
    barred = {reader: kept_apart(db, actor, reading, reader) for reader in OTHER}
    return TwoReaders(several_read(db, actor), is_compared(db, reading), barred)


def twice(db: Session, review: Review) -> Sequence[Record]:
    key = {"agency_id": review.agency_id, "review_id": review.id}
    return db.execute(TWICE, key, execution_options={"populate_existing": True}).scalars().all()


def both(db: Session, reading: Reading, records: Sequence[Record]) -> Both:
    found: dict[tuple[str, str, str], Given] = {}
    key = {**reading.key, "records": [record.id for record in records]}
    for record, indicator, reader, state, level, *rest in db.execute(GIVEN, key):
        found[reader, record, indicator] = Given(Answer(State(state), level), *rest)
    return Both(reading, records, found)


def is_compared(db: Session, reading: Reading) -> bool:
    if reading.review.compared_at is None:
        return False
    return both(db, reading, twice(db, reading.review)).compared


def not_compared(db: Session, reading: Reading) -> frozenset[str]:
    """The records that two read, as long as the two are not compared: what was found there is nobody else's to see."""
    return frozenset() if is_compared(db, reading) else frozenset(one.id for one in twice(db, reading.review))


def kept_apart(db: Session, actor: Actor, reading: Reading, reader: str) -> frozenset[str]:
    """The records that the actor has read as the other of the two: as `reader` these are neither shown nor read before
    the two are compared. None where one person alone may read here, who then says as whom.
    """
    if reader not in OTHER:
        return frozenset()
    found = db.execute(READ_BY, {**reading.key, "reader": OTHER[reader], "person_id": actor.person_id}).scalars().all()
    if not found or not several_read(db, actor) or is_compared(db, reading):
        return frozenset()
    return frozenset(found)


def refuse_both(barred: frozenset[str], records: Collection[str]) -> None:
    if not barred.isdisjoint(records):
        raise NotAllowed(READ_AS_OTHER)


READ_AS_OTHER = (
    "You have read this record as the other of its two readers. Somebody else reads it as this one, and what they find "
    "is shown once the two are compared."
)


def several_read(db: Session, actor: Actor) -> bool:
    return (db.execute(READERS_HERE, {"agency_id": actor.agency_id}).scalar() or 0) > 1
