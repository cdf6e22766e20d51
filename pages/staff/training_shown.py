"""A training plan on the screen: the courses, what they close, and what stays open and why."""

import pandas as pd
import streamlit as st

from assessments.rules.training_plan import AN_HOUR, Topic
from assessments.use_cases import courses as kept
from assessments.use_cases.training import Planned
from pages.shared import hallway, house, words
from reports import charts
from reports import training as told
from standards.model import Checklist


def courses(checklist: Checklist) -> dict[str, str]:
    """Those that can be left out, by id."""
    return {one.id: one.details.name for one in house.read(kept.courses, checklist.key) if one.details.teaches}


def show(planned: Planned) -> None:
    st.markdown(f"**{told.summary(planned)}.** {told.proof(planned.plan)}")
    if cost := told.cost(planned):
        st.info(cost)
    if planned.plan.courses:
        st.table(_courses(planned), hide_index=True, border="horizontal")
    st.caption(told.COUNTS)
    st.subheader("What it closes")
    _picture(planned)
    st.markdown(told.left_open(planned.plan))
    _cautions(planned)
    st.subheader("By competency")
    st.table(_topics(planned), hide_index=True, border="horizontal")


def _courses(planned: Planned) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Course": words.plain(planned.courses[one.course].name),
            "Hours": f"{one.hours / AN_HOUR:g}",
            "Points closed": f"{one.closes:,}",
            "Closed by no other": f"{one.alone:,}",
        }
        for one in planned.plan.courses
    )


def _picture(planned: Planned) -> None:
    frame = told.domains(planned, lambda text: words.in_terms(text, house.agency()))
    alt = " ".join(f"{title}." for title in frame["title"])
    st.altair_chart(charts.closing(frame), alt=f"Points of gap by topic. {alt}")
    st.markdown(":small[Filled: the plan closes it. Dashed: it stays open.]")


def _topics(planned: Planned) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Competency": _name(planned, one),
            "People below": str(one.short),
            "Points closed": f"{one.closed:,} of {one.points:,}",
            "What stays open": told.why(one) or "Nothing",
        }
        for one in told.short(planned.plan)
    )


def _name(planned: Planned, topic: Topic) -> str:
    text = words.in_terms(planned.checklist.indicator[topic.indicator].text, house.agency())
    return f"**{words.plain(topic.indicator)}** {words.plain(text)}"


def _cautions(planned: Planned) -> None:
    skills = {one.id for one in planned.checklist.indicators if planned.checklist.ladder_of[one.id].id == "skill"}
    watched = sum(one.to_show for one in planned.plan.topics if one.indicator in skills)
    if watched:
        times = "once" if watched == 1 else f"{watched:,} times"
        st.markdown(f":material/visibility: {told.TEACHES_ONLY} After this plan, somebody has to watch {times}.")
    elif planned.plan.courses:
        st.markdown(f":material/info: {told.TEACHES_ONLY}")
    if told.to_rate(planned.plan):
        st.markdown(
            f":material/help: **Rate first:** {told.rate_first(planned.plan)} What is not known is no gap to train, so "
            "it is not in the plan."
        )
        hallway.next_step(hallway.RATE_STAFF, "Rate staff", ":material/how_to_reg:")
