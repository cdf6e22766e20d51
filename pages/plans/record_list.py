"""The list of a review, a page at a time."""

from collections.abc import Sequence

import streamlit as st

from assessments.use_cases.record_checks import MOST, TITLES
from assessments.use_cases.records import RecordLine
from assessments.use_cases.reviews import ReviewLine
from pages.plans import record_words
from pages.shared import look, words

BEGUN = "POP-01"
"""Whether the plan began before the birth."""


def show(line: ReviewLine, rows: Sequence[RecordLine]) -> None:
    if not rows:
        st.info(
            "The list is empty. Put every record on it that belongs to the time under review, by its code: whatever is "
            "not on the list cannot be drawn."
        )
        return
    dated = record_words.is_dated(line)
    st.subheader(f"{words.count(len(rows), 'record')} on the list")
    if dated:
        _say_begun(line, rows)
    if len(rows) == MOST:
        st.caption("More do not fit on one list.")
    listed = [_line(one, dated=dated) for one in record_words.a_page(rows, f"list-{line.id}")]
    with st.container(key=look.LISTED):
        st.table(listed, hide_index=True, border="horizontal")


def _say_begun(line: ReviewLine, rows: Sequence[RecordLine]) -> None:
    """Beside the element that looks the same: the two numbers differ, and it is not a mistake."""
    if not any(BEGUN in checklist.indicator for checklist in record_words.checklists(line).values()):
        return
    early = sum(one.details.began == "before-birth" for one in rows)
    st.caption(
        f"By this list, the plan began before the birth in {early:,} of {words.count(len(rows), 'record')}. {BEGUN} "
        "shows another number: it counts those that are read, and of these only where use is known to have been known "
        "during pregnancy."
    )


def _line(one: RecordLine, *, dated: bool) -> dict[str, str]:
    plain = {TITLES["code"]: f"**{words.plain(one.details.code)}**", TITLES["quarter"]: one.details.quarter}
    if not dated:
        return plain
    return {
        **plain,
        TITLES["when_identified"]: record_words.identified(one),
        TITLES["when_began"]: record_words.began(one),
        "Dates": "Given, and forgotten" if one.clocks else "None yet",
    }
