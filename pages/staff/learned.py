"""Before and after: whether the ratings of those who attended a course moved, against others in the same roles."""

from collections.abc import Mapping, Sequence

import streamlit as st

from assessments.rules.learned import MONTHS_AFTER
from assessments.use_cases.courses import courses
from assessments.use_cases.learning import learned
from assessments.use_cases.training_sessions import SessionLine, training_sessions
from pages.shared import choices, hallway, house, words
from pages.staff import choosing, learned_shown

EVERY = "All that were held"
COURSE = "learned-course"


def held() -> list[SessionLine]:
    """Ends the page, with the way on, where none was held yet."""
    found = [one for one in house.read(training_sessions) if one.details.on <= house.today()]
    if not found:
        st.info(
            "No training was held yet, so there is no before and after. Add a session and mark who attended; rate "
            "them before it and again in the months after."
        )
        hallway.next_step(hallway.COURSES, "Add a session", view="sessions")
        st.stop()
    return found


def choose(sessions: Sequence[SessionLine], names: Mapping[str, str]) -> tuple[str, str, int]:
    """Course, session or "" for all of them, and months after."""
    first, second, third = st.columns([3, 2, 2])
    there = list(dict.fromkeys(one.details.course_id for one in sessions if one.details.course_id in names))
    say = choices.steady(COURSE, there, names.__getitem__)
    course: str = first.selectbox("Course", there, format_func=say, key=COURSE)
    days = {"": EVERY} | {one.id: words.day(one.details.on) for one in sessions if one.details.course_id == course}
    key = f"learned-session-{course}"
    say = choices.steady(key, days, days.__getitem__)
    session: str = second.selectbox("Session", list(days), format_func=say, key=key)
    months = third.number_input("Months after", value=MONTHS_AFTER, step=1, key="learned-months")
    return course, session, months


st.title("Before and after")
choosing.say_what_for()
checklist = choosing.checklist()
choosing.people()
names = {one.id: one.details.name for one in house.read(courses, checklist.key, archived=True)}
course, session, months = choose(held(), names)
with st.spinner("Reading the ratings"):
    found = house.read(learned, house.today(), checklist.key, course, session, months)
learned_shown.show(found, months)
hallway.next_step(hallway.RATE_STAFF, "Rate staff", ":material/how_to_reg:")
