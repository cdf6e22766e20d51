"""The dates of one record, in a form. What is typed stands on this screen alone, and is gone once it was counted."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from assessments.rules.moment_text import NotAMoment, moment_in, moments_in
from assessments.rules.moments import Moments
from assessments.use_cases.clocks import NAMES

GROUPS: Mapping[str, tuple[str, ...]] = {
    "Birth and discharge": ("born", "mother_home", "infant_home"),
    "The plan": ("identified", "began", "updated", "second_input", "completed", "after_birth", "ends"),
    "Services": ("referred", "first_service", "sought", "interim"),
}
FLAGS: Mapping[str, str] = {
    "unborn": "The infant was not born yet",
    "mother_stays": "The mother had not been discharged from a hospital after the birth",
    "infant_stays": "The infant had not been discharged from a hospital",
    "no_update": "The plan was never updated",
    "no_input": "No second discipline gave input",
    "incomplete": "The plan was never complete",
    "no_end": "The plan states no end",
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
LONGEST = 200
WHERE_NOT = "flags"


def say_what_becomes_of_them() -> None:
    st.markdown(
        "Dates can tell who somebody is. So they are **turned into days that passed, and then forgotten**: they are "
        "stored nowhere. Leave empty what the record does not say. An hour is needed only where two things fall on "
        "one day."
    )


def draw(prefix: str) -> None:
    """In a form, so that nothing of it is handed over before it is all there."""
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
                max_chars=LONGEST,
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


def collect(prefix: str) -> tuple[Moments, list[str]]:
    """What was typed, and what of it cannot be read; the second never repeats the first."""
    found: dict[str, Any] = dict.fromkeys(st.session_state.get(_key(prefix, WHERE_NOT), ()), True)
    wrong = []
    for field in NAMES:
        text = st.session_state.get(_key(prefix, field), "")
        try:
            found[field] = moments_in(text) if field == "updated" else moment_in(text)
        except NotAMoment as unread:
            wrong.append(f"{NAMES[field]}: {unread}")
    return Moments(**found), wrong


def forget(prefix: str) -> None:
    """The fields of this name are never drawn again."""
    for field in (*NAMES, WHERE_NOT):
        st.session_state.pop(_key(prefix, field), None)


def _key(prefix: str, field: str) -> str:
    return f"moment-{prefix}-{field}"
