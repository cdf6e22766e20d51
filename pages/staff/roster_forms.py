"""One staff member: added, chosen from the roster, changed."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from assessments.use_cases.agencies import sites
from assessments.use_cases.job_roles import RoleLine
from assessments.use_cases.staff import Member, StaffDetails, add_member, revise_member
from pages.shared import choices, forms, hallway, house, words
from pages.staff import roster_list, roster_rarely
from pages.staff.roster_fields import Typed, fields

SCOPE = "staff"
CHOSEN = "roster-member"
NO_CHECKLIST = ("", "")
"""For roles alone, without what they need."""


def add(members: Sequence[Member], roles: Sequence[RoleLine]) -> None:
    there = house.read(sites)
    nobody = StaffDetails("", there[0].id if len(there) == 1 else "", date.min)
    forms.door(f"{SCOPE}-new", "Add a staff member", Typed(nobody))
    forms.show(
        f"{SCOPE}-new",
        "Add this staff member",
        lambda key, typed: fields(key, typed, members, roles),
        lambda typed, _shown, keep: house.write(add_member, typed.whole, keep),
        "The staff member is added.",
    )


def choose(members: Sequence[Member], roles: Sequence[RoleLine], *, keeps: bool) -> None:
    by_id = {one.id: one for one in members}
    chosen = st.selectbox(
        "Open one person",
        list(by_id),
        index=None,
        placeholder="Choose a staff member",
        format_func=choices.steady(CHOSEN, by_id, lambda one: f"{by_id[one].label}, {roster_list.site_of(by_id[one])}"),
        key=CHOSEN,
    )
    if chosen is None:
        return
    with st.container(border=True):
        member = by_id[chosen]
        st.markdown(f"**{words.plain(member.label)}** · {words.plain(', '.join(member.roles))}")
        hallway.next_step(hallway.MEMBER, "Strengths and next steps", ":material/person:", staff=member.id)
        if keeps:
            change(member, members, roles)
            roster_rarely.show(member, members)


def change(member: Member, members: Sequence[Member], roles: Sequence[RoleLine]) -> None:
    name = f"{SCOPE}-{member.id}"
    forms.door(name, "Change", Typed(member.details, member.details.starts), member.version, ":material/edit:")
    forms.show(
        name,
        "Save the changes",
        lambda key, typed: fields(key, typed, members, roles, member.id),
        lambda typed, shown, keep: house.write(revise_member, member.id, typed.whole, shown, keep),
        "The staff member is saved.",
        member.version,
    )
