"""The times that a course is held: planned or past, and how each who stands on the list is marked."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session, col

from assessments.errors import BadInput, Conflict, NotFound
from assessments.rules.days import in_words
from assessments.store import audit
from assessments.store.access import TRAIN, Actor, allowed, roles_of
from assessments.store.tables import Attendance, Course, Table, TrainingSession
from assessments.use_cases.courses import find_course
from assessments.use_cases.staff import find_member, sight_of
from assessments.use_cases.staffing import is_here, today_of
from assessments.use_cases.told import say, say_changed
from assessments.use_cases.typed import body, every, searched

AttendanceState = Literal["expected", "attended", "absent"]
FEWEST = 5
"""Below it, how many attended would tell who."""
FARTHEST = timedelta(days=5 * 365)


@dataclass(frozen=True)
class SessionDetails:
    course_id: str
    on: date
    note: str = ""


@dataclass(frozen=True)
class SessionLine:
    """`attendance` is by staff member, of those alone whom the actor sees. `attended` is how many did in all, for those
    who keep the courses; None for others, and below `FEWEST`.
    """

    id: str
    version: int
    details: SessionDetails
    course: str
    attendance: Mapping[str, AttendanceState] = field(default_factory=dict)
    attended: int | None = None


MARK = Table.metadata.tables["attendance"].c
AGENCY: Any = bindparam("agency_id")
MARKS = select(MARK.session_id, MARK.staff_id, MARK.state).where(MARK.agency_id == AGENCY)
SESSIONS = (
    select(TrainingSession, col(Course.name))
    .join(
        Course,
        (col(Course.agency_id) == TrainingSession.agency_id) & (col(Course.id) == TrainingSession.course_id),
    )
    .where(col(TrainingSession.agency_id) == AGENCY)
    .order_by(col(TrainingSession.on).desc(), col(Course.name_key), col(TrainingSession.id))
)


@allowed
def training_sessions(db: Session, actor: Actor) -> list[SessionLine]:
    """Newest first."""
    seen, keeps = sight_of(db, actor).sees, bool(TRAIN & roles_of(db, actor))
    marks: dict[str, dict[str, AttendanceState]] = defaultdict(dict)
    came = Counter[str]()
    for session_id, staff_id, state in db.execute(MARKS, {"agency_id": actor.agency_id}):
        came[session_id] += state == "attended"
        if staff_id in seen:
            marks[session_id][staff_id] = state
    return [
        SessionLine(
            row.id,
            row.version,
            SessionDetails(row.course_id, row.on, row.note),
            course,
            marks[row.id],
            came[row.id] if keeps and came[row.id] >= FEWEST else None,
        )
        for row, course in db.execute(SESSIONS, {"agency_id": actor.agency_id})
    ]


@allowed
def add_session(db: Session, actor: Actor, now: datetime, details: SessionDetails, keep_because: str = "") -> str:
    """The id of the new session."""
    course = _open_course(db, actor, details.course_id)
    details = _checked(db, actor, now, details)
    row = TrainingSession(agency_id=actor.agency_id, added_at=now, added_by=actor.person_id, **vars(details))
    searched(db, actor, now, details.note, "The note on the session", keep_because, row.id)
    db.add(row)
    db.flush()
    say(db, actor, now, audit.Change("add", "training session", row.id, after=f"{course.name}, {row.on}"))
    return row.id


@allowed
def revise_session(
    db: Session,
    actor: Actor,
    now: datetime,
    session_id: str,
    details: SessionDetails,
    shown: int,
    keep_because: str = "",
) -> None:
    """`shown` is the version that the page showed."""
    row = find_session(db, actor, session_id, shown)
    before = SessionDetails(row.course_id, row.on, row.note)
    if details.course_id != row.course_id:
        if any(mark.state == "attended" for mark in marks_of(db, actor, session_id)):
            raise BadInput("Somebody attended this session, so its course stays. Add another session for the other.")
        _open_course(db, actor, details.course_id)
    details = _checked(db, actor, now, details)
    searched(db, actor, now, details.note, "The note on the session", keep_because, session_id)
    _refuse_moved(db, actor, now, session_id, details.on)
    row.course_id, row.on, row.note, row.version = details.course_id, details.on, details.note, row.version + 1
    db.add(row)
    say_changed(db, actor, now, "training session", session_id, vars(before), vars(details))


@allowed
def delete_session(db: Session, actor: Actor, now: datetime, session_id: str, shown: int) -> None:
    """With who was expected. Not once somebody attended: what they learned there would be gone with it."""
    row = find_session(db, actor, session_id, shown)
    if any(mark.state == "attended" for mark in marks_of(db, actor, session_id)):
        raise BadInput(
            "This session was not deleted: somebody attended it, and that would be lost with it. If it is here by "
            "mistake, take everybody off it first."
        )
    db.execute(delete(Attendance).filter_by(agency_id=actor.agency_id, session_id=session_id))
    db.delete(row)
    say(db, actor, now, audit.Change("delete", "training session", session_id, before=str(row.on)))


def find_session(db: Session, actor: Actor, session_id: str, shown: int | None = None) -> TrainingSession:
    """Conflict where it is not the version shown; None asks for none."""
    row = db.get(TrainingSession, (actor.agency_id, session_id), populate_existing=True)
    if row is None:
        raise NotFound("This session is not here any more. Open the list again.")
    if shown is not None and row.version != shown:
        raise Conflict("This session was changed after you opened it. Look at it again.", "session")
    return row


def marks_of(db: Session, actor: Actor, session_id: str) -> list[Attendance]:
    wanted = select(Attendance).filter_by(agency_id=actor.agency_id, session_id=session_id)
    return list(db.execute(wanted).scalars())


def _open_course(db: Session, actor: Actor, course_id: str) -> Course:
    course = find_course(db, actor, course_id)
    if course.archived_at:
        raise BadInput(f"“{course.name}” is in the archive. Take it out, or choose another course.")
    return course


def _checked(db: Session, actor: Actor, now: datetime, details: SessionDetails) -> SessionDetails:
    note, _ = every(
        lambda: body(details.note, "Note", 2_000),
        lambda: _refuse_far(details.on, today_of(db, actor, now)),
    )
    return replace(details, note=note)


def _refuse_far(on: date, today: date) -> None:
    if on > today + FARTHEST:
        raise BadInput(f"{in_words(on)} is more than five years away. Look at the year.")


def _refuse_moved(db: Session, actor: Actor, now: datetime, session_id: str, on: date) -> None:
    """Whoever stands on the list must have been here on the new day too, and nobody has attended what is to come."""
    today = today_of(db, actor, now)
    for mark in marks_of(db, actor, session_id):
        if on > today and mark.state != "expected":
            raise BadInput(
                f"{in_words(on)} is still to come, and there are marks of who attended. Give the day on which it was "
                "held, or set the marks back first."
            )
        if not is_here(find_member(db, actor, mark.staff_id), on):
            raise BadInput(
                f"Somebody on the list was not here on {in_words(on)}. Take them off the session first, or give "
                "another day."
            )
