"""The site's own standards in days, written or changed after dates were taken in: what passed is stored, the dates are
not, so what can be judged is judged again from the days.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import cast

from sqlalchemy import bindparam, select
from sqlmodel import Session

from assessments.rules.clocks import BY_STANDARD, INDICATORS, Clock, Clocked, ClockState, judged_by, standards
from assessments.store import audit
from assessments.store.access import Actor
from assessments.store.tables import Record, RecordClock, Review, Table
from assessments.use_cases.readings_written import put_clocked_of
from assessments.use_cases.records import key_of

TABLES = Table.metadata.tables
RECORD, CLOCK, RATING = (TABLES[name].c for name in ("record", "record_clock", "record_rating"))
HERE = (RECORD.agency_id == bindparam("agency_id"), RECORD.review_id == bindparam("review_id"))
COUNTED = (
    select(RecordClock, Record)
    .join(Record, (RECORD.agency_id == CLOCK.agency_id) & (RECORD.id == CLOCK.record_id))
    .where(*HERE, CLOCK.clock.in_(BY_STANDARD), CLOCK.elapsed.is_not(None))
    .execution_options(populate_existing=True)
)
BY_HAND = (
    select(RATING.record_id, RATING.indicator_id)
    .join(TABLES["record"], (RECORD.agency_id == RATING.agency_id) & (RECORD.id == RATING.record_id))
    .where(*HERE, RATING.reader == "first", RATING.clocked.is_(False), RATING.state != "unrated")
    .where(RATING.indicator_id.in_([name for clock in BY_STANDARD for name in INDICATORS[clock]]))
)


def judge_again(db: Session, actor: Actor, now: datetime, review: Review) -> None:
    """By the standards that the review has now. An answer given by hand stays, and the clock beside it too; so does
    what two readers compared.
    """
    moved = list(_moved(db, review))
    said: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for row, record, state in moved:
        for lines, one in zip(said[record.id], (row.state, state), strict=True):
            lines.append(f"{row.clock}: {one}")
        row.state = state
    changes = [
        audit.Change("set clocks", "record", record, "", ", ".join(before), ", ".join(after))
        for record, (before, after) in said.items()
    ]
    audit.record_all(db, actor.agency_id, actor.person_id, now, changes)
    records = {record.id: record for _, record, _ in moved}
    for record in records.values():
        record.version += 1
    db.flush()
    to_read = [record for record in records.values() if record.turn is not None and not record.put_aside]
    put_clocked_of(db, actor, now, review, to_read, BY_STANDARD)


def _moved(db: Session, review: Review) -> Iterator[tuple[RecordClock, Record, ClockState]]:
    """Each clock that comes to another state, and to which."""
    days = standards(review.start_days, review.service_days)
    by_hand = {(record, name) for record, name in db.execute(BY_HAND, key_of(review))}
    for row, record in db.execute(COUNTED, key_of(review)).all():
        clock = cast(Clock, row.clock)
        found = judged_by(Clocked(cast(ClockState, row.state), row.elapsed), days[clock])
        settled = record.second and review.compared_at is not None
        answered = any((record.id, name) in by_hand for name in INDICATORS[clock])
        if found.state != row.state and not settled and not answered:
            yield row, record, found.state
