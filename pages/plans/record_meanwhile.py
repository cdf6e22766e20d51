"""The draw was made, or undone, in another window while this page stood open: what was under way here is told, not lost
without a word.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import streamlit as st

from assessments.use_cases.record_checks import TITLES
from assessments.use_cases.records import RecordLine
from assessments.use_cases.reviews import STANDARDS, ReviewLine
from pages.plans import record_forms, record_rules
from pages.shared import forms, words
from reports.record_list import WHEN_BEGAN, WHEN_IDENTIFIED

SEEN = "records.seen-drawn"
"""Of which review, and whether it was drawn when this tab showed it last."""
MEANWHILE = {
    True: "the draw was made meanwhile, so list and rules stay as they were drawn from.",
    False: "the draw was undone meanwhile. The list and the rules can be changed again.",
}
FIELDS: Mapping[str, str] = {
    "code": TITLES["code"],
    "quarter": TITLES["quarter"],
    "identified": TITLES["when_identified"],
    "began": TITLES["when_began"],
    "replacement": "What is done where a record cannot be read",
    **STANDARDS,
}
SAID = {**WHEN_IDENTIFIED, **WHEN_BEGAN}
OFF_THE_LIST = "this record was taken off the list meanwhile."


def tell(line: ReviewLine, rows: Sequence[RecordLine]) -> None:
    drawn = line.drawn_at is not None
    before = st.session_state.get(SEEN)
    st.session_state[SEEN] = (line.id, drawn)
    if before == (line.id, not drawn):
        _tell(line, forms.drop(record_forms.SCOPE, record_rules.SCOPE), MEANWHILE[drawn])
    elif before == (line.id, drawn):
        _tell(line, forms.drop(record_forms.SCOPE, but=record_forms.names(line, rows)), OFF_THE_LIST)


def section(line: ReviewLine, sections: Sequence[str]) -> str:
    """Which is open at first: the one that this tab had open before the draw, where it is there still."""
    start = f"records-{line.id}-"
    stood: list[str] = [
        value for key, value in st.session_state.items() if str(key).startswith(start) and value in sections
    ]
    return next(iter(stood), sections[0])


def _tell(line: ReviewLine, typed: Mapping[str, Any] | None, why: str) -> None:
    """Of a form its fields; else of a button that does not stand here any more."""
    if typed is not None:
        _say(f"Not saved: {why}", [f"- {FIELDS[name]}: {value}" for name, value in _said(typed)])
    elif why != OFF_THE_LIST and (pressed := _pressed(line)):
        _say(f"{pressed}: {why}", [])


def _said(typed: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in FIELDS:
        if (value := typed.get(name)) not in (None, ""):
            yield name, words.plain(str(SAID.get(value, value)))


def _pressed(line: ReviewLine) -> str:
    starts = {
        "remove-": "Not taken off",
        f"draw-{line.id}": "Not drawn",
        f"undo-{line.id}": "Not undone",
        f"put-aside-{line.id}": "Not put aside",
        "back-": "Not taken back",
    }
    clicked = [str(key) for key, value in st.session_state.items() if value is True]
    return next((said for start, said in starts.items() if any(key.startswith(start) for key in clicked)), "")


def _say(what: str, typed: Sequence[str]) -> None:
    listed = "\n\nThis stood in the form:\n\n" + "\n".join(typed) if typed else ""
    st.error(f"{what}{listed}", icon=":material/call_split:")
