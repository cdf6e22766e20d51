"""What a reader finds in a record: one indicator at a time, each a small transaction."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import bindparam, select
from sqlmodel import Session

from assessments.errors import AlreadySubmitted, BadInput, Conflict, NotFound
from assessments.rules.no_plan import NO_PLAN, cannot_stand
from assessments.rules.ratings import State
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import Person, Record, RecordRating, Table
from assessments.use_cases.read_twice import is_compared, kept_apart, refuse_both
from assessments.use_cases.reviewing import Reading, find_record, open_reading, reading_of, require_drawn
from assessments.use_cases.sheets import UNRATED, Answer
from assessments.use_cases.told import say
from standards.model import Indicator, Ladder

Reader = Literal["first", "second", "agreed"]
READERS: tuple[Reader, ...] = ("first", "second", "agreed")
R, PERSON = Table.metadata.tables["record_rating"].c, Table.metadata.tables["person"].c
# Built once: with every save, building a statement takes longer than running it.
OF_READER = (
    select(RecordRating, Person.name)
    .join(Person, PERSON.id == R.given_by)
    .where(
        R.agency_id == bindparam("agency_id"),
        R.assessment_id == bindparam("assessment_id"),
        R.reader == bindparam("reader"),
    )
    .execution_options(populate_existing=True)
)
RECORDS: Any = bindparam("records", expanding=True)
OF_RECORDS = OF_READER.where(R.record_id.in_(RECORDS))


@dataclass(frozen=True)
class Found:
    """What one reader found of one indicator in one record; version 0 and unrated where nothing is stored. `clocked`:
    it follows from the clocks of the record and is not typed.
    """

    answer: Answer = UNRATED
    version: int = 0
    clocked: bool = False
    at: datetime | None = None
    by: str = ""


NOTHING = Found()


@allowed
def record_ratings(
    db: Session, actor: Actor, assessment_id: str, records: Collection[str], reader: Reader = "first"
) -> dict[str, dict[str, Found]]:
    """By record and indicator; what nobody has rated is left out. NotAllowed, before the two readers are compared, for
    a record that the actor has read as the other of the two.
    """
    reading = reading_of(db, actor, assessment_id)
    refuse_both(kept_apart(db, actor, reading, reader), records)
    found: dict[str, dict[str, Found]] = defaultdict(dict)
    key = {**reading.key, "reader": reader, "records": list(records)}
    for row, name in db.execute(OF_RECORDS, key):
        found[row.record_id][row.indicator_id] = _found(row, name)
    return dict(found)


@allowed
def rate_record(
    db: Session,
    actor: Actor,
    now: datetime,
    assessment_id: str,
    record_id: str,
    indicator_id: str,
    answer: Answer,
    shown: int,
    reader: Reader = "first",
) -> Found:
    """As stored. `shown` is the version that the page showed; Conflict where it moved on. A reason why something does
    not apply is the checklist's own: free text about one family has no place here.
    """
    reading = open_reading(db, actor, assessment_id)
    record = open_record(db, actor, reading, record_id, reader)
    given = checked_answer(reading, indicator_id, answer, record.began)
    return put_found(db, actor, now, reading, record.id, indicator_id, reader, given, shown)


def open_record(db: Session, actor: Actor, reading: Reading, record_id: str, reader: Reader) -> Record:
    """One in which the actor may answer as `reader`."""
    record = require_drawn(find_record(db, actor, reading.review, record_id))
    _refuse_compared(db, reading, reader, record.second)
    if record.second:
        refuse_both(kept_apart(db, actor, reading, reader), [record.id])
    return record


def put_found(
    db: Session,
    actor: Actor,
    now: datetime,
    reading: Reading,
    record_id: str,
    indicator_id: str,
    reader: Reader,
    given: Answer,
    shown: int | None,
    clocked: bool = False,
) -> Found:
    """`shown` None: whatever stands there gives way, as where a clock is set anew."""
    key = {**reading.key, "reader": reader, "record_id": record_id, "indicator_id": indicator_id}
    row = db.get(RecordRating, tuple(key[name] for name in KEY), populate_existing=True)
    if shown is not None and (row.version if row else 0) != shown:
        raise Conflict(f"{indicator_id} was rated after you opened it. Look at it again.", "answer")
    if row and row.clocked and not clocked and shown is not None and row.state != State.CANNOT_JUDGE.value:
        raise BadInput(f"{indicator_id} follows from the clocks of this record. Set the clocks again to change it.")
    before = _answer(row) if row else UNRATED
    if row and before == given and row.clocked == clocked:
        return _found(row, "")
    row = row or RecordRating(**key, state=given.state.value, version=0, given_at=now, given_by=actor.person_id)
    row.state, row.level, row.clocked = given.state.value, given.level, clocked
    row.version, row.given_at, row.given_by = row.version + 1, now, actor.person_id
    db.add(row)
    db.flush()
    thing = f"{reading.assessment.id}/{record_id}/{indicator_id}"
    change = audit.Change("rate", RATED, thing, reader, said(before), said(given))
    say(db, actor, now, change)
    return Found(given, row.version, clocked, now)


RATED = "record rating"
"""The kind under which the trail holds what was found in records."""
KEY = ("agency_id", "assessment_id", "reader", "record_id", "indicator_id")


def checked_answer(reading: Reading, indicator_id: str, answer: Answer, began: str) -> Answer:
    """Only what its state needs. `began` is what the list says of the record: without a plan nothing of it stands."""
    indicator = reading.checklist.indicator.get(indicator_id)
    if indicator is None:
        raise NotFound(f"{indicator_id} is not in {reading.checklist.title} {reading.checklist.edition}.")
    if answer.state is State.NOT_APPLICABLE:
        if not indicator.na:
            raise BadInput(f"{indicator_id} applies to every {reading.checklist.one_record}. Choose a level.")
        return Answer(State.NOT_APPLICABLE)
    if answer.state is State.LEVEL:
        ladder = reading.checklist.ladder_of[indicator_id]
        if type(answer.level) is not int or answer.level not in ladder.values:
            raise BadInput(f"{indicator_id} has no level {answer.level}. Choose one of the levels shown.")
        if began == NO_PLAN and cannot_stand(indicator, ladder, answer.state, answer.level):
            raise BadInput(_none_stands(indicator, ladder))
        return Answer(State.LEVEL, level=answer.level)
    return Answer(answer.state)


def _none_stands(indicator: Indicator, ladder: Ladder) -> str:
    others = "“Not applicable” or" if indicator.na else "or"
    return (
        f"The list says that there is no plan in this record, so nothing that {indicator.id} asks of one can stand "
        f"there. Choose “{ladder.level(min(ladder.values)).name}”, {others} “Cannot judge”."
    )


def _refuse_compared(db: Session, reading: Reading, reader: Reader, read_twice: bool) -> None:
    """What two have read stays as each gave it once it was compared; what they agree on comes after."""
    if reader not in READERS:
        raise BadInput("Choose who reads: the first or the second reader.")
    if reader != "first" and not read_twice:
        raise BadInput("This record is read once. The records that two read are marked on the page Records.")
    compared = read_twice and is_compared(db, reading)
    if reader == "agreed" and not compared:
        raise BadInput("Both read on their own first. Compare them once both are done; then agree.")
    if reader != "agreed" and compared:
        raise AlreadySubmitted(
            "What the two readers found in this record was compared and stays. Give what they agreed on instead."
        )


def _answer(row: RecordRating) -> Answer:
    return Answer(State(row.state), row.level)


def said(answer: Answer) -> str:
    match answer.state:
        case State.LEVEL:
            return str(answer.level)
        case State.NOT_APPLICABLE:
            return "not applicable"
        case State.CANNOT_JUDGE:
            return "cannot judge"
    return ""


def _found(row: RecordRating, name: str) -> Found:
    return Found(_answer(row), row.version, row.clocked, row.given_at, name)


def is_met(level: int | None) -> bool:
    """A plan's content from level 3 on, a yes."""
    return level is not None and level >= MET


MET = 3
