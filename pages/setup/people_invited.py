"""Somebody is invited, by a link that works once; and what became of each invitation."""

from datetime import timedelta

import streamlit as st

from assessments.errors import ToolkitError
from assessments.use_cases.identities import roles_to_give
from assessments.use_cases.invitations import (
    ONLY_KEEPERS,
    WAITS,
    InvitationLine,
    invitations,
    invite,
    withdraw_invitation,
)
from pages.setup import people_link, people_words
from pages.setup.people_link import Link
from pages.shared import house, words

DAYS = (1, 3, 7, 14, 30)
INVITED = "people.invited"
"""How often: the next form is empty."""


def show() -> None:
    people_link.show()
    offered = house.read(roles_to_give)
    if offered:
        _invite(offered)
    else:
        st.info(ONLY_KEEPERS)
    lines = house.read(invitations, house.now())
    waiting = [line for line in lines if line.state == "open"]
    st.subheader("Waiting to be used")
    if not waiting:
        st.markdown("No invitation is waiting.")
    for line in waiting:
        _waiting(line)
    if len(lines) > len(waiting):
        with st.expander("Earlier invitations"):
            st.markdown("\n".join(f"- {_over(line)}" for line in lines if line.state != "open"))


def _invite(offered: list[str]) -> None:
    number = st.session_state.get(INVITED, 0)
    with st.form(f"invite-{number}"):
        st.subheader("Invite somebody")
        name = st.text_input("Name", key=f"invite-name-{number}")
        st.markdown("As others here will read it, beside what they rate and write.")
        roles = people_words.roles((), offered, f"invite-roles-{number}")
        days = st.selectbox(
            "How long the invitation waits",
            DAYS,
            index=DAYS.index(WAITS.days),
            format_func=lambda days: words.count(days, "day"),
            key=f"invite-days-{number}",
        )
        pressed = st.form_submit_button("Make the link", type="primary", icon=":material/person_add:")
    people_words.explained(offered)
    if pressed:
        _make(name, roles, timedelta(days=days))


def _make(name: str, roles: list[str], waits: timedelta) -> None:
    until = house.now() + waits
    try:
        token = house.write(invite, name, roles, waits)
    except ToolkitError as error:
        st.error(f"Nobody is invited yet. {words.plain(str(error))}")
        return
    people_link.keep(Link(token, name.strip(), until))
    st.session_state[INVITED] = st.session_state.get(INVITED, 0) + 1
    st.rerun()


def _waiting(line: InvitationLine) -> None:
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.markdown(
            f"**{words.plain(line.name)}** · {people_words.said(line.roles)}  \n"
            f"Until {_day(line)}, invited by {words.plain(line.made_by)}"
        )
        if st.button("Withdraw", key=f"withdraw-{line.id}") and house.done(withdraw_invitation, line.id):
            house.say(f"The invitation of {line.name} is withdrawn: its link opens nothing any more.")
            st.rerun()


def _over(line: InvitationLine) -> str:
    became = {
        "used": f"used by {words.plain(line.used_by)}",
        "ended": f"was not used, and ended on {_day(line)}",
        "withdrawn": "withdrawn",
    }[line.state]
    return f"**{words.plain(line.name)}** · {people_words.said(line.roles)} · {became}"


def _day(line: InvitationLine) -> str:
    return words.clock(house.local(line.ends_at), house.today())
