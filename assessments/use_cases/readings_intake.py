"""A workbook of an offline reader that comes back: its dates become clocks as it is read, it is compared with what is
stored, shown, and then taken in whole or not at all.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from sqlmodel import Session

from assessments.errors import BadInput, Conflict
from assessments.rules.clocks import clocked
from assessments.rules.moment_faults import faults as moment_faults
from assessments.store import audit
from assessments.store.access import Actor, agency_of, allowed
from assessments.use_cases.clocks import refuse_closed
from assessments.use_cases.read_twice import is_compared, kept_apart
from assessments.use_cases.readings_back import (
    ClockRow,
    Key,
    ReadingDifference,
    ReadingsPreview,
    ReadingsTaken,
    ReturnedReadings,
    Unfitting,
)
from assessments.use_cases.readings_compared import Comparing, key_of
from assessments.use_cases.readings_stored import Kept, stored
from assessments.use_cases.readings_written import Put, gives_way, put_dated, put_marks, put_readings
from assessments.use_cases.records_back import RecordRow
from assessments.use_cases.reviewing import Reading, open_reading
from assessments.use_cases.sheets import Answer
from assessments.use_cases.told import say


@allowed
def preview_readings(
    db: Session, actor: Actor, now: datetime, assessment_id: str, returned: ReturnedReadings
) -> ReadingsPreview:
    """What would change, what collides, and all that is wrong; nothing is written, and no date goes further."""
    reading = _open(db, actor, assessment_id, returned)
    standards = _standards(db, actor, reading)
    zone = ZoneInfo(standards[-1])
    kept = stored(db, reading, returned.reader)
    faults = [*_impossible(returned, kept, now.astimezone(zone).date())]
    at_fault = {one.row for one in faults}
    dated = tuple(_clocked(row, kept, reading, zone, row.number not in at_fault) for row in returned.dates)
    bare = replace(returned, dates=())
    found = _compared(db, actor, reading, bare, kept, dated)
    wrong = (*faults, *found.faults)
    if wrong or any(row.unread for row in returned.dates):
        return ReadingsPreview(bare, faults=wrong, standards=standards)
    return ReadingsPreview(bare, dated, found.named(db), (), found.same, standards)


@allowed
def take_in_readings(
    db: Session, actor: Actor, now: datetime, assessment_id: str, seen: ReadingsPreview, mine: Collection[Key] = ()
) -> ReadingsTaken:
    """Writes every change, and those conflicts that are named in `mine`; Conflict where anything is not as `seen`."""
    if seen.faults:
        raise BadInput("Nothing was written: there are faults in the workbook. Mend them and bring it again.")
    reading = _open(db, actor, assessment_id, seen.returned)
    kept = stored(db, reading, seen.returned.reader)
    found = _compared(db, actor, reading, seen.returned, kept, seen.clocks)
    if not found.differences and not found.faults:
        return ReadingsTaken()
    if found.faults or found.named(db) != seen.differences or _standards(db, actor, reading) != seen.standards:
        raise Conflict(
            "Nothing was written: somebody changed these records while you were looking at the preview. Look at it "
            "again; it shows what is stored now.",
            "readings",
        )
    wanted = [one for one in found.differences if not one.conflict or one.key in mine]
    return _write(db, actor, now, reading, seen, kept, wanted, len(found.differences) - len(wanted))


def _open(db: Session, actor: Actor, assessment_id: str, returned: ReturnedReadings) -> Reading:
    reading = open_reading(db, actor, assessment_id)
    row = reading.assessment
    if returned.assessment != row.id:
        raise BadInput("This workbook was taken out of another review. Choose that one above, and bring it there.")
    if (returned.checklist, returned.edition, returned.hash) != (row.checklist_id, row.edition, row.edition_hash):
        raise BadInput("This workbook is of another edition of the checklist. Take out a new one and fill that in.")
    if returned.reader not in ("first", "second"):
        raise BadInput("This workbook names no reader. Take out a new one for the first or the second reader.")
    if returned.reader == "second" and (returned.dates or returned.team):
        raise BadInput("Dates and who took part are given by the first reader alone. Empty these sheets.")
    return reading


def _compared(
    db: Session,
    actor: Actor,
    reading: Reading,
    returned: ReturnedReadings,
    kept: Mapping[str, Kept],
    dated: tuple[ClockRow, ...],
) -> Comparing:
    barred = kept_apart(db, actor, reading, returned.reader)
    by_id = {kept[key].record.id: row.clocks for row in dated if (key := key_of(row.code)) in kept}
    by_hand = gives_way(db, reading.review, by_id)
    found = Comparing(reading, returned, kept, dated, is_compared(db, reading), barred, by_hand)
    found.compare()
    if any(one.part != "answer" for one in found.differences):
        refuse_closed(db, reading.review)
    return found


def _standards(db: Session, actor: Actor, reading: Reading) -> tuple[int | None, int | None, str]:
    return reading.review.start_days, reading.review.service_days, agency_of(db, actor).time_zone


def _impossible(returned: ReturnedReadings, kept: Mapping[str, Kept], today: date) -> Iterator[Unfitting]:
    for row in returned.dates:
        if one := kept.get(key_of(row.details.code)):
            of = one.record.identified, one.record.began
            for about, reason in moment_faults(row.moments, *of, today, one.record.quarter):
                yield Unfitting("clocks", row.number, about, reason, "")


def _clocked(row: RecordRow, kept: Mapping[str, Kept], reading: Reading, zone: ZoneInfo, fits: bool) -> ClockRow:
    """Nothing of what cannot be: its row is kept, so that its code is looked at too."""
    one = kept.get(key_of(row.details.code))
    if one is None or row.unread or not fits:
        return ClockRow(row.number, row.details.code, {})
    days = (reading.review.start_days, reading.review.service_days)
    of = (one.record.identified, one.record.began)
    return ClockRow(row.number, row.details.code, clocked(row.moments, *of, *days, zone))


def _write(
    db: Session,
    actor: Actor,
    now: datetime,
    reading: Reading,
    seen: ReadingsPreview,
    kept: Mapping[str, Kept],
    wanted: Collection[ReadingDifference],
    left: int,
) -> ReadingsTaken:
    """The dates first: what follows from them gives way to no answer by hand, and where they leave it open it does."""
    by_id = {one.record.id: one for one in kept.values()}
    clocks = {key_of(row.code): row.clocks for row in seen.clocks}
    dated = [by_id[one.record] for one in wanted if one.part == "clocks"]
    puts: dict[tuple[str, str, str], Put] = {}
    if dated:
        many = [(one.record, one.clocks, clocks[one.record.code_key]) for one in dated]
        puts = put_dated(db, actor, now, reading.review, many)

    def follows_still(one: ReadingDifference) -> bool:
        """From clocks that stay as they are, because those of the workbook were not chosen."""
        return one.about in by_id[one.record].follows and one.record not in {kept.record.id for kept in dated}

    answers = [one for one in wanted if one.part == "answer" and not follows_still(one)]
    for one in answers:
        mine = cast(Answer, one.mine)
        put = Put(reading.assessment.id, one.record, one.about, by_id[one.record].answer(one.about), mine)
        puts[put.key] = put
    put_readings(db, actor, now, seen.returned.reader, puts.values())
    marks = put_marks(db, actor, now, [one for one in wanted if one.part == "team"])
    taken = ReadingsTaken(len(answers), len(dated), marks, left)
    if taken.changes:
        told = f"{taken.answers} answers, clocks of {taken.clocks} records, {taken.marks} marks of the team"
        change = audit.Change("take in", "assessment", reading.assessment.id, "workbook", after=told)
        say(db, actor, now, change)
    return taken
