"""Guests: agencies without an account, whose site the lead keeps."""

from dataclasses import replace

import streamlit as st

from assessments.errors import ToolkitError
from assessments.use_cases.agencies import AgencyDetails, CycleDetails, SiteDetails, agencies_of
from assessments.use_cases.collaboratives import MemberLine, members
from assessments.use_cases.guests import add_guest, keep_guest
from pages.shared import context, hallway, house, settings, words

ADDED = "together.guests-added"


def show() -> None:
    st.markdown(
        "An agency that has no account takes part as a guest. You keep its site: you send it a blank workbook, load "
        "that when it comes back, and share for it what it has agreed to."
    )
    guests = [one for one in house.read(members) if one.guest and not one.left_at]
    with house.reading() as db:
        kept = {agency.id for agency in agencies_of(db, house.actor().person_id)}
    for one in guests:
        _guest(one, one.id in kept)
    with st.expander("Add a guest", icon=":material/add:", expanded=not guests):
        _add()


def _guest(one: MemberLine, kept: bool) -> None:
    with st.container(border=True):
        st.markdown(f"**{words.plain(one.name)}**")
        if not kept:
            _keep(one)
            return
        st.markdown(
            "Go to its place and start an assessment. On the page Workbook take out the blank rating workbook, and "
            "send it. When it comes back, load it on the same page, review and submit. Then choose on the page Sharing "
            "what the guest has agreed to."
        )
        if st.button("Go to its place", key=f"guest-{one.id}", icon=":material/arrow_forward:"):
            context.go_to(one.id)
            st.switch_page(hallway.ASSESSMENTS)


def _keep(one: MemberLine) -> None:
    st.markdown("Somebody else who leads this collaborative keeps it, or nobody does by now.")
    if st.button("Keep it as well", key=f"keep-{one.id}", icon=":material/key:") and house.done(keep_guest, one.id):
        house.say(f"You keep {one.name} now, and find it in the list of agencies.")
        st.rerun()


def _add() -> None:
    number = st.session_state.get(ADDED, 0)
    key = f"guest-{number}"
    with st.form(key, border=False):
        here = house.agency()
        near = replace(settings.NEW_AGENCY, state=here.state, time_zone=here.time_zone)
        agency = settings.agency(near, key, guest=True)
        st.markdown("**Its site.** A site is a program at a place, the thing that is rated.")
        site = settings.site(SiteDetails(""), f"{key}-site")
        st.markdown("**Its cycle.** Over which time its rating speaks; only overlapping times are compared.")
        cycle = settings.cycle(CycleDetails("Baseline", house.today()), f"{key}-cycle")
        pressed = st.form_submit_button("Add this guest", type="primary", icon=":material/person_add:")
    if pressed:
        _save(agency, site, cycle)


def _save(agency: AgencyDetails, site: SiteDetails, cycle: CycleDetails) -> None:
    try:
        house.write(add_guest, agency, site, cycle)
    except ToolkitError as error:
        st.error(f"No guest was added. {words.plain(str(error))}")
        return
    st.session_state[ADDED] = st.session_state.get(ADDED, 0) + 1
    house.say(f"{agency.name.strip()} is a guest now. It stands in the list of agencies too, and shares nothing yet.")
    st.rerun()
