"""What a returned workbook would change, cell by cell, and what collides with what is stored."""

import streamlit as st

from assessments.rules.ratings import State
from assessments.use_cases.intake import Difference, Key, Preview, Value
from assessments.use_cases.sheets import Answer, EvidenceDetails, Place
from pages.shared import house, words
from reports.workbook_sheets import evidence

SHOWN = 50
"""Lines of a table before the rest is folded."""
PARTS = {"answer": "answer", "note": "note", "evidence": "evidence to add"}


def show(place: Place, found: Preview, digest: str) -> list[Key]:
    """The conflicts in which the person takes what the workbook says."""
    if found.changes:
        st.markdown(f"**{words.count(len(found.changes), 'change')}**")
        table(
            [
                {
                    "Where": where(one),
                    "Stored now": said(place, one, one.stored),
                    "In the workbook": said(place, one, one.mine),
                }
                for one in found.changes
            ]
        )
    if found.conflicts:
        st.markdown(
            f"**{words.count(len(found.conflicts), 'conflict')}:** changed by somebody after the workbook was taken "
            "out. What is stored stays, unless you choose otherwise."
        )
    return [one.key for one in found.conflicts if conflict(place, one, digest)]


def where(one: Difference) -> str:
    return f"{words.plain(one.indicator)}, {PARTS[one.part]}  \n{words.plain(one.cell)}"


def conflict(place: Place, one: Difference, digest: str) -> bool:
    when = words.clock(house.local(one.at), house.today()) if one.at else ""
    with st.container(border=True):
        st.markdown(
            f"**{words.plain(one.indicator)}, {PARTS[one.part]}** ({words.plain(one.cell)})\n\n"
            f"- When it was taken out: {said(place, one, one.base)}\n"
            f"- Stored now, by {words.plain(one.by)} {when}: {said(place, one, one.stored)}\n"
            f"- In the workbook: {said(place, one, one.mine)}"
        )
        # What was chosen holds for what was shown: this file, against what is stored now.
        key = f"mine-{place.sheet_id}-{digest}-{one.indicator}-{one.part}-{one.version}"
        return st.checkbox("Take what the workbook says", key=key)


def said(place: Place, one: Difference, value: Value | None) -> str:
    return words.plain(_said(place, one, value))


def _said(place: Place, one: Difference, value: Value | None) -> str:
    match value:
        case None:
            return "(not there)"
        case EvidenceDetails():
            return evidence(value)
        case Answer(state=State.LEVEL, level=int(level)):
            name = place.checklist.ladder_of[one.indicator].level(level).name
            counted = "" if value.of is None else f" ({value.met} of {value.of})"
            return f"{level} {words.in_terms(name, house.agency())}{counted}"
        case Answer():
            return f"{words.STATES[value.state]} {value.reason}".strip()
    return value or "(empty)"


def table(lines: list[dict[str, str]]) -> None:
    st.table(lines[:SHOWN], hide_index=True, border="horizontal")
    if lines[SHOWN:]:
        with st.expander(f"{len(lines) - SHOWN} more"):
            st.table(lines[SHOWN:], hide_index=True, border="horizontal")
