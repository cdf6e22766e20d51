"""The courses of the invented agency, and who was there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from assessments.demo_plan import Later
from assessments.store.access import Actor
from assessments.store.database import Session
from assessments.use_cases.attendance import mark_attendance
from assessments.use_cases.courses import CourseDetails, add_course
from assessments.use_cases.job_roles import Key
from assessments.use_cases.training_sessions import AttendanceState, SessionDetails, add_session


@dataclass(frozen=True)
class Held:
    """`day` is counted from today; `marks` are codes of staff with how each is marked."""

    day: int
    marks: Mapping[str, AttendanceState]
    note: str = ""


def _marked(state: AttendanceState, *codes: str) -> dict[str, AttendanceState]:
    return dict.fromkeys(codes, state)


TRAINED = ("HH-03", "HH-04", "HH-06", "HH-07", "HH-09", "HH-10")
"""Who came to the first course: enough to look at them before and after."""
COURSES: tuple[tuple[CourseDetails, tuple[Held, ...]], ...] = (
    (
        CourseDetails(
            "Newborns who were exposed before birth",
            hours=4,
            format="in-person",
            provider="Lakeside birth unit (invented)",
            teaches={"STF-04": 3, "STF-05": 3},
        ),
        (
            Held(
                -75,
                _marked("attended", *TRAINED) | _marked("absent", "HH-11"),
                "Half a day at the birth unit, with a round through the nursery.",
            ),
        ),
    ),
    (
        CourseDetails(
            "Words that put the person first",
            hours=1.5,
            format="online-live",
            provider="Harbor House, own trainers",
            valid_months=12,
            teaches={"STF-08": 3, "STF-09": 2, "STF-10": 2},
        ),
        (Held(-345, _marked("attended", "HH-01", "HH-03", "HH-05", "HH-08")),),
    ),
    (
        CourseDetails(
            "Motivational interviewing, with practice",
            hours=12,
            format="in-person",
            provider="Two Rivers Training (invented)",
            valid_months=24,
            teaches={"STF-13": 3, "STF-15": 3},
        ),
        (Held(18, _marked("expected", "HH-04", "HH-06", "HH-08")),),
    ),
    (
        CourseDetails(
            "A walk round the services next door",
            hours=2,
            format="coaching",
            provider="Harbor House, own trainers",
            teaches={"STF-16": 3, "STF-17": 3, "STF-18": 3, "STF-19": 3, "STF-20": 3},
        ),
        (),
    ),
)
PLANNED = 10
"""Days ago: what is still to come was entered then."""


def train(db: Session, actor: Actor, now: datetime, began: datetime, checklist: Key, ids: Mapping[str, str]) -> Later:
    """Courses are entered when the roster `began`, with what was held before. `ids` are those of the staff, by code."""
    for details, sessions in COURSES:
        course = add_course(db, actor, began, checklist, details)
        for held in sessions:
            day = now + timedelta(days=held.day)
            moment = max(min(day, now - timedelta(days=PLANNED)), began)
            yield moment, partial(_hold, db, actor, moment, SessionDetails(course, day.date(), held.note), held, ids)


def _hold(
    db: Session, actor: Actor, moment: datetime, details: SessionDetails, held: Held, ids: Mapping[str, str]
) -> Later:
    session = add_session(db, actor, moment, details)
    for code, state in held.marks.items():
        mark_attendance(db, actor, moment, session, ids[code], state, None)
    yield from ()
