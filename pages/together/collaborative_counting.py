"""Sites that are shared in the aggregate: how many wait, and the lead's act by which they come to count together."""

import streamlit as st

from assessments.errors import ToolkitError
from assessments.rules.cohorts import FEWEST_SITES
from assessments.rules.shared_sites import Period
from assessments.use_cases.agencies import cycles
from assessments.use_cases.counting_together import Waiting, count_together, waiting_together
from assessments.use_cases.publishing import ENDLESS
from assessments.use_cases.sites_beside import QuestionLine, questions_together
from pages.shared import house, settings, words

ABOUT = (
    "What is shared in the aggregate is seen by nobody, you included: it counts in medians of domains alone, and only "
    f"in a group so mixed that the median tells of no site. By our convention that takes {FEWEST_SITES} sites or more, "
    f"{FEWEST_SITES - 1} of them unknown to each agency. Sites under letters are in no group. A group stays one for "
    "good: where one site of it withdraws or is rated otherwise, none of the group counts, until that site shares the "
    "same again. So wait until all that you expect have shared."
)


def show() -> None:
    st.markdown(ABOUT)
    found, rounds = house.read(questions_together), house.read(cycles)
    if not found or not rounds:
        st.info("No agency shares a submitted assessment yet, so nothing waits.")
        return
    by_id = {one.id: one for one in rounds}
    chosen = st.selectbox(
        "Cycle of the collaborative",
        list(by_id),
        index=len(by_id) - 1,
        format_func=lambda one: f"{by_id[one].name}, {settings.span(by_id[one].starts, by_id[one].ends)}",
        key="counting-cycle",
    )
    period = Period(by_id[chosen].starts, by_id[chosen].ends or ENDLESS)
    for line in found:
        _line(line, period)


def _line(line: QuestionLine, period: Period) -> None:
    waiting = house.read(waiting_together, line.question, period)
    with st.container(border=True):
        title = words.plain(words.in_terms(line.title, house.agency()))
        edition = f", edition {words.plain(line.edition)}" if line.edition else ""
        st.markdown(f"**{title}**{edition}  \n{_said(waiting)}{_apart(waiting)}")
        label = f"Count these {waiting.sites} together"
        key = f"count-{line.question.edition}-{line.question.form}"
        if waiting.enough and st.button(label, key=key, icon=":material/join:"):
            _count(line, period)


def _said(waiting: Waiting) -> str:
    if not waiting.sites:
        return "No site waits: what is shared is seen, or counts already."
    said = words.count(waiting.sites, "site waits", "sites wait")
    return f"{said}." if waiting.enough else f"{said}. These are too few, or too many of one agency, to count yet."


def _apart(waiting: Waiting) -> str:
    if not waiting.apart:
        return ""
    groups = words.count(waiting.apart, "group does", "groups do")
    return (
        f"  \n{groups} not count at the moment: a site in it withdrew, was archived, or was rated otherwise. It counts "
        "again once all that is shared of it is as before."
    )


def _count(line: QuestionLine, period: Period) -> None:
    try:
        counted = house.write(count_together, line.question, period)
    except ToolkitError as error:
        st.error(words.plain(str(error)))
        return
    house.say(f"{words.count(counted, 'site counts', 'sites count')} together from now on.")
    st.rerun()
