"""Rate staff: one person over all competencies, or one competency over all staff; each rating is saved at once."""

import streamlit as st

from pages.staff import choosing, rating_choices, rating_drafts, rating_elsewhere, rating_grid, rating_person

st.title("Rate staff")
choosing.say_what_for()
session = rating_choices.choose(choosing.checklist())
left_behind = st.container()
rows = () if session is None else rating_person.show(session) if session.way == "person" else rating_grid.show(session)
drawn = {row.field for row in rows}
rating_drafts.forget_others(drawn)
with left_behind:
    rating_elsewhere.show(drawn)
if rating_drafts.brought_something():
    st.rerun()  # what a new session saved from the browser was drawn as it stood before
