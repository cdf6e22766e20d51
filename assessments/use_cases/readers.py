"""Two readers of the same records: each on their own first, then laid side by side, then agreed on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session

from assessments.errors import AlreadyThere, BadInput
from assessments.rules.agreement import ByScale, of_answers
from assessments.rules.sampling import FEWEST_SECOND
from assessments.store import audit, shelf
from assessments.store.access import Actor, allowed
from assessments.store.tables import Assessment, Review
from assessments.use_cases.read_twice import Both, both, several_read, twice
from assessments.use_cases.record_ratings import checked_answer, open_record, put_found
from assessments.use_cases.reviewing import Reading, find_review, open_reading, reading_of
from assessments.use_cases.sheets import UNRATED, Answer
from assessments.use_cases.told import say


@dataclass(frozen=True)
class Twice:
    """One checklist on the records that two read. `asked` is how many answers each of them gives: what follows from
    the clocks is asked of nobody. The last four are there once the two were compared; `differ` counts every answer
    that is not the same, `settled` those of them that were agreed on, and `by_one` the records whose two readings were
    entered under one sign-in.
    """

    assessment: str
    title: str
    status: str
    asked: int
    first: int
    second: int
    agreement: ByScale | None = None
    differ: int = 0
    settled: int = 0
    by_one: int = 0

    @property
    def done(self) -> bool:
        return 0 < self.asked == self.first == self.second

    @property
    def compared(self) -> bool:
        return self.agreement is not None

    @property
    def can_be_compared(self) -> bool:
        return self.done and not self.compared


@dataclass(frozen=True)
class ReadersCompared:
    """`records` are read twice; `at` is when they were compared last, None before. `several` people here may read, so
    that a sign-in tells two readers apart.
    """

    at: datetime | None
    records: int
    by: tuple[Twice, ...]
    several: bool

    @property
    def open(self) -> tuple[Twice, ...]:
        return tuple(one for one in self.by if not one.compared)

    @property
    def compared(self) -> tuple[Twice, ...]:
        return tuple(one for one in self.by if one.compared)

    @property
    def few(self) -> bool:
        """Too few for a share to mean anything."""
        return self.records < FEWEST_SECOND

    @property
    def can_be_compared(self) -> bool:
        return any(one.can_be_compared for one in self.by)


class Unlike(NamedTuple):
    """An answer of two readers that is not the same. `agreed` is UNRATED until they agreed; `version` is its."""

    record: str
    code: str
    indicator: str
    first: Answer
    second: Answer
    agreed: Answer
    version: int


def unlike(both: Both) -> Iterator[Unlike]:
    for record, name, first, second in both.pairs:
        if first.answer != second.answer:
            agreed = both.one("agreed", record, name)
            yield Unlike(record.id, record.code, name, first.answer, second.answer, agreed.answer, agreed.version)


@allowed
def readers_compared(db: Session, actor: Actor, review_id: str) -> ReadersCompared:
    """How far each is; once they were compared, how far they agree. No single record is told."""
    review = find_review(db, actor, review_id)
    records = twice(db, review)
    by = [_told(both(db, reading, records)) for reading in _readings(db, review)]
    by.sort(key=lambda one: one.title)
    return ReadersCompared(review.compared_at, len(records), tuple(by), several_read(db, actor))


@allowed
def readers_differ(db: Session, actor: Actor, assessment_id: str) -> list[Unlike]:
    """In the order of the draw, then of the checklist; nothing before the two were compared."""
    reading = reading_of(db, actor, assessment_id)
    found = both(db, reading, twice(db, reading.review))
    return list(unlike(found)) if found.compared else []


@dataclass(frozen=True)
class FirstStands:
    """Where what the first of two readers found counts for both: `records` are read by two. Before they are compared
    that is everything in them, and after it the answers in which they are `apart`: differ, with nothing agreed on yet.
    """

    records: int = 0
    compared: bool = False
    apart: int = 0


@allowed
def first_stands(db: Session, actor: Actor, assessment_id: str) -> FirstStands:
    """No single record is told; nothing of how far they differ before they are compared."""
    reading = reading_of(db, actor, assessment_id)
    records = twice(db, reading.review)
    if not records or reading.review.compared_at is None:
        return FirstStands(len(records))
    found = both(db, reading, records)
    if not found.compared:
        return FirstStands(len(records))
    return FirstStands(len(records), True, sum(one.agreed == UNRATED for one in unlike(found)))


@allowed
def agree_on(
    db: Session,
    actor: Actor,
    now: datetime,
    assessment_id: str,
    record_id: str,
    agreed: Mapping[str, tuple[Answer, int]],
) -> int:
    """What the two agree on in one record, each with the version that the page showed; how many changed. Conflict where
    one of them moved on: then nothing is written.
    """
    reading = open_reading(db, actor, assessment_id)
    record = open_record(db, actor, reading, record_id, "agreed")
    changed = 0
    for name, (answer, shown) in agreed.items():
        given = checked_answer(reading, name, answer, record.began)
        changed += put_found(db, actor, now, reading, record.id, name, "agreed", given, shown).version != shown
    return changed


@allowed
def compare_readers(db: Session, actor: Actor, now: datetime, review_id: str) -> None:
    """From here on what each of the two gave stays, in every checklist that both have read to the end."""
    review = find_review(db, actor, review_id)
    records = twice(db, review)
    if not records:
        raise BadInput("No record of this review is read by two, so there is nothing to compare.")
    found = [_told(both(db, reading, records)) for reading in _readings(db, review)]
    if not any(one.can_be_compared for one in found):
        if any(one.compared for one in found):
            raise AlreadyThere("The two readers were compared already. Look at the page again.")
        raise BadInput(
            "Not compared: both readers first answer everything, in every record that two read, with at least one "
            "checklist. Read on; the page shows how much is left."
        )
    review.compared_at = now
    db.flush()
    change = audit.Change("compare readers", "review", review.id, after=f"{len(records)} records read by two")
    say(db, actor, now, change)


def _readings(db: Session, review: Review) -> Iterator[Reading]:
    """Submitted ones too."""
    place = {name: getattr(review, name) for name in ("agency_id", "site_id", "cycle_id")}
    for row in db.execute(select(Assessment).filter_by(**place, archived_at=None)).scalars().all():
        checklist = shelf.checklist_of(db, row)
        if checklist.subject == "record" and checklist.one_record == review.of:
            yield Reading(row, checklist, review)


def _told(both: Both) -> Twice:
    reading, answered = both.reading, both.answered
    row = reading.assessment
    found = Twice(row.id, reading.checklist.title, row.status, len(list(both.asked)), *answered.values())
    if not both.compared:
        return found
    pairs = list(both.pairs)
    levels = [(name, first.answer.level, second.answer.level) for _, name, first, second in pairs]
    ladders = reading.checklist.ladder_of
    agreement = of_answers(
        (ladders[name], (one, other)) for name, one, other in levels if one is not None and other is not None
    )
    same = {record.id for record, _, first, second in pairs if not first.clocked and first.by == second.by}
    apart = list(unlike(both))
    settled = sum(one.agreed != UNRATED for one in apart)
    return replace(found, agreement=agreement, differ=len(apart), settled=settled, by_one=len(same))
