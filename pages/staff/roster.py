"""Staff: who works here, as what, since when, and who supervises them."""

import streamlit as st

from assessments.use_cases.job_roles import job_roles
from assessments.use_cases.staff import keeps_roster, roster
from pages.shared import forms, hallway, house, look
from pages.staff import choosing, roster_excel, roster_forms, roster_list

SECTIONS = ("Who works here", "In Excel")

st.title("Staff")
choosing.say_what_for()
keeps = house.read(keeps_roster)
section = st.segmented_control("Show", SECTIONS, default=SECTIONS[0], required=True, key="roster-section")
members = house.read(roster)
roles = house.read(job_roles, roster_forms.NO_CHECKLIST, archived=True)
forms.only(roster_forms.SCOPE)
if keeps and not any(not role.archived for role in roles):
    st.info("Say first which roles there are in your agency: what somebody needs to know follows from their role.")
    hallway.next_step(hallway.JOB_ROLES, "Set up roles")
if section == SECTIONS[1]:
    roster_excel.show(members, roles, keeps=keeps)
else:
    if not members:
        st.info(
            "Nobody is on the roster yet. Add your staff one by one, or take in a list from Excel."
            if keeps
            else "Nobody is on the roster whom you may see. An administrator of your agency keeps it."
        )
    with st.container(key=look.ROSTER):
        roster_list.show(members)
    if keeps and any(not role.archived for role in roles):
        roster_forms.add(members, roles)
    if members:
        roster_forms.choose(members, roles, keeps=keeps)
hallway.next_step(hallway.RATE_STAFF, "Rate staff", ":material/how_to_reg:")
hallway.next_step(hallway.MATRIX, "See the competencies", ":material/grid_on:")
