"""The whole installation, for whoever looks after it: who signs in, who is shut out, who looks after it as well."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from assessments.errors import ToolkitError
from assessments.store import database
from assessments.use_cases.looking_after import (
    MOST,
    Known,
    end_looking_after,
    everybody,
    invite_administrator,
    let_back_in,
    shut_out,
)
from assessments.use_cases.sessions import LINK_WAITS
from pages.setup import people_link, people_words
from pages.setup.people_link import Link
from pages.shared import choices, house, words

CHOICE = "host-choice"


def show() -> None:
    people_link.show()
    st.markdown(
        "You look after this installation: you set up agencies, and shut people out of all of them. It shows you "
        "nothing of what an agency has rated; for that, you need a role in the agency."
    )
    if st.button("Invite one more who looks after it", key="invite-host", icon=":material/add_moderator:"):
        _invite()
    _everybody()


def _invite() -> None:
    until = house.now() + LINK_WAITS
    tokens = _done(invite_administrator)
    if tokens:
        people_link.keep(Link(tokens[0], "one more who looks after this installation", until))
        st.rerun()


def _everybody() -> None:
    st.subheader("Everybody who signs in here")
    named = st.text_input("Search by name", key="host-search", placeholder="Part of a name")
    with house.reading() as db:
        crowd = everybody(db, house.signed_in(db), named)
    if not crowd.shown:
        st.markdown("Nobody of that name signs in here.")
        return
    st.markdown("\n".join(f"- {_line(one)}" for one in crowd.shown))
    if crowd.total > MOST:
        st.markdown(f"The first {MOST} of {crowd.total}. Search for a name to find the others.")
    by_id = {one.id: one for one in crowd.shown}
    chosen = st.selectbox(
        "Shut somebody out, or let them back in",
        list(by_id),
        index=None,
        placeholder="Choose a person",
        format_func=choices.steady(CHOICE, by_id, lambda person_id: by_id[person_id].name),
        key=CHOICE,
    )
    if chosen:
        with st.container(border=True):
            _change(by_id[chosen])


def _line(one: Known) -> str:
    belongs = words.plain(", ".join(one.agencies)) or "no agency"
    host = " · looks after this installation" if one.looks_after else ""
    out = " · **shut out**" if one.is_shut_out else ""
    return f"**{words.plain(one.name)}** · {belongs} · {people_words.signs_in(one.issuers)}{host}{out}"


def _change(one: Known) -> None:
    name = words.plain(one.name)
    if one.looks_after:
        st.markdown(f"**{name} looks after this installation.** They can stop doing so and keep their agencies.")
        if st.button("They look after it no more", key=f"host-end-{one.id}") and _done(end_looking_after, one.id):
            house.say(f"{one.name} looks after this installation no more.")
            st.rerun()
    if one.is_shut_out:
        st.markdown(f"**{name} is shut out.** Let back in, they have the roles that they had.")
        if st.button("Let them back in", key=f"host-back-{one.id}") and _done(let_back_in, one.id):
            house.say(f"{one.name} can sign in again.")
            st.rerun()
    else:
        _shut_out(one, name)


def _shut_out(one: Known, name: str) -> None:
    with st.form(f"shut-{one.id}", border=False):
        st.markdown(
            f"**Shut out {name}.** In no agency do they come in any more, and what they have open closes within a "
            "second. Invitations that they made and nobody has used end. Each of their agencies reads of it in its "
            "audit trail."
        )
        sure = st.checkbox(f"Yes, shut out {name}", key=f"shut-sure-{one.id}")
        pressed = st.form_submit_button("Shut out", icon=":material/block:")
    if pressed and not sure:
        st.error("Nobody is shut out yet. Tick the box if you are sure, then press the button again.")
    elif pressed and _done(shut_out, one.id):
        house.say(f"{one.name} is shut out.")
        st.rerun()


def _done(act: Callable[..., Any], *args: Any) -> list[Any]:
    """What it returns, in a list; [] where it was refused, and the reason is shown in place."""
    try:
        with database.writing(house.engine()) as db:
            return [act(db, house.signed_in(db), house.now(), *args)]
    except ToolkitError as error:
        st.error(words.plain(str(error)))
        return []
