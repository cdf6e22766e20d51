"""Collaborative: agencies that learn together. For its lead, who is in it; for an agency, which it is in."""

import streamlit as st

from pages.shared import hallway, house
from pages.together import (
    collaborative_codes,
    collaborative_counting,
    collaborative_guests,
    collaborative_in,
    collaborative_members,
    collaborative_rules,
)

SECTION = "together-section"
LED = {
    "Members": collaborative_members.show,
    "Codes": collaborative_codes.show,
    "Guests": collaborative_guests.show,
    "Counting together": collaborative_counting.show,
    "Small counts": collaborative_rules.show,
}


def led() -> None:
    st.markdown(
        "You stand in the collaborative itself. Who is in it is decided here; what an agency lets others see, it "
        "decides itself, on its page Sharing."
    )
    if (asked := st.query_params.get("section", "")) in LED:  # by a door on the page Home
        st.session_state[SECTION] = asked
        del st.query_params["section"]
    st.session_state.setdefault(SECTION, "Members")
    section = st.segmented_control("Section", list(LED), required=True, key=SECTION, label_visibility="collapsed")
    LED[section or "Members"]()


st.title("Collaborative")
if house.is_collaborative():
    led()
    hallway.next_step(hallway.ASSESSMENTS, "Rate how the collaborative works")
else:
    st.markdown(
        "A collaborative is a group of agencies that put results beside one another and learn from them. Being in one "
        "shows nobody anything: what others see is chosen on the page Sharing, and can be withdrawn at once."
    )
    collaborative_in.show()
    hallway.next_step(hallway.SHARING, "Choose what is shared")
