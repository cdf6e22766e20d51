"""A collaborative is set up, led by whoever does."""

from dataclasses import replace
from datetime import date

import streamlit as st

from assessments.errors import ToolkitError
from assessments.store import database
from assessments.use_cases.agencies import AgencyDetails, CycleDetails
from assessments.use_cases.collaboratives import set_up_collaborative
from pages.shared import context, house, settings, words

SET_UP = "together.set-up"


def show(state: str, today: date) -> None:
    """`state` is where it most likely is."""
    number = st.session_state.get(SET_UP, 0)
    with st.expander("Set up a collaborative", icon=":material/add:"), st.form(f"begin-{number}", border=False):
        st.markdown(
            "You lead it. In the list of agencies it stands as an agency of its own, with people and an audit trail "
            "of its own; leading it shows you nothing that its members do not share."
        )
        details = _fields(f"begin-{number}", state)
        st.markdown("**Its first cycle.** The time over which its members compare, most often a year.")
        this_year = today.replace(month=1, day=1)
        first = CycleDetails(f"{this_year.year}", this_year, this_year.replace(month=12, day=31))
        cycle = settings.cycle(first, f"begin-cycle-{number}")
        if st.form_submit_button("Set up this collaborative", type="primary"):
            _begin(details, cycle)


def _fields(key: str, state: str) -> AgencyDetails:
    name = st.text_input("Name of the collaborative", key=f"{key}-name")
    state, zone = settings.whereabouts(replace(settings.NEW_AGENCY, state=state), key)
    return replace(settings.NEW_AGENCY, name=name, state=state, time_zone=zone)


def _begin(details: AgencyDetails, cycle: CycleDetails) -> None:
    try:
        with database.writing(house.engine()) as db:
            signed_in, invented = house.signed_in(db), house.in_demonstration()
            new = set_up_collaborative(db, house.now(), "", details, cycle, signed_in, invented)
    except ToolkitError as error:
        st.error(f"Nothing was set up yet. {words.plain(str(error))}")
        return
    st.session_state[SET_UP] = st.session_state.get(SET_UP, 0) + 1
    context.go_to(new.agency_id)
    house.say(f"{details.name.strip()} is set up, and you are in it now. Next: make a code for each agency.")
    st.rerun()
