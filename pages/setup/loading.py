"""An own checklist: a file is examined, shown as it will read, and put on the shelf."""

import streamlit as st

from assessments.use_cases.checklists import load_checklist
from pages.shared import house, reading, words
from standards import catalogue
from standards.faults import Fault
from standards.model import Checklist

UPLOADS = "checklists.uploads"
MOST_FAULTS = 50


def show() -> None:
    """A file, what is wrong with it, how it will read, and then the way to the shelf."""
    number = st.session_state.setdefault(UPLOADS, 0)
    file = st.file_uploader(
        "A checklist file (TOML, at most 1 MB)", type=["toml"], max_upload_size=1, key=f"own-{number}"
    )
    if file is None:
        return
    content, name = file.getvalue(), file.name
    found = catalogue.faults_in(content, name)
    if found:
        show_faults(found)
    if any(fault.severity == "error" for fault in found):
        return
    checklist = catalogue.read_text(content, name)
    preview(checklist)
    wanted = st.button("Put it on our shelf", type="primary", icon=":material/library_add:")
    if wanted and house.done(load_checklist, content, name):
        house.say(f"“{checklist.title}” is on your shelf. It can be rated like any other.")
        st.session_state[UPLOADS] += 1
        st.rerun()


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
