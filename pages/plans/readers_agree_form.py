"""What two readers agree on in one record: a form that can be filled from one of them, and is saved as a whole."""

from collections.abc import Mapping, Sequence
from typing import Literal

import streamlit as st

from assessments.errors import ToolkitError
from assessments.rules.ratings import State
from assessments.use_cases.readers import Unlike, agree_on
from assessments.use_cases.sheets import UNRATED, Answer
from pages.plans import reading
from pages.shared import house, words
from reports import reading_said
from standards.model import Checklist

SHOWN, TIMES = "agree.shown", "agree.times"
"""The versions that each form showed when it was drawn last, and how often one was saved: then the next comes up."""


def show(assessment: str, checklist: Checklist, found: Sequence[Unlike]) -> None:
    record, code = found[0].record, found[0].code
    of, now = f"{assessment}-{record}", {one.indicator: one.version for one in found}
    before = st.session_state.get(SHOWN, {}).get(of, now)
    with st.form(f"agree-{of}"):
        st.markdown(
            f"**{words.plain(code)}**: what both agree on. What is left open stays as the first reader found it."
        )
        picked = {one.indicator: _ask(checklist, one, of) for one in found}
        _offer_to_fill(checklist, found, of)
        given = st.form_submit_button(f"Save what was agreed on in {code}", type="primary", icon=":material/handshake:")
    st.session_state.setdefault(SHOWN, {})[of] = now
    if not given:
        return
    moved = [name for name, version in now.items() if before.get(name) != version]
    if moved:
        names = words.plain(", ".join(moved))
        st.error(
            f"Nothing was saved: somebody agreed on {names} meanwhile. It is shown now; look at it and save again."
        )
        return
    new = [one for one in found if picked[one.indicator] not in (None, one.agreed)]
    _save(assessment, record, code, {one.indicator: (picked[one.indicator] or UNRATED, one.version) for one in new})


def said(checklist: Checklist, name: str, answer: Answer) -> str:
    return reading.said(reading_said.said(checklist.ladder_of[name], answer) or "Not answered")


def _ask(checklist: Checklist, one: Unlike, of: str) -> Answer | None:
    """Both readers' answers stand in the label, so that on a phone too they are seen where one chooses."""
    answers = _answers(checklist, one.indicator)
    asked = f"**{words.plain(one.indicator)}** {reading.said(checklist.indicator[one.indicator].text)}"
    picked: str | None = st.radio(
        f"{asked}  \nFirst reader: {_meant(checklist, one, 'first')}  \n"
        f"Second reader: {_meant(checklist, one, 'second')}",
        list(answers),
        index=list(answers.values()).index(one.agreed) if one.agreed in answers.values() else None,
        key=_key(one, of),
        horizontal=True,
    )
    return answers.get(picked or "")


def _meant(checklist: Checklist, one: Unlike, reader: Literal["first", "second"]) -> str:
    """With the words of the level, but for a plain yes or no, which says all."""
    answer: Answer = getattr(one, reader)
    named = f"**{said(checklist, one.indicator, answer)}.**"
    ladder, cues = checklist.ladder_of[one.indicator], checklist.indicator[one.indicator].cue
    if answer.level is None:
        return named
    general = ladder.level(answer.level).words if len(ladder.levels) > 2 else ""
    cue = next((cue for level, cue in cues.items() if level == str(answer.level)), "")
    meaning = f"{general} {cue}".strip()
    return f"{named} {reading.said(meaning)}" if meaning else named


def _offer_to_fill(checklist: Checklist, found: Sequence[Unlike], of: str) -> None:
    """In the form, so that what was chosen and not saved yet comes along and stays. Nothing is saved by it."""
    with st.container(horizontal=True):
        for reader in ("first", "second"):
            answers = {_key(one, of): said(checklist, one.indicator, getattr(one, reader)) for one in found}
            st.form_submit_button(f"Take the {reader} reader's for all that is open", on_click=_fill, args=(answers,))
    st.caption("Either fills in what has no answer above, and saves nothing: look through it, then save.")


def _fill(answers: Mapping[str, str]) -> None:
    for key, answer in answers.items():
        if st.session_state.get(key) is None:
            st.session_state[key] = answer


def _key(one: Unlike, of: str) -> str:
    return f"agreed-{of}-{one.indicator}-{one.version}"


def _save(assessment: str, record: str, code: str, agreed: Mapping[str, tuple[Answer, int]]) -> None:
    if not agreed:
        st.warning("Nothing new is chosen. Choose at least one answer that both agree on.")
        return
    try:
        house.write(agree_on, assessment, record, agreed)
    except ToolkitError as error:
        st.error(f"Nothing was saved. {words.plain(str(error))}")
        return
    st.session_state[TIMES] = st.session_state.get(TIMES, 0) + 1
    house.say(f"Agreed and saved: {words.count(len(agreed), 'answer')} in {code}.")
    st.rerun()


def _answers(checklist: Checklist, name: str) -> Mapping[str, Answer]:
    ladder = checklist.ladder_of[name]
    found = [Answer(State.LEVEL, value) for value in ladder.values]
    found += [Answer(State.NOT_APPLICABLE)] * bool(checklist.indicator[name].na)
    return {said(checklist, name, one): one for one in (*found, Answer(State.CANNOT_JUDGE))}
