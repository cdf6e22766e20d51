"""What a list of records was read as, row by row, before it is written: codes, quarters, what the clocks came to."""

from collections import Counter

import streamlit as st

from assessments.use_cases.record_checks import TITLES
from assessments.use_cases.records_intake import HEADINGS, Clocks, ListLine, RecordPreview
from pages.assess import workbook_preview
from pages.plans import clock_words
from pages.shared import words
from reports.record_list import WHEN_BEGAN, WHEN_IDENTIFIED

SAID = {**WHEN_IDENTIFIED, **WHEN_BEGAN}
HEADS = dict(zip(("code", "quarter", "identified", "began"), HEADINGS, strict=True))
SHOWN = 10
"""Clocks are told one by one of so many rows; of more, in numbers."""


def show(found: RecordPreview) -> None:
    states = {state: [line for line in found.lines if line.state == state] for state in ("new", "changed", "same")}
    told_singly = len(found.to_write) <= SHOWN
    if states["new"]:
        st.markdown(f"**{words.count(len(states['new']), 'new record')}**")
        workbook_preview.table([_new(line, singly=told_singly) for line in states["new"]])
    if states["changed"]:
        st.markdown(f"**{words.count(len(states['changed']), 'change')} to records on the list**")
        workbook_preview.table([_changed(line, singly=told_singly) for line in states["changed"]])
    if states["same"]:
        st.markdown(f"{words.count(len(states['same']), 'row says', 'rows say')} what is stored already.")


def _new(line: ListLine, *, singly: bool) -> dict[str, str]:
    details = line.details
    when = [SAID.get(details.identified, ""), WHEN_BEGAN.get(details.began, "")]
    return {
        "Row": str(line.number),
        "Record": f"**{words.plain(details.code)}** {details.quarter}",
        "Use identified, plan began": "  \n".join(one or "Not said" for one in when),
        "What the dates came to": _came_to(line.clocks, singly=singly) or "No dates",
    }


def _changed(line: ListLine, *, singly: bool) -> dict[str, str]:
    said = [
        f"{TITLES[HEADS[name]]}: {SAID.get(was, was) or '(empty)'} → {SAID.get(now, now) or '(empty)'}"
        for name, was, now in line.changes
    ]
    if line.clocks_lost:
        said.append("What earlier dates came to is taken out: give them again")
    clocks = _came_to(line.clocks, singly=singly) if line.clocks_change else ""
    return {
        "Row": str(line.number),
        "Record": f"**{words.plain(line.details.code)}**",
        "What changes": "  \n".join([*map(words.plain, said), *filter(None, [clocks])]),
    }


def _came_to(clocks: Clocks | None, *, singly: bool) -> str:
    if clocks is None:
        return ""
    if singly:
        return "  \n".join(
            f"{title}: {clock_words.told(clock, clocks[clock])}"
            for clock, title in clock_words.TITLES.items()
            if clock in clocks
        )
    states: Counter[str] = Counter(found.state for found in clocks.values())
    return ", ".join(f"{said.lower()}: {states[state]}" for state, said in clock_words.STATES.items() if states[state])
