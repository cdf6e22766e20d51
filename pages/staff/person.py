"""One person: what they can build on, what comes next, what is open, and how they came there."""

from dataclasses import replace

import streamlit as st

from assessments.use_cases.deliveries import File
from assessments.use_cases.one_person import one_person, seen_members
from assessments.use_cases.staff import Member, export_names
from pages.shared import delivery, hallway, house
from pages.staff import choosing, member_blocks
from pages.staff.rating_choices import STAFF, choose_one
from reports import document
from reports.person import paper, sections
from reports.person_past import history_blocks
from reports.person_told import Told
from standards.model import Checklist

CHOICE = "member-choice"
NOBODY = (
    "There is nobody here whose ratings you may see. Staff members see their own, supervisors their team, and trainers "
    "the people of the agency by code. An administrator keeps the roster and sees what groups have in common."
)


def choose() -> Member:
    """Whom the address names, or oneself where there is nobody else; ends the page until somebody is chosen."""
    found = {one.id: one for one in house.read(seen_members)}
    if not found:
        st.info(NOBODY)
        hallway.next_step(hallway.STAFF, "Go to the staff", ":material/badge:")
        st.stop()
    asked = st.query_params.get(STAFF, "")
    if asked and asked not in found:
        st.warning("The person of this address is not here, or not yours to see. Choose one from the list.")
    labels = {one.id: _label(one) for one in found.values()}
    alone = all(one.person_id == house.actor().person_id for one in found.values())
    chosen = choose_one("Staff member", labels, STAFF, CHOICE, first=alone)
    if chosen is None:
        st.info("Choose whose page you open. Nobody is chosen until you do.", icon=":material/person_search:")
        hallway.next_step(hallway.MATRIX, "See who needs what", ":material/grid_on:")
        st.stop()
    return found[chosen]


def _label(member: Member) -> str:
    mine = ", you" if member.person_id == house.actor().person_id else ""
    left = "" if member.is_here(house.today()) else ", not here today"
    return f"{member.label}, {member.site}{mine}{left}"


def told(member: Member, checklist: Checklist, *, named: bool) -> Told:
    moment = house.local(house.now())
    person = house.read(one_person, moment.date(), member.id, checklist.key)
    return Told(person, house.agency(), moment, named)


def as_page(member: Member, checklist: Checklist, *, named: bool) -> File:
    if named:
        house.write(export_names, "one person", {member.id})
    text = document.paper_document(paper(told(member, checklist, named=named)), ())
    whose = frozenset({member.id})
    file = delivery.page(text, "one_person", "one-person", checklist.id, house.today().isoformat())
    return replace(file, of=whose, names=whose if named else frozenset())


st.title("One person")
choosing.say_what_for()
checklist = choosing.checklist()
member = choose()
shown = told(member, checklist, named=True)
member_blocks.summary(shown)
for section in sections(shown):
    st.header(section.title)
    member_blocks.show(section.blocks, folds=True)
st.header("History")
with st.expander("Every rating, with who gave it and when"):
    member_blocks.show(history_blocks(shown))
st.header("Take it along")
named = bool(member.details.name) and st.checkbox(
    "With names", key=f"names-{member.id}", help="That you asked for names is kept in the audit trail."
)
kind = "named" if named else "code"
delivery.offer("This page to print", f"person-{kind}", lambda: as_page(member, checklist, named=named), member.id)
hallway.next_step(hallway.RATE_STAFF, "Rate this person", ":material/how_to_reg:", staff=member.id)
