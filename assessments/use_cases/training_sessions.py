"""The times that a course is held: planned or past, who was there, and until when that holds."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session, col

from assessments.errors import BadInput, Conflict, NotAllowed, NotFound
from assessments.rules.days import in_words
from assessments.rules.sight import Sight
from assessments.rules.training import lapses_on
from assessments.store import audit
from assessments.store.access import TRAIN, Actor, allowed, roles_of
from assessments.store.tables import Attendance, Course, StaffMember, Table, TrainingSession
from assessments.use_cases.competencies import today_of
from assessments.use_cases.courses import find_course
from assessments.use_cases.staff import Member, find_member, roster, sight_of
from assessments.use_cases.typed import body, every, searched

AttendanceState = Literal["expected", "attended", "absent"]
Shown = AttendanceState | Literal["unknown"] | None
"""The mark that a page showed: it is its own version. "unknown" is of somebody who looked at none."""

FEWEST = 5
"""Below it, how many attended would tell who."""
FARTHEST = timedelta(days=5 * 365)
MARKED = "mark attendance"
"""The act under which the trail holds who was there: it never shows the values."""


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


@dataclass(frozen=True)
class Done:
    """A course that somebody attended; on `lapses_on` it does not count any more."""

    course_id: str
    course: str
    on: date
    lapses_on: date | None


HERE = Table.metadata.tables["attendance"].c
AGENCY: Any = bindparam("agency_id")
SOME: Any = bindparam("members", expanding=True)
MARKS = select(HERE.session_id, HERE.staff_id, HERE.state).where(HERE.agency_id == AGENCY)
SESSIONS = (
    select(TrainingSession, col(Course.name))
    .join(
        Course,
        (col(Course.agency_id) == TrainingSession.agency_id) & (col(Course.id) == TrainingSession.course_id),
    )
    .where(col(TrainingSession.agency_id) == AGENCY)
    .order_by(col(TrainingSession.on).desc(), col(Course.name_key), col(TrainingSession.id))
)
ATTENDED = (
    select(HERE.staff_id, col(Course.id), col(Course.name), col(TrainingSession.on), col(Course.valid_months))
    .join(
        TrainingSession,
        (col(TrainingSession.agency_id) == HERE.agency_id) & (col(TrainingSession.id) == HERE.session_id),
    )
    .join(
        Course,
        (col(Course.agency_id) == HERE.agency_id) & (col(Course.id) == TrainingSession.course_id),
    )
    .where(HERE.agency_id == AGENCY, HERE.state == "attended", HERE.staff_id.in_(SOME))
    .order_by(col(TrainingSession.on).desc(), col(Course.name_key))
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
def trained(db: Session, actor: Actor, members: Collection[str]) -> dict[str, list[Done]]:
    """By member, newest first, every time that they attended. NotFound where one is not the actor's to see."""
    if not sight_of(db, actor).sees.issuperset(members):
        raise NotFound("This staff member is not here, or not yours to see. Choose one from the list.")
    found: dict[str, list[Done]] = {staff_id: [] for staff_id in members}
    key = {"agency_id": actor.agency_id, "members": list(members)}
    for staff_id, course_id, course, on, months in db.execute(ATTENDED, key):
        found[staff_id].append(Done(course_id, course, on, lapses_on(on, months)))
    return found


@allowed
def attenders(db: Session, actor: Actor, session_id: str) -> list[Member]:
    """Whose attendance the actor may mark: who was here on the day, or is marked already; by site and code."""
    session, seen = find_session(db, actor, session_id), sight_of(db, actor)
    marked = {mark.staff_id for mark in _marks(db, actor, session_id)}
    return [
        one
        for one in (roster(db, actor) if seen.sees else [])
        if _may_mark(seen, one.id) and (one.id in marked or one.is_here(session.on))
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
    _say(db, actor, now, audit.Change("add", "training session", row.id, after=f"{course.name}, {row.on}"))
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
        _open_course(db, actor, details.course_id)
    details = _checked(db, actor, now, details)
    searched(db, actor, now, details.note, "The note on the session", keep_because, session_id)
    _refuse_moved(db, actor, now, session_id, details.on)
    row.course_id, row.on, row.note, row.version = details.course_id, details.on, details.note, row.version + 1
    db.add(row)
    for name, was in vars(before).items():
        new = getattr(details, name)
        if was != new:
            _say(db, actor, now, audit.Change("revise", "training session", session_id, name, str(was), str(new)))


@allowed
def delete_session(db: Session, actor: Actor, now: datetime, session_id: str, shown: int) -> None:
    """With who was expected. Not once somebody attended: what they learned there would be gone with it."""
    row = find_session(db, actor, session_id, shown)
    if any(mark.state == "attended" for mark in _marks(db, actor, session_id)):
        raise BadInput(
            "This session was not deleted: somebody attended it, and that would be lost with it. If it is here by "
            "mistake, take everybody off it first."
        )
    db.execute(delete(Attendance).filter_by(agency_id=actor.agency_id, session_id=session_id))
    db.delete(row)
    _say(db, actor, now, audit.Change("delete", "training session", session_id, before=str(row.on)))


@allowed
def mark_attendance(
    db: Session,
    actor: Actor,
    now: datetime,
    session_id: str,
    staff_id: str,
    state: AttendanceState | None,
    shown: Shown = "unknown",
) -> None:
    """None takes the person off the session. `shown` is the mark that the page showed; Conflict where it moved on."""
    session, member = find_session(db, actor, session_id), _markable(db, actor, staff_id)
    row = db.get(Attendance, (actor.agency_id, session_id, staff_id), populate_existing=True)
    before = row.state if row else None
    if before == state:
        return
    if shown not in ("unknown", before):
        raise Conflict(f"{member.code} was marked by somebody else after you opened this. Look at it again.", "mark")
    if state is None:
        db.delete(row)
    else:
        _refuse_mark(session, member, state, today_of(db, actor, now))
        row = row or Attendance(agency_id=actor.agency_id, session_id=session_id, staff_id=staff_id)
        row.state = state
        db.add(row)
    db.flush()
    _say(db, actor, now, audit.Change(MARKED, "training session", session_id, staff_id, before or "", state or ""))


def find_session(db: Session, actor: Actor, session_id: str, shown: int | None = None) -> TrainingSession:
    """Conflict where it is not the version shown; None asks for none."""
    row = db.get(TrainingSession, (actor.agency_id, session_id), populate_existing=True)
    if row is None:
        raise NotFound("This session is not here any more. Open the list again.")
    if shown is not None and row.version != shown:
        raise Conflict("This session was changed after you opened it. Look at it again.", "session")
    return row


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
    for mark in _marks(db, actor, session_id):
        if on > today and mark.state != "expected":
            raise BadInput(
                f"{in_words(on)} is still to come, and there are marks of who attended. Give the day on which it was "
                "held, or set the marks back first."
            )
        if not _was_here(find_member(db, actor, mark.staff_id), on):
            raise BadInput(
                f"Somebody on the list was not here on {in_words(on)}. Take them off the session first, or give "
                "another day."
            )


def _markable(db: Session, actor: Actor, staff_id: str) -> StaffMember:
    seen = sight_of(db, actor)
    if staff_id not in seen.sees:
        raise NotFound("This staff member is not here, or not yours to see. Choose one from the list.")
    if not _may_mark(seen, staff_id):
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
    if not _was_here(member, session.on):
        raise BadInput(
            f"{member.code} was not here on {in_words(session.on)}. Look at their first and last day on the page "
            "Staff, or at the day of the session."
        )


def _was_here(member: StaffMember, on: date) -> bool:
    return member.starts <= on and (member.ends is None or on <= member.ends)


def _marks(db: Session, actor: Actor, session_id: str) -> list[Attendance]:
    wanted = select(Attendance).filter_by(agency_id=actor.agency_id, session_id=session_id)
    return list(db.execute(wanted).scalars())


def _say(db: Session, actor: Actor, now: datetime, change: audit.Change) -> None:
    audit.record(db, actor.agency_id, actor.person_id, now, change)
