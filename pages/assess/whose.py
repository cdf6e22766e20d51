"""Whose sheet is rated, where several people rate one assessment without seeing each other."""

import streamlit as st

from assessments.use_cases.raters import Rater, raters
from pages.shared import hallway, house, words

CHOSEN = "whose.sheet"
SHEET = "sheet"


def choose(assessment_id: str) -> str:
    """The id of one of the open sheets that the person holds: by the address, or as chosen by name. Ends the page where
    there is none, or nobody was chosen: nobody shall rate on another's sheet by mistake.
    """
    found = house.read(raters, assessment_id)
    mine = {one.sheet: one for one in found.raters if one.mine and not one.submitted_at}
    if not mine:
        _nothing_to_rate(assessment_id, found.open)
    asked, key = st.query_params.get(SHEET), f"whose-{assessment_id}"
    if asked in mine and asked != st.session_state.get(CHOSEN):
        st.session_state[key] = asked
    chosen: str | None = st.selectbox(
        "Who rates",
        list(mine),
        index=None if key in st.session_state or len(mine) > 1 else 0,
        format_func=lambda sheet: _named(mine[sheet]),
        placeholder="Choose your name",
        key=key,
    )
    if not chosen:
        st.info("Several people rate this assessment, each on a sheet of their own. Choose your name to go on.")
        hallway.next_step(hallway.RATERS, "See who rates", assessment=assessment_id)
        st.stop()
    st.session_state[CHOSEN] = chosen
    if asked != chosen:
        st.query_params[SHEET] = chosen
    return chosen


def _named(one: Rater) -> str:
    return f"{one.name} ({words.count(one.answered, 'answer')})"


def _nothing_to_rate(assessment_id: str, is_open: bool) -> None:
    st.info(
        "All sheets of yours are submitted, so there is nothing to rate here."
        if not is_open
        else "All raters have submitted. Now the team talks about where they differ, and agrees."
    )
    if is_open:
        hallway.next_step(hallway.COMPARE, "Compare the ratings", assessment=assessment_id)
    else:
        hallway.next_step(hallway.RATERS, "See who rates", assessment=assessment_id)
    st.stop()
