"""Rater guide: how to give a level that a colleague would give too, and invented programs to practice on."""

import streamlit as st

from assessments.use_cases.checklists import shelf
from pages.assess import practice
from pages.shared import hallway, house, reading, words
from standards import vignettes
from standards.model import Checklist

ADDRESS = "checklist"
GUIDE = {
    ":material/visibility: Look first": (
        "Each card names what to look at: a text, a log, a sample of records, a round through the rooms. Look, then "
        "choose, and add a line of evidence with its date."
    ),
    ":material/vertical_align_bottom: Read from the top down": (
        "Begin with the words of level 4, and stop at the first level of which every part holds. Between two levels, "
        "the lower one is yours. What is added for this one indicator counts like the rest."
    ),
    ":material/location_on: This site, as it is today": (
        "Rate the site and not the agency, a usual week and not its best day. What is planned does not count yet. Look "
        "back as far as the level says, which is mostly the last 12 months."
    ),
    ":material/description: Paper is not practice": (
        "A policy that staff do not know is level 2 at most. A good habit that nobody wrote down does not meet a level "
        "that asks for a text. Level 4 mostly asks that somebody looked whether it works."
    ),
    ":material/pin: Count what can be counted": (
        "Where the card asks for two numbers, give what you counted, such as 7 of 9, and the level is computed. Do not "
        "begin with a level and look for numbers that make it."
    ),
    ":material/help: Cannot judge, rather than a guess": (
        "If you saw nothing and nobody can tell, say so. That is not level 0: it stays out of the mean, and the range "
        "beside the score shows what it could become."
    ),
    ":material/block: Not applicable only where it is offered": (
        "The card names the one reason that holds, such as no infants on site. “We do not do this” is no such reason: "
        "it is a level, and mostly level 0."
    ),
    ":material/groups: Alone first, then together": (
        "Rate before you know what the others gave. Then talk about what lies two levels or more apart, or on two "
        "sides of the target, agree on one level by its words, and write down why. Do not take the middle."
    ),
}


def choose(checklists: dict[str, Checklist]) -> Checklist:
    """By the address, else the first with something to practice on."""
    asked = st.query_params.get(ADDRESS, "")
    first = next((name for name, one in checklists.items() if one.key in vignettes.shipped()), next(iter(checklists)))
    agency = house.agency()
    titles = {name: f"{words.in_terms(one.title, agency)} (edition {one.edition})" for name, one in checklists.items()}
    chosen = st.selectbox(
        "Checklist",
        list(checklists),
        index=list(checklists).index(asked if asked in checklists else first),
        format_func=titles.__getitem__,
        key="guide-checklist",
    )
    if asked != chosen:
        st.query_params[ADDRESS] = chosen
    return checklists[chosen]


def advice() -> None:
    """Two side by side, under one another on a phone."""
    cards = list(GUIDE.items())
    for pair in zip(cards[::2], cards[1::2], strict=True):
        for column, (heading, said) in zip(st.columns(2), pair, strict=True):
            with column.container(border=True, height="stretch"):
                st.markdown(f"**{heading}**  \n{said}")


st.title("Rater guide")
st.markdown(
    "How to give a level that a colleague, looking at the same things, would give too. Read it before you rate."
)
advice()
st.markdown(
    "**In every field:** leave out what could tell who a client is, such as a name, a birth date or a record number."
)
rated = ("site", "collaborative")
ratable = [one.checklist for one in house.read(shelf) if one.ratable and one.checklist.subject in rated]
if not ratable:
    st.info("No checklist is rated here yet. Take one into use on the page Checklists.")
    hallway.next_step(hallway.CHECKLISTS, "To the checklists")
    st.stop()
checklist = choose({f"{one.id}-{one.edition}": one for one in ratable})
reading.ladders(checklist, checklist.indicators)
st.subheader("Try it first")
about = vignettes.shipped().get(checklist.key)
if about:
    practice.show(checklist, about)
else:
    st.info("There is nothing to practice on for this checklist. The guide holds for it all the same.")
hallway.next_step(hallway.ASSESSMENTS, "To the assessments")
