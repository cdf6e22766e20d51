"""One record of the list: added under a code that is offered, changed, taken off, and after the draw given another
code.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from assessments.rules.codes import offered
from assessments.rules.quarters import back_from, quarter_of
from assessments.use_cases.record_checks import TITLES, RecordDetails
from assessments.use_cases.records import RecordLine, add_record, remove_record, revise_record
from assessments.use_cases.reviews import ReviewLine
from pages.plans import record_words
from pages.shared import choices, forms, house, words
from reports.record_list import WHEN_BEGAN, WHEN_IDENTIFIED

SCOPE = "records-list"
QUARTERS = 24
"""So many back can be chosen."""
CODE = (
    "Take the codes that are offered: no check finds every name. Which record has which code stays with you, on paper "
    "and under lock. Never a name, initials, a date of birth or the number of a record."
)
RECODED = (
    "The record keeps its place in the draw and all that was read. The draw rests on the codes as they were, so it can "
    "no longer be repeated from the list; the page says so. Workbooks given out before still have the old code: throw "
    "them away and give out new ones."
)


def show(line: ReviewLine, rows: Sequence[RecordLine]) -> None:
    add(line, rows)
    if rows:
        choose(line, rows)


def names(line: ReviewLine, rows: Sequence[RecordLine]) -> set[str]:
    """Of all forms that can be open here."""
    return {f"{SCOPE}-new-{line.id}"} | {f"{SCOPE}-{part}{one.id}" for one in rows for part in ("", "code-")}


def add(line: ReviewLine, rows: Sequence[RecordLine]) -> None:
    name = f"{SCOPE}-new-{line.id}"
    (code,) = offered({one.details.code for one in rows}, 1)
    latest = max((one.details.quarter for one in rows), default="")
    forms.door(name, "Add a record", RecordDetails(code, latest))
    forms.show(
        name,
        "Add this record",
        lambda key, typed: fields(key, typed, dated=record_words.is_dated(line)),
        lambda typed, _shown, _keep: house.write(add_record, line.id, typed),
        "The record is on the list.",
    )


def choose(line: ReviewLine, rows: Sequence[RecordLine]) -> None:
    one = _chosen(line, rows, "Open one record")
    if one is None:
        return
    with st.container(border=True):
        st.markdown(f"**{words.plain(one.details.code)}** · {one.details.quarter}")
        _change(line, one)
        _remove(line, one)


def recode(line: ReviewLine, rows: Sequence[RecordLine]) -> None:
    """After the draw."""
    one = _chosen(line, rows, "Replace a code that tells of somebody")
    if one is None:
        return
    (free,) = offered({row.details.code for row in rows}, 1)
    name = f"{SCOPE}-code-{one.id}"
    forms.door(name, "Replace its code", replace(one.details, code=free), one.version, ":material/edit:")
    if forms.is_open(name):
        st.markdown(RECODED)
    forms.show(
        name,
        "Replace the code",
        _code,
        lambda typed, shown, _keep: house.write(revise_record, line.id, one.id, typed, shown),
        "The code is replaced. Note it on your paper, and have the old one purged on the page Audit trail.",
        one.version,
    )


def _chosen(line: ReviewLine, rows: Sequence[RecordLine], label: str) -> RecordLine | None:
    by_id, key = {one.id: one for one in rows}, f"record-{line.id}"
    chosen = st.selectbox(
        label,
        list(by_id),
        index=None,
        placeholder="Choose a code",
        format_func=choices.steady(key, by_id, lambda one: by_id[one].details.code),
        key=key,
    )
    return by_id.get(chosen) if chosen else None


def _code(key: str, typed: RecordDetails) -> RecordDetails:
    code = st.text_input("New code", typed.code, key=f"{key}-code", autocomplete="off")
    st.caption(CODE)
    return replace(typed, code=code)


def _change(line: ReviewLine, one: RecordLine) -> None:
    name = f"{SCOPE}-{one.id}"
    forms.door(name, "Change", one.details, one.version, ":material/edit:")
    if one.clocks and forms.is_open(name):
        st.warning(
            "Dates were given for this record and forgotten. If you change when use was identified or when the plan "
            "began, what they came to is taken out, and the dates have to be given again."
        )
    forms.show(
        name,
        "Save the changes",
        lambda key, typed: fields(key, typed, dated=record_words.is_dated(line)),
        lambda typed, shown, _keep: house.write(revise_record, line.id, one.id, typed, shown),
        "The record is saved.",
        one.version,
    )


def _remove(line: ReviewLine, one: RecordLine) -> None:
    with st.popover("Take it off the list", icon=":material/delete:"):
        st.markdown("It does not belong to the time under review, or was put on the list twice.")
        if st.button("Take it off", key=f"remove-{one.id}", type="primary") and house.done(
            remove_record, line.id, one.id, one.version
        ):
            house.say("The record is off the list.")
            st.rerun()


def fields(key: str, typed: RecordDetails, *, dated: bool) -> RecordDetails:
    left, right = st.columns(2)
    code = left.text_input(TITLES["code"], typed.code, key=f"{key}-code", help=CODE, autocomplete="off")
    quarter = right.selectbox(
        TITLES["quarter"],
        quarters := _quarters(house.today(), typed.quarter),
        quarters.index(typed.quarter) if typed.quarter in quarters else None,
        placeholder="Choose a quarter",
        help="That of the birth; before it, that in which the plan began.",
        key=f"{key}-quarter",
    )
    st.caption(CODE)
    if not dated:
        return RecordDetails(code, quarter or "")
    first, second = st.columns(2)
    with first:
        identified = _choice(TITLES["when_identified"], WHEN_IDENTIFIED, typed.identified, f"{key}-identified")
    with second:
        began = _choice(TITLES["when_began"], WHEN_BEGAN, typed.began, f"{key}-began")
    return RecordDetails(code, quarter or "", identified, began)


def _choice(label: str, words_of: Mapping[str, str], value: str, key: str) -> str:
    options = list(words_of)
    chosen = st.selectbox(
        label,
        options,
        options.index(value) if value in options else None,
        format_func=words_of.__getitem__,
        placeholder=record_words.NOT_SAID,
        key=key,
    )
    return chosen or ""


def _quarters(today: date, stored: str) -> list[str]:
    """The newest first."""
    found = back_from(quarter_of(today), QUARTERS)
    return found if not stored or stored in found else [*found, stored]
