"""What people have done, and when it lapses: what lapses soon first, then one person, then one course."""

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from assessments.rules.training import ORDER, SOON, holds
from assessments.use_cases.attendance import Done, trained
from assessments.use_cases.courses import CourseLine
from assessments.use_cases.holding import Colleague, seen_staff
from pages.shared import choices, hallway, house, words
from pages.staff import course_words as said

PERSON, COURSE = "done.person", "done.course"
MOST = 40
"""Rows of a table; more are in the choice of a person or a course."""
One = tuple[Colleague, Done]


def show(courses: Sequence[CourseLine]) -> None:
    people = house.read(seen_staff, house.today()).members
    if not people:
        st.info(
            "There is nobody whose courses are yours to see. People see their own, supervisors those of their team, "
            "trainers everybody's."
        )
        hallway.next_step(hallway.STAFF, "Go to the staff", ":material/badge:")
        return
    done = house.read(trained, [one.id for one in people])
    newest = [(one, last) for one in people for last in _newest(done[one.id])]
    _pressing(newest)
    _person({one.id: one for one in people}, done)
    _course(courses, people, newest)


def _newest(done: Iterable[Done]) -> list[Done]:
    """Of each course the last time, which is the one that holds."""
    last: dict[str, Done] = {}
    for one in done:
        last.setdefault(one.course_id, one)
    return list(last.values())


def _pressing(newest: Sequence[One]) -> None:
    today = house.today()
    found = [one for one in newest if holds(one[1].holds_until, today) in ("lapsed", "lapses soon")]
    st.markdown(f"**Lapsed, or lapsing within {SOON.days} days**")
    if not found:
        st.markdown("Nothing has lapsed and nothing lapses soon.")
        return
    _table([{"Person": words.plain(who.label)} | _row(done) for who, done in _ordered(found)])


def _person(people: Mapping[str, Colleague], done: Mapping[str, Sequence[Done]]) -> None:
    chosen = st.selectbox(
        "One person",
        list(people),
        index=None,
        placeholder="Choose somebody to see all that they have done",
        format_func=choices.steady(PERSON, people, lambda one: people[one].label),
        key=PERSON,
    )
    if not chosen:
        return
    if not done[chosen]:
        st.markdown(f"{words.plain(people[chosen].label)} has attended no session yet.")
        return
    last = _newest(done[chosen])
    rows = [_row(one) if one in last else _row(one) | {"Holds": "Taken again since"} for one in done[chosen]]
    _table(rows)


def _course(courses: Sequence[CourseLine], people: Sequence[Colleague], newest: Sequence[One]) -> None:
    names = {one.id: one.details.name for one in courses}
    chosen = st.selectbox(
        "One course",
        list(names),
        index=None,
        placeholder="Choose a course to see who has done it",
        format_func=choices.steady(COURSE, names, names.__getitem__),
        key=COURSE,
    )
    if not chosen:
        return
    found = [one for one in newest if one[1].course_id == chosen]
    st.markdown(f"{len(found)} of {words.count(len(people), 'staff member')} whom you see have done it.")
    if found:
        _table(
            [
                {"Person": words.plain(who.label), "Taken": words.day(done.on), "Holds": _how_long(done)}
                for who, done in _ordered(found)
            ]
        )


def _ordered(found: Sequence[One]) -> list[One]:
    today = house.today()
    return sorted(
        found, key=lambda one: (ORDER.index(holds(one[1].holds_until, today)), one[1].holds_until or one[1].on)
    )


def _row(done: Done) -> dict[str, str]:
    return {"Course": words.plain(done.course), "Taken": words.day(done.on), "Holds": _how_long(done)}


def _how_long(done: Done) -> str:
    return said.how_long(done, house.today())


def _table(rows: Sequence[Mapping[str, str]]) -> None:
    st.table([dict(row) for row in rows[:MOST]], hide_index=True, border="horizontal")
    if rows[MOST:]:
        st.caption(f"{len(rows) - MOST} more. Choose one person, or one course.")
