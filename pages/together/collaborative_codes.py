"""A code by which an agency comes in: made for its administrator, shown once, withdrawn while nobody has used it."""

from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from assessments.errors import ToolkitError
from assessments.use_cases.collaboratives import CodeLine, invite_agency, open_codes
from assessments.use_cases.invitations import WAITS, withdraw_invitation
from pages.shared import house, words

SHOWN, MADE = "together.code", "together.codes-made"


@dataclass(frozen=True)
class Shown:
    """`of` is the collaborative whose it is: whoever goes to another agency leaves it behind."""

    code: str
    name: str
    until: datetime
    of: str


def show() -> None:
    waiting = house.read(open_codes, house.now())
    _show_made()
    _make()
    st.subheader("Waiting to be used")
    if not waiting:
        st.markdown("No code is waiting.")
    for line in waiting:
        _waiting(line)


def _make() -> None:
    number = st.session_state.get(MADE, 0)
    with st.form(f"code-{number}"):
        st.subheader("Let an agency in")
        name = st.text_input("Name of the agency", key=f"code-name-{number}")
        st.markdown("For your own list of codes. Once it is in, it stands here under its own name.")
        pressed = st.form_submit_button("Make a code", type="primary", icon=":material/key:")
    if not pressed:
        return
    until = house.now() + WAITS
    try:
        code = house.write(invite_agency, name)
    except ToolkitError as error:
        st.error(f"No code was made. {words.plain(str(error))}")
        return
    st.session_state[SHOWN] = Shown(code, name.strip(), until, house.actor().agency_id)
    st.session_state[MADE] = number + 1
    st.rerun()


def _show_made() -> None:
    made: Shown | None = st.session_state.get(SHOWN)
    if made is None or made.of != house.actor().agency_id:
        return
    with st.container(border=True):
        st.markdown(f"**The code for {words.plain(made.name)}.** It is shown now and cannot be shown again.")
        st.code(made.code, language=None, wrap_lines=True)
        st.markdown(
            "Copy it, and give it to an administrator of the agency alone, in a way that you trust. They enter it on "
            f"their page Collaborative. It lets in one agency, once, until {_clock(made.until)}."
        )
        if st.button("I have copied it. Hide the code", key="hide-code", icon=":material/visibility_off:"):
            del st.session_state[SHOWN]
            st.rerun()


def _waiting(line: CodeLine) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", border=True):
        st.markdown(f"**{words.plain(line.name)}** · until {_clock(line.ends_at)}", width="content")
        if st.button("Withdraw", key=f"withdraw-{line.id}") and house.done(withdraw_invitation, line.id):
            house.say(f"The code for {line.name} is withdrawn: it lets nobody in any more.")
            st.rerun()


def _clock(moment: datetime) -> str:
    return words.clock(house.local(moment), house.today())
