"""What moved between two assessments, and what could not be compared."""

from collections import defaultdict

import pandas as pd
import streamlit as st

from assessments.rules.change import Direction, Move, Why
from assessments.use_cases.gap_report import CycleComparison, GapReport
from pages.insight import said
from pages.shared import hallway, words

WHYS: dict[Why, str] = {
    "not rated": "Without a level in one of the two",
    "not applicable": "Not applicable in one of the two",
    "only before": "Only in the earlier checklist",
    "only after": "Only in the later checklist",
}
LIMITS = (
    "A change of level says that the rating changed. It may be the program, or what was looked at, or who rated; the "
    "evidence on both sides tells more."
)


def table(frame: pd.DataFrame) -> pd.DataFrame:
    """What `charts.sides` draws, for a place that reads Markdown."""
    columns = {"Domain": frame["title"].map(words.plain)}
    columns |= {name.capitalize(): frame[name].map("{:.1f}".format) for name in ("before", "after")}
    return pd.DataFrame(columns | {"On": frame["common"].map(lambda number: words.count(number, "indicator"))})


def show(found: CycleComparison) -> None:
    by_direction: dict[Direction, list[Move]] = defaultdict(list)
    for move in found.change.moves:
        by_direction[move.direction].append(move)
    st.header("What moved")
    up, down = st.columns(2)
    with up:
        _list(found, "Up", by_direction["up"])
    with down:
        _list(found, "Down", by_direction["down"])
    st.markdown(f"{words.count(len(by_direction['same']), 'indicator')} stayed at the same level. {LIMITS}")


def left_out(found: CycleComparison) -> None:
    """Each with the reason why."""
    if not found.change.left_out:
        return
    by_why: dict[Why, list[str]] = defaultdict(list)
    for one in found.change.left_out:
        by_why[one.why].append(one.indicator)
    with st.expander(f"Left out: {words.count(len(found.change.left_out), 'indicator')}"):
        for why, heading in WHYS.items():
            if by_why[why]:
                st.markdown(f"**{heading}**")
                st.markdown("\n".join(f"- {_named(found, name)}" for name in by_why[why]))


def _list(found: CycleComparison, heading: str, moves: list[Move]) -> None:
    st.subheader(f"{heading} ({len(moves)})")
    if not moves:
        st.markdown("None.")
    for move in sorted(moves, key=lambda move: -abs(move.after - move.before)):
        with st.container(border=True, gap="small"):
            st.markdown(
                f"**{words.plain(move.indicator)}** {said.text(found.after, move.indicator)}  \n"
                f"From **{_level(found.before, move.indicator)}** to **{_level(found.after, move.indicator)}**"
            )
            with st.container(horizontal=True):
                for label, report in (("Before", found.before), ("After", found.after)):
                    address = {"assessment": report.assessment.id, "indicator": move.indicator}
                    st.page_link(hallway.RATINGS, label=label, icon=":material/search:", query_params=address)


def _level(report: GapReport, indicator: str) -> str:
    level = report.row(indicator).rated.level
    assert level is not None, "a move has a level on both sides"
    return f"{level} {said.own(report.checklist.ladder_of[indicator].level(level).name)}"


def _named(found: CycleComparison, name: str) -> str:
    report = found.after if name in found.after.checklist.indicator else found.before
    return f"**{words.plain(name)}** {said.text(report, name)}"
