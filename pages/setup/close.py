"""Leaving a computer that others use too; signing out, where people sign in."""

import streamlit as st

from pages.shared import hallway, house


def close() -> None:
    st.markdown(
        "For when others use this computer too. It closes every tab in which Plumbline is open in this browser. "
        "Everything that was shown as saved stays; whoever comes back needs a new link, which `make run` prints where "
        "Plumbline was started."
    )
    if st.button("Close it here", key="close-here", type="primary", icon=":material/lock:"):
        house.leave()
        st.info("Closed. You can close this tab.")
        st.stop()


def sign_out() -> None:
    st.markdown(
        "It closes every tab in which Plumbline is open in this browser. Everything that was shown as saved stays. "
        "Your account may still be signed in with its provider: on a shared computer, sign out there too, or close "
        "the browser."
    )
    if st.button("Sign out", key="sign-out", type="primary", icon=":material/logout:"):
        house.leave()
        st.info("You are signed out.")
        st.stop()


st.title("Sign out" if house.is_hosted() else "Close in this browser")
if not house.session_id():
    st.info("This browser was let in without a session of its own, so there is nothing to close here.")
elif house.is_hosted():
    sign_out()
else:
    close()
hallway.next_step(hallway.HOME, "Back home")
