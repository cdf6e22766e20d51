"""Which collaborative a page is about: the one that the agency is, or one that it is in."""

import streamlit as st

from assessments.use_cases.collaboratives import CollaborativeLine, collaboratives
from pages.shared import choices, hallway, house


def collaborative(key: str) -> CollaborativeLine:
    """Ends the page where there is none, and says how to come into one."""
    found = {one.id: one for one in house.read(collaboratives)}
    if not found:
        st.info(
            "Your agency is in no collaborative. To come into one, ask its lead for a code and enter it on the page "
            "Collaborative; nothing is shared by that."
        )
        hallway.next_step(hallway.COLLABORATIVE, "Go to the page Collaborative", ":material/hub:")
        st.stop()
    if len(found) == 1:
        return next(iter(found.values()))
    say = choices.steady(key, found, lambda one: found[one].name)
    return found[st.selectbox("Collaborative", list(found), format_func=say, key=key)]
