"""Where two readers differ, record by record, and what they agree on once they have talked it over."""

from collections.abc import Mapping, Sequence

import streamlit as st

from assessments.errors import ToolkitError
from assessments.rules.ratings import State
from assessments.use_cases.checklists import shelf
from assessments.use_cases.readers import Twice, Unlike, readers_differ
from assessments.use_cases.record_ratings import rate_record
from assessments.use_cases.reviews import ReviewLine
from assessments.use_cases.sheets import UNRATED, Answer
from pages.assess import workbook_preview
from pages.plans.reading_choices import said
from pages.shared import house, words
from reports.reading_form import said as answer_said
from standards.model import Checklist


def show(line: ReviewLine, one: Twice, *, reads: bool) -> None:
    if not one.differ:
        st.success("The two gave the same answer everywhere. There is nothing to agree on.")
        return
    st.markdown(
        f"They differ in {words.count(one.differ, 'answer')}; {one.settled} of {one.differ} are agreed on. "
        "Where nothing is agreed on yet, what the first reader found stands in the results."
    )
    if not reads:
        return
    key = next(read.checklist for read in line.reads if read.assessment == one.assessment)
    checklist = next(entry.checklist for entry in house.read(shelf) if entry.checklist.key == key)
    unlike = house.read(readers_differ, one.assessment)
    workbook_preview.table([_line(checklist, each) for each in unlike])
    if one.status == "submitted":
        st.info("This assessment was submitted, so what was agreed on stays. Reopen it to change that.")
        return
    _agree(one.assessment, checklist, unlike)


def _line(checklist: Checklist, one: Unlike) -> dict[str, str]:
    return {
        "Record and element": f"**{words.plain(one.code)}**  \n{words.plain(one.indicator)}",
        "First reader": _said(checklist, one.indicator, one.first),
        "Second reader": _said(checklist, one.indicator, one.second),
        "Agreed": _said(checklist, one.indicator, one.agreed) if one.agreed != UNRATED else "Not yet",
    }


def _agree(assessment: str, checklist: Checklist, unlike: Sequence[Unlike]) -> None:
    """One at a time: those that are open first, then those that were agreed on, to be changed."""
    order = sorted(unlike, key=lambda one: one.agreed != UNRATED)
    by_key = {f"{one.record}/{one.indicator}": one for one in order}
    chosen: str = st.selectbox(
        "What to agree on",
        list(by_key),
        format_func=lambda key: _name(by_key[key]),
        key=f"unlike-{assessment}-{sum(one.version for one in unlike)}",
    )
    one = by_key[chosen]
    st.markdown(f"**{words.plain(one.indicator)}** {said(checklist.indicator[one.indicator].text)}")
    st.markdown(
        f"First reader: **{_said(checklist, one.indicator, one.first)}**. "
        f"Second reader: **{_said(checklist, one.indicator, one.second)}**."
    )
    answers = _answers(checklist, one.indicator)
    with st.form(f"agree-{assessment}-{chosen}-{one.version}"):
        picked = st.radio(
            "What both agree on",
            list(answers),
            index=list(answers.values()).index(one.agreed) if one.agreed in answers.values() else None,
            key=f"agreed-{assessment}-{chosen}-{one.version}",
        )
        if st.form_submit_button("Save what was agreed on", type="primary", icon=":material/handshake:"):
            _save(assessment, one, answers.get(picked or ""))


def _save(assessment: str, one: Unlike, answer: Answer | None) -> None:
    if answer is None:
        st.warning("Choose first what both agree on.")
        return
    try:
        house.write(rate_record, assessment, one.record, one.indicator, answer, one.version, "agreed")
    except ToolkitError as error:
        st.error(words.plain(str(error)))
        return
    house.say(f"Agreed and saved: {one.code}, {one.indicator}.")
    st.rerun()


def _name(one: Unlike) -> str:
    return f"{one.code}, {one.indicator}{'' if one.agreed == UNRATED else ' (agreed)'}"


def _answers(checklist: Checklist, name: str) -> Mapping[str, Answer]:
    ladder = checklist.ladder_of[name]
    found = [Answer(State.LEVEL, value) for value in ladder.values]
    found += [Answer(State.NOT_APPLICABLE)] * bool(checklist.indicator[name].na)
    return {_said(checklist, name, one): one for one in (*found, Answer(State.CANNOT_JUDGE))}


def _said(checklist: Checklist, name: str, answer: Answer) -> str:
    return said(answer_said(checklist.ladder_of[name], answer) or "Not answered")
