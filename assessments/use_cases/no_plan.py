"""A record of which the list says that there is no plan: all that a plan would hold, answered at once."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session

from assessments.errors import BadInput
from assessments.rules.no_plan import NO_PLAN, is_absent
from assessments.rules.ratings import State
from assessments.store.access import Actor, allowed
from assessments.store.tables import Record
from assessments.use_cases.clocks import is_certain
from assessments.use_cases.read_twice import both
from assessments.use_cases.readings_stored import Stored
from assessments.use_cases.readings_written import Put, put_readings
from assessments.use_cases.record_ratings import Reader, open_record
from assessments.use_cases.reviewing import Reading, open_reading
from assessments.use_cases.sheets import UNRATED, Answer


@allowed
def answer_no_plan(
    db: Session, actor: Actor, now: datetime, assessment_id: str, record_id: str, reader: Reader = "first"
) -> int:
    """How many elements are answered as absent now. What somebody has answered stays as it is, and so does what
    follows from the clocks.
    """
    reading = open_reading(db, actor, assessment_id)
    record = open_record(db, actor, reading, record_id, reader)
    if record.began != NO_PLAN:
        raise BadInput(f"The list does not say of {record.code} that there is no plan. Answer it one by one.")
    puts = list(_open(db, reading, record, reader))
    put_readings(db, actor, now, reader, puts)
    return len(puts)


def _open(db: Session, reading: Reading, record: Record, reader: Reader) -> Iterator[Put]:
    given = both(db, reading, [record])
    for name, indicator in reading.checklist.indicator.items():
        here, first = given.one(reader, record, name), given.one("first", record, name)
        follows = first.clocked and is_certain(first.answer)
        if is_absent(indicator) and not follows and here.answer == UNRATED:
            absent = Answer(State.LEVEL, min(reading.checklist.ladder_of[name].values))
            stored = Stored(here.answer, here.version, here.clocked)
            yield Put(reading.assessment.id, record.id, name, stored, absent)
