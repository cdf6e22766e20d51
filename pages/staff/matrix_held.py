"""What one person alone can do at a site, or nobody: whom it would be good to relieve, and who could learn it next."""

from collections.abc import Mapping

import streamlit as st

from assessments.rules.holders import Holding, held_by_few
from assessments.use_cases.holding import Colleague
from pages.shared import hallway, words
from pages.staff import matrix_choices
from pages.staff.matrix_choices import Chosen, in_terms

SHOWN = 8
"""Of a group, before the rest is folded."""
NEXT = 6
"""Who could learn it next, before the rest is only counted."""


def show(chosen: Chosen) -> None:
    st.markdown(
        "What a role here needs and one person alone is at target in: when they are away, nobody is there for it. It "
        "says where a second person would help, and nothing about anyone's work."
    )
    matrix_choices.say_of_whom(chosen)
    for site, name in chosen.sites.items():
        members = {one.id: one for one in chosen.members if one.site_id == site}
        if members:
            _site(chosen, name, members)
    hallway.next_step(hallway.TRAINING, "Plan training", ":material/calculate:")


def _site(chosen: Chosen, name: str, members: Mapping[str, Colleague]) -> None:
    found = held_by_few(matrix_choices.standings(chosen, members.values()))
    st.header(words.plain(name))
    nobody = [one for one in found if one.holder is None]
    alone = [one for one in found if one.holder is not None]
    if not found:
        st.success(
            "Whatever a role here needs, two people or more are at target in it.", icon=":material/check_circle:"
        )
    for title, group in ((f"Held by one ({len(alone)})", alone), (f"Held by nobody yet ({len(nobody)})", nobody)):
        if group:
            st.subheader(title)
            for one in group[:SHOWN]:
                _holding(chosen, one, members)
        if group[SHOWN:]:
            with st.expander(f"{len(group) - SHOWN} more: {title.partition(' (')[0].lower()}"):
                for one in group[SHOWN:]:
                    _holding(chosen, one, members)


def _holding(chosen: Chosen, one: Holding, members: Mapping[str, Colleague]) -> None:
    indicator = chosen.checklist.indicator[one.indicator]
    with st.container(border=True):
        st.markdown(
            f"**{words.plain(one.indicator)}** {words.plain(in_terms(indicator.text))}  \n"
            f"{words.count(one.needed, 'person', 'people')} here need it for their role."
        )
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


def _nobody_near(one: Holding) -> str:
    if one.holder and one.needed == 1:
        return "Nobody else's role needs it."
    return "Nobody is rated one level below yet."


def _door(member: Colleague) -> None:
    hallway.next_step(hallway.MEMBER, words.plain(member.label), ":material/person:", staff=member.id)
