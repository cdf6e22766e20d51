"""Where two readers differ, record by record, and what they agree on once they have talked it over."""

from collections.abc import Sequence

import streamlit as st

from assessments.use_cases.checklists import shelf
from assessments.use_cases.readers import Twice, Unlike, readers_differ
from assessments.use_cases.reviews import ReviewLine
from assessments.use_cases.sheets import UNRATED
from pages.assess import workbook_preview
from pages.plans import readers_agree_form
from pages.plans.readers_agree_form import TIMES, said
from pages.shared import choices, house, words
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
    with st.expander(f"All that differs ({len(unlike)})"):
        workbook_preview.table([_line(checklist, each) for each in unlike])
    if one.status == "submitted":
        st.info("This assessment was submitted, so what was agreed on stays. Reopen it to change that.")
        return
    _agree(one.assessment, checklist, unlike)


def _line(checklist: Checklist, one: Unlike) -> dict[str, str]:
    return {
        "Record and element": f"**{words.plain(one.code)}**  \n{words.plain(one.indicator)}",
        "First reader": said(checklist, one.indicator, one.first),
        "Second reader": said(checklist, one.indicator, one.second),
        "Agreed": said(checklist, one.indicator, one.agreed) if one.agreed != UNRATED else "Not yet",
    }


def _agree(assessment: str, checklist: Checklist, unlike: Sequence[Unlike]) -> None:
    """A form a record; one is open at a time, those in which something is left to agree on come first."""
    by_record: dict[str, list[Unlike]] = {}
    for one in sorted(unlike, key=lambda one: one.agreed != UNRATED):
        by_record.setdefault(one.record, []).append(one)
    key = f"unlike-{assessment}-{st.session_state.get(TIMES, 0)}"
    if len(by_record) == 1:
        (chosen,) = by_record
    else:
        chosen = st.selectbox(
            "Record to agree on",
            list(by_record),
            format_func=choices.steady(key, by_record, lambda record: _called(by_record[record])),
            key=key,
        )
    order = [*checklist.indicator]
    readers_agree_form.show(
        assessment, checklist, sorted(by_record[chosen], key=lambda one: order.index(one.indicator))
    )


def _called(found: Sequence[Unlike]) -> str:
    """Without what is left: that would change under the hand with every answer."""
    return f"{found[0].code}: {words.count(len(found), 'answer')}"
