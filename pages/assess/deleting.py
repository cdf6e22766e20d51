"""An assessment is deleted: first what goes with it is said, then its name is typed."""

import streamlit as st

from assessments.use_cases.assessments import Listed
from assessments.use_cases.deleting import Going, delete_assessment, goes_with
from pages.shared import house, words


def show(one: Listed) -> None:
    ratings = words.count(one.answered, "rating")
    if one.counted == "record":
        going = house.read(goes_with, one.id)
        st.markdown(f"**If you delete it:** {_said(going)}")
        ratings = f"{words.count(going.answers, 'answer')} about records and {ratings}"
    with st.form(f"delete-{one.id}", border=False):
        typed = st.text_input(f"To delete it with its {ratings}, type its name: {words.plain(one.name)}")
        if st.form_submit_button("Delete it for good") and house.done(delete_assessment, one.id, typed):
            house.say(f"{one.name} is deleted. The audit trail keeps that it was there.")
            st.rerun()


def _said(going: Going) -> str:
    answers = f"{words.count(going.answers, 'answer')} about single records, of readers and from clocks, "
    if going.read_by:
        others = words.plain(", ".join(f"“{name}”" for name in going.read_by))
        return f"{answers}go. The list of records, the draw and the clocks stay: {others} read them too."
    if not going.records:
        return f"{answers}go. No record is on the list yet."
    parts = [
        f"the list of {words.count(going.records, 'record')}",
        f"the draw of {going.drawn:,}" if going.drawn else "",
        f"the clocks of {going.clocked:,}" if going.clocked else "",
        f"who took part in {words.count(going.attended, 'plan')}" if going.attended else "",
    ]
    return f"{answers}go, and with them {', '.join(filter(None, parts))}. Nothing else reads these records."
