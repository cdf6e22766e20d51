"""Where people sign in: the name that somebody has here, and the end of their own access."""

import streamlit as st

from assessments.use_cases.identities import NAME_STAYS, leave_agency
from pages.shared import house, words


def show() -> None:
    with house.reading() as db:
        person = house.person(db)
    name = words.plain(person.name) if person else ""
    with st.container(border=True):
        st.markdown(f"**{name}.** {NAME_STAYS}")
    _leave(words.plain(house.agency().name))


def _leave(agency: str) -> None:
    with st.form("leave-agency"):
        st.markdown(
            f"**End your own access to {agency}.** Everything that you have open closes, here and in other agencies, "
            "and invitations that you made here and nobody has used end. What you rated and wrote stays, with your "
            "name. You come back only when you are let in again; to another agency of yours you sign in again."
        )
        sure = st.checkbox(f"Yes, end my access to {agency}", key="leave-sure")
        pressed = st.form_submit_button("End my access", icon=":material/logout:")
    if pressed and not sure:
        st.error("Nothing has ended yet. Tick the box if you are sure, then press the button again.")
    elif pressed and house.done(leave_agency):
        st.info(f"Your access to {agency} has ended, and you are signed out.")
        st.stop()
