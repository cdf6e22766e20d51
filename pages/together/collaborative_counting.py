"""Sites that are shared in the aggregate: how many wait, and the lead's act by which they come to count together."""

import streamlit as st

from assessments.errors import ToolkitError
from assessments.rules.cohorts import FEWEST_SITES
from assessments.rules.shared_sites import Period
from assessments.store.tables import Cycle
from assessments.use_cases.agencies import cycles
from assessments.use_cases.counting_together import Waiting, count_together, waiting_together
from assessments.use_cases.publishing import ENDLESS
from assessments.use_cases.sites_beside import QuestionLine, questions_together
from pages.shared import choices, house, settings, words

CYCLE = "counting-cycle"
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
    st.session_state.setdefault(CYCLE, next(reversed(by_id)))
    say = choices.steady(CYCLE, by_id, lambda one: _called(by_id[one]))
    chosen = st.selectbox("Cycle of the collaborative", list(by_id), format_func=say, key=CYCLE)
    period = Period(by_id[chosen].starts, by_id[chosen].ends or ENDLESS)
    for line in found:
        _line(line, period, f"{chosen}-{line.question.edition}-{line.question.form}")


def _line(line: QuestionLine, period: Period, name: str) -> None:
    waiting = house.read(waiting_together, line.question, period)
    with st.container(border=True):
        title = words.plain(words.in_terms(line.title, house.agency()))
        edition = f", edition {words.plain(line.edition)}" if line.edition else ""
        st.markdown(f"**{title}**{edition}  \n{_said(waiting)}{_apart(waiting)}")
        label = f"Count these {waiting.sites} together"
        if waiting.enough and st.button(label, key=f"count-{name}", icon=":material/join:"):
            _count(line, period)


def _called(cycle: Cycle) -> str:
    return f"{cycle.name}, {settings.span(cycle.starts, cycle.ends)}"


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
