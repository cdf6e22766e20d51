"""What the pages of the wing have in common: which checklist, whose competencies, and what all this is for."""

from collections.abc import Sequence

import streamlit as st

from assessments.use_cases.checklists import shelf
from assessments.use_cases.staff import Member, roster
from pages.shared import choices, hallway, house, words
from reports.competencies import PURPOSE
from standards.model import Checklist

CHECKLIST = "staff-checklist"
MEMBER = "staff-member"


def say_what_for() -> None:
    """On every page of the wing, under its title."""
    st.caption(PURPOSE)


def checklist() -> Checklist:
    """The staff checklist that is worked on; a choice is drawn only where there are several."""
    found = {
        one.checklist.key: one.checklist for one in house.read(shelf) if one.chosen and one.checklist.subject == "staff"
    }
    if len(found) == 1:
        return next(iter(found.values()))
    chosen: tuple[str, str] = st.selectbox(
        "Checklist",
        list(found),
        format_func=choices.steady(
            CHECKLIST,
            found,
            lambda key: f"{words.in_terms(found[key].title, house.agency())}, edition {key[1]}",
        ),
        key=CHECKLIST,
    )
    return found[chosen]


def here(members: Sequence[Member]) -> list[Member]:
    """Those who work here today."""
    today = house.today()
    return [one for one in members if one.is_here(today)]


def people() -> list[Member]:
    """Whom the actor may know of and who work here today. Ends the page, with the way on, where there is nobody."""
    found = here(house.read(roster))
    if not found:
        st.info("There is nobody on the roster yet whom you may see. Put your staff there, or take in a list.")
        hallway.next_step(hallway.STAFF, "Go to the staff", ":material/badge:")
        st.stop()
    return found
