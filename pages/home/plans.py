"""What is due of plans, for those who read records and count: a review not read to the end, a quarter not counted."""

import streamlit as st

from assessments.rules.quarters import in_words
from assessments.use_cases.plans_due import Unread, plans_due
from pages.plans import choosing
from pages.shared import hallway, house, words

MOST = 4


def show() -> None:
    """Nothing where nothing is due."""
    due = house.read(plans_due, house.today())
    for one in due.unread[:MOST]:
        _unread(one)
    if due.unread[MOST:]:
        st.markdown(f"{words.count(len(due.unread) - MOST, 'more review')} on the page Records.")
    if due.uncounted:
        _uncounted(due.quarter, due.uncounted)


def _unread(one: Unread) -> None:
    with _line():
        st.markdown(
            f"**{words.plain(choosing.title(one.review))}**  \n"
            f"{one.left} of {words.count(one.drawn, 'record')} drawn not read to the end.",
            width="content",
        )
        hallway.next_step(hallway.READ_PLAN, "Read the records", ":material/menu_book:", review=one.review.id)


def _uncounted(quarter: str, sites: tuple[str, ...]) -> None:
    where = ", ".join(sites[:MOST]) + (f" and {len(sites) - MOST} more" if sites[MOST:] else "")
    with _line():
        st.markdown(
            f"**Quarterly counts**  \nNothing counted yet for {in_words(quarter)}: {words.plain(where)}.",
            width="content",
        )
        hallway.next_step(hallway.COUNTS, "Enter the counts", ":material/pin:")


def _line() -> st.delta_generator.DeltaGenerator:
    return st.container(border=True, horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
