"""Priorities: the team weighs the gaps, and chooses one to three to work on."""

import streamlit as st

from assessments.rules.priorities import advice
from assessments.use_cases.gap_report import GapReport, gap_report
from assessments.use_cases.moves import moves
from assessments.use_cases.priorities import Chosen, priorities, weights
from assessments.use_cases.targets import targets
from pages.assess import waiting
from pages.improve import grid, path, ranked
from pages.improve.chosen import headline, why
from pages.shared import context, forms, hallway, house


def show_chosen(report: GapReport, chosen: list[Chosen]) -> None:
    if not chosen:
        st.markdown(advice(0))
    elif advice(len(chosen)):
        st.warning(advice(len(chosen)))
    for one in chosen:
        with st.container(border=True):
            st.markdown(f"{headline(report, one)}  \n{why(one)}")
            address = {"assessment": report.assessment.id, "indicator": one.indicator}
            hallway.next_step(hallway.PLAN, "Plan what to do about it", **address)


st.title("Priorities")
listed = context.choose_assessment()
waiting.until_all_are_in(listed)
forms.only(f"choose-{listed.id}")
report = house.read(gap_report, listed.id)
waiting.until_rated(listed, "to choose from")

live = [one for one in house.read(priorities, listed.id) if not one.dropped]
st.header(f"Your priorities ({len(live)})")
show_chosen(report, live)
if report.ranked:
    weighed = house.read(weights, listed.id)
    st.header("Likelihood of harm by scope")
    grid.show(report.gaps)
    st.header("Gaps, most pressing first")
    chosen = frozenset(one.indicator for one in live)
    ranked.show(report, ranked.Team(weighed, house.read(moves, listed.id), chosen, house.read(targets, listed.id)))
    st.header("The shortest path to the next band")
    path.show(report, weighed)
else:
    st.success("Nothing here falls short: everything that applies is at its target.", icon=":material/check_circle:")
hallway.next_step(hallway.TARGETS, "Set targets by date", ":material/target:", assessment=listed.id)
if live:
    hallway.next_step(hallway.PLAN, "Go to the improvement plan", assessment=listed.id)
hallway.next_step(hallway.GAPS, "Back to the gap analysis", ":material/troubleshoot:", assessment=listed.id)
