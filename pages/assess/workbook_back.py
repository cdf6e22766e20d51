"""A filled-in workbook: read, shown cell by cell against what is stored, and taken in when the person says so."""

import hashlib
from collections.abc import Sequence

import streamlit as st

from assessments.errors import Conflict, ToolkitError
from assessments.use_cases.assessments import Listed
from assessments.use_cases.intake import Key, NotTaken, Preview, Taken, preview, refuse_workbook, take_in
from assessments.use_cases.sheets import Place, sheet
from pages.assess import workbook_preview, workbook_refused
from pages.shared import house, words
from reports.workbook_back import Read, read_back
from reports.workbook_base import Elsewhere
from reports.workbook_grid import Fault, Unfit
from standards import cells

UPLOADS, READ, SEEN, LEFT = "workbook.uploads", "workbook.read", "workbook.seen", "workbook.left"
REFUSED = "workbook.refused"


def show(listed: Listed, sheet_id: str = "") -> None:
    """`sheet_id`: of the rater whose sheet it is taken into, "" the team's."""
    number = st.session_state.setdefault(UPLOADS, 0)
    file = st.file_uploader(
        "A rating workbook (.xlsx, at most 10 MB)", ["xlsx"], max_upload_size=10, key=f"back-{number}"
    )
    if file is None:
        show_left(listed.id)
        return
    content = file.getvalue()
    digest = hashlib.sha256(content).hexdigest()
    place = house.read(sheet, listed.id, (), sheet_id).place
    found = read(content, (digest, place.sheet_id), place)
    if found is None:
        return
    before, now = st.session_state.get(SEEN), house.read(preview, listed.id, found.returned, digest, sheet_id)
    st.session_state[SEEN] = now
    warn(found.warnings)
    if now.taken_at:
        at = words.clock(house.local(now.taken_at), house.today())
        rest = "What was left open then is below." if now.differences else "There is nothing to do."
        st.info(f"This very file was taken in already, {at} by {words.plain(now.taken_by)}. {rest}")
        if not now.differences:
            return
    mine = workbook_preview.show(place, now, digest)
    confirm(listed, found, digest, before or now, now, mine)


def read(content: bytes, key: tuple[str, str], place: Place) -> Read | None:
    """What it says, read once for each file and sheet; None where it cannot be taken in, which is then said."""
    kept = st.session_state.get(READ)
    if kept and kept[0] == key:
        found: Read = kept[1]
        return found
    st.session_state.pop(SEEN, None)
    try:
        with st.spinner("Reading the workbook"):
            today = house.today()
            found = read_back(cells.read(content), place, lambda text: words.in_terms(text, house.agency()), today)
    except cells.Unreadable as wrong:
        st.error(f"{words.plain(str(wrong))} Nothing was written.", icon=":material/error:")
        return None
    except Unfit as wrong:
        tell_once(wrong, key, place)
        workbook_refused.show(wrong, place)
        return None
    st.session_state[READ] = (key, found)
    return found


def tell_once(wrong: Unfit, key: tuple[str, str], place: Place) -> None:
    """The trail keeps that the workbook of another assessment was brought; not each run that shows so."""
    brought = (key, place.assessment.id)
    told = not isinstance(wrong, Elsewhere) or st.session_state.get(REFUSED) == brought
    if not told and house.done(refuse_workbook, place.assessment.id, key[0]):
        st.session_state[REFUSED] = brought


def warn(warnings: Sequence[Fault]) -> None:
    if warnings:
        lines = "\n".join(f"- {words.plain(str(warning))}" for warning in warnings)
        st.warning(f"Look at these before you go on:\n\n{lines}", icon=":material/privacy_tip:")


def confirm(listed: Listed, found: Read, digest: str, seen: Preview, now: Preview, mine: list[Key]) -> None:
    rows = len(found.returned.rows)
    if now.same:
        st.markdown(f"{words.count(len(now.same), 'cell says', 'cells say')} what is stored already.")
    if not now.differences:
        st.success(f"Nothing in this workbook differs from what is stored, in {words.count(rows, 'row')}.")
        return
    many = len(now.changes) + len(mine)
    label = f"Take in {words.count(many, 'change')}" if many else "Nothing chosen to take in"
    if st.button(label, type="primary", icon=":material/upload:", disabled=not many, key="take-in"):
        take(listed, found, digest, seen, mine)


def take(listed: Listed, found: Read, digest: str, seen: Preview, mine: list[Key]) -> None:
    try:
        taken = house.write(take_in, listed.id, found.returned, digest, seen, mine, found.returned.sheet)
    except ToolkitError as error:
        st.error(words.plain(str(error)), icon=":material/call_split:" if isinstance(error, Conflict) else None)
        return
    if isinstance(taken, NotTaken):
        st.error(taken.value)
        return
    house.say(outcome(taken))
    st.session_state[LEFT] = (listed.id, taken.left)
    for key in (READ, SEEN):
        st.session_state.pop(key, None)
    st.session_state[UPLOADS] += 1
    st.rerun()


def show_left(assessment_id: str) -> None:
    """What the file that was taken in last left open, until another one is brought."""
    about, left = st.session_state.get(LEFT, ("", ()))
    if about != assessment_id or not left:
        return
    st.warning(
        f"{words.count(len(left), 'conflict was', 'conflicts were')} left open: what is stored stays. Where that is "
        "right, there is nothing to do. Where the workbook is right, bring the same file again and choose it there.",
        icon=":material/call_split:",
    )
    workbook_preview.table(
        [{"Where": workbook_preview.where(one), "Changed meanwhile by": words.plain(one.by)} for one in left]
    )


def outcome(taken: Taken) -> str:
    if not taken.changes:
        return "This very file was taken in already, a moment ago. Nothing was written a second time."
    counted = (
        (taken.answers, "rating", ""),
        (taken.notes, "note", ""),
        (taken.evidence, "line of evidence", "lines of evidence"),
    )
    parts = [words.count(*each) for each in counted if each[0]]
    return f"Taken in and saved: {', '.join(parts)}."
