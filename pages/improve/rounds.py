"""Tests of change: plan with a prediction, do, study, act; small and quick, before a change is spread."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from assessments.use_cases.actions import add_round, revise_round
from assessments.use_cases.plans import DECISIONS, RoundDetails, RoundLine
from pages.improve.actions import DAY
from pages.shared import clearable, forms, house, words

DECISION = {
    "": "Not decided yet",
    "adopt": "Adopt: keep the change",
    "adapt": "Adapt: change it and test again",
    "abandon": "Abandon: try something else",
}


def show(scope: str, priority: str, found: Sequence[RoundLine]) -> None:
    if not found:
        st.markdown(
            "No change is being tested yet. Try one on a small scale: one person, one day, and say beforehand what you "
            "expect to see."
        )
    for number, line in enumerate(found, start=1):
        _round(f"{scope}-round-{line.id}", number, line)
    forms.door(f"{scope}-round", "Add a test of change", RoundDetails("", "", house.today()))
    forms.show(
        f"{scope}-round",
        "Add this test",
        _plan_fields,
        lambda details, _shown, keep: house.write(add_round, priority, details, keep),
        "The test of change is added.",
    )


def _round(name: str, number: int, line: RoundLine) -> None:
    with st.container(border=True):
        st.markdown(f"**Test {number}**\n\n{said(line.details)}")
        forms.change(
            name,
            line,
            _all_fields,
            lambda details, shown, keep: house.write(revise_round, line.id, details, shown, keep),
            "The test of change is saved.",
        )


def said(details: RoundDetails) -> str:
    days = words.day(details.starts) + (f" to {words.day(details.ends)}" if details.ends else ", still going on")
    steps = (
        ("Plan", f"{words.plain(details.change)} ({days})  \n  We predict: {words.plain(details.prediction)}"),
        ("Do", words.plain(details.did) or "Nothing written yet"),
        ("Study", words.plain(details.learned) or "Nothing written yet"),
        ("Act", DECISION[details.decision]),
    )
    return "\n".join(f"- **{step}:** {text}" for step, text in steps)


def _plan_fields(key: str, details: RoundDetails) -> RoundDetails:
    change = st.text_input("Plan: the change to be tested", details.change, key=f"{key}-change")
    prediction = st.text_input("What you expect to see, and how much", details.prediction, key=f"{key}-prediction")
    first, second = st.columns(2)
    starts = first.date_input("From", details.starts, format=DAY, key=f"{key}-starts")
    ends = clearable.day(second, "To, once it is over", details.ends, f"{key}-ends")
    return replace(details, change=change, prediction=prediction, starts=starts, ends=ends)


def _all_fields(key: str, details: RoundDetails) -> RoundDetails:
    details = _plan_fields(key, details)
    did = st.text_area("Do: what was done and seen", details.did, height=96, key=f"{key}-did")
    learned = st.text_area(
        "Study: what was learned, against what you expected",
        details.learned,
        height=96,
        key=f"{key}-learned",
    )
    decision = st.selectbox(
        "Act: what was decided",
        DECISIONS,
        DECISIONS.index(details.decision),
        format_func=DECISION.__getitem__,
        key=f"{key}-decision",
    )
    return replace(details, did=did, learned=learned, decision=decision)
