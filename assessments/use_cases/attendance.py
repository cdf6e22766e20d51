"""Who is expected at a session, who came, and until when that holds."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, get_args

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from assessments.errors import BadInput, Conflict, NotAllowed
from assessments.rules.days import in_words
from assessments.rules.sight import Sight
from assessments.rules.training import holds_until
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import Attendance, Course, StaffMember, TrainingSession
from assessments.use_cases.staff import Member, find_member, require_seen, roster, sight_of
from assessments.use_cases.staffing import is_here, today_of
from assessments.use_cases.told import say
from assessments.use_cases.training_sessions import AGENCY, MARK, AttendanceState, find_session, marks_of

MARKED = "mark attendance"
"""The act under which the trail holds who was there: it never shows the values."""


@dataclass(frozen=True)
class Done:
    """A course that somebody attended. `holds_until` is the last day on which it counts; None where it never lapses."""

    course_id: str
    course: str
    on: date
    holds_until: date | None


SOME: Any = bindparam("members", expanding=True)
ATTENDED = (
    select(MARK.staff_id, col(Course.id), col(Course.name), col(TrainingSession.on), col(Course.valid_months))
    .join(
        TrainingSession,
        (col(TrainingSession.agency_id) == MARK.agency_id) & (col(TrainingSession.id) == MARK.session_id),
    )
    .join(
        Course,
        (col(Course.agency_id) == MARK.agency_id) & (col(Course.id) == TrainingSession.course_id),
    )
    .where(MARK.agency_id == AGENCY, MARK.state == "attended", MARK.staff_id.in_(SOME))
    .order_by(col(TrainingSession.on).desc(), col(Course.name_key))
)


@allowed
def trained(db: Session, actor: Actor, members: Collection[str]) -> dict[str, list[Done]]:
    """By member, newest first, every time that they attended. NotFound where one is not the actor's to see."""
    require_seen(db, actor, members)
    found: dict[str, list[Done]] = {staff_id: [] for staff_id in members}
    key = {"agency_id": actor.agency_id, "members": list(members)}
    for staff_id, course_id, course, on, months in db.execute(ATTENDED, key):
        found[staff_id].append(Done(course_id, course, on, holds_until(on, months)))
    return found


@allowed
def attenders(db: Session, actor: Actor, session_id: str) -> list[Member]:
    """Whose attendance the actor may mark: who was here on the day, or is marked already; by site and code."""
    session, seen = find_session(db, actor, session_id), sight_of(db, actor)
    marked = {mark.staff_id for mark in marks_of(db, actor, session_id)}
    return [
        one
        for one in (roster(db, actor) if seen.sees else [])
        if _may_mark(seen, one.id) and (one.id in marked or one.is_here(session.on))
    ]


@allowed
def mark_attendance(
    db: Session,
    actor: Actor,
    now: datetime,
    session_id: str,
    staff_id: str,
    state: AttendanceState | None,
    shown: AttendanceState | None,
) -> None:
    """None takes the person off the session. `shown` is the mark that the page showed: it is its own version, and where
    it moved on there is a Conflict.
    """
    session, member = find_session(db, actor, session_id), _markable(db, actor, staff_id)
    row = db.get(Attendance, (actor.agency_id, session_id, staff_id), populate_existing=True)
    before = row.state if row else None
    if before == state:
        return
    if shown != before:
        raise Conflict(f"{member.code} was marked by somebody else after you opened this. Look at it again.", "mark")
    if state is None:
        db.delete(row)
    else:
        _refuse_mark(session, member, state, today_of(db, actor, now))
        row = row or Attendance(agency_id=actor.agency_id, session_id=session_id, staff_id=staff_id)
        row.state = state
        db.add(row)
    db.flush()
    say(db, actor, now, audit.Change(MARKED, "training session", session_id, staff_id, before or "", state or ""))


def _markable(db: Session, actor: Actor, staff_id: str) -> StaffMember:
    if not _may_mark(require_seen(db, actor, [staff_id]), staff_id):
        raise NotAllowed("You mark the attendance of your own team alone. Ask a trainer to mark this one.")
    return find_member(db, actor, staff_id)


def _may_mark(seen: Sight, staff_id: str) -> bool:
    """A trainer marks everybody, a supervisor their own team."""
    return staff_id in seen.sees and (seen.trains or staff_id in seen.team)


def _refuse_mark(session: TrainingSession, member: StaffMember, state: str, today: date) -> None:
    if state not in get_args(AttendanceState):
        raise BadInput("Attendance: choose one from the list.")
    if session.on > today and state != "expected":
        raise BadInput(
            f"The session is on {in_words(session.on)}: until then people can be expected, and not yet have attended "
            "or been absent."
        )
    if not is_here(member, session.on):
        raise BadInput(
            f"{member.code} was not here on {in_words(session.on)}. Look at their first and last day on the page "
            "Staff, or at the day of the session."
        )
