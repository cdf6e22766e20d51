"""How far two readers agree: in levels, and in plain answers of yes or no, each on its own."""

from collections.abc import Sequence

import streamlit as st

from assessments.rules.agreement import CAUTION, CAUTION_YES_NO, Agreement
from assessments.use_cases.readers import ReadersCompared, Twice
from pages.shared import house, words
from reports.agreement import COLUMNS, MEANING, MEANING_YES_NO, YES_NO_COLUMNS, cells, yes_no_cells


def show(found: ReadersCompared, one: Twice) -> None:
    agreed = one.agreement
    st.subheader(words.in_terms(one.title, house.agency()))
    if one.by_one:
        st.warning(_entered_by_one(one.by_one, found.records), icon=":material/person:")
    if agreed is None or not (agreed.levels.compared or agreed.yes_no.compared):
        st.markdown("There is nothing to which both gave a level, or a yes or no, so nothing is said of agreement.")
        return
    if agreed.levels.compared:
        _levels(agreed.levels, few=found.few)
    if agreed.yes_no.compared:
        _yes_no(agreed.yes_no, few=found.few)
    records = words.count(found.records, "record")
    if found.few:
        st.caption(f"Only {records} {'was' if found.records == 1 else 'were'} read twice: so counts, and no shares.")
        return
    about = [MEANING] * bool(agreed.levels.compared) + [MEANING_YES_NO] * bool(agreed.yes_no.compared)
    st.caption(
        f"{' '.join(about)} All of this rests on {records}: it says how these were read, not how others would be."
    )


def _levels(found: Agreement, *, few: bool) -> None:
    st.markdown(
        f"**Levels.** Both gave a level {_times(found.compared)}: {_times(found.exact)} the same, and "
        f"{_times(found.within_one)} at most one apart."
    )
    if not few:
        _table(COLUMNS, cells(found))
        _cautions(found, CAUTION)


def _yes_no(found: Agreement, *, few: bool) -> None:
    st.markdown(
        f"**Yes or no.** Both said yes or no {_times(found.compared)}: {_times(found.exact)} the same, and "
        f"{_times(found.compared - found.exact)} one said yes and the other no."
    )
    if not few:
        _table(YES_NO_COLUMNS, yes_no_cells(found))
        _cautions(found, CAUTION_YES_NO)


def _table(columns: Sequence[str], row: Sequence[str]) -> None:
    st.table({name: [cell] for name, cell in zip(columns, row, strict=True)}, hide_index=True, border="horizontal")


def _cautions(found: Agreement, lopsided: str) -> None:
    if found.why_not:
        st.markdown(found.why_not)
    if found.chance and found.chance.lopsided:
        st.warning(lopsided)


def _times(number: int) -> str:
    return words.count(number, "time")


def _entered_by_one(by_one: int, of: int) -> str:
    """A sign-in is all that is known of a reader."""
    which = "everywhere" if by_one == of else f"in {by_one} of {words.count(of, 'record')}"
    return (
        f"Both readings were entered by one person, under one sign-in, {which}. If nobody else read there, this says "
        "nothing of agreement between people, only how steadily one person reads."
    )
