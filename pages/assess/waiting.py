"""What is said before the raters may be compared: who is waited for, and what to do. Never a rating."""

import streamlit as st

from assessments.use_cases.assessments import Listed
from assessments.use_cases.raters import Raters, raters
from pages.shared import count_words, hallway, house, words

WHY = "Ratings given without seeing each other's are worth more, so nobody sees another's before all have submitted."

APART = (
    "The collaborative is rated by its members, each on a sheet of their own that nobody else sees before all have "
    "submitted. Add a sheet for each of them on the page Raters; it takes at least two."
)


def until_all_are_in(listed: Listed) -> None:
    """Ends a page that shows what was rated, while several people still rate without seeing each other, or before
    anything was counted.
    """
    if listed.counted and not listed.answered:
        said = count_words.of(listed)
        st.info("Nothing is counted yet, so there is nothing to show. " + said.first)
        hallway.next_step(hallway.RATE, said.count, ":material/functions:", assessment=listed.id)
        st.stop()
    if not listed.by_raters:
        return
    found = house.read(raters, listed.id)
    if not found.open:
        st.markdown("Several people rate this assessment, each on a sheet of their own. There is nothing to show yet.")
        show(found, listed.id)
        st.stop()


def until_rated(listed: Listed, to_do: str) -> None:
    """Ends a page that shows what was rated where nothing is, so that there is nothing `to_do` with it."""
    if listed.answered:
        return
    submitted = len(house.read(raters, listed.id).compared) if listed.by_raters else 0
    if submitted:
        st.info(
            f"Rated by {submitted}, not agreed on yet, so there is nothing {to_do}. What you agree on, on the page "
            "Comparison, is what counts."
        )
        hallway.next_step(hallway.COMPARE, "Compare and agree", ":material/compare:", assessment=listed.id)
    else:
        st.info(f"Nothing is rated yet, so there is nothing {to_do}. Rate a first indicator and come back.")
        hallway.next_step(hallway.RATE, "Start rating", assessment=listed.id)
    st.stop()


def show(found: Raters, assessment: str) -> None:
    if not found.raters and house.is_collaborative():
        st.info(APART)
        hallway.next_step(hallway.RATERS, "Add a rater", ":material/group:", assessment=assessment)
        return
    if not found.raters:
        st.info(
            "Nobody rates this assessment on a sheet of their own, so there is nothing to compare. Either the team "
            "rates it together, or two or more people rate it first without seeing each other's ratings."
        )
        with st.container(horizontal=True):
            hallway.next_step(hallway.RATE, "Rate together", ":material/checklist:", assessment=assessment)
            hallway.next_step(hallway.RATERS, "Have several people rate", ":material/group:", assessment=assessment)
        return
    waited = ", ".join(words.plain(rater.name) for rater in found.waited_for)
    if waited:
        st.info(f"Waiting for **{waited}** to submit. {WHY}", icon=":material/hourglass_top:")
    if len(found.compared) < 2:
        begun = "Nobody" if not found.compared else f"Only **{words.plain(found.compared[0].name)}**"
        st.info(f"{begun} rates on a sheet to compare. It takes at least two raters; add another one.")
    done = [words.plain(rater.name) for rater in found.compared if rater.submitted_at]
    if done:
        st.markdown(f"Submitted: {', '.join(done)}.")
    hallway.next_step(hallway.RATERS, "To the raters of this assessment", ":material/group:", assessment=assessment)
