"""Of an agency: the collaboratives that it is in, how it comes into one, leaves one, or begins one."""

from datetime import datetime

import streamlit as st

from assessments.errors import ToolkitError
from assessments.use_cases.collaboratives import (
    CollaborativeLine,
    NotJoined,
    collaboratives,
    join_collaborative,
    leave_collaborative,
)
from assessments.use_cases.looking_after import looks_after
from assessments.use_cases.sharing import sharings
from pages.shared import choices, house, words
from pages.together import collaborative_begin

CHOICE, JOINED = "leave-choice", "together.joined"


def show() -> None:
    mine = house.read(collaboratives)
    if not mine:
        how = " To come into one, ask its lead for a code and enter it here." if house.may("join_collaborative") else ""
        st.info(f"{words.plain(house.agency().name)} is in no collaborative.{how}")
    for line in mine:
        guest = ", as a guest: its lead keeps this site" if line.guest else ""
        st.markdown(f"- **{words.plain(line.name)}** · in it since {_day(line.joined_at)}{guest}")
    left = house.read(collaboratives, left=True)
    _say_left(left)
    if any(line.guest for line in (*mine, *left)):
        _kept()
        return
    if house.may("join_collaborative"):
        _come_in_or_leave(mine)
    else:
        st.markdown("An owner or an administrator of your agency brings it into a collaborative, or takes it out.")
    with house.reading() as db:
        begins = not house.is_hosted() or house.in_demonstration() or looks_after(db, house.signed_in(db))
    if begins:
        collaborative_begin.show(house.agency().state, house.today())


def _kept() -> None:
    st.info(
        "This agency is a guest: whoever leads the collaborative keeps it here, and takes it out on the page "
        "Collaborative of the collaborative, under Members. It needs no code, and comes into no other collaborative by "
        "one."
    )


def _come_in_or_leave(mine: list[CollaborativeLine]) -> None:
    if mine:
        with st.expander("Come into another collaborative", icon=":material/login:"):
            _join()
        _leave({line.id: line for line in mine})
    else:
        _join()


def _say_left(left: list[CollaborativeLine]) -> None:
    for line in left:
        st.markdown(
            f"- {words.plain(line.name)} · not in it any more since {_day(line.left_at)}. Nothing of yours is shared "
            "there."
        )


def _join() -> None:
    number = st.session_state.get(JOINED, 0)
    with st.form(f"join-{number}"):
        code = st.text_input("The code that its lead gave you", key=f"join-code-{number}")
        pressed = st.form_submit_button("Come in", type="primary", icon=":material/login:")
    if not pressed:
        return
    try:
        joined = house.write(join_collaborative, code)
    except ToolkitError as error:
        st.error(words.plain(str(error)))
        return
    if isinstance(joined, NotJoined):
        st.error(joined.value)
        return
    st.session_state[JOINED] = number + 1
    name = next(line.name for line in house.read(collaboratives) if line.id == joined)
    house.say(f"You are in {name} now. Nothing is shared there yet: choose what, on the page Sharing.")
    st.rerun()


def _leave(lines: dict[str, CollaborativeLine]) -> None:
    chosen = st.selectbox(
        "Leave a collaborative",
        list(lines),
        index=None,
        placeholder="Choose a collaborative",
        format_func=choices.steady(CHOICE, lines, lambda one: lines[one].name),
        key=CHOICE,
    )
    if chosen:
        _confirm(lines[chosen])


def _confirm(line: CollaborativeLine) -> None:
    name = words.plain(line.name)
    shared = [one for one in house.read(sharings, line.id) if one.how]
    checklists = words.count(len({one.checklist_id for one in shared}), "checklist")
    cycles = words.count(len({one.cycle_id for one in shared}), "cycle")
    said = f"ratings there now, of {checklists} in {cycles}" if shared else "nothing there now"
    with st.form(f"leave-{line.id}"):
        st.markdown(
            f"**Leave {name}.** You share {said}. All of that is gone from it at once, with the counts that "
            "you gave and the help that you offered. Your own assessments stay as they are. You can come back with a "
            "new code, and then share nothing at first."
        )
        sure = st.checkbox(f"Yes, leave {name}", key=f"leave-sure-{line.id}")
        pressed = st.form_submit_button("Leave", icon=":material/logout:")
    if pressed and not sure:
        st.error("You are still in it. Tick the box if you are sure, then press the button again.")
    elif pressed and house.done(leave_collaborative, line.id):
        house.say(f"You have left {line.name}. Nothing of yours is shared there any more.")
        st.rerun()


def _day(moment: datetime | None) -> str:
    return words.day(house.local(moment).date()) if moment else ""
