"""Report: the documents that leave the house, a brief for a board and the full report."""

from collections.abc import Callable

import streamlit as st

from assessments.use_cases.assessments import Listed
from assessments.use_cases.consensus import comparison
from assessments.use_cases.deliveries import File
from assessments.use_cases.effects import proof_of_effect
from assessments.use_cases.gap_report import gap_report
from assessments.use_cases.plans import plan
from assessments.use_cases.plans_beside import plans_beside
from assessments.use_cases.raters import raters
from assessments.use_cases.staff_beside import staff_beside
from assessments.use_cases.targets import target_report
from pages.assess import waiting
from pages.shared import context, delivery, hallway, house, words
from reports import document, pictures
from reports.brief import brief
from reports.full_report import full_report
from reports.paper import Paper
from reports.telling import Told
from reports.word import word

Tell = Callable[[Told], Paper]
FOR_THE_BOARD = (
    "One page for people who decide and have five minutes: where the program stands, its strengths, its most pressing "
    "gaps, what the team works on and why. It says what is not known, and what ratings cannot say."
)
FOR_THE_TEAM = (
    "For the team, a funder or a coach, who want to know what each figure rests on: every rating with its evidence, "
    "all gaps with their reasons, priorities, targets and the improvement plan, and how the raters agreed. It explains "
    "its words, cites the guidance and says how well each source was verified."
)


def offers(listed: Listed, tell: Tell, label: str) -> None:
    name = label.lower()
    with st.container(horizontal=True):
        delivery.offer(f"{label} as Word", f"{name}-word", lambda: as_word(listed, tell, name), listed.id)
        delivery.offer(f"{label} to print", f"{name}-page", lambda: as_page(listed, tell, name), listed.id)


def as_word(listed: Listed, tell: Tell, name: str) -> File:
    paper = tell(told(listed))
    return delivery.word(word(paper, pictures.drawn(paper.pictures)), "gap_report", *names(listed, name))


def as_page(listed: Listed, tell: Tell, name: str) -> File:
    paper = tell(told(listed))
    text = document.paper_document(paper, pictures.drawn(paper.pictures))
    return delivery.page(text, "gap_report", *names(listed, name))


def told(listed: Listed) -> Told:
    found = house.read(raters, listed.id)
    return Told(
        report=house.read(gap_report, listed.id),
        plans=house.read(plan, listed.id),
        agency=house.agency(),
        made=house.local(house.now()),
        targets=house.read(target_report, listed.id),
        proof=house.read(proof_of_effect, listed.id),
        raters=found.raters,
        compared=house.read(comparison, listed.id) if found.open else None,
        staff=house.read(staff_beside, house.today(), listed.id),
        records=house.read(plans_beside, listed.id),
    )


def names(listed: Listed, name: str) -> tuple[str, ...]:
    return name, listed.site, listed.cycle, listed.checklist_id


st.title("Report")
listed = context.choose_assessment()
waiting.until_all_are_in(listed)
waiting.until_rated(listed, "to report")
if listed.status != "submitted":
    status = words.STATUSES[listed.status].lower()
    st.warning(
        f"This is a {status} assessment: it is not submitted. The documents say “Draft, not submitted” at the top and "
        f"at the foot of each page, and their figures change with the next {'count' if listed.counted else 'rating'}.",
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
