"""Gap analysis: where a site falls short of its target, most pressing first."""

import streamlit as st

from assessments.use_cases.gap_report import GapReport, gap_report
from assessments.use_cases.targets import targets
from pages.assess import waiting
from pages.insight import figures, foot, gap_list, pictures, plans_beside, said, staff_beside
from pages.shared import context, hallway, house, words
from reports import frames


def say_status(report: GapReport) -> None:
    if report.assessment.status != "submitted":
        status = words.STATUSES[report.assessment.status].lower()
        st.info(
            f"This is a {status} assessment: it is not submitted, and every figure changes with "
            f"{words.changes_with(report.checklist)}."
        )


def context_measures(report: GapReport) -> None:
    """What is rated and yet stands outside every mean and list."""
    outside = [indicator for indicator in report.checklist.indicators if not indicator.scored]
    if outside:
        st.subheader("Context, not scored")
        st.markdown("These stand outside every score and list. They help to read the rest.")
        for indicator in outside:
            st.markdown(
                f"**{words.plain(indicator.id)}** {said.own(indicator.text)}  \n{said.level(report, indicator.id)}"
            )


st.title("Gap analysis")
listed = context.choose_assessment()
waiting.until_all_are_in(listed)
report = house.read(gap_report, listed.id)
waiting.until_rated(listed, "to show")

say_status(report)
plans_beside.say_what_counts(report)
figures.show(report)
by_domain = frames.domains(report, lambda text: words.in_terms(text, house.agency()))
st.header("By domain")
chosen = pictures.choose_domain(report, by_domain)
pictures.domains(report, by_domain)
st.header("By indicator")
pictures.strip(report, chosen)
st.header("Gaps, most pressing first")
gap_list.show(report, chosen, house.read(targets, listed.id))
if report.gaps:
    hallway.next_step(hallway.PRIORITIES, "Choose priorities", ":material/flag:", assessment=listed.id)
context_measures(report)
staff_beside.show(report)
plans_beside.show(report)
foot.show(report)
