"""The list of a review: records by code. It is open until the draw; after that, as what was drawn from, it stays, but
for a code that has to go.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, delete, func, select, update
from sqlmodel import Session

from assessments.errors import AlreadySubmitted, BadInput, Conflict
from assessments.rules.moments import Moments
from assessments.rules.text import name_key
from assessments.store import audit
from assessments.store.access import Actor, agency_of, allowed
from assessments.store.tables import Record, RecordClock, Review, Table, new_id
from assessments.use_cases.clocks import keep_clocks
from assessments.use_cases.record_checks import MOST, RecordDetails, completed, faults, refuse_faults
from assessments.use_cases.records_answered import answered
from assessments.use_cases.reviewing import find_record, find_review
from assessments.use_cases.told import say

THING = "record"
LAST = 10**6
"""The place of what has none yet: behind all others of its quarter."""
RECORD, CLOCK = (Table.metadata.tables[name].c for name in ("record", "record_clock"))
OF_REVIEW = (RECORD.agency_id == bindparam("agency_id"), RECORD.review_id == bindparam("review_id"))
ROWS = select(Record).where(*OF_REVIEW).order_by(RECORD.place).execution_options(populate_existing=True)
SAME_CLOCKED = (RECORD.agency_id == CLOCK.agency_id) & (RECORD.id == CLOCK.record_id)
CLOCKS = (
    select(CLOCK.record_id, func.count())
    .join(Table.metadata.tables["record"], SAME_CLOCKED)
    .where(*OF_REVIEW)
    .group_by(CLOCK.record_id)
)
PLACES = select(RECORD.id, RECORD.quarter, RECORD.place).where(*OF_REVIEW)
MOVE = (
    update(Table.metadata.tables["record"])
    .where(RECORD.agency_id == bindparam("of_agency"), RECORD.id == bindparam("of_record"))
    .values(place=bindparam("to"))
)


@dataclass(frozen=True)
class RecordLine:
    """`place` is the place on the list, `turn` that in the draw, None where it was not drawn; `clocks` is how many are
    set; `read` has by assessment how many indicators the first reader, the second and both together have answered.
    """

    id: str
    place: int
    details: RecordDetails
    turn: int | None
    second: bool
    put_aside: str
    version: int
    clocks: int = 0
    read: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)


@allowed
def records(db: Session, actor: Actor, review_id: str) -> list[RecordLine]:
    """In order of their place."""
    review = find_review(db, actor, review_id)
    key = key_of(review)
    clocks: dict[str, int] = dict(db.execute(CLOCKS, key).all())
    read = answered(db, review)
    return [line_of(row, clocks.get(row.id, 0), read.get(row.id, {})) for row in db.execute(ROWS, key).scalars()]


@allowed
def add_record(
    db: Session,
    actor: Actor,
    now: datetime,
    review_id: str,
    details: RecordDetails,
    moments: Moments | None = None,
) -> str:
    """The id of the new record. The moments are turned into clocks and forgotten."""
    review = open_list(db, actor, review_id)
    refuse_too_many(db, review, 1)
    known = moments or Moments()
    details = checked_record(db, actor, now, review, details, known)
    (row,) = put_records(db, actor, now, review, [(details, LAST)])
    put_in_order(db, review)
    if known.given:
        keep_clocks(db, actor, now, review, row, known)
    return row.id


@allowed
def revise_record(
    db: Session, actor: Actor, now: datetime, review_id: str, record_id: str, details: RecordDetails, shown: int
) -> int:
    """The new version. Where what the clocks rest on changes, they are taken out, to be set again. After the draw the
    code alone can be replaced, at any time: one that tells of somebody has to go.
    """
    review = find_review(db, actor, review_id)
    row = _as_shown(db, actor, review, record_id, shown)
    details = checked_record(db, actor, now, review, details, Moments(), row.id)
    if replace(details, code=row.code) != details_of(row):
        open_list(db, actor, review_id)
    put_details(db, actor, now, row, details)
    put_in_order(db, review)
    return row.version


@allowed
def remove_record(db: Session, actor: Actor, now: datetime, review_id: str, record_id: str, shown: int) -> None:
    review = open_list(db, actor, review_id)
    row = _as_shown(db, actor, review, record_id, shown)
    _drop_clocks(db, row)
    db.delete(row)
    db.flush()
    say(db, actor, now, audit.Change("remove", THING, row.id, before=row.code))


def open_list(db: Session, actor: Actor, review_id: str) -> Review:
    """AlreadySubmitted once it was drawn from."""
    row = find_review(db, actor, review_id)
    if row.drawn_at:
        raise AlreadySubmitted(
            "The draw is done, so the list stays as it was drawn from. A code can still be replaced and dates given; a "
            "record that cannot be read can be put aside."
        )
    return row


def refuse_too_many(db: Session, review: Review, more: int) -> None:
    there = db.execute(select(func.count()).where(*OF_REVIEW), key_of(review)).scalar_one()
    if there + more > MOST:
        raise BadInput(
            f"A list holds at most {MOST:,} records; this one would have {there + more:,}. Take those of a shorter "
            "time, in a cycle of their own."
        )


def checked_record(
    db: Session,
    actor: Actor,
    now: datetime,
    review: Review,
    details: RecordDetails,
    moments: Moments,
    own: str = "",
) -> RecordDetails:
    """BadInput with all that is wrong; `own` is the id of the record itself."""
    details = completed(details, moments)
    same = select(RECORD.code_key).where(*OF_REVIEW, RECORD.code_key == name_key(details.code), RECORD.id != own)
    taken = db.execute(same, key_of(review)).scalars().all()
    today = now.astimezone(ZoneInfo(agency_of(db, actor).time_zone)).date()
    refuse_faults(faults(details, moments, today, taken, settled=review.drawn_at is not None))
    return details


def put_records(
    db: Session, actor: Actor, now: datetime, review: Review, many: Sequence[tuple[RecordDetails, int]]
) -> list[Record]:
    """Each with its place, until they are `put_in_order`."""
    keys = [{"id": new_id(), "code_key": name_key(details.code), "place": place} for details, place in many]
    rows = [Record(**key_of(review), **key, **vars(one)) for (one, _), key in zip(many, keys, strict=True)]
    db.add_all(rows)
    db.flush()
    for row in rows:
        say(db, actor, now, audit.Change("add", THING, row.id, after=row.code))
    return rows


def put_details(
    db: Session, actor: Actor, now: datetime, row: Record, details: RecordDetails, place: int = LAST
) -> None:
    """`place` as in `put_records`, where it goes to another quarter."""
    before = details_of(row)
    if details.quarter != before.quarter:
        row.place = place
    for name, value in vars(details).items():
        setattr(row, name, value)
    row.code_key = name_key(details.code)
    row.version += 1
    db.flush()
    for name, old in vars(before).items():
        if old != (value := getattr(details, name)):
            # Why a code is replaced may be what it told.
            said = "" if name == "code" else old
            say(db, actor, now, audit.Change("revise", THING, row.id, name, said, value))
    if (before.identified, before.began) != (details.identified, details.began):
        _drop_clocks(db, row)


def put_in_order(db: Session, review: Review) -> None:
    """Quarter by quarter; within one as they stood, the new ones behind."""
    found = sorted(db.execute(PLACES, key_of(review)), key=lambda row: (row.quarter, row.place))
    moved = [
        {"of_agency": review.agency_id, "of_record": row.id, "to": place}
        for place, row in enumerate(found, start=1)
        if row.place != place
    ]
    if moved:
        db.connection().execute(MOVE, moved)


def key_of(review: Review) -> dict[str, str]:
    return {"agency_id": review.agency_id, "review_id": review.id}


def details_of(row: Record) -> RecordDetails:
    return RecordDetails(row.code, row.quarter, row.identified, row.began)


def line_of(row: Record, clocks: int = 0, read: Mapping[str, tuple[int, int, int]] | None = None) -> RecordLine:
    return RecordLine(
        row.id, row.place, details_of(row), row.turn, row.second, row.put_aside, row.version, clocks, read or {}
    )


def _as_shown(db: Session, actor: Actor, review: Review, record_id: str, shown: int) -> Record:
    row = find_record(db, actor, review, record_id)
    if row.version != shown:
        raise Conflict("This record was changed after you opened it. Look at it again.", "record")
    return row


def _drop_clocks(db: Session, row: Record) -> None:
    db.execute(delete(RecordClock).where(CLOCK.agency_id == row.agency_id, CLOCK.record_id == row.id))
