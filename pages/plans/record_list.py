"""The list of a review, a page at a time."""

from collections.abc import Sequence

import streamlit as st

from assessments.use_cases.record_checks import MOST
from assessments.use_cases.records import RecordLine
from assessments.use_cases.reviews import ReviewLine
from pages.plans import record_words
from pages.shared import words


def show(line: ReviewLine, rows: Sequence[RecordLine]) -> None:
    if not rows:
        st.info(
            "The list is empty. Put every record on it that belongs to the time under review, by its code: whatever is "
            "not on the list cannot be drawn."
        )
        return
    dated = record_words.is_dated(line)
    st.subheader(f"{words.count(len(rows), 'record')} on the list")
    if len(rows) == MOST:
        st.caption("More do not fit on one list.")
    st.table(
        [_line(one, dated=dated) for one in record_words.a_page(rows, f"list-{line.id}")],
        hide_index=True,
        border="horizontal",
    )


def _line(one: RecordLine, *, dated: bool) -> dict[str, str]:
    plain = {"Code": f"**{words.plain(one.details.code)}**", "Quarter": one.details.quarter}
    if not dated:
        return plain
    return {
        **plain,
        "Use identified": record_words.identified(one),
        "Plan began": record_words.began(one),
        "Dates": "Given, and forgotten" if one.clocks else "None yet",
    }
