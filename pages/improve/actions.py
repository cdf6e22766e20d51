"""The actions of a priority: who does what by when, how far it is, and what shows that it is done."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from assessments.use_cases.actions import add_action, revise_action
from assessments.use_cases.plans import OPEN, STATUSES, ActionDetails, ActionLine
from pages.shared import clearable, forms, house, words

STATUS = {"planned": "Planned", "under way": "Under way", "done": "Done", "dropped": "Dropped"}
DAY = "MM/DD/YYYY"


def show(scope: str, priority: str, found: Sequence[ActionLine]) -> None:
    if not found:
        st.markdown("Nothing is planned yet. Say what is done first, who does it, and by when.")
    for line in found:
        _action(f"{scope}-action-{line.id}", line)
    forms.door(f"{scope}-action", "Add an action", ActionDetails("", ""))
    forms.show(
        f"{scope}-action",
        "Add this action",
        _first_fields,
        lambda details, _shown, keep: house.write(add_action, priority, details, keep),
        "The action is added.",
    )


def _action(name: str, line: ActionLine) -> None:
    with st.container(border=True):
        st.markdown(said(line.details))
        forms.change(
            name,
            line,
            _all_fields,
            lambda details, shown, keep: house.write(revise_action, line.id, details, shown, keep),
            "The action is saved.",
        )


def said(details: ActionDetails) -> str:
    lines = [f"**{words.plain(details.what)}**", f"{_how_far(details)} · Owner: {words.plain(details.owner)}"]
    if details.starts and details.status == "planned":
        lines[-1] += f" · Starts {words.day(details.starts)}"
    if details.evidence:
        lines.append(f"Evidence: {words.plain(details.evidence)}")
    return "  \n".join(lines)


def _how_far(details: ActionDetails) -> str:
    status = STATUS[details.status]
    if details.status == "done":
        return f":material/check_circle: {status} on {words.day(details.done_on)}" + (
            "" if details.evidence else ", no evidence noted"
        )
    if details.status in OPEN:
        due = words.due(details.due, house.today()) if details.due else "No due date"
        return f"{status} · {due}"
    return status


def _first_fields(key: str, details: ActionDetails) -> ActionDetails:
    """Of a new one: it has not begun."""
    what = st.text_input("What is done", details.what, key=f"{key}-what")
    first, second, third = st.columns(3)
    owner = first.text_input("Owner", details.owner, key=f"{key}-owner", help="Who sees to it.")
    starts = clearable.day(second, "Starts on, if you know", details.starts, f"{key}-starts")
    due = clearable.day(third, "Due on", details.due, f"{key}-due")
    return replace(details, what=what, owner=owner, starts=starts, due=due)


def _all_fields(key: str, details: ActionDetails) -> ActionDetails:
    details = _first_fields(key, details)
    first, second = st.columns(2)
    status = first.selectbox(
        "Status", STATUSES, STATUSES.index(details.status), format_func=STATUS.__getitem__, key=f"{key}-status"
    )
    done_on = clearable.day(second, "Done on, if it is done", details.done_on, f"{key}-done")
    evidence = st.text_area(
        "What shows that it is done",
        details.evidence,
        height=96,
        key=f"{key}-evidence",
        placeholder="Policy 4.2, signed on May 3. No names or dates of birth of clients.",
    )
    if status == "done" and done_on is None:
        done_on = house.today()
    return replace(details, status=status, done_on=done_on, evidence=evidence)
