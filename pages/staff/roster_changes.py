"""What a list of staff would change, row by row, before it is written."""

from datetime import date

import streamlit as st

from assessments.use_cases.staff_intake import Said, StaffLine, StaffPreview
from pages.assess import workbook_preview
from pages.shared import words
from reports.roster_form import COLUMNS


def show(found: StaffPreview) -> None:
    states = {state: [line for line in found.lines if line.state == state] for state in ("new", "changed", "same")}
    if states["new"]:
        st.markdown(f"**{words.count(len(states['new']), 'new person', 'new people')}**")
        workbook_preview.table([_new(line) for line in states["new"]])
    if states["changed"]:
        st.markdown(f"**{words.count(len(states['changed']), 'change')} to people on the roster**")
        workbook_preview.table([_changed(line) for line in states["changed"]])
    if states["same"]:
        st.markdown(f"{words.count(len(states['same']), 'row says', 'rows say')} what is on the roster already.")


def _new(line: StaffLine) -> dict[str, str]:
    found = line.details
    ends = f" to {words.day(found.ends)}" if found.ends else ""
    named = f", {found.name}" if found.name else ""
    return {
        "Row": str(line.number),
        "Who": words.plain(f"{found.code}{named}"),
        "Where and as what": words.plain(f"{line.site}: {', '.join(line.roles)}"),
        "From": f"{words.day(found.starts)}{ends}",
        "Supervisor": words.plain(line.supervisor),
    }


def _changed(line: StaffLine) -> dict[str, str]:
    said = [f"{COLUMNS[column].title}: {_said(was)} → {_said(now)}" for column, was, now in line.changes]
    return {
        "Row": str(line.number),
        "Who": words.plain(line.details.code),
        "What changes": "  \n".join(map(words.plain, said)),
    }


def _said(value: Said) -> str:
    return words.day(value) if isinstance(value, date) else value or "(empty)"
