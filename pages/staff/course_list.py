"""The courses there are, and one of them: all that it teaches, changed or put into the archive."""

from collections.abc import Sequence

import streamlit as st

from assessments.errors import ToolkitError
from assessments.use_cases.courses import CourseDetails, CourseLine, add_course, archive_course, revise_course
from pages.shared import choices, forms, house, words
from pages.staff import course_form
from pages.staff import course_words as said
from standards.model import Checklist

SCOPE = "course"
CHOSEN, ARCHIVED = "courses.chosen", "courses.archived"
WHAT_FOR = (
    "No course is here yet. A course is any training that your staff can take: a class, a talk in a team meeting, an "
    "online module, coaching on the job. Say how long it is and which competencies it teaches up to which level. The "
    "training plan then finds the fewest hours that close the most gaps, and each session says who has done it."
)

WHO_KEEPS = "A trainer or an administrator of your agency adds courses."


def show(checklist: Checklist, found: Sequence[CourseLine], *, keeps: bool) -> None:
    """`keeps`: the actor may change them."""
    archived = sum(one.archived for one in found)
    with_archived = archived > 0 and st.toggle(f"Show archived courses ({archived})", key=ARCHIVED)
    listed = [one for one in found if with_archived or not one.archived]
    if found:
        lines = (f"- {said.course(one)}  \n  {said.topics(checklist, one.details)}" for one in listed)
        st.markdown("\n".join(lines) or "Every course is in the archive.")
    else:
        st.info(WHAT_FOR if keeps else f"{WHAT_FOR} {WHO_KEEPS}")
    if keeps:
        _add(checklist)
    if listed:
        _one(checklist, {one.id: one for one in listed}, keeps=keeps)


def _add(checklist: Checklist) -> None:
    forms.door(SCOPE, "Add a course", course_form.BLANK)
    forms.show(
        SCOPE,
        "Add this course",
        lambda key, details: course_form.fields(checklist, key, details),
        lambda details, _, keep: house.write(add_course, checklist.key, details, keep),
        "The course is added.",
    )


def _one(checklist: Checklist, by_id: dict[str, CourseLine], *, keeps: bool) -> None:
    chosen = st.selectbox(
        "Open one course",
        list(by_id),
        index=None,
        placeholder="Choose a course",
        format_func=choices.steady(CHOSEN, by_id, lambda one: by_id[one].details.name),
        key=CHOSEN,
    )
    if chosen:
        with st.container(border=True):
            _opened(checklist, by_id[chosen])
            if keeps:
                _change(checklist, by_id[chosen])


def _opened(checklist: Checklist, line: CourseLine) -> None:
    st.markdown(said.course(line))
    for topic, taught in said.by_topic(checklist, line.details).items():
        lines = "\n".join(
            f"- {words.plain(name)} {_text(checklist, name)} Up to level {level}." for name, level in taught.items()
        )
        st.markdown(f"**{words.plain(topic)}**\n\n{lines}")
    if said.teaches_a_skill(checklist, line.details.teaches):
        st.caption(said.STILL_WATCHED)


def _change(checklist: Checklist, line: CourseLine) -> None:
    name = f"{SCOPE}-{line.id}"
    with st.container(horizontal=True):
        forms.door(name, "Change", line.details, line.version, ":material/edit:")
        label = "Take it out of the archive" if line.archived else "Archive it"
        if not forms.is_open(name) and st.button(label, key=f"archive-{name}", icon=":material/archive:"):
            _archive(line)
    forms.show(
        name,
        "Save the change",
        lambda key, details: course_form.fields(checklist, key, details, line),
        lambda details, shown, keep: _revise(checklist, line.id, details, shown, keep),
        "The course is saved.",
        line.version,
    )


def _revise(checklist: Checklist, course_id: str, details: CourseDetails, shown: int, keep: str) -> None:
    house.write(revise_course, course_id, checklist.key, details, shown, keep)


def _archive(line: CourseLine) -> None:
    try:
        house.write(archive_course, line.id, line.version, not line.archived)
    except ToolkitError as error:
        st.error(words.plain(str(error)))
        return
    house.say(
        f"{line.details.name} is back on the list."
        if line.archived
        else f"{line.details.name} is in the archive. Its sessions stay, and so does what people have done."
    )
    st.rerun()


def _text(checklist: Checklist, indicator: str) -> str:
    return words.plain(words.in_terms(checklist.indicator[indicator].text, house.agency()))
