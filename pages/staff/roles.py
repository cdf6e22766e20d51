"""Roles: what people are employed as, and which competencies each role needs at which level."""

from collections import Counter

import streamlit as st

from assessments.use_cases.job_roles import RoleLine, RoleProfile, add_usual_roles, job_roles
from assessments.use_cases.staff import keeps_roster, roster
from pages.shared import forms, hallway, house, words
from pages.staff import choosing, roles_profile
from standards import profiles
from standards.model import Checklist


def usual(checklist: Checklist, found: list[RoleLine]) -> None:
    """Offered while one of them is missing."""
    known = profiles.shipped().get(checklist.key)
    names = {role.profile.name.casefold() for role in found}
    missing = [one.name for one in known.profiles if one.name.casefold() not in names] if known else []
    if known is None or not missing:
        return
    with st.container(border=True):
        st.markdown(
            f"**The usual roles:** {', '.join(missing)}. {known.about} No guidance prescribes these levels. "
            "A role whose name is here already stays as it is."
        )
        if st.button("Add the usual roles", icon=":material/playlist_add:", type="secondary" if found else "primary"):
            added = house.write(add_usual_roles, checklist.key)
            house.say(f"{words.count(len(added), 'role')} added. Look at each, and fit it to your agency.")
            st.rerun()


def table(found: list[RoleLine], checklist: Checklist, *, counted: bool) -> None:
    """How many competencies each needs at which level; how many have the role today, for who sees everybody."""
    here = Counter(name for one in choosing.here(house.read(roster)) for name in one.roles) if counted else None
    st.table([_line(role, checklist, here) for role in found], hide_index=True, border="horizontal")


def _line(role: RoleLine, checklist: Checklist, here: Counter[str] | None) -> dict[str, str]:
    needs = role.profile.needs
    levels = Counter(needs.values())
    return {
        "Role": words.plain(role.profile.name) + (" (archived)" if role.archived else ""),
        "Needs": f"{len(needs)}\u00a0of\u00a0{len(checklist.indicators)}",
        "At which level": ", ".join(f"{levels[level]}\u00a0at\u00a0{level}" for level in (4, 3, 2, 1) if levels[level]),
        **({} if here is None else {"Staff today": str(here[role.profile.name])}),
    }


st.title("Roles")
choosing.say_what_for()
st.markdown(
    "What somebody needs to know and be able to do follows from their role. Who has several roles needs the highest "
    "level of each."
)
checklist = choosing.checklist()
keeps = house.read(keeps_roster)
every = house.read(job_roles, checklist.key, archived=True)
forms.only(roles_profile.SCOPE)
if keeps:
    usual(checklist, every)
archived = sum(role.archived for role in every)
with_archived = bool(archived) and st.toggle(f"Show archived roles ({archived})", key="roles-archived")
found = [role for role in every if with_archived or not role.archived]
if found:
    table(found, checklist, counted=keeps)
else:
    st.info("There is no role yet." if keeps else "There is no role yet. An administrator of your agency adds them.")
if keeps:
    roles_profile.add(checklist, RoleProfile(""))
if found:
    roles_profile.choose(checklist, found, keeps=keeps)
hallway.next_step(hallway.STAFF, "Go to the staff", ":material/badge:")
