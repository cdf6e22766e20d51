"""One element of a review over time, chosen by the reader."""

import streamlit as st

from assessments.use_cases.review_results import course_of_element
from pages.shared import house, words
from reports import charts, plan_course
from reports import plan_results as told
from reports.plan_results import Told

ELEMENT = "results-element"


def show(shown: Told, assessment: str) -> None:
    st.header("Over time")
    first = [indicator for indicator, _ in told.of_critical(shown.results)]
    others = [one for one in shown.results.checklist.indicators if not told.classed(one)]
    names = {one.id: f"{one.id} {shown.say(one.text)}" for one in (*first, *others)}
    chosen: str = st.selectbox("Element", list(names), format_func=names.__getitem__, key=f"{ELEMENT}-{assessment}")
    found = plan_course.drawn(house.read(course_of_element, assessment, chosen), shown.results.read)
    if found.kind != "none":
        values = " ".join(f"{row['at']}: {row['words']}." for row in found.frame.to_dict("records"))
        st.altair_chart(charts.in_turn(found.frame), alt=f"{chosen} over time, with its median. {values}")
        st.markdown(f":small[{found.key}]")
    st.markdown("  \n".join(map(words.marked, found.said)))
    if found.kind == "between":
        st.caption(plan_course.METHOD)
