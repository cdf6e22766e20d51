"""The dates of one record as they are typed: in the memory of this tab alone, and gone once they were counted."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from assessments.rules.moment_text import NotAMoment, given_in
from assessments.rules.moment_words import FLAGS, NAMES, NONE
from assessments.rules.moments import Moments

GROUPS: Mapping[str, tuple[str, ...]] = {
    "Birth and discharge": ("born", "mother_home", "infant_home"),
    "The plan": ("identified", "began", "updated", "second_input", "completed", "after_birth", "ends"),
    "Services": ("referred", "first_service", "sought", "interim"),
}
HELP: Mapping[str, str] = {
    "identified": "When use during pregnancy became known.",
    "began": "The date of the first entry.",
    "updated": "Several, with a semicolon between them.",
    "second_input": "When a second discipline other than the author's had given its input.",
    "after_birth": "From this day the calendar year runs, not from the birth. Leave it empty where the plan began "
    "after the birth: then it is the day on which it began.",
    "ends": "The end that the plan states. Ending is neither success nor failure.",
    "sought": "With the hour, for the rule of 48 hours.",
    "interim": "With the hour, for the rule of 48 hours.",
}
ACROSS = 3
WHERE_NOT = "flags"
KEPT = "moments.typed"
"""What was typed of one record and is not counted yet, in this tab's memory alone: of one, and of no other after it."""


def say_what_becomes_of_them() -> None:
    st.markdown(
        "Dates can tell who somebody is. So they are **turned into days that passed, and then forgotten**: they are "
        f"stored nowhere. Leave empty what the record does not say; the word {NONE} says that there is none. An hour "
        "is needed only where two things fall on one day."
    )


def draw(prefix: str) -> None:
    """Not in a form: what stands in one is lost with a click on another topic."""
    _bring_back(prefix)
    for title, fields in GROUPS.items():
        st.markdown(f"**{title}**")
        columns: list[Any] = []
        for number, field in enumerate(fields):
            columns = columns if number % ACROSS else st.columns(ACROSS)
            columns[number % ACROSS].text_input(
                NAMES[field],
                key=_key(prefix, field),
                placeholder="3/14/2026 or 3/14/2026 16:20",
                help=HELP.get(field),
                autocomplete="off",
            )
    st.multiselect(
        "True when the record was read",
        list(FLAGS),
        format_func=FLAGS.__getitem__,
        key=_key(prefix, WHERE_NOT),
        placeholder="Choose what applies",
        help="What is missing above is taken as not known, unless you say here that it did not happen.",
    )
    hold(prefix)


def hold(prefix: str) -> bool:
    """Whether something typed under this name waits to be counted. Streamlit forgets a field that is not drawn; what
    was typed of another record is forgotten here.
    """
    typed = _typed(prefix)
    st.session_state[KEPT] = (prefix, typed)
    return bool(typed)


def is_left(prefix: str) -> bool:
    """Whether something typed of another record is about to be forgotten."""
    of, _ = st.session_state.get(KEPT, (prefix, {}))
    return of != prefix and bool(_typed(of))


def collect(prefix: str) -> tuple[Moments, dict[str, str]]:
    """What was typed, and by field what of it cannot be read; the second never repeats the first."""
    found: dict[str, Any] = dict.fromkeys(st.session_state.get(_key(prefix, WHERE_NOT), ()), True)
    wrong = {}
    for field in NAMES:
        try:
            found |= given_in(field, st.session_state.get(_key(prefix, field), ""))
        except NotAMoment as unread:
            wrong[field] = str(unread)
    return Moments(**found), wrong


def forget(prefix: str) -> None:
    """The fields of this name are never drawn again."""
    st.session_state.pop(KEPT, None)
    for field in _FIELDS:
        st.session_state.pop(_key(prefix, field), None)


_FIELDS = (*NAMES, WHERE_NOT)


def _typed(prefix: str) -> dict[str, Any]:
    """As kept, with what the fields hold that are drawn."""
    of, kept = st.session_state.get(KEPT, ("", {}))
    here = {field: value for field in _FIELDS if (value := st.session_state.get(_key(prefix, field))) is not None}
    return {field: value for field, value in {**(kept if of == prefix else {}), **here}.items() if value}


def _bring_back(prefix: str) -> None:
    of, typed = st.session_state.get(KEPT, ("", {}))
    for field, value in typed.items() if of == prefix else ():
        st.session_state.setdefault(_key(prefix, field), value)


def _key(prefix: str, field: str) -> str:
    return f"moment-{prefix}-{field}"
