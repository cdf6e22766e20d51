"""What was not saved, why, and what the person can do about it: right where it happened."""

import streamlit as st

from assessments.errors import Conflict, LooksLikeClientData
from assessments.rules.ratings import State
from assessments.use_cases.sheets import Answer, Row
from pages.shared import drafts, hallway, house, words
from pages.shared.drafts import Field, Trouble, Value


def show_elsewhere(drawn: set[Field]) -> None:
    """What was refused and then left behind: said wherever the person is now, with the way back to it."""
    for field, trouble in list(drafts.troubles().items()):
        if field in drawn:
            continue
        what = "note on" if field.part == "note" else "rating of"
        with st.container(border=True, key=field.key(f"elsewhere-{field.part}")):
            st.warning(f"Your {what} {field.indicator} is not saved. {words.plain(str(trouble.error))}")
            with st.container(horizontal=True):
                _lead_back(field)
                if st.button("Drop it", key=field.key(f"drop-{field.part}")):
                    del drafts.troubles()[field]
                    st.rerun()


def _lead_back(field: Field) -> None:
    at = {"assessment": field.assessment, "open": field.indicator}
    if field.record:
        hallway.next_step(hallway.READ_PLAN, "Back to it", **at, record=field.record, reader=field.reader)
    else:
        hallway.next_step(hallway.RATE, "Back to it", **at, **({"sheet": field.sheet} if field.sheet else {}))


def show(field: Field) -> None:
    trouble = drafts.troubles().get(field)
    if trouble is None:
        return
    with st.container(key=field.key(f"trouble-{field.part}")):
        if isinstance(trouble.error, Conflict) and trouble.theirs:
            _choose(field, trouble, trouble.theirs)
        elif isinstance(trouble.error, LooksLikeClientData):
            _keep(field, trouble.error)
        else:
            st.error(f"Not saved. {words.plain(str(trouble.error))}", icon=":material/error:")


def _choose(field: Field, trouble: Trouble, theirs: Row) -> None:
    """Both are shown, nothing is overwritten, and one click decides."""
    at, by = (theirs.answer_at, theirs.answer_by) if field.part == "answer" else (theirs.note_at, theirs.note_by)
    when = words.clock(house.local(at), house.today()) if at else ""
    st.warning(
        f"Not saved: {words.plain(by)} changed {field.indicator} at {when}, after you opened it.\n\n"
        f"- Stored now: {words.plain(said(drafts.stored(field, theirs)))}\n- Yours: {words.plain(said(trouble.mine))}",
        icon=":material/call_split:",
    )
    with st.container(horizontal=True):
        if st.button("Leave what is stored", key=field.key(f"theirs-{field.part}")):
            drafts.use_theirs(field)
            st.rerun()
        if st.button("Save mine instead", key=field.key(f"mine-{field.part}")):
            drafts.use_mine(field)
            st.rerun()


def _keep(field: Field, error: LooksLikeClientData) -> None:
    st.error(words.plain(str(error)), icon=":material/privacy_tip:")
    reason = st.text_input("Why it is not a client's data", key=field.key(f"because-{field.part}"))
    if st.button("Keep it, with this reason", key=field.key(f"keep-{field.part}")):
        if reason.strip():
            drafts.keep(field, reason)
            st.rerun()
        st.warning("Give the reason first.")


def said(value: Value) -> str:
    if isinstance(value, str):
        return value or "(empty)"
    return _answer(value)


def _answer(answer: Answer) -> str:
    if answer.state is not State.LEVEL:
        return f"{words.STATES[answer.state]} {answer.reason}".strip()
    if answer.of is not None:
        return f"{answer.met} of {answer.of}"
    return f"Level {answer.level}"
