"""The gaps in their order, each with the reason for its place, the two things that the team says of it, and the way to
choose it.
"""

from collections.abc import Mapping

import streamlit as st

from assessments.rules.gaps import Gap
from assessments.rules.priorities import MOST_PRIORITIES
from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.priorities import Weight, choose_priority
from pages.improve import forms, weighing
from pages.insight import said
from pages.shared import house, words

SHOWN = 12
"""On one screen: with two controls and a button each, no more than some forty fields are alive."""
ORDER = (
    "Duties that are not met come first, then critical items, then the rest. Within these, greater likelihood of harm "
    "comes first, then the larger gap, the wider scope and the smaller effort. **Likelihood of harm and effort are "
    "your team's to give;** what is not set sorts last. A choice is saved at once and "
    "can move a gap; choose it again to take it back."
)


def show(report: GapReport, weights: Mapping[str, Weight], chosen: set[str]) -> None:
    st.markdown(ORDER)
    places = list(enumerate(report.gaps, start=1))
    first = _choose_first(report, len(places))
    for place, gap in places:
        if first <= place < first + SHOWN or forms.is_open(_name(report, gap)):
            with st.container(border=True):
                _row(report, gap, place, weights.get(gap.indicator, Weight()), chosen)


def _choose_first(report: GapReport, many: int) -> int:
    if many <= SHOWN:
        return 1
    return st.selectbox(
        "Show",
        range(1, many + 1, SHOWN),
        format_func=lambda first: f"Gaps {first} to {min(first + SHOWN - 1, many)} of {many}",
        key=f"ranked-{report.assessment.id}",
    )


def _row(report: GapReport, gap: Gap, place: int, weight: Weight, chosen: set[str]) -> None:
    is_chosen = gap.indicator in chosen
    mark = ":material/flag: **Among your priorities.** " if is_chosen else ""
    st.markdown(
        f"**{place}. {words.plain(gap.indicator)}** {said.text(report, gap.indicator)}  \n"
        f"{mark}{words.plain(gap.reason)}" + (" The rating is unsupported." if gap.unsupported else "")
    )
    weighing.controls((report.assessment.id, gap.indicator), weight)
    name = _name(report, gap)
    if not is_chosen:
        forms.door(name, "Work on this", "", icon=":material/flag:")
    forms.show(
        name,
        "Choose it all the same" if len(chosen) >= MOST_PRIORITIES else "Choose this priority",
        lambda key, because: _reason(key, because, len(chosen)),
        lambda because, _shown, keep: house.write(
            choose_priority, report.assessment.id, gap.indicator, because, keep_because=keep
        ),
        f"{gap.indicator} is among your priorities. Plan what to do about it.",
    )


def _reason(key: str, because: str, many: int) -> str:
    if many >= MOST_PRIORITIES:
        st.warning(
            f"You work on {many} already. One to three at a time is better: each more takes people and hours from "
            "those, more is begun than finished, and it is harder to see what made the difference. You can choose it "
            "all the same, or drop another in the improvement plan first."
        )
    return st.text_input(
        "Why this one", because, max_chars=300, key=f"{key}-why", placeholder="What your team says when it is asked"
    )


def _name(report: GapReport, gap: Gap) -> str:
    return f"choose-{report.assessment.id}-{gap.indicator}"
