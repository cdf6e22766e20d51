"""Over a record in which there is no plan: what that means for its answers, and what follows in one click."""

import streamlit as st

from assessments.rules.no_plan import NO_PLAN, cannot_stand, is_absent
from assessments.use_cases.no_plan import answer_no_plan
from pages.plans.reading import Reading
from pages.shared import house, words

MEANS = (
    "The list says that **there is no plan in this record**. It stays among the records read: what a plan would hold "
    "is not met here, and counts as such. What may not apply, and what can be done for a family without a plan, is "
    "still yours to answer."
)


def show(reading: Reading) -> None:
    if reading.record.details.began != NO_PLAN:
        return
    st.info(words.in_terms(MEANS, house.agency()), icon=":material/unknown_document:")
    if reading.frozen:
        return
    _say_what_cannot_stand(reading)
    left = [one.id for one in reading.checklist.indicators if is_absent(one) and one.id not in reading.answered]
    if not left:
        return
    label = f"Answer what a plan would hold as not met ({len(left)})"
    if st.button(label, key="answer-no-plan", icon=":material/done_all:") and house.done(
        answer_no_plan, reading.read.assessment, reading.record.id, reading.reader
    ):
        house.say(f"{words.count(len(left), 'answer')} saved for {reading.record.details.code}: there is no plan.")
        st.rerun()


def _say_what_cannot_stand(reading: Reading) -> None:
    """Answered before, or by a workbook of before."""
    checklist = reading.checklist
    wrong = [
        name
        for name, one in reading.found.items()
        if cannot_stand(checklist.indicator[name], checklist.ladder_of[name], one.answer.state, one.answer.level)
    ]
    if wrong:
        st.warning(
            f"Answered as if a plan stood there: {', '.join(map(words.plain, wrong))}. Look at these again.",
            icon=":material/error:",
        )
