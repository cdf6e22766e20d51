"""Everything that is stored of the records of a review as one reader has read them: fetched at once, for comparing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import NamedTuple, cast

from sqlalchemy import bindparam, select
from sqlmodel import Session

from assessments.rules.clocks import Clock, Clocked, ClockState
from assessments.rules.ratings import State
from assessments.store.tables import Record, Table
from assessments.use_cases.record_ratings import Reader
from assessments.use_cases.records import ROWS, key_of
from assessments.use_cases.reviewing import Reading
from assessments.use_cases.sheets import UNRATED, Answer
from assessments.use_cases.took_part import Part as Mark

TABLES = Table.metadata.tables
RECORD, RATING, CLOCK, TOOK, PERSON = (
    TABLES[name].c for name in ("record", "record_rating", "record_clock", "took_part", "person")
)
HERE = (RECORD.agency_id == bindparam("agency_id"), RECORD.review_id == bindparam("review_id"))
ANSWERS = select(
    RATING.record_id,
    RATING.indicator_id,
    RATING.state,
    RATING.level,
    RATING.version,
    RATING.clocked,
    RATING.given_at,
    RATING.given_by,
).where(
    RATING.agency_id == bindparam("agency_id"),
    RATING.assessment_id == bindparam("assessment_id"),
    RATING.reader == bindparam("reader"),
)
FOLLOW = ANSWERS.where(RATING.clocked, RATING.state.in_(("level", "not-applicable")))
CLOCKS = (
    select(CLOCK.record_id, CLOCK.clock, CLOCK.state, CLOCK.elapsed, CLOCK.given_at, CLOCK.given_by)
    .join(TABLES["record"], (RECORD.agency_id == CLOCK.agency_id) & (RECORD.id == CLOCK.record_id))
    .where(*HERE)
)
MARKS = (
    select(TOOK.record_id, TOOK.indicator_id, TOOK.state, TOOK.given_at, TOOK.given_by)
    .join(TABLES["record"], (RECORD.agency_id == TOOK.agency_id) & (RECORD.id == TOOK.record_id))
    .where(*HERE)
)
NAMES = select(PERSON.id, PERSON.name).where(PERSON.id.in_(bindparam("persons", expanding=True)))
Who = tuple[datetime | None, str]
NOBODY: Who = (None, "")


class Stored(NamedTuple):
    """An answer as it is stored; version 0 where nothing is."""

    answer: Answer = UNRATED
    version: int = 0
    clocked: bool = False
    who: Who = NOBODY


@dataclass(frozen=True)
class Kept:
    """Of one record: the reader's answers, those that follow from its clocks, the clocks, and who took part."""

    record: Record
    answers: dict[str, Stored] = field(default_factory=dict)
    follows: dict[str, Answer] = field(default_factory=dict)
    clocks: dict[Clock, Clocked] = field(default_factory=dict)
    team: dict[str, Mark] = field(default_factory=dict)
    clocked: dict[str, Who] = field(default_factory=dict)
    """Who set the clocks, by "", and who marked which role."""

    def answer(self, indicator: str) -> Stored:
        return self.answers.get(indicator, NOT_THERE)

    def who(self, about: str) -> Who:
        return self.clocked.get(about, NOBODY)


NOT_THERE = Stored()


def stored(db: Session, reading: Reading, reader: Reader) -> dict[str, Kept]:
    """By the key of the code."""
    rows = db.execute(ROWS, key_of(reading.review)).scalars().all()
    found = {row.id: Kept(row) for row in rows}
    _answers(db, reading, reader, found)
    for record, clock, state, elapsed, *who in db.execute(CLOCKS, key_of(reading.review)):
        found[record].clocks[cast(Clock, clock)] = Clocked(cast(ClockState, state), elapsed)
        found[record].clocked[""] = (who[0], who[1])
    for record, role, mark, *who in db.execute(MARKS, key_of(reading.review)):
        found[record].team[role] = mark
        found[record].clocked[role] = (who[0], who[1])
    return {one.record.code_key: one for one in found.values()}


def _answers(db: Session, reading: Reading, reader: Reader, found: Mapping[str, Kept]) -> None:
    key = {**reading.key, "reader": reader}
    for record, indicator, state, level, version, clocked, *who in db.execute(ANSWERS, key):
        given = answer_of(state, level)
        found[record].answers[indicator] = Stored(given, version, clocked, (who[0], who[1]))
    for record, indicator, state, level, *_ in db.execute(FOLLOW, {**key, "reader": "first"}):
        found[record].follows[indicator] = answer_of(state, level)


@cache
def answer_of(state: str, level: int | None) -> Answer:
    """There are few, and they never change: one object for each."""
    return Answer(State(state), level)


def person_names(db: Session, persons: set[str]) -> dict[str, str]:
    return dict(db.execute(NAMES, {"persons": sorted(persons)}).all())
