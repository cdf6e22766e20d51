"""Report: the documents that leave the house, a brief for a board and the full report."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from assessments.store.tables import Agency
from assessments.use_cases.assessments import Listed
from assessments.use_cases.deliveries import File
from assessments.use_cases.gap_report import GapReport, gap_report
from assessments.use_cases.plans import Plan, plan
from pages.shared import context, delivery, hallway, house, words
from reports import document, pictures
from reports.brief import brief
from reports.full_report import full_report
from reports.paper import Paper
from reports.word import word

Tell = Callable[[GapReport, tuple[Plan, ...], Agency, datetime], Paper]
FOR_THE_BOARD = (
    "One page for people who decide and have five minutes: where the program stands, its strengths, its most pressing "
    "gaps, what the team works on and why. It says what is not known, and what a self-rating cannot say."
)
FOR_THE_TEAM = (
    "For the team, a funder or a coach, who want to know what each figure rests on: every rating with its evidence, "
    "all gaps with their reasons, priorities and the improvement plan. It explains its words, cites the guidance and "
    "says how well each source was verified."
)


def offers(listed: Listed, tell: Tell, label: str) -> None:
    name = label.lower()
    with st.container(horizontal=True):
        delivery.offer(f"{label} as Word", f"{name}-word", lambda: as_word(listed, tell, name), listed.id)
        delivery.offer(f"{label} to print", f"{name}-page", lambda: as_page(listed, tell, name), listed.id)


def as_word(listed: Listed, tell: Tell, name: str) -> File:
    paper = told(listed, tell)
    return delivery.word(word(paper, pictures.drawn(paper.pictures)), "gap_report", *names(listed, name))


def as_page(listed: Listed, tell: Tell, name: str) -> File:
    paper = told(listed, tell)
    text = document.paper_document(paper, pictures.drawn(paper.pictures))
    return delivery.page(text, "gap_report", *names(listed, name))


def told(listed: Listed, tell: Tell) -> Paper:
    report, plans = house.read(gap_report, listed.id), house.read(plan, listed.id)
    return tell(report, plans, house.agency(), house.local(house.now()))


def names(listed: Listed, name: str) -> tuple[str, ...]:
    return name, listed.site, listed.cycle, listed.checklist_id


st.title("Report")
listed = context.choose_assessment()
if not listed.answered:
    st.info("Nothing is rated yet, so there is nothing to report. Rate a first indicator and come back.")
    hallway.next_step(hallway.RATE, "Start rating", assessment=listed.id)
    st.stop()
if listed.status != "submitted":
    status = words.STATUSES[listed.status].lower()
    st.warning(
        f"This is a {status} assessment: it is not submitted. The documents say “Draft, not submitted” at the top and "
        "at the foot of each page, and their figures change with the next rating.",
        icon=":material/edit_note:",
    )
st.header("Brief for the board")
st.markdown(FOR_THE_BOARD)
offers(listed, brief, "Brief")
st.header("Full report")
st.markdown(FOR_THE_TEAM)
offers(listed, full_report, "Report")
st.divider()
if listed.status != "submitted":
    hallway.next_step(hallway.REVIEW, "Review and submit", assessment=listed.id)
else:
    hallway.next_step(hallway.PLAN, "Go to the improvement plan", assessment=listed.id)
