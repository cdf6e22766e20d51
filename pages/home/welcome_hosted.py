"""Somebody signed in who belongs to no agency: whoever looks after the installation sets one up; others are told whom
to ask.
"""

from collections.abc import Callable

import streamlit as st

from assessments.errors import ToolkitError
from assessments.store import database
from assessments.use_cases.looking_after import looks_after, name_oneself, needs_name
from pages.setup import people_host
from pages.shared import house, settings, words
from pages.together import collaborative_begin


def show(about: str, set_up: Callable[[], None]) -> None:
    with house.reading() as db:
        person = house.person(db)
        hosts = looks_after(db, person.id) if person else False
        unnamed = bool(person) and needs_name(db, house.signed_in(db))
    if unnamed:
        _ask_name(about)
    elif hosts:
        st.markdown(
            f"{about} You look after this installation and belong to no agency yet. Set one up: you are its owner, "
            "and invite those who work there, an owner among them. Then you can end your own access to it. In the same "
            "way you set up a collaborative for those who lead it."
        )
        set_up()
        collaborative_begin.show(settings.NEW_AGENCY.state, house.now().date())
        with st.container(border=True):
            st.subheader("This installation")
            people_host.show()
    elif person:
        _belongs_nowhere(person.name)
    else:
        st.info("You are not signed in any more. Load this page again to sign in.")
    _sign_out()


def _ask_name(about: str) -> None:
    """Before anything is set up: whoever is invited reads by whom."""
    st.markdown(f"{about} You look after this installation. First say who you are.")
    with st.form("name-oneself"):
        typed = st.text_input("Your name")
        st.markdown("It stands beside what you do here, for good. It cannot be changed afterwards.")
        pressed = st.form_submit_button("That is my name", type="primary")
    if not pressed:
        return
    try:
        with database.writing(house.engine()) as db:
            name_oneself(db, house.signed_in(db), typed)
    except ToolkitError as error:
        st.error(words.plain(str(error)))
        return
    st.rerun()


def _belongs_nowhere(name: str) -> None:
    st.info(
        f"You are signed in as {words.plain(name)}, and belong to no agency here. If somebody has sent you a link, "
        "open it. Otherwise ask an administrator of your agency for an invitation, or whoever looks after this "
        "installation to set your agency up."
    )


def _sign_out() -> None:
    if st.button("Sign out", key="sign-out", icon=":material/logout:"):
        house.leave()
        st.info("You are signed out.")
        st.stop()
