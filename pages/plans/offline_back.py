"""A filled-in workbook of readings: read, shown beside what is stored, and taken in when the person says so."""

import hashlib

import streamlit as st

from assessments.errors import Conflict, ToolkitError
from assessments.use_cases.readings_back import ReadingsPreview, ReadingsTaken
from assessments.use_cases.readings_intake import preview_readings, take_in_readings
from assessments.use_cases.reviews import Read
from pages.assess import workbook_refused
from pages.plans import offline_preview
from pages.shared import house, words
from reports.reading_back import ReadBack, read_back
from reports.reading_form import READERS
from reports.workbook_grid import Unfit
from standards import cells
from standards.model import Checklist

UPLOADS, SEEN = "readings.uploads", "readings.seen"
"""What is kept of a file is without its dates."""
Seen = tuple[ReadBack, ReadingsPreview]


def show(read: Read, checklist: Checklist) -> None:
    number = st.session_state.setdefault(UPLOADS, 0)
    st.caption(
        "You see what would change before anything is written. Dates are turned into days that passed as the file is "
        "read, and then forgotten; the file on your side keeps them, so delete it afterward."
    )
    file = st.file_uploader(
        "A filled-in workbook (.xlsx, at most 10 MB)", ["xlsx"], max_upload_size=10, key=f"readings-back-{number}"
    )
    if file is None:
        st.session_state.pop(SEEN, None)
        return
    content = file.getvalue()
    digest = hashlib.sha256(content).hexdigest()
    found = _seen(content, (digest, read.assessment), read, checklist)
    if found is None:
        return
    back, seen = found
    if wrong := back.told(seen.faults):
        workbook_refused.show_faults(wrong)
        return
    st.markdown(f"**{READERS[seen.returned.reader]}**, {words.count(len(seen.returned.base), 'record')}")
    mine = offline_preview.show(checklist, back, seen, digest)
    _confirm(read, seen, len(mine), mine)


def _seen(content: bytes, key: tuple[str, str], read: Read, checklist: Checklist) -> Seen | None:
    """Read once for each file; None where it cannot be, which is then said."""
    kept = st.session_state.get(SEEN)
    if kept and kept[0] == key:
        again: Seen = kept[1]
        return again
    try:
        with st.spinner("Reading the workbook"):
            back = read_back(cells.read(content), checklist)
            preview = house.read(preview_readings, house.now(), read.assessment, back.returned)
    except cells.Unreadable as wrong:
        st.error(f"{words.plain(str(wrong))} Nothing was written.", icon=":material/error:")
        return None
    except Unfit as wrong:
        workbook_refused.show_faults(wrong.faults)
        return None
    found = (back.without_dates, preview)
    st.session_state[SEEN] = (key, found)
    return found


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
    except Conflict as error:
        # The file is still there: the next run reads it again, against what is stored by then.
        st.session_state.pop(SEEN, None)
        st.error(words.plain(str(error)), icon=":material/call_split:")
        st.button("Look at it again", key="readings-again")
        return
    except ToolkitError as error:
        st.error(words.plain(str(error)))
        return
    house.say(outcome(taken))
    st.session_state.pop(SEEN, None)
    st.session_state[UPLOADS] += 1
    st.rerun()


def outcome(taken: ReadingsTaken) -> str:
    if not taken.changes:
        return "Nothing differed any more, so nothing was written a second time."
    counted = ((taken.answers, "answer"), (taken.clocks, "record's clocks", "records' clocks"), (taken.marks, "mark"))
    parts = [words.count(*each) for each in counted if each[0]]
    left = f" {words.count(taken.left, 'conflict was', 'conflicts were')} left as stored." if taken.left else ""
    return f"Taken in and saved: {', '.join(parts)}.{left} Delete the file now, if it holds dates."
