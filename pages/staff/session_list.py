"""The sessions of the courses, planned and held; one of them opened, changed, put into a calendar, or taken away."""

import textwrap
from collections.abc import Sequence
from datetime import date

import streamlit as st

from assessments.use_cases.courses import CourseLine
from assessments.use_cases.deliveries import File
from assessments.use_cases.training_sessions import (
    SessionDetails,
    SessionLine,
    add_session,
    delete_session,
    revise_session,
    training_sessions,
)
from pages.shared import choices, delivery, forms, house, words
from pages.staff import course_words as said
from pages.staff import session_marks
from reports import calendar

SCOPE = "session"
COURSE, CHOSEN = "sessions.course", "sessions.chosen"
MOST = 12
"""Sessions that were held, listed at once; all of them can be opened."""
LONGEST = 160
"""Characters of a note in the list."""
DAY = "MM/DD/YYYY"


def show(courses: Sequence[CourseLine], *, sees: bool, keeps: bool) -> None:
    """`sees`: the actor sees at least one of the staff, and so marks and not only numbers; `keeps`: may change them."""
    if not courses:
        st.info("A session is one time that a course is held. Add a course first, under “Courses”.")
        return
    names = {one.id: one.details.name for one in courses}
    say = choices.steady(COURSE, names, names.__getitem__)
    wanted = st.selectbox("Course", list(names), index=None, placeholder="All courses", format_func=say, key=COURSE)
    found = [one for one in house.read(training_sessions) if wanted in (None, one.details.course_id)]
    _listed(found, sees=sees)
    if keeps:
        _add([one for one in courses if not one.archived], wanted)
    if found:
        _choose({one.id: one for one in found}, courses, sees=sees, keeps=keeps)


def _listed(found: Sequence[SessionLine], *, sees: bool) -> None:
    today = house.today()
    planned = [one for one in reversed(found) if one.details.on > today]
    held = [one for one in found if one.details.on <= today]
    if not found:
        st.info("No session yet. Add one: a day on which a course is, or was, held. Then mark who comes or came.")
    if planned:
        st.markdown("**Planned**\n\n" + "\n".join(_line(one, sees=sees) for one in planned))
    if held:
        st.markdown("**Held**\n\n" + "\n".join(_line(one, sees=sees) for one in held[:MOST]))
    if held[MOST:]:
        st.caption(f"{len(held) - MOST} earlier ones can be opened below.")


def _line(one: SessionLine, *, sees: bool) -> str:
    said_first = textwrap.shorten(one.details.note, LONGEST, placeholder=" …")
    note = f"  \n  {words.plain(said_first)}" if said_first else ""
    return f"- {_headline(one, sees=sees)}{note}"


def _headline(one: SessionLine, *, sees: bool) -> str:
    return f"**{words.day(one.details.on)}** · {words.plain(one.course)} · {said.came(one, sees=sees)}"


def _add(courses: Sequence[CourseLine], wanted: str | None) -> None:
    if not courses:
        return
    names = {one.id: one.details.name for one in courses}
    first = wanted if wanted in names else courses[0].id
    forms.door(SCOPE, "Add a session", SessionDetails(first, house.today()))
    forms.show(
        SCOPE,
        "Add this session",
        lambda key, details: _fields(key, details, names),
        lambda details, _, keep: house.write(add_session, details, keep),
        "The session is added. Open it below and mark who comes or came.",
    )


def _choose(by_id: dict[str, SessionLine], courses: Sequence[CourseLine], *, sees: bool, keeps: bool) -> None:
    chosen = st.selectbox(
        "Open one session",
        list(by_id),
        index=None,
        placeholder="Choose a session to mark who attended",
        format_func=choices.steady(CHOSEN, by_id, lambda one: said.session(by_id[one])),
        key=CHOSEN,
    )
    if chosen:
        with st.container(border=True):
            _opened(by_id[chosen], courses, sees=sees, keeps=keeps)


def _opened(line: SessionLine, courses: Sequence[CourseLine], *, sees: bool, keeps: bool) -> None:
    st.markdown(_headline(line, sees=sees))
    if line.details.note:
        st.markdown(words.plain(line.details.note))
    session_marks.show(line)
    name = f"{SCOPE}-{line.id}"
    with st.container(horizontal=True):
        if keeps:
            forms.door(name, "Change the session", line.details, line.version, ":material/edit:")
            forms.door(f"{name}-out", "Delete it", "", line.version, ":material/delete:")
        if line.details.on > house.today():
            delivery.offer("For the calendar", "session", lambda: _file(line), line.id)
    if keeps:
        _changed(line, name, courses)


def _changed(line: SessionLine, name: str, courses: Sequence[CourseLine]) -> None:
    """What the two doors open."""
    names = {one.id: one.details.name for one in courses if not one.archived or one.id == line.details.course_id}
    forms.show(
        name,
        "Save the change",
        lambda key, details: _fields(key, details, names),
        lambda details, shown, keep: house.write(revise_session, line.id, details, shown, keep),
        "The session is saved.",
        line.version,
    )
    forms.show(
        f"{name}-out",
        "Delete it, with who was expected",
        lambda _, nothing: nothing,
        lambda _, shown, __: house.write(delete_session, line.id, shown),
        "The session is deleted. The audit trail keeps that it was there.",
        line.version,
    )


def _fields(key: str, details: SessionDetails, names: dict[str, str]) -> SessionDetails:
    first, second = st.columns([3, 1])
    ids = list(names)
    course = first.selectbox(
        "Course", ids, ids.index(details.course_id), format_func=names.__getitem__, key=f"{key}-course"
    )
    on: date = second.date_input("Day", details.on, format=DAY, key=f"{key}-on")
    note = st.text_area(
        "Note, if you like",
        details.note,
        height=80,
        key=f"{key}-note",
        placeholder="Where, at what time, what was different. No names of clients, and no word about one person.",
    )
    return SessionDetails(course, on, note)


def _file(line: SessionLine) -> File:
    content = calendar.of_session(line, house.now())
    name = delivery.named("session", f"{line.details.on:%Y-%m-%d}", ending="ics")
    return File(name, "text/calendar; charset=utf-8", content, "training_sessions")
