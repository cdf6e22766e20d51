"""A role goes into the archive, with a word on who has it, or comes back out."""

import streamlit as st

from assessments.use_cases.job_roles import RoleLine, archive_job_role
from assessments.use_cases.staff import roster
from pages.shared import forms, house, words
from pages.staff import roster_concerned


def door(role: RoleLine, name: str) -> None:
    """`name`: of the form that opens where somebody has the role."""
    label = "Take it out of the archive" if role.archived else "Archive it"
    if not role.archived and _holders(role):
        forms.door(name, label, "", role.version, ":material/archive:")
    elif st.button(label, key=f"archive-{role.id}-{role.version}", icon=":material/archive:") and house.done(
        archive_job_role, role.id, role.version, not role.archived
    ):
        house.say(f"{role.profile.name} is {'back on the list' if role.archived else 'archived'}.")
        st.rerun()


def confirm(role: RoleLine, name: str) -> None:
    """What the door opens."""
    forms.show(
        name,
        "Archive it; they keep it",
        lambda _key, nothing: _say(role, nothing),
        lambda _nothing, shown, _keep: house.write(archive_job_role, role.id, shown),
        f"{role.profile.name} is archived; who has it keeps it.",
        role.version,
    )


def _say(role: RoleLine, nothing: str) -> str:
    st.markdown(
        f"This role is in use. It is the role of {words.plain(_holders(role))}.\n\nThey keep it, and what it needs "
        "still counts for them. It can be given to nobody else until you take it out of the archive."
    )
    return nothing


def _holders(role: RoleLine) -> str:
    return roster_concerned.told(roster_concerned.with_role(house.read(roster), role.id))
