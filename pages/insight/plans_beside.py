"""What was read in records of the same site and cycle, under the gaps of a program: beside its score, never in it."""

import streamlit as st

from assessments.use_cases.assessments import Listed, assessments
from assessments.use_cases.gap_report import GapReport, gap_report
from pages.shared import count_words, hallway, house, words

HEADING = "What was read in records"
BESIDE = "It stands beside the score of the program and is never averaged into it, as no two checklists of a site are."


def show(report: GapReport) -> None:
    """Nothing beside a count itself, or where nothing is reviewed."""
    here = report.listed
    found = [one for one in house.read(assessments) if one.counted == "record" and _same_place(one, here)]
    if here.counted or not found:
        return
    st.header(HEADING)
    st.markdown(BESIDE)
    for one in found:
        _one(one)


def _same_place(one: Listed, other: Listed) -> bool:
    return (one.site_id, one.cycle_id) == (other.site_id, other.cycle_id)


def _one(one: Listed) -> None:
    title = f"**{words.plain(words.in_terms(one.name, house.agency()))}**"
    if not one.answered:
        st.markdown(f"{title}: not counted yet.")
        hallway.next_step(hallway.RATE, count_words.of(one).count, ":material/functions:", assessment=one.id)
        return
    counted = house.read(gap_report, one.id)
    whole = counted.score.whole
    held = f"{whole.at_target} of {words.count(whole.applicable, 'element')} at target, mean {words.mean(whole.mean)}"
    short = words.caps(counted.checklist, whole, counted.conditions)
    st.markdown(f"{title}: {held}{f'; {short}' if short else ''}.{' Submitted.' if one.status == 'submitted' else ''}")
    with st.container(horizontal=True):
        hallway.next_step(hallway.GAPS, "Gaps of that count", ":material/troubleshoot:", assessment=one.id)
        hallway.next_step(hallway.RATE, "The count itself", ":material/functions:", assessment=one.id)
