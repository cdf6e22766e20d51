"""What one person alone can do at a site, or nobody: whom it would be good to relieve, and who could learn it next."""

from collections.abc import Mapping, Sequence

import streamlit as st

from assessments.rules.holders import Holding, held_by_few
from assessments.use_cases.holding import Colleague
from pages.shared import hallway, words
from pages.staff import matrix_choices
from pages.staff.matrix_choices import Chosen, in_terms

NEXT = 6
"""Who could learn it next, before the rest is only counted."""


def show(chosen: Chosen) -> None:
    st.markdown(
        "What a role here needs and only one person is at target in, or nobody: when that person is away, nobody is "
        "there for it. It says where a second person would help, and nothing about anyone’s work."
    )
    matrix_choices.say_of_whom(chosen)
    for site, name in chosen.sites.items():
        members = {one.id: one for one in chosen.members if one.site_id == site}
        if members:
            _site(chosen, name, members)
    hallway.next_step(hallway.TRAINING, "Plan training", ":material/calculate:")


def _site(chosen: Chosen, name: str, members: Mapping[str, Colleague]) -> None:
    found = held_by_few(matrix_choices.standings(chosen, members.values()))
    alone = [one for one in found if one.holder is not None]
    nobody = [one for one in found if one.holder is None]
    st.header(words.plain(name))
    if not found:
        st.success(
            "Whatever a role here needs, two people or more are at target in it.", icon=":material/check_circle:"
        )
        return
    st.subheader(f"Held by one ({len(alone)})")
    if not alone:
        st.markdown("Nothing here is held by one person alone.")
    for one in alone:
        _holding(chosen, one, members)
    if nobody:
        with st.expander(f"Held by nobody yet ({len(nobody)})"):
            _nobody(chosen, nobody, members)


def _nobody(chosen: Chosen, group: Sequence[Holding], members: Mapping[str, Colleague]) -> None:
    """In cards, where there is somebody to name; the rest is a list, for it would say the same of each."""
    for one in group:
        if one.nearest:
            _holding(chosen, one, members)
    if rest := [one for one in group if not one.nearest]:
        st.markdown("**Nobody is rated one level below yet:**")
        st.markdown("\n".join(f"- {_told(chosen, one)}" for one in rest))


def _holding(chosen: Chosen, one: Holding, members: Mapping[str, Colleague]) -> None:
    with st.container(border=True):
        st.markdown(_told(chosen, one))
        with st.container(horizontal=True, vertical_alignment="center"):
            if one.holder:
                st.markdown("At target:", width="content")
                _door(members[one.holder])
            st.markdown("Could learn it next:" if one.nearest else _nobody_near(one), width="content")
            for staff in one.nearest[:NEXT]:
                _door(members[staff])
            if one.nearest[NEXT:]:
                st.markdown(f"and {len(one.nearest) - NEXT} more", width="content")
            hallway.next_step(hallway.RATE_STAFF, "Rate it", ":material/how_to_reg:", competency=one.indicator)


def _told(chosen: Chosen, one: Holding) -> str:
    text = words.plain(in_terms(chosen.checklist.indicator[one.indicator].text))
    needs = "person here needs" if one.needed == 1 else "people here need"
    return f"**{words.plain(one.indicator)}** {text}  \n{one.needed} {needs} it for their role."


def _nobody_near(one: Holding) -> str:
    if one.holder and one.needed == 1:
        return "Nobody else's role needs it."
    return "Nobody is rated one level below yet."


def _door(member: Colleague) -> None:
    hallway.next_step(hallway.MEMBER, words.plain(member.label), ":material/person:", staff=member.id)
