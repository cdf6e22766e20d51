"""Courses that staff can take: how long they are, what they teach and up to which level, and how long that holds."""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import bindparam, delete, func, insert, select
from sqlmodel import Session, col

from assessments.errors import AlreadyThere, BadInput, Conflict, NotFound
from assessments.rules.rolled_up import FEWEST
from assessments.rules.text import name_key
from assessments.store import audit
from assessments.store.access import RIGHTS, Actor, allowed, roles_of
from assessments.store.tables import Course, CourseCompetency, Table
from assessments.use_cases.job_roles import Key, staff_checklist
from assessments.use_cases.told import put_away, say
from assessments.use_cases.typed import NAME, every, line, searched
from standards.model import Checklist

Format = Literal["in-person", "online-live", "self-paced", "coaching"]

LONGEST_HOURS = 400
LONGEST_MONTHS = 120


@dataclass(frozen=True)
class CourseDetails:
    """`teaches`: indicator id -> level up to which the course teaches it. `valid_months` None never lapses."""

    name: str
    hours: float
    format: Format
    provider: str = ""
    valid_months: int | None = None
    teaches: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class CourseLine:
    """`people`: how many have attended, for those who keep the courses; None for others, and below `FEWEST`."""

    id: str
    version: int
    details: CourseDetails
    archived: bool
    people: int | None = None


TAUGHT = Table.metadata.tables["course_competency"]
TEACHES = select(TAUGHT.c.course_id, TAUGHT.c.indicator_id, TAUGHT.c.level).where(
    TAUGHT.c.agency_id == bindparam("agency_id"), TAUGHT.c.checklist_id == bindparam("checklist_id")
)

HELD, MARK = (Table.metadata.tables[name].c for name in ("training_session", "attendance"))
ATTENDED = (
    select(HELD.course_id, func.count(MARK.staff_id.distinct()))
    .join(Table.metadata.tables["attendance"], (MARK.agency_id == HELD.agency_id) & (MARK.session_id == HELD.id))
    .where(HELD.agency_id == bindparam("agency_id"), MARK.state == "attended")
    .group_by(HELD.course_id)
)


@allowed
def courses(db: Session, actor: Actor, checklist: Key, archived: bool = False) -> list[CourseLine]:
    """By name, each with what it teaches of one checklist."""
    teaches, people = _teaches(db, actor, checklist), _people(db, actor) if keeps_courses(db, actor) else {}
    rows = select(Course).where(col(Course.agency_id) == actor.agency_id).order_by(col(Course.name_key))
    return [
        CourseLine(row.id, row.version, _details(row, teaches[row.id]), row.archived_at is not None, people.get(row.id))
        for row in db.execute(rows).scalars()
        if archived or not row.archived_at
    ]


@allowed
def keeps_courses(db: Session, actor: Actor) -> bool:
    """Whether the actor may change them, and plan their sessions."""
    return bool(RIGHTS["add_course"] & roles_of(db, actor))


@allowed
def add_course(
    db: Session, actor: Actor, now: datetime, checklist: Key, details: CourseDetails, keep_because: str = ""
) -> str:
    """The id of the new course."""
    found = staff_checklist(db, actor, checklist)
    details = _checked(found, details)
    _refuse_taken(db, actor, details.name)
    row = Course(agency_id=actor.agency_id, added_at=now, added_by=actor.person_id, **_columns(details))
    _search(db, actor, now, row.id, details, keep_because)
    db.add(row)
    db.flush()
    _put_taught(db, actor, row.id, found.id, details.teaches)
    say(db, actor, now, audit.Change("add", "course", row.id, after=f"{details.name}: {_words(details.teaches)}"))
    return row.id


@allowed
def revise_course(
    db: Session,
    actor: Actor,
    now: datetime,
    course_id: str,
    checklist: Key,
    details: CourseDetails,
    shown: int,
    keep_because: str = "",
) -> None:
    """`shown` is the version that the page showed. What the course teaches of other checklists stays."""
    row = find_course(db, actor, course_id, shown)
    found = staff_checklist(db, actor, checklist)
    details = _checked(found, details)
    _refuse_taken(db, actor, details.name, course_id)
    _search(db, actor, now, course_id, details, keep_because)
    before = _details(row, _teaches(db, actor, checklist)[course_id])
    for name, value in _columns(details).items():
        setattr(row, name, value)
    row.version += 1
    db.add(row)
    db.flush()
    _put_taught(db, actor, course_id, found.id, details.teaches)
    for name, was in vars(before).items():
        new, field_name = getattr(details, name), "length" if name == "hours" else name
        if was != new:
            say(db, actor, now, audit.Change("revise", "course", course_id, field_name, _words(was), _words(new)))


@allowed
def archive_course(db: Session, actor: Actor, now: datetime, course_id: str, shown: int, archived: bool = True) -> None:
    """No session of it is added any more; those that were held stay, and so does what people learned there."""
    row = find_course(db, actor, course_id, shown)
    put_away(db, actor, now, row, "course", row.name, archived)


def find_course(db: Session, actor: Actor, course_id: str, shown: int | None = None) -> Course:
    """Conflict where it is not the version shown; None asks for none."""
    row = db.get(Course, (actor.agency_id, course_id), populate_existing=True)
    if row is None:
        raise NotFound("This course is not here any more. Open the list again.")
    if shown is not None and row.version != shown:
        raise Conflict("This course was changed after you opened it. Look at it again.", "course")
    return row


def _checked(checklist: Checklist, details: CourseDetails) -> CourseDetails:
    """As it can be stored; everything that is wrong is said at once."""
    name, provider, *_ = every(
        lambda: line(details.name, "Name of the course", NAME),
        lambda: line(details.provider, "Provider", NAME, required=False),
        lambda: _refuse_hours(details.hours),
        lambda: _refuse_months(details.valid_months),
        lambda: _refuse_format(details.format),
        lambda: _refuse_untaught(checklist, details.teaches),
    )
    return replace(details, name=name, provider=provider, hours=float(details.hours), teaches=dict(details.teaches))


def _refuse_hours(hours: float) -> None:
    if type(hours) not in (int, float) or not math.isfinite(hours) or not 0 < hours <= LONGEST_HOURS:
        raise BadInput(f"Hours: give a number above 0 and up to {LONGEST_HOURS}, such as 1.5.")
    if round(hours, 2) != hours:
        raise BadInput("Hours: give at most two decimals, such as 1.25 for an hour and a quarter.")


def _refuse_months(months: int | None) -> None:
    if months is not None and (type(months) is not int or not 1 <= months <= LONGEST_MONTHS):
        raise BadInput(
            f"Months it holds: give whole months from 1 to {LONGEST_MONTHS}, or leave it empty where it never lapses."
        )


def _refuse_format(chosen: str) -> None:
    if chosen not in get_args(Format):
        raise BadInput("Format: choose one from the list.")


def _refuse_untaught(checklist: Checklist, teaches: Mapping[str, int]) -> None:
    if not teaches:
        raise BadInput(
            "What it teaches: choose at least one competency. A course that teaches none closes no gap, so the "
            "training plan could never choose it."
        )
    for name, level in teaches.items():
        if name not in checklist.indicator:
            raise BadInput(f"{name} is not in {checklist.title} {checklist.edition}. Choose one that is.")
        if type(level) is not int or not 1 <= level <= 4:
            raise BadInput(f"{name}: choose the level up to which the course teaches it, from 1 to 4.")


def _refuse_taken(db: Session, actor: Actor, name: str, but_not: str = "") -> None:
    same = select(col(Course.id), col(Course.archived_at)).where(
        col(Course.agency_id) == actor.agency_id, col(Course.name_key) == name_key(name), col(Course.id) != but_not
    )
    found = db.execute(same).first()
    if found:
        where = " in the archive" if found.archived_at else ""
        raise AlreadyThere(f"There is a course named “{name}”{where}. Change that one, or choose another name.")


def _search(
    db: Session, actor: Actor, now: datetime, course_id: str, details: CourseDetails, keep_because: str
) -> None:
    searched(db, actor, now, details.name, "The name of the course", keep_because, course_id)
    searched(db, actor, now, details.provider, "The provider", keep_because, course_id)


def _put_taught(db: Session, actor: Actor, course_id: str, checklist_id: str, teaches: Mapping[str, int]) -> None:
    """In place of those before."""
    key = {"agency_id": actor.agency_id, "course_id": course_id, "checklist_id": checklist_id}
    db.execute(delete(CourseCompetency).filter_by(**key))
    db.execute(insert(TAUGHT), [{**key, "indicator_id": name, "level": level} for name, level in teaches.items()])


def _teaches(db: Session, actor: Actor, checklist: Key) -> defaultdict[str, dict[str, int]]:
    """Course id -> indicator id -> level."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for course_id, indicator, level in db.execute(
        TEACHES, {"agency_id": actor.agency_id, "checklist_id": checklist[0]}
    ):
        found[course_id][indicator] = level
    return found


def _people(db: Session, actor: Actor) -> dict[str, int]:
    """By course, where there are enough that the number tells of nobody."""
    rows = db.execute(ATTENDED, {"agency_id": actor.agency_id})
    return {course_id: people for course_id, people in rows if people >= FEWEST}


def _columns(details: CourseDetails) -> dict[str, Any]:
    kept = {name: value for name, value in vars(details).items() if name != "teaches"}
    return {**kept, "name_key": name_key(details.name)}


def _details(row: Course, teaches: Mapping[str, int]) -> CourseDetails:
    return CourseDetails(row.name, row.hours, row.format, row.provider, row.valid_months, teaches)


def _words(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {level}" for name, level in sorted(value.items()))
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
