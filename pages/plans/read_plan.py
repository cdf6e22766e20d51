"""Reading one record of a review: its dates, one topic at a time, and who took part; each answer is saved at once."""

import streamlit as st

from pages.plans import (
    choosing,
    reading_cards,
    reading_choices,
    reading_clocks,
    reading_no_plan,
    reading_team,
    reading_topics,
)
from pages.plans.reading import Reading, said
from pages.shared import hallway


def say_whether_closed(reading: Reading) -> None:
    if reading.read.status == "submitted":
        st.info("This assessment was submitted, so nothing in it changes. Reopen it to go on reading.")
    elif reading.compared:
        st.info("What the two readers found in this record was compared and stays as each gave it.")
        hallway.next_step(hallway.READERS, "What the two agree on", ":material/group:", review=reading.line.id)


st.title("Read a plan")
choosing.say_what_it_is()
reading = reading_choices.choose()
if len(reading.line.reads) == 1:  # else the choice of the checklist says it
    st.markdown(f"Read with **{said(reading.read.title)}**.")
reading_no_plan.show(reading)
topics = reading_topics.of(reading)
topic = reading_topics.choose(reading, topics)
reading_topics.show_progress(reading, topic, topics)
say_whether_closed(reading)
reading_clocks.keep_typed(reading, dates_are_open=topic == reading_topics.DATES)
if topic in reading.checklist.by_domain:
    st.caption(
        "A need that was looked into and followed up is met, and so is an offer that the family declined: declining "
        "is a full answer and needs no reason."
    )
    reading_cards.show(reading, topic)
else:
    reading_cards.leave()
    (reading_clocks if topic == reading_topics.DATES else reading_team).show(reading)
reading_topics.lead_on(reading, topic, topics)
