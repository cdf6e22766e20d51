"""A filled-in workbook of readings: read, shown beside what is stored, and taken in when the person says so."""

import hashlib
from dataclasses import dataclass

import streamlit as st

from assessments.errors import BadInput, Conflict, ToolkitError
from assessments.use_cases.readings_back import ReadingsPreview, ReadingsTaken
from assessments.use_cases.readings_intake import preview_readings, take_in_readings
from assessments.use_cases.reviews import Read
from pages.assess import workbook_refused
from pages.plans import brought, not_read, offline_preview
from pages.shared import house, words
from reports.reading_back import ReadBack, read_back
from reports.reading_form import READERS
from reports.workbook_grid import Fault, Unfit
from standards import cells
from standards.model import Checklist

KEY, BACK = "readings", "readings.back"
CHANGED = (
    "Somebody changed these records while you were looking at the preview. Bring the same file again; you then see "
    "what is stored now."
)


@dataclass(frozen=True)
class Back:
    """What the last workbook of an assessment came to: without a date, for it outlives the reading."""

    assessment: str
    digest: str
    seen: tuple[ReadBack, ReadingsPreview] | None = None
    faults: tuple[Fault, ...] = ()
    refused: str = ""
    others: tuple[str, ...] = ()


def show(read: Read, checklist: Checklist) -> None:
    st.caption(
        "You see what would change before anything is written. Dates are turned into days that passed as the file is "
        "read, and then forgotten; the file on your side keeps them, so delete it afterward."
    )
    content = brought.once("A filled-in workbook (.xlsx, at most 10 MB)", KEY)
    if content is not None:
        with st.spinner("Reading the workbook"):
            st.session_state[BACK] = _read(content, read, checklist)
        st.rerun()
    back: Back | None = st.session_state.get(BACK)
    if back and back.assessment == read.assessment:
        _show_back(read, checklist, back)


def _read(content: bytes, read: Read, checklist: Checklist) -> Back:
    of = (read.assessment, hashlib.sha256(content).hexdigest())
    try:
        back = read_back(cells.read(content), checklist)
        seen = house.read(preview_readings, house.now(), read.assessment, back.returned)
    except (cells.Unreadable, BadInput) as wrong:
        return Back(*of, refused=str(wrong))
    except Unfit as wrong:
        return Back(*of, faults=wrong.faults)
    return Back(*of, (back.without_dates, seen), tuple(back.told(seen.faults)), others=back.others)


def _show_back(read: Read, checklist: Checklist, back: Back) -> None:
    not_read.say(back.others)
    if back.refused:
        st.error(f"{words.plain(back.refused)} Nothing was written.", icon=":material/error:")
    elif back.faults:
        workbook_refused.show_faults(back.faults)
    elif back.seen:
        found, seen = back.seen
        st.markdown(f"**{READERS[seen.returned.reader]}**, {words.count(len(seen.returned.base), 'record')}")
        mine = offline_preview.show(checklist, found, seen, back.digest)
        _confirm(read, seen, len(mine), mine)


def _confirm(read: Read, seen: ReadingsPreview, chosen: int, mine: list[offline_preview.Key]) -> None:
    if seen.same:
        st.markdown(f"{words.count(seen.same, 'cell says', 'cells say')} what is stored already.")
    if not seen.differences:
        st.success("Nothing in this workbook differs from what is stored. There is nothing to do.")
        return
    many = len(seen.changes) + chosen
    label = f"Take in {words.count(many, 'change')}" if many else "Nothing chosen to take in"
    if st.button(label, type="primary", icon=":material/upload:", disabled=not many, key="take-in-readings"):
        _take(read, seen, mine)


def _take(read: Read, seen: ReadingsPreview, mine: list[offline_preview.Key]) -> None:
    try:
        with st.spinner("Writing what was read"):
            taken = house.write(take_in_readings, read.assessment, seen, mine)
    except Conflict:
        # The file with its dates is gone from here, and what was read of it was read against what stood there before.
        st.session_state[BACK] = Back(read.assessment, "", refused=CHANGED)
        st.rerun()
    except ToolkitError as error:
        st.error(words.plain(str(error)))
        return
    house.say(outcome(taken))
    st.session_state.pop(BACK, None)
    st.rerun()


def outcome(taken: ReadingsTaken) -> str:
    if not taken.changes:
        return "Nothing differed any more, so nothing was written a second time."
    counted = ((taken.answers, "answer"), (taken.clocks, "record's clocks", "records' clocks"), (taken.marks, "mark"))
    parts = [words.count(*each) for each in counted if each[0]]
    left = f" {words.count(taken.left, 'conflict was', 'conflicts were')} left as stored." if taken.left else ""
    return f"Taken in and saved: {', '.join(parts)}.{left} Delete the file now, if it holds dates."
