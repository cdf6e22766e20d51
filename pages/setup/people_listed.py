"""Who has access to the agency; one of them is given other roles, or their access ends."""

import streamlit as st

from assessments.use_cases.identities import PersonHere, end_access, persons_here, revise_roles, roles_to_give
from assessments.use_cases.invitations import ONLY_KEEPERS
from pages.setup import people_words
from pages.shared import choices, house, words

CHOICE = "people-choice"
AGAIN = "To let them in again, invite them again."
KEPT_AGAIN = "While they lead the collaborative, they can choose to keep it again."


def show() -> None:
    here, offered = house.read(persons_here), house.read(roles_to_give)
    st.markdown("\n".join(f"- {_line(one)}" for one in here))
    if offered:
        people_words.explained(offered)
    else:
        st.info(ONLY_KEEPERS)
    by_id = {one.id: one for one in here}
    chosen = st.selectbox(
        "Change what somebody may do, or end their access" if offered else "End somebody's access",
        list(by_id),
        index=None,
        placeholder="Choose a person",
        format_func=choices.steady(CHOICE, by_id, lambda person_id: by_id[person_id].name),
        key=CHOICE,
    )
    if chosen:
        if offered:
            with st.container(border=True):
                _roles(by_id[chosen], offered)
        with st.container(border=True):
            _end(by_id[chosen], bool(offered))


def _line(one: PersonHere) -> str:
    mine = " (you)" if one.id == house.actor().person_id else ""
    out = " · **shut out of this installation**" if one.is_shut_out else ""
    return (
        f"**{words.plain(one.name)}**{mine} · {people_words.said(one.roles)} · "
        f"{people_words.signs_in(one.issuers)}{out}"
    )


def _roles(one: PersonHere, offered: list[str]) -> None:
    key = f"roles-{one.id}-{' '.join(one.roles)}"
    with st.form(f"form-{key}", border=False):
        roles = people_words.roles(one.roles, offered, key)
        st.markdown(
            "What you take away ends at once: pages that they have open close, and they sign in again. Invitations "
            "that they made and nobody has used end too."
        )
        pressed = st.form_submit_button("Save the roles", type="primary")
    if pressed and house.done(revise_roles, one.id, roles, one.roles):
        house.say(f"{one.name} is now: {people_words.said(roles)}.")
        st.rerun()


def _end(one: PersonHere, invited: bool) -> None:
    name = words.plain(one.name)
    with st.form(f"end-{one.id}", border=False):
        st.markdown(
            f"**End the access of {name}.** Everything that they have open here closes within a second. What they "
            f"rated and wrote stays, with their name. {AGAIN if invited else KEPT_AGAIN}"
        )
        sure = st.checkbox(f"Yes, end the access of {name}", key=f"sure-{one.id}")
        pressed = st.form_submit_button("End the access", icon=":material/person_off:")
    if pressed and not sure:
        st.error("Nothing has ended yet. Tick the box if you are sure, then press the button again.")
    elif pressed and house.done(end_access, one.id):
        house.say(f"The access of {one.name} has ended.")
        st.rerun()
