"""What was read in records of the same site and cycle, under the gaps of a program: beside its score, never in it."""

import streamlit as st

from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.plans_beside import PlansBeside, plans_beside
from assessments.use_cases.readers import first_stands
from pages.shared import count_words, hallway, house, words
from reports.plans_beside import BESIDE, HEADING, summed
from reports.read_twice import what_counts


def show(report: GapReport) -> None:
    """Nothing where nothing is reviewed."""
    found = house.read(plans_beside, report.assessment.id)
    if not found:
        return
    st.header(HEADING)
    st.markdown(BESIDE)
    for one in found:
        _one(one)


def say_what_counts(report: GapReport) -> None:
    """Over a count itself: what counts of records that two read."""
    if report.listed.counted == "record" and (said := what_counts(house.read(first_stands, report.assessment.id))):
        st.markdown(f":material/group: {said}")


def _one(one: PlansBeside) -> None:
    title = f"**{words.plain(words.in_terms(one.listed.name, house.agency()))}**"
    st.markdown(f"{title}: {summed(one)}")
    if one.counted is None:
        label = count_words.of(one.listed).count
        hallway.next_step(hallway.RATE, label, ":material/functions:", assessment=one.listed.id)
        return
    if said := what_counts(one.stands):
        st.markdown(f":material/group: {said}")
    with st.container(horizontal=True):
        hallway.next_step(hallway.GAPS, "Gaps of that count", ":material/troubleshoot:", assessment=one.listed.id)
        hallway.next_step(hallway.RATE, "The count itself", ":material/functions:", assessment=one.listed.id)
