"""The list in Excel: a blank one out, a filled one back. Its dates are counted as it is read, and then forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st

from assessments.errors import Conflict, ToolkitError
from assessments.rules.codes import offered
from assessments.use_cases.deliveries import File
from assessments.use_cases.record_checks import RecordDetails
from assessments.use_cases.records import RecordLine
from assessments.use_cases.records_back import RecordPreview
from assessments.use_cases.records_intake import preview_records, take_in_records
from assessments.use_cases.reviews import ReviewLine
from pages.assess import workbook_refused
from pages.plans import brought, choosing, not_read, record_changes, record_words
from pages.shared import delivery, house, words
from reports.record_list import OFFERED, record_list
from reports.record_list_back import UnfitList, read_list
from reports.workbook_grid import Fault, Unfit
from standards import cells

KEY, BACK = "record-list", "record-list.back"


@dataclass(frozen=True)
class Back:
    """What the last list of a review came to: without a date, for it outlives the reading."""

    review: str
    seen: RecordPreview = field(default_factory=RecordPreview)
    faults: tuple[Fault, ...] = ()
    others: tuple[str, ...] = ()
    unreadable: str = ""


def show(line: ReviewLine, rows: Sequence[RecordLine]) -> None:
    st.subheader("Take it along")
    delivery.offer("A blank list to fill in", f"records-{line.id}", lambda: blank(line, rows), line.id)
    if rows:
        delivery.offer("The list as it stands", f"records-now-{line.id}", lambda: current(line, rows), line.id)
        st.caption("With the codes, the quarters and what the list says, in the same columns. No dates: none are kept.")
    st.subheader("Bring it back")
    if line.drawn_at:
        st.markdown("The draw is done: a list can still bring dates for records that are on it, and nothing else.")
    else:
        st.markdown("A row for each record. You see what was read before anything is written.")
    if record_words.is_dated(line):
        st.markdown(
            "Dates are turned into days that passed as the list is read, **and forgotten**. Your file still holds "
            "them: delete it once it is taken in."
        )
    content = brought.once("A list of records (.xlsx, at most 10 MB)", KEY)
    if content is not None:
        with st.spinner("Reading the list"):
            st.session_state[BACK] = read(line, content)
        st.rerun()
    back: Back | None = st.session_state.get(BACK)
    if back and back.review == line.id:
        _show_back(line, back)


def blank(line: ReviewLine, rows: Sequence[RecordLine]) -> File:
    return delivery.workbook(_made(line, rows, ()), "take_in_records", "records", line.site, "blank list")


def current(line: ReviewLine, rows: Sequence[RecordLine]) -> File:
    listed = [one.details for one in rows]
    return delivery.workbook(_made(line, rows, listed), "records", "records", line.site, "list as it stands")


def _made(line: ReviewLine, rows: Sequence[RecordLine], listed: Sequence[RecordDetails]) -> bytes:
    """Once the draw is done no record is added, so no code is offered."""
    codes = () if line.drawn_at and listed else offered({one.details.code for one in rows}, OFFERED)
    dated = record_words.is_dated(line)
    return record_list(codes, house.agency().name, choosing.title(line), dated=dated, listed=listed)


def read(line: ReviewLine, content: bytes) -> Back:
    try:
        listing = read_list(cells.read(content), dated=record_words.is_dated(line))
    except cells.Unreadable as wrong:
        return Back(line.id, unreadable=str(wrong))
    except Unfit as wrong:
        others = wrong.others if isinstance(wrong, UnfitList) else ()
        return Back(line.id, faults=wrong.faults, others=others)
    seen = house.read(preview_records, house.now(), line.id, listing.rows)
    return Back(line.id, seen, listing.told(seen.faults), listing.others)


def _show_back(line: ReviewLine, back: Back) -> None:
    not_read.say(back.others)
    if back.unreadable:
        st.error(f"{words.plain(back.unreadable)} Nothing was written.", icon=":material/error:")
    elif back.faults:
        workbook_refused.show_faults(back.faults)
    else:
        record_changes.show(line, back.seen)
        _confirm(line, back.seen)


def _confirm(line: ReviewLine, seen: RecordPreview) -> None:
    many = len(seen.to_write)
    if not many:
        st.success("This list says what is stored already. There is nothing to do.")
        return
    with st.container(horizontal=True):
        take = st.button(f"Take in {words.count(many, 'row')}", type="primary", icon=":material/upload:", key="take-in")
        if st.button("Do not take it in", key="leave-it"):
            st.session_state.pop(BACK, None)
            st.rerun()
    if not take:
        return
    try:
        with st.spinner("Writing the list"):
            taken = house.write(take_in_records, line.id, seen)
    except ToolkitError as error:
        st.error(words.plain(str(error)), icon=":material/call_split:" if isinstance(error, Conflict) else None)
        return
    st.session_state.pop(BACK, None)
    house.say(f"Taken in and saved: {words.count(taken.added, 'record')} added, {taken.changed} changed.")
    st.rerun()
