"""One staff member: added, chosen from the roster, changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from assessments.errors import BadInput
from assessments.use_cases.agencies import sites
from assessments.use_cases.job_roles import RoleLine
from assessments.use_cases.staff import Member, StaffDetails, add_member, revise_member
from assessments.use_cases.staffing import CODE, EARLIEST, LATEST
from assessments.use_cases.typed import NAME
from pages.improve import forms
from pages.shared import hallway, house, words
from pages.staff import roster_rarely

SCOPE = "staff"
NO_CHECKLIST = ("", "")
"""For roles alone, without what they need."""
DAY = "MM/DD/YYYY"
NAME_STAYS = "May be left empty. It stays inside your agency; whatever leaves here says the code."


@dataclass(frozen=True)
class Typed:
    """As it stands in the form: the first day and the site may still be open."""

    details: StaffDetails
    starts: date | None = None

    @property
    def whole(self) -> StaffDetails:
        if not self.details.site_id:
            raise BadInput("Site: choose where this person works.")
        if self.starts is None:
            raise BadInput("First day: say since when this person works here.")
        return replace(self.details, starts=self.starts)


def add(members: Sequence[Member], roles: Sequence[RoleLine]) -> None:
    there = house.read(sites)
    nobody = StaffDetails("", there[0].id if len(there) == 1 else "", date.min)
    forms.door(f"{SCOPE}-new", "Add a staff member", Typed(nobody))
    forms.show(
        f"{SCOPE}-new",
        "Add this staff member",
        lambda key, typed: fields(key, typed, members, roles),
        lambda typed, _shown, _keep: house.write(add_member, typed.whole),
        "The staff member is added.",
    )


def choose(members: Sequence[Member], roles: Sequence[RoleLine], *, keeps: bool) -> None:
    by_id = {one.id: one for one in members}
    chosen = st.selectbox(
        "Open one person",
        list(by_id),
        index=None,
        placeholder="Choose a staff member",
        format_func=lambda staff_id: f"{by_id[staff_id].label}, {by_id[staff_id].site}",
        key="roster-member",
    )
    if chosen is None:
        return
    with st.container(border=True):
        member = by_id[chosen]
        st.markdown(f"**{words.plain(member.label)}** · {words.plain(', '.join(member.roles))}")
        hallway.next_step(hallway.MEMBER, "Strengths and next steps", ":material/person:", staff=member.id)
        if keeps:
            change(member, members, roles)
            roster_rarely.show(member)


def change(member: Member, members: Sequence[Member], roles: Sequence[RoleLine]) -> None:
    name = f"{SCOPE}-{member.id}"
    forms.door(name, "Change", Typed(member.details, member.details.starts), member.version, ":material/edit:")
    forms.show(
        name,
        "Save the changes",
        lambda key, typed: fields(key, typed, members, roles, member.id),
        lambda typed, shown, _keep: house.write(revise_member, member.id, typed.whole, shown),
        "The staff member is saved.",
        member.version,
    )


def fields(key: str, typed: Typed, members: Sequence[Member], roles: Sequence[RoleLine], own: str = "") -> Typed:
    """`own` is the id of the member themselves, who is no supervisor to choose."""
    found = typed.details
    left, right = st.columns(2)
    code = left.text_input(
        "Code", found.code, max_chars=CODE, key=f"{key}-code", help="Short, and not a name. Never a client’s code."
    )
    name = right.text_input("Name, if you like", found.name, max_chars=NAME, key=f"{key}-name")
    right.caption(NAME_STAYS)
    site = _site(left, key, found)
    held = {role.id: role.profile.name for role in roles if not role.archived or role.id in found.roles}
    chosen = st.multiselect(
        "Roles",
        list(held),
        [role for role in held if role in found.roles],
        format_func=held.__getitem__,
        key=f"{key}-roles",
        placeholder="Choose one or more",
    )
    first, last, above = st.columns(3)
    starts = first.date_input("First day", typed.starts, EARLIEST, LATEST, f"{key}-starts", format=DAY)
    ends = last.date_input("Last day, if they leave", found.ends, EARLIEST, LATEST, f"{key}-ends", format=DAY)
    leads = {one.id: one.label for one in members if one.id != own and _may_lead(one, found)}
    supervisor = above.selectbox(
        "Supervisor",
        list(leads),
        list(leads).index(found.supervisor_id) if found.supervisor_id in leads else None,
        format_func=leads.__getitem__,
        placeholder="Nobody",
        key=f"{key}-supervisor",
    )
    details = StaffDetails(code, site, found.starts, ends, name, frozenset(chosen), supervisor or "")
    return Typed(details, starts)


def _site(where: st.delta_generator.DeltaGenerator, key: str, found: StaffDetails) -> str:
    there = {
        one.id: one.name for one in house.read(sites, archived=True) if not one.archived_at or one.id == found.site_id
    }
    chosen: str | None = where.selectbox(
        "Site",
        list(there),
        list(there).index(found.site_id) if found.site_id in there else None,
        format_func=there.__getitem__,
        placeholder="Choose a site",
        key=f"{key}-site",
    )
    return chosen or ""


def _may_lead(member: Member, found: StaffDetails) -> bool:
    """Who has left leads nobody new."""
    left = member.details.ends is not None and member.details.ends < house.today()
    return not left or member.id == found.supervisor_id
