"""What a list of staff would change, row by row, before it is written."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from assessments.rules.text import name_key
from assessments.use_cases.staff import Member
from assessments.use_cases.staff_intake import Said, StaffLine, StaffPreview
from assessments.use_cases.staffing import is_far_ahead
from pages.assess import workbook_preview
from pages.shared import house, words
from pages.staff import roster_concerned
from reports.roster_form import COLUMNS
from reports.workbook_grid import Fault

SAID = 10
"""First days far ahead that are told one by one."""


def show(found: StaffPreview, members: Sequence[Member]) -> None:
    states = {state: [line for line in found.lines if line.state == state] for state in ("new", "changed", "same")}
    if states["new"]:
        st.markdown(f"**{words.count(len(states['new']), 'new person', 'new people')}**")
        workbook_preview.table([_new(line) for line in states["new"]])
    if states["changed"]:
        st.markdown(f"**{words.count(len(states['changed']), 'change')} to people on the roster**")
        workbook_preview.table([_changed(line, _left_alone(line, found, members)) for line in states["changed"]])
    if states["same"]:
        st.markdown(f"{words.count(len(states['same']), 'row says', 'rows say')} what is on the roster already.")


def keep_codes(doubts: Sequence[Fault], digest: str) -> str:
    """Why codes that look like names are kept, once for all of them; what is written holds for this file alone."""
    show_doubts(doubts)
    return st.text_input(
        "Keep these codes, because:" if len(doubts) > 1 else "Keep this code, because:",
        key=f"keep-codes-{digest}",
        help="A code stands in every list and file that leaves here. That you kept it, and why, is in the audit trail.",
    )


def show_doubts(doubts: Sequence[Fault]) -> None:
    st.warning(f"{words.count(len(doubts), 'code looks like a name', 'codes look like names')}.")
    workbook_preview.table(
        [{"Where": words.plain(one.where), "Why, and what to do": _why(one)} for one in doubts],
    )


def far_ahead(lines: Sequence[StaffLine], digest: str) -> bool:
    """Whether first days more than a year ahead are meant; also where there is none."""
    found = [one for one in lines if _begins_anew(one) and is_far_ahead(one.details.starts, house.today())]
    if not found:
        return True
    st.warning(
        f"{words.count(len(found), 'first day lies', 'first days lie')} more than a year ahead: "
        + words.plain(", ".join(f"{one.details.code} on {words.day(one.details.starts)}" for one in found[:SAID]))
        + (f", and {len(found) - SAID} more." if found[SAID:] else ".")
    )
    return st.checkbox("They are right", key=f"far-ahead-{digest}")


def _begins_anew(line: StaffLine) -> bool:
    return line.state == "new" or any(column == "starts" for column, *_ in line.changes)


def _why(one: Fault) -> str:
    return f"{words.plain(one.reason)}  \n{words.plain(one.remedy)}"


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


def _left_alone(line: StaffLine, found: StaffPreview, members: Sequence[Member]) -> str:
    """Whom somebody who leaves with this list still supervises after it."""
    if not line.details.ends or not any(column == "ends" for column, *_ in line.changes):
        return ""
    above = {one.staff_id: one.above for one in found.lines if one.staff_id}
    mine = name_key(line.details.code)
    led = roster_concerned.led_by(members, line.staff_id)
    return roster_concerned.told([one for one in led if above.get(one.id, mine) == mine])


def _changed(line: StaffLine, left_alone: str) -> dict[str, str]:
    said = [f"{COLUMNS[column].title}: {_said(was)} → {_said(now)}" for column, was, now in line.changes]
    if left_alone:
        said.append(f"Look: this person supervises {left_alone}")
    return {
        "Row": str(line.number),
        "Who": words.plain(line.details.code),
        "What changes": "  \n".join(map(words.plain, said)),
    }


def _said(value: Said) -> str:
    return words.day(value) if isinstance(value, date) else value or "(empty)"
