"""A list of records that comes back: its dates become clocks as it is read, it is shown row by row, and taken in whole
or not at all.

A record whose code is on the list is changed, a new code is a new record, and what is not in the list is not touched.
The same list a second time changes nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from sqlmodel import Session

from assessments.errors import BadInput, Conflict
from assessments.rules.clocks import Clock, Clocked, ClockState, clocked
from assessments.rules.moments import Moments, day
from assessments.rules.text import name_key
from assessments.store import audit
from assessments.store.access import Actor, agency_of, allowed
from assessments.store.tables import Record, Review
from assessments.use_cases.clocks import put_clocks, put_new_clocks, refuse_settled
from assessments.use_cases.readings_stored import CLOCKS
from assessments.use_cases.record_checks import MOST, RecordDetails, Wrong, completed, faults
from assessments.use_cases.records import LAST, ROWS, details_of, key_of, put_details, put_in_order, put_records
from assessments.use_cases.records_back import (
    HEADINGS,
    Clocks,
    ListLine,
    RecordPreview,
    RecordRow,
    RecordsTaken,
)
from assessments.use_cases.reviewing import find_review
from assessments.use_cases.told import say

NO_CLOCKS: Clocks = {}
CHANGED_MEANWHILE = (
    "Nothing was written: somebody changed the list or its rules while you were looking. Bring the list again; it then "
    "shows what would change now."
)
DRAWN_MEANWHILE = (
    "Nothing was written: the draw was made meanwhile, so no record is added any more. Take out the new rows and bring "
    "the list again: it can still bring dates for records that are on it. Or undo the draw, while nobody has read."
)
RESTED_ON = ("identified", "began")
"""Fields of RecordDetails that clocks rest on."""


@dataclass(frozen=True)
class Stored:
    row: Record
    clocks: Clocks


@allowed
def preview_records(
    db: Session, actor: Actor, now: datetime, review_id: str, rows: Sequence[RecordRow]
) -> RecordPreview:
    review = find_review(db, actor, review_id)
    stored, standards = _stored(db, review), _standards(db, actor, review)
    zone = ZoneInfo(standards[-1])
    rows = [_merged(row, stored, fill=review.drawn_at is None) for row in rows]
    if found := tuple(_faults(rows, review, stored, now.astimezone(zone).date())):
        return RecordPreview(faults=found, standards=standards)
    if any(row.unread for row in rows):
        return RecordPreview(standards=standards)
    ranks = {row.number: rank for rank, row in enumerate(sorted(rows, key=_in_time))}
    lines = [_line(row, ranks[row.number], _clocks(row, review, zone)) for row in rows]
    return RecordPreview(tuple(_compared(line, stored) for line in lines), standards=standards)


@allowed
def take_in_records(db: Session, actor: Actor, now: datetime, review_id: str, seen: RecordPreview) -> RecordsTaken:
    """Writes every line that differs; Conflict where anything is not as `seen`."""
    review = find_review(db, actor, review_id)
    if seen.faults:
        raise BadInput("Nothing was written: there are faults in the list. Mend them and bring it again.")
    stored = _stored(db, review)
    lines = tuple(_compared(line, stored) for line in seen.lines)
    if all(line.state == "same" for line in lines):
        return RecordsTaken()
    rows = [RecordRow(line.number, line.details) for line in lines]
    today = now.astimezone(ZoneInfo(agency_of(db, actor).time_zone)).date()
    moved = lines != seen.lines or _standards(db, actor, review) != seen.standards
    if moved or any(_faults(rows, review, stored, today)):
        # Of a list that was seen after the draw no row is new.
        drawn = review.drawn_at and any(line.state == "new" for line in lines)
        raise Conflict(DRAWN_MEANWHILE if drawn else CHANGED_MEANWHILE, "records")
    _write(db, actor, now, review, stored, seen.to_write)
    states = [line.state for line in seen.to_write]
    taken = RecordsTaken(states.count("new"), states.count("changed"))
    told = f"{taken.added} added, {taken.changed} changed"
    say(db, actor, now, audit.Change("take in", "review", review.id, "workbook", after=told))
    return taken


def _stored(db: Session, review: Review) -> dict[str, Stored]:
    """By the key of the code."""
    clocks: dict[str, Clocks] = defaultdict(dict)
    for record, clock, state, elapsed, *_ in db.execute(CLOCKS, key_of(review)):
        clocks[record][cast(Clock, clock)] = Clocked(cast(ClockState, state), elapsed)
    rows = db.execute(ROWS, key_of(review)).scalars()
    return {row.code_key: Stored(row, clocks.get(row.id, NO_CLOCKS)) for row in rows}


def _standards(db: Session, actor: Actor, review: Review) -> tuple[int | None, int | None, str]:
    return review.start_days, review.service_days, agency_of(db, actor).time_zone


def _merged(row: RecordRow, stored: Mapping[str, Stored], *, fill: bool) -> RecordRow:
    """With what is stored where a cell is blank and, to `fill`, with what follows from the dates where that is open."""
    there = stored.get(name_key(completed(row.details, Moments()).code))
    if there is None:
        return replace(row, details=completed(row.details, row.moments))
    kept = details_of(there.row)
    given = {name: value or getattr(kept, name) for name, value in vars(row.details).items()}
    return replace(row, details=completed(RecordDetails(**given), row.moments if fill else Moments()))


def _faults(
    rows: Sequence[RecordRow], review: Review, stored: Mapping[str, Stored], today: date
) -> Iterator[tuple[int, Wrong]]:
    """Of a cell that could not be read nothing more is said, nor of a quarter that a date may still tell."""
    keys = [name_key(row.details.code) for row in rows]
    if (many := len({*keys, *stored})) > MOST:
        reason = f"The list would have {many:,} records; at most {MOST:,} fit."
        yield 0, Wrong("code", reason, "Take those of a shorter time, in a cycle of their own.")
    first: dict[str, int] = {}
    for row, key in zip(rows, keys, strict=True):
        silent = row.unread | ({"quarter", "born", "began"} if row.unread & {"born", "began"} else frozenset())
        settled = review.drawn_at is not None
        found = [*faults(row.details, row.moments, today, settled=settled), *_settled(row, review, stored.get(key))]
        yield from ((row.number, wrong) for wrong in found if wrong.field not in silent)
        if key and first.setdefault(key, row.number) != row.number:
            reason = f"This code stands in row {first[key]} already."
            yield row.number, Wrong("code", reason, "Give each record one row, and a code of its own.")


def _settled(row: RecordRow, review: Review, there: Stored | None) -> Iterator[Wrong]:
    """Once the draw is done, dates alone can be given."""
    if not review.drawn_at:
        return
    if there is None:
        yield Wrong("code", "The draw is done, and this code was not on the list.", "Take the row out.")
        return
    for (name, before), heading in zip(vars(details_of(there.row)).items(), HEADINGS, strict=True):
        if getattr(row.details, name) != before:
            yield Wrong(heading, "The draw is done, so this stays as it was.", "Leave the cell blank.")


def _in_time(row: RecordRow) -> tuple[str, date, int]:
    first = row.moments.born or row.moments.began
    return row.details.quarter, day(first) if first else date.max, row.number


def _clocks(row: RecordRow, review: Review, zone: ZoneInfo) -> Clocks | None:
    if not row.moments.given:
        return None
    of = row.details
    return clocked(row.moments, of.identified, of.began, review.start_days, review.service_days, zone)


def _line(row: RecordRow, rank: int, clocks: Clocks | None) -> ListLine:
    return ListLine(row.number, row.details, clocks, rank)


def _compared(line: ListLine, stored: Mapping[str, Stored]) -> ListLine:
    there = stored.get(name_key(line.details.code))
    if there is None:
        return replace(
            line, record_id="", version=0, changes=(), clocks_change=line.clocks is not None, clocks_lost=False
        )
    before, after = vars(details_of(there.row)), vars(line.details)
    changes = tuple((name, before[name], after[name]) for name in before if before[name] != after[name])
    differ = line.clocks is not None and line.clocks != there.clocks
    lost = line.clocks is None and bool(there.clocks) and any(name in RESTED_ON for name, *_ in changes)
    return replace(
        line,
        record_id=there.row.id,
        version=there.row.version,
        changes=changes,
        clocks_change=differ,
        clocks_replaced=differ and bool(there.clocks),
        clocks_lost=lost,
    )


def _write(
    db: Session,
    actor: Actor,
    now: datetime,
    review: Review,
    stored: Mapping[str, Stored],
    lines: Sequence[ListLine],
) -> None:
    """New records in bulk: a list may hold two thousand."""
    new = [line for line in lines if line.state == "new"]
    rows = put_records(db, actor, now, review, [(line.details, LAST + line.rank) for line in new])
    put_new_clocks(db, actor, now, [(row, line.clocks) for row, line in zip(rows, new, strict=True) if line.clocks])
    for line in lines:
        if line.state == "new":
            continue
        row = stored[name_key(line.details.code)].row
        if line.changes:
            put_details(db, actor, now, row, line.details, LAST + line.rank)
        if line.clocks is not None and line.clocks_change:
            refuse_settled(db, review, row)
            put_clocks(db, actor, now, review, row, line.clocks)
            row.version += 1
    db.flush()
    put_in_order(db, review)
