"""What is rarely done with a staff member: saying who signs in as them, and deleting who was put here by mistake."""

from collections.abc import Sequence

import streamlit as st

from assessments.use_cases.staff import Member, delete_member, persons, tie_person
from pages.shared import house, words
from pages.staff import roster_concerned


def show(member: Member, members: Sequence[Member]) -> None:
    with st.expander("Who signs in as this person"):
        tie(member)
    with st.expander("Put here by mistake?"):
        st.markdown(
            "Who leaves gets a last day and keeps the history. Delete only somebody who never belonged on the roster: "
            "all ratings and all attendance of theirs go too."
        )
        if led := roster_concerned.told(roster_concerned.led_by(members, member.id)):
            st.warning(f"If they are deleted, nobody supervises {words.plain(led)}.")
        with st.form(f"delete-{member.id}-{member.version}", border=False):
            typed = st.text_input(f"To delete, type the code: {words.plain(member.details.code)}")
            if st.form_submit_button("Delete", icon=":material/delete:") and house.done(
                delete_member, member.id, typed
            ):
                house.say("The staff member is deleted, with all ratings. The audit trail keeps that they were there.")
                st.rerun()


def tie(member: Member) -> None:
    known = house.read(persons)
    me = house.actor().person_id
    with st.form(f"tie-{member.id}-{member.version}", border=False):
        chosen = st.selectbox(
            "Signs in as",
            list(known),
            list(known).index(member.person_id) if member.person_id in known else None,
            format_func=lambda person: f"{known[person]} (you)" if person == me else known[person],
            placeholder="Nobody",
            help="They then see their own ratings and rate themselves.",
        )
        if st.form_submit_button("Save who signs in") and house.done(
            tie_person, member.id, chosen or "", member.version
        ):
            house.say("Who signs in as this person is saved.")
            st.rerun()
