"""Clocks of records: dates come in, what they come to is stored in the same transaction, and the dates are forgotten.

Nothing of a moment goes into a row, an entry of the trail, a log or the text of an error.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, delete, insert, select
from sqlmodel import Session

from assessments.errors import AlreadySubmitted, BadInput, Conflict
from assessments.rules.clocks import CLOCK_OF, Clock, Clocked, ClockState, Moments, clocked, faults
from assessments.rules.moment_words import NAMES
from assessments.rules.ratings import State
from assessments.store import audit, shelf
from assessments.store.access import Actor, agency_of, allowed
from assessments.store.tables import Assessment, Person, Record, RecordClock, RecordRating, Review, Table
from assessments.use_cases.record_ratings import put_found
from assessments.use_cases.reviewing import TO_READ, Reading, find_record, find_review, reading_of, refuse_submitted
from assessments.use_cases.sheets import UNRATED, Answer
from assessments.use_cases.told import say
from standards.model import Checklist

GIVES_WAY = "by hand"
"""The part of a Conflict where dates say otherwise than an answer."""
CLOCK, RECORD, PERSON = (Table.metadata.tables[name].c for name in ("record_clock", "record", "person"))
RECORDS: Any = bindparam("records", expanding=True)
OF_RECORDS = (
    select(RecordClock, Person.name)
    .join(Person, PERSON.id == CLOCK.given_by)
    .join(Record, (RECORD.agency_id == CLOCK.agency_id) & (RECORD.id == CLOCK.record_id))
    .where(
        RECORD.agency_id == bindparam("agency_id"), RECORD.review_id == bindparam("review_id"), RECORD.id.in_(RECORDS)
    )
    .execution_options(populate_existing=True)
)


@dataclass(frozen=True)
class ClockLine:
    """What a clock of a record came to, and who set it when."""

    came_to: Clocked
    at: datetime
    by: str


@allowed
def record_clocks(
    db: Session, actor: Actor, review_id: str, records: Collection[str]
) -> dict[str, dict[Clock, ClockLine]]:
    """By record and clock; what is not set is left out."""
    key = {"agency_id": actor.agency_id, "review_id": find_review(db, actor, review_id).id, "records": list(records)}
    found: dict[str, dict[Clock, ClockLine]] = defaultdict(dict)
    for row, name in db.execute(OF_RECORDS, key):
        found[row.record_id][cast(Clock, row.clock)] = ClockLine(_came_to(row), row.given_at, name)
    return dict(found)


@allowed
def set_clocks(
    db: Session,
    actor: Actor,
    now: datetime,
    review_id: str,
    record_id: str,
    moments: Moments,
    shown: int,
    over_hand: bool = False,
) -> int:
    """The record's new version. All clocks of before give way: the dates behind them are forgotten. Without a moment
    only what the list says is left. An answer that was given by hand gives way only `over_hand`: Conflict otherwise.
    """
    review = find_review(db, actor, review_id)
    record = find_record(db, actor, review, record_id)
    if record.version != shown:
        raise Conflict(f"{record.code} was changed after you opened it. Look at it again.", "clocks")
    refuse_settled(db, review, record)
    gave_way = keep_clocks(db, actor, now, review, record, moments)
    if gave_way and not over_hand:
        raise Conflict(f"The dates say otherwise than what was answered by hand: {', '.join(gave_way)}.", GIVES_WAY)
    record.version += 1
    db.flush()
    return record.version


def keep_clocks(
    db: Session, actor: Actor, now: datetime, review: Review, record: Record, moments: Moments
) -> list[str]:
    """What the moments come to, in place of what stood there, and the answers that follow from it; which answers given
    by hand gave way.
    """
    zone = ZoneInfo(agency_of(db, actor).time_zone)
    if wrong := faults(moments, record.identified, record.began, now.astimezone(zone).date(), record.quarter):
        raise BadInput("\n".join(f"{NAMES[field]}: {said}" for field, said in wrong))
    days = (review.start_days, review.service_days)
    return put_clocks(db, actor, now, review, record, clocked(moments, record.identified, record.began, *days, zone))


def put_clocks(
    db: Session, actor: Actor, now: datetime, review: Review, record: Record, found: Mapping[Clock, Clocked]
) -> list[str]:
    """In place of what stood there, with the answers that follow; which answers given by hand gave way."""
    before = _clocks_of(db, record)
    of_it = {"agency_id": actor.agency_id, "record_id": record.id}
    db.execute(delete(RecordClock).filter_by(**of_it))
    for clock, one in found.items():
        row = RecordClock(**of_it, clock=clock, **vars(one), given_at=now, given_by=actor.person_id)
        db.add(row)
    db.flush()
    change = audit.Change("set clocks", "record", record.id, "", _said(before), _said(found))
    if change.before != change.after:
        say(db, actor, now, change)
    return put_clocked(db, actor, now, review, record)


def put_new_clocks(
    db: Session, actor: Actor, now: datetime, many: Sequence[tuple[Record, Mapping[Clock, Clocked]]]
) -> None:
    """In bulk, of records that have none yet and are not drawn."""
    put_many_clocks(db, actor, now, [(record, {}, found) for record, found in many])


def put_many_clocks(
    db: Session,
    actor: Actor,
    now: datetime,
    many: Sequence[tuple[Record, Mapping[Clock, Clocked], Mapping[Clock, Clocked]]],
) -> None:
    """In bulk: each record with what stood there and what takes its place. The answers that follow are not written."""
    given = {"agency_id": actor.agency_id, "given_at": now, "given_by": actor.person_id}
    rows = [
        {**given, "record_id": record.id, "clock": clock, **vars(one)}
        for record, _, found in many
        for clock, one in found.items()
    ]
    if replaced := [record.id for record, before, _ in many if before]:
        db.execute(delete(RecordClock).where(CLOCK.agency_id == actor.agency_id, CLOCK.record_id.in_(replaced)))
    if rows:
        db.connection().execute(insert(Table.metadata.tables["record_clock"]), rows)
    changes = [
        audit.Change("set clocks", "record", one.id, "", _said(before), _said(found)) for one, before, found in many
    ]
    audit.record_all(db, actor.agency_id, actor.person_id, now, changes)


def put_clocked(db: Session, actor: Actor, now: datetime, review: Review, record: Record) -> list[str]:
    """What the clocks came to, as the first reader's answers in every open assessment of the review, where the record
    was drawn; which answers given by hand gave way. A clock that cannot be judged stays open to the reader, who may
    know more.
    """
    if record.turn is None or record.put_aside:
        return []
    found = _clocks_of(db, record)
    gave_way = [_put_all(db, actor, now, reading, record, found) for reading in open_readings(db, review)]
    return sorted({name for names in gave_way for name in names})


def put_clocked_into(db: Session, actor: Actor, now: datetime, assessment_id: str) -> None:
    """Into an assessment that was started after the draw, what the clocks of all records to be read came to."""
    reading = reading_of(db, actor, assessment_id)
    key = {"agency_id": actor.agency_id, "review_id": reading.review.id}
    for record in db.execute(TO_READ, key).scalars().all():
        _put_all(db, actor, now, reading, record, _clocks_of(db, record))


def open_readings(db: Session, review: Review) -> Iterator[Reading]:
    """The assessments of the review in which answers can still change."""
    place = {name: getattr(review, name) for name in ("agency_id", "site_id", "cycle_id")}
    live = select(Assessment).filter_by(**place, archived_at=None).where(Assessment.status != "submitted")
    for row in db.execute(live).scalars().all():
        checklist = shelf.checklist_of(db, row)
        if checklist.subject == "record" and checklist.one_record == review.of:
            yield Reading(row, checklist, review)


def answer_of(checklist: Checklist, indicator_id: str, came_to: Clocked | None) -> Answer:
    """Of an indicator that is a plain yes or no; of any other, nothing follows."""
    indicator = checklist.indicator[indicator_id]
    if came_to is None or indicator.ladder != "yes-no":
        return UNRATED
    match came_to.state:
        case "not-applicable":
            return Answer(State.NOT_APPLICABLE) if indicator.na else UNRATED
        case "cannot-judge":
            return Answer(State.CANNOT_JUDGE)
    levels = checklist.ladder_of[indicator_id].values
    return Answer(State.LEVEL, max(levels) if came_to.state == "met" else min(levels))


def _put_all(
    db: Session, actor: Actor, now: datetime, reading: Reading, record: Record, found: Mapping[Clock, Clocked]
) -> list[str]:
    names = reading.checklist.indicator.keys() & CLOCK_OF.keys()
    answers = {name: answer_of(reading.checklist, name, found.get(CLOCK_OF[name])) for name in names}
    return [name for name, answer in answers.items() if _put(db, actor, now, reading, record, name, answer)]


def _put(db: Session, actor: Actor, now: datetime, reading: Reading, record: Record, name: str, answer: Answer) -> bool:
    """Whether another answer, given by hand, gave way."""
    key = (actor.agency_id, reading.assessment.id, "first", record.id, name)
    row = db.get(RecordRating, key, populate_existing=True)
    by_hand = row is not None and not row.clocked and row.state != State.UNRATED.value
    other = by_hand and row is not None and (row.state, row.level) != (answer.state.value, answer.level)
    if not takes_its_place(answer, there=row is not None, by_hand=by_hand):
        return False
    put_found(db, actor, now, reading, record.id, name, "first", answer, None, clocked=answer != UNRATED)
    return other


def is_certain(answer: Answer) -> bool:
    return answer.state in (State.LEVEL, State.NOT_APPLICABLE)


def takes_its_place(answer: Answer, *, there: bool, by_hand: bool) -> bool:
    """What a reader gave by hand gives way to what is certain alone."""
    return is_certain(answer) or (not by_hand and (there or answer != UNRATED))


def refuse_closed(db: Session, review: Review) -> None:
    """What is known of its records is shared by all that read them."""
    refuse_submitted(db, review)
    if next(open_readings(db, review), None) is None:
        raise AlreadySubmitted("What reads these records is in the archive, so they stay. Take it out first.")


def refuse_settled(db: Session, review: Review, record: Record) -> None:
    refuse_closed(db, review)
    if record.second and review.compared_at:
        raise AlreadySubmitted("What the two readers found in this record was compared and stays, its clocks too.")


def _clocks_of(db: Session, record: Record) -> dict[Clock, Clocked]:
    rows = select(RecordClock).filter_by(agency_id=record.agency_id, record_id=record.id)
    found = db.execute(rows, execution_options={"populate_existing": True}).scalars()
    return {cast(Clock, row.clock): _came_to(row) for row in found}


def _came_to(row: RecordClock) -> Clocked:
    return Clocked(cast(ClockState, row.state), row.elapsed)


def _said(found: Mapping[Clock, Clocked]) -> str:
    """Each clock in a word; no time that passed."""
    return ", ".join(f"{clock}: {found[clock].state}" for clock in sorted(found))
