"""The day that is rated for: today, unless another was given in a form of its own. While that form is open no level is
drawn, so that no click can go out under a day that is still being typed.
"""

from datetime import date

import streamlit as st

from pages.shared import house, words

ON, ASKED = "on", "other-day"
"""In the address: a day, so that a link leads back to what was not saved; and that another is being given."""


def choose() -> date | None:
    """None while another day is being given."""
    today = house.today()
    if ASKED in st.query_params:
        _ask(today)
        return None
    on = _in_address(today)
    _say(on, today)
    return on


def _in_address(today: date) -> date:
    """Whatever an address says is read with care."""
    try:
        on = date.fromisoformat(st.query_params.get(ON, ""))
    except ValueError:
        return today
    return min(on, today)


def _say(on: date, today: date) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="rating-day"):
        if on == today:
            st.markdown(f":material/today: You rate for **today, {words.day(on)}**.", width="content")
        else:
            st.warning(f"You rate for **{words.day(on)}**, not for today.", icon=":material/event:")
            if st.button("Back to today", key="rating-today", icon=":material/today:"):
                _go_to(today, today)
        if st.button("Rate for another day", key="rating-other-day", type="tertiary", icon=":material/edit_calendar:"):
            st.query_params[ASKED] = "1"
            st.rerun()


def _ask(today: date) -> None:
    with st.form("rating-day-form"):
        st.markdown("**For which day do you rate?** The levels come back once you have said so.")
        field, buttons = st.columns([1, 2], vertical_alignment="bottom")  # beside it: its calendar opens below
        day: date | None = field.date_input("Day", None, max_value=today, format="MM/DD/YYYY", key="rating-day-given")
        with buttons.container(horizontal=True):
            given = st.form_submit_button("Rate for this day", type="primary")
            left = st.form_submit_button("Leave it as it was")
    if left:
        _go_to(_in_address(today), today)
    elif given and day:
        _go_to(day, today)
    elif given:
        st.warning("No day is given yet. Choose one, then press “Rate for this day” again.")


def _go_to(day: date, today: date) -> None:
    for name in (ON, ASKED):
        st.query_params.pop(name, None)
    if day != today:
        st.query_params[ON] = day.isoformat()
    st.rerun()
