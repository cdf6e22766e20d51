"""A course as it is typed: what it is, and for each competency the level up to which it teaches it."""

import streamlit as st

from assessments.rules.competency import SKILL
from assessments.use_cases.courses import CourseDetails, CourseLine
from pages.shared import clearable, house, words
from pages.staff import course_words as said
from standards.model import Checklist, Indicator

BLANK = CourseDetails("", 0, "in-person")
LEVELS = (1, 2, 3, 4)


def fields(checklist: Checklist, key: str, details: CourseDetails, line: CourseLine | None = None) -> CourseDetails:
    """`line` is the course as it is, where it is there already."""
    name = st.text_input("Name of the course", details.name, key=f"{key}-name")
    first, second, third, fourth = st.columns([1, 1.4, 1.6, 1.4])
    hours = first.number_input("Hours", value=details.hours or None, step=0.5, format="%g", key=f"{key}-hours")
    formats = list(said.FORMATS)
    chosen = second.selectbox(
        "Format",
        formats,
        formats.index(details.format),
        format_func=said.FORMATS.__getitem__,
        key=f"{key}-format",
    )
    provider = third.text_input("Provider, if you like", details.provider, key=f"{key}-provider")
    months = clearable.whole(
        fourth,
        "Months it holds",
        details.valid_months,
        f"{key}-months",
        placeholder="For good",
        help="Left empty, it never lapses.",
    )
    if line:
        st.caption(said.moves(line))
    st.markdown("**What it teaches**, and up to which level. What you leave open it does not teach.")
    st.caption(said.STILL_WATCHED)
    teaches = _taught(checklist, key, details)
    return CourseDetails(name, hours or 0, chosen, provider, months, teaches)


def _taught(checklist: Checklist, key: str, details: CourseDetails) -> dict[str, int]:
    found: dict[str, int] = {}
    for domain in checklist.domains:
        of_domain = checklist.by_domain[domain.id]
        many = sum(one.id in details.teaches for one in of_domain)
        title = words.plain(words.in_terms(domain.title, house.agency()))
        with st.expander(f"{title} ({many} of {len(of_domain)})" if many else title, expanded=bool(many)):
            for one in of_domain:
                level = st.segmented_control(
                    _label(one),
                    LEVELS,
                    default=details.teaches.get(one.id),
                    format_func=lambda level: f"to {level}",
                    key=f"{key}-{one.id}",
                )
                if level:
                    found[one.id] = level
    return found


def _label(one: Indicator) -> str:
    kind = " (a skill)" if one.ladder == SKILL else ""
    return f"{words.plain(one.id)} {words.plain(words.in_terms(one.text, house.agency()))}{kind}"
