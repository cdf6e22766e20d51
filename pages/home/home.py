"""Home: where I left off, and where every assessment of the agency stands."""

import streamlit as st

from assessments.rules.parts import find, parts
from assessments.use_cases.agencies import cycles, sites
from assessments.use_cases.assessments import Listed, assessments, last_place
from assessments.use_cases.raters import blind_progress
from assessments.use_cases.sheets import sheet
from pages.home import due, led, plans, reached, rows, staff
from pages.shared import context, hallway, house, words

MOST = 24
"""Assessments drawn at once; the page Assessments has them all."""
HOLDS = (
    "**What this toolkit holds:** ratings, notes and evidence about programs, the names of those who rate, and, where "
    "you keep a roster, what staff know and can do. Where you review plans: what was found in each, under a code; your "
    "partners, with the names of contacts and what was signed; who fills which role of the team; and counts by "
    "quarter. It has no field for a client's name, birth date or record number; please keep them out of notes and "
    "evidence too. What is written here can still tell something about people, also a code and a small count, so treat "
    "it as confidential."
)


def resume(listed: dict[str, Listed]) -> None:
    """The part that this person last worked on, unless that assessment is submitted by now."""
    place = house.read(last_place)
    one = listed.get(place.assessment_id) if place else None
    if place is None or one is None or one.status == "submitted":
        return
    part = find(parts(house.read(sheet, one.id, ()).place.checklist), place.part)
    title = words.in_terms(part.title if part else "", house.agency())
    with st.container(border=True, key="resume"):
        st.markdown(f"**Where you left off:** {described(one)}  \n{words.plain(title)}")
        hallway.next_step(hallway.RATE, "Continue where I left off", assessment=one.id, part=place.part)


def described(one: Listed) -> str:
    return words.plain(f"{one.name} · {one.site} · {one.cycle}")


def nothing_yet() -> None:
    """What is there already, and what comes next."""
    with house.reading() as db:
        counted = len(sites(db, house.actor())), len(cycles(db, house.actor()))
    there = f"{words.count(counted[0], 'site')} and {words.count(counted[1], 'cycle')}"
    st.markdown(f"Your agency has {there}, and nothing is rated yet. Three steps lead to the gap report:")
    st.markdown(
        "1. **Start an assessment:** one checklist, on one site, in one cycle. The quick pulse takes about 20 minutes, "
        "the full form two to three hours.\n"
        "2. **Rate** what is there today. Every rating is saved at once, and you can stop and come back.\n"
        "3. **Look at the gaps**, most pressing first, as soon as something is rated. When you are done, submit: that "
        "freezes the ratings with their scores."
    )
    hallway.next_step(hallway.ASSESSMENTS, "Start an assessment")
    hallway.next_step(hallway.STANDARDS, "Read the standards first", ":material/menu_book:")


def show() -> None:
    everything = house.read(assessments)
    if everything:
        st.markdown("Where your assessments stand, and the next step for each.")
        resume({one.id: one for one in everything})
        due.show()
        plans.show()
        staff.show()
        rows.by_site(everything[:MOST], house.read(blind_progress))
        if len(everything) > MOST:
            st.markdown(f"{len(everything) - MOST} older ones are on the page Assessments.")
        hallway.next_step(hallway.ASSESSMENTS, "Start, rename or archive an assessment", ":material/list_alt:")
    else:
        due.show()
        plans.show()
        staff.show()
        nothing_yet()


st.title("Home")
st.markdown(context.who_and_where())
if house.is_collaborative():
    led.show()
elif not house.may("assessments"):
    reached.show()
else:
    show()
    st.divider()
    st.markdown(HOLDS)
