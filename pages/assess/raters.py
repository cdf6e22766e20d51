"""Raters: several people rate one assessment, each on a sheet that nobody else sees before all have submitted."""

import streamlit as st

from assessments.use_cases.assessments import Listed
from assessments.use_cases.raters import Raters, raters
from pages.assess import adding, counting, rater_cards, waiting
from pages.shared import context, forms, hallway, house, words

WHAT = (
    "Each rater rates alone, on a sheet that nobody else sees. When all have submitted, their ratings stand side by "
    "side, and you talk over those that differ and agree on one level for each. What you agree on is what is scored; "
    "what each rater gave is kept for good."
)
ONE_MACHINE = (
    ":material/computer: Several of you may use this computer. Plumbline hides a submitted sheet until all are in; it "
    "cannot know who sits before it."
)
WHEN = (
    "**When to use it:** where two or more people know the site, each can take the time to look alone, and you can "
    "meet afterwards. Who rates alone first does not lean on the first voice in the room.\n\n"
    "**When not:** where one person rates, or where your team has one meeting in all. Rating together on the page Rate "
    "is fine too."
)
WHO = {
    "": "",
    "staff": "Who rates staff, and as what, is on the page Rate staff.",
    "record": "Who reads, and what two readers both read, is on the page Records.",
}
"""Of an assessment that is counted, by what it is counted from."""
NO_NAMES = "No client’s name, birth date or record number, please, in a rater’s name either."


def nobody_yet(listed: Listed) -> None:
    if house.is_collaborative():
        itself(listed)
    elif listed.answered:
        st.info(
            f"Your team rates this assessment together already: {listed.answered} of {listed.total} answered. To have "
            "raters rate blind, start another assessment, in a cycle of its own, and add the raters here before "
            "anything is rated."
        )
        hallway.next_step(hallway.RATE, "Go on rating together", assessment=listed.id)
        hallway.next_step(hallway.ASSESSMENTS, "Start another assessment", ":material/add:")
        st.stop()
    else:
        st.markdown(WHEN)


def itself(listed: Listed) -> None:
    """What was rated on an open sheet, in an earlier version, cannot be rated blind any more."""
    if listed.answered:
        st.info(
            "Ratings were given here on a sheet that everybody could read, so nobody can rate blind any more. Archive "
            "this assessment, and start another one in its place."
        )
        hallway.next_step(hallway.ASSESSMENTS, "Archive it and start another", ":material/add:")
        st.stop()
    st.markdown(waiting.APART)


def where_it_stands(found: Raters) -> None:
    """Over the list, in a line: who is waited for, or that the ratings lie side by side."""
    compared = found.compared
    submitted = sum(one.submitted_at is not None for one in compared)
    has = "has" if len(compared) == 1 else "have"
    said = f"**{submitted} of {words.count(len(compared), 'rater')} {has} submitted.**"
    if found.open:
        st.success(f"{said} The ratings lie side by side on the page Comparison.", icon=":material/check_circle:")
    elif len(compared) < 2:
        st.markdown(f"{said} It takes two to compare: add another one below.")
    else:
        names = ", ".join(words.plain(one.name) for one in found.waited_for)
        st.markdown(f"{said} Waiting for: {names}.")


def next_step(listed: Listed, found: Raters) -> None:
    if found.open:
        hallway.next_step(hallway.COMPARE, "Compare and agree", assessment=listed.id)
    else:
        hallway.next_step(hallway.GUIDE, "Read the rater guide first", ":material/straighten:")


st.title("Raters")
listed = context.choose_assessment()
counting.instead(listed, WHO[listed.counted])
forms.only(f"discard-{listed.id}")
found = house.read(raters, listed.id)
st.markdown(WHAT)
st.markdown(ONE_MACHINE)
frozen = listed.status == "submitted"
if found.raters:
    where_it_stands(found)
elif frozen:
    st.info("This assessment was submitted as the team rated it, together.")
else:
    nobody_yet(listed)
for one in found.raters:
    rater_cards.show(listed, one, frozen=frozen)
if not frozen:
    unfolded = not found.raters or adding.refused(listed.id)
    with st.expander("Add a rater", expanded=unfolded, icon=":material/person_add:"):
        adding.show(listed.id, found)
        st.markdown(NO_NAMES)
next_step(listed, found)
