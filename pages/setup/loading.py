"""An own checklist: a file or its sheet form is examined, shown as it will read, and put on the shelf."""

from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assessments.errors import ToolkitError
from assessments.store import database
from assessments.use_cases.checklists import load_checklist, may_load
from pages.shared import house, reading, words
from standards import catalogue, from_sheet, toml
from standards.faults import Fault
from standards.model import Checklist

UPLOADS = "checklists.uploads"
EXAMINED = "checklists.examined"
MOST_FAULTS = 50
LARGEST = 10  # MB


@dataclass(frozen=True)
class Examined:
    """`checklist`: None where an error has to be mended first. `content`: the file, or what it says as one."""

    file_id: str
    faults: list[Fault]
    checklist: Checklist | None = None
    content: bytes = b""


def show() -> None:
    """A file, what is wrong with it, how it will read, and then the way to the shelf."""
    number = st.session_state.setdefault(UPLOADS, 0)
    file = st.file_uploader(
        "A checklist: a file (.toml, at most 1 MB) or its sheet form (.xlsx)",
        type=["toml", "xlsx"],
        max_upload_size=LARGEST,
        key=f"own-{number}",
    )
    if file is None:
        st.session_state.pop(EXAMINED, None)
        return
    told = examined(file)
    if told.faults:
        show_faults(told.faults)
    if told.checklist is None:
        return
    refused = refusal(told.checklist)
    if refused:
        st.error(f"It cannot be put on your shelf yet. {words.plain(refused)}", icon=":material/error:")
    preview(told.checklist)
    wanted = not refused and st.button("Put it on our shelf", type="primary", icon=":material/library_add:")
    if wanted and house.done(load_checklist, told.content, file.name):
        house.say(f"“{told.checklist.title}” is on your shelf. It can be rated like any other.")
        st.session_state[UPLOADS] += 1
        st.rerun()


def refusal(checklist: Checklist) -> str:
    """Why it cannot stand on the shelf, said before anybody reads it through; empty where it can."""
    try:
        with database.reading(house.engine()) as db:
            may_load(db, house.actor(), checklist)
    except ToolkitError as error:
        return str(error)
    return ""


def examined(file: UploadedFile) -> Examined:
    """Once a file, not on every run: a workbook is read in a process of its own."""
    kept: Examined | None = st.session_state.get(EXAMINED)
    if kept is None or kept.file_id != file.file_id:
        kept = _examined(file.file_id, file.getvalue(), file.name)
        st.session_state[EXAMINED] = kept
    return kept


def _examined(file_id: str, content: bytes, name: str) -> Examined:
    is_workbook = from_sheet.is_workbook(name)
    if is_workbook:
        checklist, found = from_sheet.examined(content, name)
    else:
        checklist, found = None, catalogue.faults_in(content, name)
    if any(fault.severity == "error" for fault in found):
        return Examined(file_id, found)
    if checklist is None:
        checklist = catalogue.read_text(content, name)
    return Examined(file_id, found, checklist, toml.written(checklist).encode() if is_workbook else content)


def show_faults(found: list[Fault]) -> None:
    errors = sum(fault.severity == "error" for fault in found)
    warnings = len(found) - errors
    said = " and ".join(
        words.count(number, thing) for number, thing in ((errors, "error"), (warnings, "warning")) if number
    )
    if errors:
        st.error(f"{said} in this file. Mend the errors in the file and choose it again; nothing was kept.")
    else:
        st.warning(f"{said} in this file. A warning does not stop you: read it and decide.")
    table = [
        {
            "Where": words.plain(f"Line {fault.line}: {fault.place}" if fault.line else fault.place),
            "What is wrong": words.plain(fault.reason),
            "What to do": words.plain(fault.remedy),
        }
        for fault in found[:MOST_FAULTS]
    ]
    st.table(table, hide_index=True, border="horizontal")
    if len(found) > MOST_FAULTS:
        st.markdown(f"{len(found) - MOST_FAULTS} more are not shown. Mend these first.")


def preview(checklist: Checklist) -> None:
    st.subheader("How it will read")
    size = f"{words.count(len(checklist.indicators), 'indicator')} in {words.count(len(checklist.domains), 'domain')}"
    st.markdown(f"**{reading.text(checklist.title)}**, edition {words.plain(checklist.edition)}: {size}.")
    st.markdown(f"{reading.text(checklist.about)} {reading.subject(checklist)}")
    titles = {domain.id: domain.title for domain in checklist.domains}
    chosen = st.selectbox("Domain", list(titles), format_func=lambda domain: titles[domain], key="preview-domain")
    reading.domain(checklist, chosen)
