"""Readings written in bulk: a workbook may bring five hundred records by fifty elements.

The trail has an entry for each record, not for each answer: one of them names all that changed in it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import bindparam, delete, insert, select, update
from sqlmodel import Session

from assessments.rules.clocks import CLOCK_OF, INDICATORS, Clock, Clocked, ClockState
from assessments.rules.ratings import State
from assessments.store import audit
from assessments.store.access import Actor
from assessments.store.tables import Record, Review, Table, TookPart
from assessments.use_cases.clocks import answer_of, open_readings, put_many_clocks, takes_its_place
from assessments.use_cases.readings_back import Clocks, ReadingDifference
from assessments.use_cases.readings_stored import CLOCKS, NOT_THERE, RATING, TOOK, Stored
from assessments.use_cases.readings_stored import answer_of as kept_answer
from assessments.use_cases.record_ratings import RATED, Reader, said
from assessments.use_cases.records import key_of
from assessments.use_cases.reviewing import Reading
from assessments.use_cases.sheets import UNRATED, Answer

TABLES = Table.metadata.tables
RATINGS, MARKS = TABLES["record_rating"], TABLES["took_part"]
WRITTEN = ("state", "level", "clocked", "version", "given_at", "given_by")
CHANGE = (
    update(RATINGS)
    .where(
        RATING.agency_id == bindparam("of_agency"),
        RATING.assessment_id == bindparam("of_assessment"),
        RATING.reader == bindparam("of_reader"),
        RATING.record_id == bindparam("of_record"),
        RATING.indicator_id == bindparam("of_indicator"),
    )
    .values(
        {name: bindparam(f"to_{name}") for name in ("state", "level", "clocked", "version", "given_at", "given_by")}
    )
)
FIRST = select(RATING.record_id, RATING.indicator_id, RATING.state, RATING.level, RATING.version, RATING.clocked).where(
    RATING.agency_id == bindparam("agency_id"),
    RATING.assessment_id == bindparam("assessment_id"),
    RATING.reader == "first",
    RATING.record_id.in_(bindparam("records", expanding=True)),
    RATING.indicator_id.in_(bindparam("indicators", expanding=True)),
)


@dataclass(frozen=True)
class Put:
    """An answer to be written over what is `stored`."""

    assessment: str
    record: str
    indicator: str
    stored: Stored
    answer: Answer
    clocked: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        return self.assessment, self.record, self.indicator


def put_readings(db: Session, actor: Actor, now: datetime, reader: Reader, puts: Iterable[Put]) -> None:
    by_record: dict[str, list[Put]] = defaultdict(list)
    for put in puts:
        by_record[f"{put.assessment}/{put.record}"].append(put)
    every = [put for found in by_record.values() for put in found]
    given = {"given_at": now, "given_by": actor.person_id}
    if new := [{**_key(actor, reader, put), **_values(put), **given} for put in every if not put.stored.version]:
        db.connection().execute(insert(RATINGS), new)
    if changed := [_change(actor, reader, put, given) for put in every if put.stored.version]:
        db.connection().execute(CHANGE, changed)
    changes = [
        audit.Change(
            "rate",
            RATED,
            thing,
            reader,
            _listed((put.indicator, said(put.stored.answer)) for put in found),
            _listed((put.indicator, said(put.answer)) for put in found),
        )
        for thing, found in by_record.items()
    ]
    audit.record_all(db, actor.agency_id, actor.person_id, now, changes)


def put_dated(
    db: Session, actor: Actor, now: datetime, review: Review, many: Sequence[tuple[Record, Clocks, Clocks]]
) -> dict[tuple[str, str, str], Put]:
    """The clocks of each record, in place of what stood there; the first reader's answers that follow from them, in
    every open assessment of the review, are still to be written.
    """
    put_many_clocks(db, actor, now, many)
    for record, _, _ in many:
        record.version += 1
    db.flush()
    clocks = {record.id: found for record, _, found in many}
    follow = (put for reading in open_readings(db, review) for put in _follow(db, reading, clocks))
    return {put.key: put for put in follow}


def gives_way(db: Session, review: Review, clocks: Mapping[str, Clocks]) -> dict[str, tuple[str, ...]]:
    """By record, what somebody has answered by hand, in any open assessment of the review, and these clocks would
    answer otherwise.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for reading in open_readings(db, review) if clocks else ():
        for put in _follow(db, reading, clocks):
            by_hand = not put.stored.clocked and put.stored.answer != UNRATED
            if by_hand and put.answer != put.stored.answer:
                found[put.record].add(put.indicator)
    return {record: tuple(sorted(names)) for record, names in found.items()}


def put_clocked_of(
    db: Session,
    actor: Actor,
    now: datetime,
    review: Review,
    records: Iterable[Record],
    only: Collection[Clock] = tuple(INDICATORS),
) -> None:
    """As `put_clocked`, of many records at once that are to be read, and of `only` these clocks."""
    clocks: dict[str, dict[Clock, Clocked]] = {record.id: {} for record in records}
    for record, clock, state, elapsed, *_ in db.execute(CLOCKS, key_of(review)):
        if record in clocks:
            clocks[record][cast(Clock, clock)] = Clocked(cast(ClockState, state), elapsed)
    for reading in open_readings(db, review):
        puts = _follow(db, reading, clocks)
        put_readings(db, actor, now, "first", (put for put in puts if CLOCK_OF[put.indicator] in only))


def put_marks(db: Session, actor: Actor, now: datetime, wanted: Iterable[ReadingDifference]) -> int:
    """Who took part, in place of what stood there; how many marks."""
    by_record: dict[str, list[ReadingDifference]] = defaultdict(list)
    for one in wanted:
        by_record[one.record].append(one)
    given = {"agency_id": actor.agency_id, "given_at": now, "given_by": actor.person_id}
    every = [one for found in by_record.values() for one in found]
    rows = [
        {**given, "record_id": one.record, "indicator_id": one.about, "state": one.mine} for one in every if one.mine
    ]
    for record, found in by_record.items():
        if there := [one.about for one in found if one.stored]:
            mine = (TOOK.agency_id == actor.agency_id, TOOK.record_id == record, TOOK.indicator_id.in_(there))
            db.execute(delete(TookPart).where(*mine))
    if rows:
        db.connection().execute(insert(MARKS), rows)
    changes = [
        audit.Change(
            "mark who took part",
            "record",
            record,
            "",
            _listed((one.about, str(one.stored or "")) for one in found),
            _listed((one.about, str(one.mine or "")) for one in found),
        )
        for record, found in by_record.items()
    ]
    audit.record_all(db, actor.agency_id, actor.person_id, now, changes)
    return len(every)


def _follow(db: Session, reading: Reading, clocks: Mapping[str, Clocks]) -> Iterator[Put]:
    names = sorted(reading.checklist.indicator.keys() & CLOCK_OF.keys())
    key = {**reading.key, "records": list(clocks), "indicators": names}
    there = {(row[0], row[1]): Stored(kept_answer(row[2], row[3]), row[4], row[5]) for row in db.execute(FIRST, key)}
    for record, found in clocks.items():
        for name in names:
            before = there.get((record, name), NOT_THERE)
            answer = answer_of(reading.checklist, name, found.get(CLOCK_OF[name]))
            by_hand = not before.clocked and before.answer.state is not State.UNRATED
            follows = answer != UNRATED
            moved = (before.answer, before.clocked) != (answer, follows)
            if moved and takes_its_place(answer, there=before.version > 0, by_hand=by_hand):
                yield Put(reading.assessment.id, record, name, before, answer, follows)


def _key(actor: Actor, reader: Reader, put: Put) -> dict[str, str]:
    return {
        "agency_id": actor.agency_id,
        "assessment_id": put.assessment,
        "reader": reader,
        "record_id": put.record,
        "indicator_id": put.indicator,
    }


def _values(put: Put) -> dict[str, object]:
    answer = put.answer
    version = put.stored.version + 1
    return {"state": answer.state.value, "level": answer.level, "clocked": put.clocked, "version": version}


def _change(actor: Actor, reader: Reader, put: Put, given: Mapping[str, object]) -> dict[str, object]:
    of = {f"of_{name.removesuffix('_id')}": value for name, value in _key(actor, reader, put).items()}
    return of | {f"to_{name}": value for name, value in {**_values(put), **given}.items()}


def _listed(found: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in found if value)
