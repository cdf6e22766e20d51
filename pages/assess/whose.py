"""Whose sheet is rated, where several people rate one assessment without seeing each other."""

from typing import NoReturn

import streamlit as st

from assessments.use_cases.raters import raters
from pages.assess import trouble, waiting
from pages.shared import choices, drafts, hallway, house, words

CHOSEN = "whose.sheet"
SHEET = "sheet"


def choose(assessment_id: str) -> str:
    """The id of one of the open sheets that the person holds: by the address, or as chosen by name. "" once all have
    submitted: then the sheet of record is shown, for its evidence and notes. Ends the page where nobody was chosen:
    nobody shall see or rate another's sheet by mistake.
    """
    found = house.read(raters, assessment_id)
    if found.open:
        _say_agreed(assessment_id)
        return ""
    mine = found.mine_open
    asked, key = st.query_params.get(SHEET), f"whose-{assessment_id}"
    shut = next((one for one in found.raters if one.sheet == asked and one.submitted_at), None)
    if shut:
        st.info(f"The sheet of {words.plain(shut.name)} is submitted, so nothing on it changes.")
    if not mine:
        _stop(assessment_id, "There is no open sheet of yours here." if found.raters else waiting.APART)
    if asked in mine and asked != st.session_state.get(CHOSEN):
        st.session_state[key] = asked
    elif asked and asked not in mine:
        st.session_state[key] = None
    chosen: str | None = st.selectbox(
        "Who rates",
        list(mine),
        index=None,
        format_func=choices.steady(key, mine, lambda sheet: mine[sheet].name),
        placeholder="Choose your name",
        key=key,
        on_change=drafts.draw_all,
    )
    if not chosen:
        st.query_params.pop(SHEET, None)
        _stop(assessment_id, "Several people rate this assessment, each on a sheet of their own. Choose your name.")
    st.session_state[CHOSEN] = chosen
    if asked != chosen:
        st.query_params[SHEET] = chosen
    return chosen


def _say_agreed(assessment_id: str) -> None:
    st.info(
        "All raters have submitted. What the team agrees on is given on the page Comparison, also for what nobody "
        "rated. Here you add notes and evidence."
    )
    hallway.next_step(hallway.COMPARE, "Compare and agree", assessment=assessment_id)


def _stop(assessment_id: str, why: str) -> NoReturn:
    """What was not saved is said here too: a sheet may have been submitted in another window meanwhile."""
    trouble.show_elsewhere(set())
    st.info(why)
    hallway.next_step(hallway.RATERS, "See who rates", assessment=assessment_id)
    st.stop()
