"""A staff checklist on a site, in the place of cards to rate: what it is, the count, and what was counted."""

from datetime import datetime

import pandas as pd
import streamlit as st

from assessments.rules.ratings import State
from assessments.rules.rolled_up import median_told
from assessments.use_cases.assessments import Listed
from assessments.use_cases.sheets import OpenSheet, Row, sheet
from assessments.use_cases.staff_counts import count_staff
from pages.shared import hallway, house, words
from pages.staff import choosing
from reports.counted import share, small
from standards.model import Indicator

WHAT = (
    "**Counted from the ratings of your staff.** For each competency: how many of the staff whose role needs it are "
    "rated at the target of that role. Nobody rates here by hand. A count holds for its day and stays as it is until "
    "you count again."
)
WHO_SEES = (
    "Each staff member sees their own ratings, a supervisor the team’s, a trainer the site’s. Here stand shares alone, "
    f"for everybody who reads this assessment. {small()}"
)
LABELS = {False: "Count the ratings of staff", True: "Count the ratings of staff again"}


def show(listed: Listed) -> None:
    open_sheet = house.read(sheet, listed.id)
    st.title("Count the ratings of staff")
    choosing.say_what_for()
    st.markdown(WHAT)
    st.markdown(f":small[{WHO_SEES}]")
    if listed.status == "submitted":
        st.info("This assessment was submitted, so its count stays. Reopen it on the review page to count again.")
    _say_when(open_sheet)
    with st.container(horizontal=True, vertical_alignment="center"):
        if listed.status != "submitted":
            _count(listed)
        hallway.next_step(hallway.RATE_STAFF, "Rate staff", ":material/how_to_reg:")
    if listed.answered:
        for domain in open_sheet.place.checklist.domains:
            st.subheader(_ours(domain.title))
            found = open_sheet.place.checklist.by_domain[domain.id]
            st.table(_table(open_sheet, found), hide_index=True, border="horizontal")
        hallway.next_step(hallway.GAPS, "See the gaps", ":material/troubleshoot:", assessment=listed.id)
        hallway.next_step(hallway.REVIEW, "Review and submit", assessment=listed.id)


def _count(listed: Listed) -> None:
    if not st.button(LABELS[listed.answered > 0], type="primary", icon=":material/functions:", key="count-staff"):
        return
    with st.spinner("Counting the ratings of staff"):
        done = house.done(count_staff, listed.id)
    if done:
        house.say("Counted, and saved. What stands below holds for today.")
        st.rerun()


def _say_when(open_sheet: OpenSheet) -> None:
    """By the newest thing that a count has put there."""
    found = max((said for row in open_sheet.rows.values() for said in _stamps(row)), default=None)
    if found:
        at, who = found
        st.markdown(
            f":material/check_circle: Counted last {words.clock(house.local(at), house.today())}, {words.plain(who)}."
        )
    else:
        st.markdown("Not counted yet.")


def _stamps(row: Row) -> list[tuple[datetime, str]]:
    lines = [(line.added_at, line.added_by) for line in row.evidence]
    return [*lines, (row.answer_at, row.answer_by)] if row.answer_at else lines


def _table(open_sheet: OpenSheet, found: tuple[Indicator, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Competency": f"**{words.plain(one.id)}** {_ours(one.text)}",
            "Level": _level(open_sheet, one),
            "At target": share(open_sheet.row(one.id)),
            "Median": _median(open_sheet.row(one.id)),
        }
        for one in found
    )


def _level(open_sheet: OpenSheet, indicator: Indicator) -> str:
    answer = open_sheet.row(indicator.id).answer
    if answer.level is None:
        return words.STATES[answer.state]
    return f"{answer.level} {_ours(open_sheet.place.checklist.ladder_of[indicator.id].level(answer.level).name)}"


def _median(row: Row) -> str:
    """Of the levels that staff are rated at, 0 to 4."""
    found = next((median_told(line.details.what) for line in row.evidence), None)
    return words.mean(found) if found is not None and row.answer.state is State.LEVEL else ""


def _ours(text: str) -> str:
    return words.plain(words.in_terms(text, house.agency()))


def instead(listed: Listed, why: str) -> None:
    """Ends a page on which something is given by hand, where nothing is."""
    if listed.counted:
        st.info(f"Nobody rates this assessment by hand: it is counted from the ratings of your staff. {why}")
        hallway.next_step(hallway.RATE, "To the count", ":material/functions:", assessment=listed.id)
        st.stop()
