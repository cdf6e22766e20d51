"""Leaving a computer that others use too."""

import streamlit as st

from pages.shared import hallway, house

st.title("Close in this browser")
if house.session_id():
    st.markdown(
        "For when others use this computer too. It closes every tab in which Plumbline is open in this browser. "
        "Everything that was shown as saved stays; whoever comes back needs a new link, which `make run` prints where "
        "Plumbline was started."
    )
    if st.button("Close it here", key="close-here", type="primary", icon=":material/lock:"):
        house.leave()
        st.info("Closed. You can close this tab.")
        st.stop()
else:
    st.info("This browser was let in without a session of its own, so there is nothing to close here.")
hallway.next_step(hallway.HOME, "Back home")
