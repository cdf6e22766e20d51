"""What one role needs: shown by domain, and changed in one form."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from assessments.use_cases.job_roles import RoleLine, RoleProfile, add_job_role, revise_job_role
from pages.shared import choices, forms, house, words
from pages.staff import roles_archive
from standards.model import Checklist, Indicator

SCOPE = "role"
CHOSEN = "role-chosen"
NOT_NEEDED = "none"
LEVELS = (0, 1, 2, 3, 4)


def add(checklist: Checklist, profile: RoleProfile, label: str = "Add a role", copy_of: str = "") -> None:
    """An empty one, or one that begins as a copy."""
    name = f"{SCOPE}-new-{copy_of}" if copy_of else f"{SCOPE}-new"
    forms.door(name, label, profile, icon=":material/content_copy:" if copy_of else ":material/add:")
    forms.show(
        name,
        "Add this role",
        lambda key, typed: fields(key, typed, checklist),
        lambda typed, _shown, _keep: house.write(add_job_role, checklist.key, typed),
        "The role is added.",
    )


def choose(checklist: Checklist, found: Sequence[RoleLine], *, keeps: bool) -> None:
    by_id = {role.id: role for role in found}
    chosen = st.selectbox(
        "Open one role",
        list(by_id),
        index=None,
        placeholder="Choose a role",
        format_func=choices.steady(CHOSEN, by_id, lambda role_id: _called(by_id[role_id])),
        key=CHOSEN,
    )
    if chosen is None:
        return
    role = by_id[chosen]
    with st.container(border=True):
        st.markdown(f"**{words.plain(role.profile.name)}**")
        if keeps:
            change(checklist, role)
        if not forms.is_open(f"{SCOPE}-{role.id}"):
            show(checklist, role.profile)


def _called(role: RoleLine) -> str:
    return role.profile.name + (" (archived)" if role.archived else "")


def change(checklist: Checklist, role: RoleLine) -> None:
    name = f"{SCOPE}-{role.id}"
    with st.container(horizontal=True):
        forms.door(name, "Change", role.profile, role.version, ":material/edit:")
        copied = replace(role.profile, name="")
        add(checklist, copied, "Copy to a new role", role.id)
        if not forms.is_open(name):
            roles_archive.door(role, f"{name}-archive")
    roles_archive.confirm(role, f"{name}-archive")
    forms.show(
        name,
        "Save the role",
        lambda key, typed: fields(key, typed, checklist),
        lambda typed, shown, _keep: house.write(revise_job_role, role.id, checklist.key, typed, shown),
        "The role is saved.",
        role.version,
    )


def fields(key: str, typed: RoleProfile, checklist: Checklist) -> RoleProfile:
    name = st.text_input("Name of the role", typed.name, key=f"{key}-name")  # too long is said, not swallowed
    st.markdown("Which level does this role need, if any? 3 is the target of the standard.")
    needs: dict[str, int] = {}
    for domain in checklist.domains:
        indicators = checklist.by_domain[domain.id]
        needed = sum(one.id in typed.needs for one in indicators)
        with st.expander(f"{_say(domain.title)}: {needed} of {len(indicators)} needed"):
            needs |= {one.id: level for one in indicators if (level := _field(key, one, typed.needs.get(one.id, 0)))}
    return RoleProfile(name, needs)


def _field(key: str, indicator: Indicator, level: int) -> int:
    said, choice = st.columns([3, 2], vertical_alignment="center")
    text = f"{indicator.id} {_say(indicator.text)}"
    said.markdown(text)
    chosen: int = choice.radio(
        text,
        LEVELS,
        LEVELS.index(level),
        format_func=_level,
        horizontal=True,
        label_visibility="collapsed",
        key=f"{key}-{indicator.id}",
    )
    return chosen


def show(checklist: Checklist, profile: RoleProfile) -> None:
    for domain in checklist.domains:
        indicators = checklist.by_domain[domain.id]
        needed = sum(one.id in profile.needs for one in indicators)
        with st.expander(f"{_say(domain.title)}: {needed} of {len(indicators)} needed"):
            lines = [
                {"Competency": f"{one.id} {_say(one.text)}", "Level needed": _level(profile.needs.get(one.id, 0))}
                for one in indicators
            ]
            st.table(lines, hide_index=True, border="horizontal")


def _level(level: int) -> str:
    return str(level) if level else NOT_NEEDED


def _say(text: str) -> str:
    return words.plain(words.in_terms(text, house.agency()))
