"""The assessment as a workbook: taken out to read, to print or to fill in offline, and taken back."""

import streamlit as st

from assessments.use_cases.assessments import Listed
from assessments.use_cases.deliveries import File
from assessments.use_cases.gap_report import gap_report
from assessments.use_cases.sheets import sheet
from pages.assess import workbook_back
from pages.shared import context, delivery, hallway, house
from reports.workbook import assessment_workbook
from reports.workbook_form import rating_workbook


def report_file(listed: Listed) -> File:
    content = assessment_workbook(house.read(gap_report, listed.id), house.agency(), house.now())
    return delivery.workbook(content, "gap_report", listed.site, listed.cycle, "assessment")


def rating_file(listed: Listed, filled: bool) -> File:
    title = f"{listed.site}, {listed.cycle}: {listed.name}"
    content = rating_workbook(house.read(sheet, listed.id), house.agency(), title, house.now(), filled=filled)
    return delivery.workbook(content, "sheet", listed.site, listed.cycle, "ratings" if filled else "blank")


st.title("Workbook")
listed = context.choose_assessment()
st.subheader("Take it out")
st.markdown("To read and print: summary with a chart, ratings, gaps, checklist with its sources, receipt.")
delivery.offer("Assessment workbook", "report", lambda: report_file(listed), listed.id)
frozen = listed.status == "submitted"
if not frozen:
    st.markdown(
        "To fill in where there is no net, in Excel or LibreOffice: a row for each indicator with its levels in words. "
        "What comes back is shown before anything is written. A blank cell leaves what is stored."
    )
    delivery.offer("Rating workbook, blank", "blank", lambda: rating_file(listed, filled=False), listed.id)
    delivery.offer("Rating workbook, as rated so far", "filled", lambda: rating_file(listed, filled=True), listed.id)
st.subheader("Take it back")
if frozen:
    st.info("This assessment was submitted, so nothing in it changes. Reopen it on the review page to take one in.")
    hallway.next_step(hallway.REVIEW, "Review and reopen", assessment=listed.id)
else:
    workbook_back.show(listed)
    hallway.next_step(hallway.RATE, "Go on rating", assessment=listed.id)
