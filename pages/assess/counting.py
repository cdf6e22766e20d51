"""A checklist of staff or of records on a site, in the place of cards to rate: the count, and what was counted."""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd
import streamlit as st

from assessments.rules.ratings import State
from assessments.rules.rolled_up import counted_of, median_told
from assessments.use_cases.assessments import Listed
from assessments.use_cases.readers import first_stands
from assessments.use_cases.record_counts import count_records
from assessments.use_cases.reviews import reviews
from assessments.use_cases.sheets import OpenSheet, Row, sheet
from assessments.use_cases.staff_counts import count_staff
from pages.insight.said import can_be_rated, rate_staff
from pages.plans import choosing as plans
from pages.shared import count_words, hallway, house, words
from pages.staff import choosing
from reports.counted import share
from reports.read_twice import what_counts
from standards.model import Indicator


def show(listed: Listed) -> None:
    open_sheet, said = house.read(sheet, listed.id), count_words.of(listed)
    st.title(said.title)
    (plans.say_what_it_is if listed.counted == "record" else choosing.say_what_for)()
    st.markdown(said.what)
    st.markdown(f":small[{said.who_sees}]")
    if listed.status == "submitted":
        st.info("This assessment was submitted, so its count stays. Reopen it on the review page to count again.")
    _say_when(open_sheet)
    if listed.counted == "record" and (twice := what_counts(house.read(first_stands, listed.id))):
        st.markdown(f":material/group: {twice}")
    with st.container(horizontal=True, vertical_alignment="center"):
        if listed.status != "submitted":
            _count(listed)
        _ways(listed)
    if listed.answered:
        for domain in open_sheet.place.checklist.domains:
            st.subheader(_ours(domain.title))
            found = open_sheet.place.checklist.by_domain[domain.id]
            st.table(_table(listed, open_sheet, found), hide_index=True, border="horizontal")
            _ways_to_rate(listed, open_sheet, found)
        hallway.next_step(hallway.GAPS, "See the gaps", ":material/troubleshoot:", assessment=listed.id)
        hallway.next_step(hallway.REVIEW, "Review and submit", assessment=listed.id)


def _count(listed: Listed) -> None:
    said = count_words.of(listed)
    if not st.button(
        said.again if listed.answered else said.count,
        type="primary",
        icon=":material/functions:",
        key=f"count-{listed.counted}",
    ):
        return
    with st.spinner(said.busy):
        done = house.done(count_records if listed.counted == "record" else count_staff, listed.id)
    if done:
        house.say("Counted, and saved. What stands below holds for today.")
        st.rerun()


def _ways(listed: Listed) -> None:
    """To where it is rated or read."""
    if listed.counted != "record":
        hallway.next_step(hallway.RATE_STAFF, "Rate staff", ":material/how_to_reg:")
        return
    mine = (one.id for one in house.read(reviews) if listed.id in [read.assessment for read in one.reads])
    address = {"review": review} if (review := next(mine, "")) else {}
    hallway.next_step(hallway.RECORDS, "Records", ":material/folder_copy:", **address)
    hallway.next_step(hallway.READ_PLAN, "Read", ":material/menu_book:", **address)
    hallway.next_step(hallway.RESULTS, "Results", ":material/query_stats:", **address)


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


def _table(listed: Listed, open_sheet: OpenSheet, found: tuple[Indicator, ...]) -> pd.DataFrame:
    said, counted = count_words.of(listed), counted_of(open_sheet.place.checklist) or "staff"
    return pd.DataFrame(
        {
            said.unit: f"**{words.plain(one.id)}** {_ours(one.text)}",
            "Level": _level(open_sheet, one),
            said.met: share(open_sheet.row(one.id), counted),
        }
        | ({"Median": _median(open_sheet.row(one.id))} if counted == "staff" else {})
        for one in found
    )


def _ways_to_rate(listed: Listed, open_sheet: OpenSheet, found: Sequence[Indicator]) -> None:
    """To what has no share because too few are rated."""
    missing = [one.id for one in found if can_be_rated(open_sheet.row(one.id))]
    if listed.counted != "staff" or not missing or listed.status == "submitted":
        return
    with st.container(horizontal=True, gap="small"):
        for name in missing:
            hallway.next_step(hallway.RATE_STAFF, f"Rate {words.plain(name)}", ":material/edit:", **rate_staff(name))


def _level(open_sheet: OpenSheet, indicator: Indicator) -> str:
    answer = open_sheet.row(indicator.id).answer
    if answer.level is None:
        hidden = answer.state is State.CANNOT_JUDGE and counted_of(open_sheet.place.checklist) == "staff"
        return "Not shown" if hidden else words.STATES[answer.state]
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
        source = count_words.of(listed).source
        st.info(f"Nobody rates this assessment by hand: it is counted from {source}. {why}")
        hallway.next_step(hallway.RATE, "To the count", ":material/functions:", assessment=listed.id)
        st.stop()
