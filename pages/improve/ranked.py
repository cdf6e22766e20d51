"""The gaps in their order, each with the reason for its place, what the team says of it, and the ways to choose it and
to move it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from assessments.rules.priorities import Ranked, advice
from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.moves import MoveLine
from assessments.use_cases.priorities import Weight, choose_priority
from assessments.use_cases.targets import TargetLine
from pages.improve import moving, weighing
from pages.insight import said
from pages.shared import choices, forms, house, words

SHOWN = 7
"""On one screen: with three controls and two buttons each, no more than some forty fields are alive."""
ORDER = (
    "Duties that are not met come first, then critical items, then the rest. Within these, greater likelihood of harm "
    "comes first, then the wider scope, the larger gap and the smaller effort. **Likelihood of harm, scope and effort "
    "are your team's to give;** what is not set sorts last. A choice is saved at once and can move a gap; choose it "
    "again to take it back. Where your team knows better than the rule, move the gap and say why."
)


@dataclass(frozen=True)
class Team:
    """What the team has said of the gaps, by indicator id."""

    weights: Mapping[str, Weight]
    moves: Mapping[str, MoveLine]
    chosen: frozenset[str]
    targets: Sequence[TargetLine]


def show(report: GapReport, team: Team) -> None:
    st.markdown(ORDER)
    first = _choose_first(report, len(report.ranked))
    opened = st.session_state.get(forms.OPENED)
    form = opened.name if opened else ""
    for one in report.ranked:
        if first <= one.rank < first + SHOWN or form in moving.forms_of(_name(report, one)):
            with st.container(border=True):
                _row(report, one, team)


def _choose_first(report: GapReport, many: int) -> int:
    if many <= SHOWN:
        return 1
    key, starts = f"ranked-{report.assessment.id}", range(1, many + 1, SHOWN)
    say = choices.steady(key, starts, lambda first: f"Gaps {first} to {min(first + SHOWN - 1, many)} of {many}")
    return st.selectbox("Show", starts, format_func=say, key=key)


def _row(report: GapReport, one: Ranked, team: Team) -> None:
    gap, is_chosen = one.gap, one.gap.indicator in team.chosen
    mark = ":material/flag: **Among your priorities.** " if is_chosen else ""
    st.markdown(
        f"**{one.rank}. {words.plain(gap.indicator)}** {said.text(report, gap.indicator)}  \n"
        f"{mark}{words.plain(one.reason)}"
        + (" The rating is unsupported." if gap.unsupported else "")
        + said.aimed(team.targets, gap.indicator)
    )
    weight = team.weights.get(gap.indicator, Weight())
    weighing.controls((report.assessment.id, gap.indicator), weight, gap.counted)
    name, move = _name(report, one), team.moves.get(gap.indicator)
    with st.container(horizontal=True):
        if not is_chosen:
            forms.door(name, "Work on this", "", icon=":material/flag:")
        moving.doors(name, one, move)
    _choose(name, report, one, len(team.chosen) + 1)
    moving.show(name, report, one, move)


def _choose(name: str, report: GapReport, one: Ranked, would_be: int) -> None:
    indicator = one.gap.indicator
    forms.show(
        name,
        "Choose it all the same" if advice(would_be) else "Choose this priority",
        lambda key, because: _why(key, because, would_be),
        lambda because, _, keep: house.write(
            choose_priority, report.assessment.id, indicator, because, keep_because=keep
        ),
        f"{indicator} is among your priorities. Plan what to do about it.",
    )


def _why(key: str, because: str, would_be: int) -> str:
    if advice(would_be):
        st.warning(advice(would_be))
    return st.text_input("Why this one", because, key=f"{key}-why", placeholder="What your team says when it is asked")


def _name(report: GapReport, one: Ranked) -> str:
    return f"choose-{report.assessment.id}-{one.gap.indicator}"
