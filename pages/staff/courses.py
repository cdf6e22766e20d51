"""Courses: what they teach, when they are held, who was there, and when that lapses."""

from typing import Literal

import streamlit as st

from assessments.use_cases.courses import courses, keeps_courses
from assessments.use_cases.holding import seen_staff
from pages.shared import forms, hallway, house
from pages.staff import choosing, course_done, course_list, session_list

View = Literal["courses", "sessions", "done"]
VIEWS: dict[View, str] = {"courses": "Courses", "sessions": "Sessions", "done": "Who has done what"}
VIEW = "view"
"""In the address, by its words on screen: `?view=Sessions`."""

st.title("Courses")
choosing.say_what_for()
checklist = choosing.checklist()
found = house.read(courses, checklist.key, archived=True)
keeps = house.read(keeps_courses)
view: View = st.segmented_control(
    "Show",
    list(VIEWS),
    default="courses",
    format_func=VIEWS.__getitem__,
    key=VIEW,
    required=True,
    bind="query-params",
)
forms.only(session_list.SCOPE if view == "sessions" else course_list.SCOPE)
match view:
    case "sessions":
        session_list.show(found, sees=bool(house.read(seen_staff, house.today()).members), keeps=keeps)
    case "done":
        course_done.show(found)
    case _:
        course_list.show(checklist, found, keeps=keeps)
hallway.next_step(hallway.TRAINING, "Go to the training plan", ":material/calculate:")
