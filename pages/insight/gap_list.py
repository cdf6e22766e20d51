"""The gap list, most pressing first: what, how far, why it stands where it stands, and the way to its ratings."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from assessments.rules.gaps import Gap
from assessments.rules.parts import parts
from assessments.rules.priorities import Ranked
from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.targets import TargetLine
from pages.insight import said
from pages.shared import hallway, words

SHOWN = 8
"""Of a group, before the rest is folded."""


def show(report: GapReport, chosen: str | None, targets: Sequence[TargetLine]) -> None:
    found = [one for one in report.ranked if chosen in (None, one.gap.domain)]
    if not found:
        st.success(
            "Nothing here falls short: everything that applies is at its target.", icon=":material/check_circle:"
        )
    for heading, group in groupby(found, key=words.heading):
        rows = list(group)
        st.subheader(f"{heading} ({len(rows)})")
        for one in rows[:SHOWN]:
            _row(report, one, targets)
        if rows[SHOWN:]:
            with st.expander(f"{len(rows) - SHOWN} more: {heading.lower()}"):
                for one in rows[SHOWN:]:
                    _row(report, one, targets)


def _row(report: GapReport, one: Ranked, targets: Sequence[TargetLine]) -> None:
    gap = one.gap
    lines = [
        f"**{one.rank}. {words.plain(gap.indicator)}** {said.text(report, gap.indicator)}",
        f"{_badge(gap)} {said.level(report, gap.indicator)}, target {gap.target}.{said.aimed(targets, gap.indicator)}",
        words.plain(one.reason) + (" The rating is unsupported." if gap.unsupported else ""),
    ]
    with st.container(border=True):
        told, doors = st.columns([5, 1], vertical_alignment="center")
        told.markdown("  \n".join(lines))
        with doors.container(horizontal=True, gap="small"):
            _doors(report, gap)


def _doors(report: GapReport, gap: Gap) -> None:
    address = {"assessment": report.assessment.id, "indicator": gap.indicator}
    st.page_link(hallway.RATINGS, label="Evidence", icon=":material/search:", query_params=address)
    if report.listed.counted == "staff" and said.can_be_rated(report.row(gap.indicator)):
        hallway.next_step(hallway.RATE_STAFF, "Rate", ":material/how_to_reg:", **said.rate_staff(gap.indicator))
    if report.assessment.status != "submitted" and not report.listed.counted:
        address = rate_address(report, gap.indicator)
        st.page_link(hallway.RATE, label="Rate", icon=":material/edit:", query_params=address)


def rate_address(report: GapReport, indicator: str) -> dict[str, str]:
    part = next(part.id for part in parts(report.checklist) if indicator in part.indicators)
    return {"assessment": report.assessment.id, "part": part, "open": indicator}


def _badge(gap: Gap) -> str:
    """Red is for nothing but a duty that is not met."""
    color = "red" if gap.kind == "failing duty" else "gray"
    return f":{color}-badge[{words.CLASSES[gap.class_]}]"
