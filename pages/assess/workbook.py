"""The assessment as a workbook: taken out to read, to print or to fill in offline, and taken back."""

import streamlit as st

from assessments.use_cases.assessments import Listed
from assessments.use_cases.consensus import comparison
from assessments.use_cases.deliveries import File
from assessments.use_cases.gap_report import gap_report
from assessments.use_cases.plans_beside import plans_beside
from assessments.use_cases.raters import Rater, Raters, raters
from assessments.use_cases.sheets import sheet
from assessments.use_cases.staff_beside import staff_beside
from pages.assess import counting, waiting, workbook_back
from pages.shared import choices, context, delivery, hallway, house, words
from reports.workbook import assessment_workbook
from reports.workbook_form import rating_workbook

TO_FILL_IN = (
    "To fill in where there is no net, in Excel or LibreOffice: a row for each indicator with its levels in words. "
    "What comes back is shown before anything is written. A blank cell leaves what is stored."
)


def report_file(listed: Listed, found: Raters) -> File:
    report, compared = house.read(gap_report, listed.id), house.read(comparison, listed.id) if found.open else None
    beside = house.read(staff_beside, house.today(), listed.id)
    records = house.read(plans_beside, listed.id)
    content = assessment_workbook(report, house.agency(), house.now(), compared, beside, records)
    return delivery.workbook(content, "gap_report", listed.site, listed.cycle, "assessment")


def rating_file(listed: Listed, rater: Rater | None, filled: bool) -> File:
    title, sheet_id, name = f"{listed.site}, {listed.cycle}: {listed.name}", "", ""
    if rater:
        title, sheet_id, name = f"{title}, {rater.name}", rater.sheet, rater.name
    opened = house.read(sheet, listed.id, sheet_id=sheet_id)
    content = rating_workbook(opened, house.agency(), title, house.now(), filled=filled)
    return delivery.workbook(content, "sheet", listed.site, listed.cycle, name, "ratings" if filled else "blank")


def choose_rater(listed: Listed, found: Raters) -> Rater | None:
    """None where the team rates together; else of those whose open sheet is the actor's. Ends the page, with the way
    on, where there is none.
    """
    if not listed.by_raters:
        st.markdown(TO_FILL_IN)
        return None
    if not found.raters:
        st.info(waiting.APART)
        hallway.next_step(hallway.RATERS, "See the raters", assessment=listed.id)
        st.stop()
    mine = found.mine_open
    if not mine:
        st.info(
            "Several raters rate this assessment, and none of your sheets is open. What they agree on is written on "
            "the page Comparison, and not in a workbook."
        )
        page, label = (hallway.COMPARE, "Compare and agree") if found.open else (hallway.RATERS, "See the raters")
        hallway.next_step(page, label, assessment=listed.id)
        st.stop()
    st.markdown(TO_FILL_IN)
    asked, key = st.query_params.get("sheet", ""), f"whose-workbook-{listed.id}"
    if asked in mine:
        st.session_state.setdefault(key, asked)
    chosen = st.selectbox(
        "Whose sheet",
        list(mine),
        index=None,
        format_func=choices.steady(key, mine, lambda one: mine[one].name),
        placeholder="Choose your name",
        key=key,
        help="A workbook of a rater comes back to the sheet of that rater alone.",
    )
    if not chosen:
        st.stop()
    return mine[chosen]


st.title("Workbook")
listed = context.choose_assessment()
found = house.read(raters, listed.id)
st.subheader("Take it out")
st.markdown(
    "To read and print: summary with a chart, ratings, gaps, checklist with its sources, receipt."
    + (" What each rater gave stands beside what was agreed on." if found.open else "")
)
delivery.offer("Assessment workbook", "report", lambda: report_file(listed, found), listed.id)
counting.instead(listed, "So there is no workbook to fill in and to take back.")
if listed.status == "submitted":
    st.subheader("Take it back")
    st.info("This assessment was submitted, so nothing in it changes. Reopen it on the review page to take one in.")
    hallway.next_step(hallway.REVIEW, "Review and reopen", assessment=listed.id)
    st.stop()
rater = choose_rater(listed, found)
whose = rater.sheet if rater else ""
about = f" of {words.plain(rater.name)}" if rater else ""
delivery.offer(
    f"Rating workbook{about}, blank", f"blank{whose}", lambda: rating_file(listed, rater, filled=False), listed.id
)
delivery.offer(
    f"Rating workbook{about}, as rated so far",
    f"filled{whose}",
    lambda: rating_file(listed, rater, filled=True),
    listed.id,
)
st.subheader("Take it back")
workbook_back.show(listed, whose)
hallway.next_step(hallway.RATE, "Go on rating", assessment=listed.id, **({"sheet": whose} if whose else {}))
