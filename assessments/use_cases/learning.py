"""Before and after a course: how the ratings of those who attended moved, and those of others in the same roles."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from assessments.errors import BadInput, NotFound
from assessments.rules.competency import Given
from assessments.rules.learned import MONTHS_AFTER, Compared, Pair, Together, compared, pair, together, window
from assessments.store import shelf
from assessments.store.access import Actor, allowed
from assessments.store.tables import Table
from assessments.use_cases.courses import CourseLine, courses
from assessments.use_cases.job_roles import Key
from assessments.use_cases.matrix import Matrix, matrix_of
from assessments.use_cases.staffing import HERE, STAFF
from assessments.use_cases.training_sessions import SessionLine, training_sessions
from standards.model import Checklist

MOST_MONTHS = 24
R = Table.metadata.tables["competency_rating"].c
ON_THE_DAY = select(STAFF.id).where(*HERE)
GIVEN = select(R.staff_id, R.indicator_id, R.kind, R.on, R.level).where(
    R.agency_id == bindparam("agency_id"),
    R.checklist_id == bindparam("checklist_id"),
    R.kind != "self",
    R.indicator_id.in_(bindparam("taught", expanding=True)),
    R.on >= bindparam("first"),
    R.on <= bindparam("last"),
)
By = Mapping[str, Mapping[str, Pair]]
"""Staff member -> indicator -> pair, of those competencies that their role needs."""


@dataclass(frozen=True)
class Learned:
    """`days` are those of the sessions looked at. `until` is the last day whose ratings count; `attended` are people of
    any role, `rows` those whose role needs each competency.
    """

    checklist: Checklist
    course: CourseLine
    days: tuple[date, ...]
    until: date
    attended: int
    rows: tuple[Compared, ...]
    whole: Together

    def is_open(self, today: date) -> bool:
        """Ratings can still come that count."""
        return today <= self.until


@allowed
def learned(
    db: Session,
    actor: Actor,
    today: date,
    checklist: Key,
    course_id: str,
    session_id: str = "",
    months: int = MONTHS_AFTER,
) -> Learned:
    """Of one session, or with "" of all that were held. BadInput where none was held yet."""
    if not 1 <= months <= MOST_MONTHS:
        raise BadInput(f"Months after: give a whole number from 1 to {MOST_MONTHS}.")
    course = next((one for one in courses(db, actor, checklist, archived=True) if one.id == course_id), None)
    of_course = [one for one in training_sessions(db, actor) if one.details.course_id == course_id]
    looked = [one for one in of_course if session_id in ("", one.id) and one.details.on <= today]
    if course is None:
        raise NotFound("This course is not here any more. Choose another.")
    if not looked:
        raise BadInput("No session of this course was held yet, so there is no before and after. Choose another.")
    days = _days(looked)
    others = _usual_day(looked)
    came_ever = {staff for one in of_course for staff, state in one.attendance.items() if state == "attended"}
    beside = _here(db, actor, others) - came_ever
    of_each = days | dict.fromkeys(beside, others)
    pairs = _pairs(db, actor, today, checklist, course, of_each, months)
    sides = [{staff: pairs[staff] for staff in sorted(side) if staff in pairs} for side in (set(days), beside)]
    return Learned(
        shelf.find(db, actor.agency_id, *checklist),
        course,
        tuple(sorted({one.details.on for one in looked})),
        max(window(day, months)[1] for day in {*days.values(), others}),
        len(days),
        tuple(
            compared(name, _of(sides[0], name), _of(sides[1], name), level)
            for name, level in course.details.teaches.items()
        ),
        together(sides[0], sides[1], course.details.teaches),
    )


def _days(looked: Iterable[SessionLine]) -> dict[str, date]:
    """Of everybody who attended, the day of the first time."""
    found: dict[str, date] = {}
    for one in sorted(looked, key=lambda session: session.details.on, reverse=True):
        found |= {staff: one.details.on for staff, state in one.attendance.items() if state == "attended"}
    return found


def _usual_day(looked: Iterable[SessionLine]) -> date:
    """For those who did not attend: the day on which most did, of equals the first."""
    came = Counter[date]()
    for one in looked:
        came[one.details.on] += sum(state == "attended" for state in one.attendance.values())
    return min(came, key=lambda day: (-came[day], day))


def _here(db: Session, actor: Actor, day: date) -> set[str]:
    """Who worked here on that day."""
    return set(db.execute(ON_THE_DAY, {"agency_id": actor.agency_id, "day": day}).scalars())


def _pairs(
    db: Session, actor: Actor, today: date, checklist: Key, course: CourseLine, days: Mapping[str, date], months: int
) -> By:
    taught = list(course.details.teaches)
    targets = matrix_of(db, actor, today, checklist, list(days))
    given = _given(db, actor, checklist, taught, days, months)
    return {staff: _of_one(staff, taught, targets, given, day, months) for staff, day in days.items()}


def _of_one(
    staff: str,
    taught: Iterable[str],
    matrix: Matrix,
    given: Mapping[tuple[str, str], list[Given]],
    day: date,
    months: int,
) -> dict[str, Pair]:
    needed = [name for name in taught if name in matrix.targets[staff]]
    return {name: pair(given.get((staff, name), ()), day, months) for name in needed}


def _given(
    db: Session, actor: Actor, checklist: Key, taught: list[str], days: Mapping[str, date], months: int
) -> dict[tuple[str, str], list[Given]]:
    """What was rated within the times looked at."""
    windows = [window(day, months) for day in set(days.values())]
    if not windows or not taught:
        return {}
    key: dict[str, Any] = {"agency_id": actor.agency_id, "checklist_id": checklist[0], "taught": taught}
    key |= {"first": min(first for first, _ in windows), "last": max(last for _, last in windows)}
    found = defaultdict[tuple[str, str], list[Given]](list)
    for staff_id, indicator, kind, on, level in db.execute(GIVEN, key):
        found[staff_id, indicator].append(Given(kind, on, level))
    return dict(found)


def _of(side: By, indicator: str) -> list[Pair]:
    return [by[indicator] for by in side.values() if indicator in by]
