"""Priorities: the team weighs the gaps, and chooses one to three to work on."""

import streamlit as st

from assessments.use_cases.gap_report import GapReport, gap_report
from assessments.use_cases.priorities import Chosen, priorities, weights
from pages.improve import forms, grid, ranked
from pages.improve.chosen import headline, why
from pages.shared import context, hallway, house


def show_chosen(report: GapReport, chosen: list[Chosen]) -> None:
    if not chosen:
        st.markdown("None yet. Choose one to three of the gaps below: those that your team will work on in this cycle.")
    for one in chosen:
        with st.container(border=True):
            st.markdown(f"{headline(report, one)}  \n{why(one)}")
            address = {"assessment": report.assessment.id, "indicator": one.indicator}
            hallway.next_step(hallway.PLAN, "Plan what to do about it", **address)


st.title("Priorities")
listed = context.choose_assessment()
forms.only(f"choose-{listed.id}")
report = house.read(gap_report, listed.id)
if not listed.answered:
    st.info("Nothing is rated yet, so there is nothing to choose from. Rate a first indicator and come back.")
    hallway.next_step(hallway.RATE, "Start rating", assessment=listed.id)
    st.stop()

live = [one for one in house.read(priorities, listed.id) if not one.dropped]
st.header(f"Your priorities ({len(live)})")
show_chosen(report, live)
if report.gaps:
    st.header("Likelihood of harm by scope")
    grid.show(report.gaps)
    st.header("Gaps, most pressing first")
    ranked.show(report, house.read(weights, listed.id), {one.indicator for one in live})
else:
    st.success("Nothing here falls short: everything that applies is at its target.", icon=":material/check_circle:")
if live:
    hallway.next_step(hallway.PLAN, "Go to the improvement plan", assessment=listed.id)
hallway.next_step(hallway.GAPS, "Back to the gap analysis", ":material/troubleshoot:", assessment=listed.id)
