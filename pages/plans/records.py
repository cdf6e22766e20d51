"""Records: the list of a review by code, the rules written before anybody looks, the draw, and what is to be read."""

import streamlit as st

from assessments.use_cases.records import records
from assessments.use_cases.reviews import reviews
from pages.plans import (
    choosing,
    record_draw,
    record_excel,
    record_forms,
    record_list,
    record_meanwhile,
    record_rules,
    record_start,
    record_turns,
)
from pages.shared import forms, hallway, house

BEFORE = ("The list", "Rules and draw", "In Excel")
AFTER = ("To read", "The list", "The rules", "In Excel")

st.title("Records")
choosing.say_what_it_is()
if not house.read(reviews):
    st.info("Nothing is reviewed yet. Start a review: choose a site, a cycle and what is read.")
    record_start.show()
    hallway.next_step(hallway.HOME, "Home", ":material/home:")
    st.stop()
line = choosing.review()
rows = house.read(records, line.id)
sections = AFTER if line.drawn_at else BEFORE
key = f"records-{line.id}-{len(sections)}"
st.session_state.setdefault(key, record_meanwhile.section(line, sections))
section = st.segmented_control("Show", sections, required=True, key=key)
record_meanwhile.tell(line, rows)
# What was left open in another section would hide the button of this one.
forms.only(record_forms.SCOPE if section == "The list" else record_rules.SCOPE)
if section == "In Excel":
    record_excel.show(line, rows)
elif section == "To read":
    record_turns.show(line, rows)
    record_draw.say_undone(line)
    if not record_turns.any_done(line, rows):
        record_draw.undo(line)
elif section == "The list":
    record_list.show(line, rows)
    (record_forms.recode if line.drawn_at else record_forms.show)(line, rows)
else:
    record_rules.show(line, rows)
    if not line.drawn_at:
        record_draw.show(line, rows)
with st.expander("Start another review", icon=":material/add:"):
    record_start.show()
if line.drawn:
    hallway.next_step(hallway.READ_PLAN, "Read the records", ":material/menu_book:", review=line.id)
    hallway.next_step(hallway.RESULTS, "See the results", ":material/query_stats:", review=line.id)
