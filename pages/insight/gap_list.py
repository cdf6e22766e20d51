"""The gap list, most pressing first: what, how far, why it stands where it stands, and the way to its ratings."""

from itertools import groupby

import streamlit as st

from assessments.rules.gaps import Gap
from assessments.rules.parts import parts
from assessments.use_cases.gap_report import GapReport
from pages.insight import said
from pages.shared import hallway, words

SHOWN = 8
"""Of a group, before the rest is folded."""


def show(report: GapReport, chosen: str | None) -> None:
    found = [gap for gap in report.gaps if chosen in (None, gap.domain)]
    if not found:
        st.success(
            "Nothing here falls short: everything that applies is at its target.", icon=":material/check_circle:"
        )
    places = {gap.indicator: place for place, gap in enumerate(report.gaps, start=1)}
    for heading, group in groupby(found, key=lambda gap: words.HEADINGS[gap.kind]):
        rows = list(group)
        st.subheader(f"{heading} ({len(rows)})")
        for gap in rows[:SHOWN]:
            _row(report, gap, places[gap.indicator])
        if rows[SHOWN:]:
            with st.expander(f"{len(rows) - SHOWN} more: {heading.lower()}"):
                for gap in rows[SHOWN:]:
                    _row(report, gap, places[gap.indicator])


def _row(report: GapReport, gap: Gap, place: int) -> None:
    lines = [
        f"**{place}. {words.plain(gap.indicator)}** {said.text(report, gap.indicator)}",
        f"{_badge(gap)} {said.level(report, gap.indicator)}, target {gap.target}",
        words.plain(gap.reason) + (" The rating is unsupported." if gap.unsupported else ""),
    ]
    with st.container(border=True):
        told, doors = st.columns([5, 1], vertical_alignment="center")
        told.markdown("  \n".join(lines))
        with doors.container(horizontal=True, gap="small"):
            _doors(report, gap)


def _doors(report: GapReport, gap: Gap) -> None:
    address = {"assessment": report.assessment.id, "indicator": gap.indicator}
    st.page_link(hallway.RATINGS, label="Evidence", icon=":material/search:", query_params=address)
    if report.assessment.status != "submitted":
        address = rate_address(report, gap.indicator)
        st.page_link(hallway.RATE, label="Rate", icon=":material/edit:", query_params=address)


def rate_address(report: GapReport, indicator: str) -> dict[str, str]:
    part = next(part.id for part in parts(report.checklist) if indicator in part.indicators)
    return {"assessment": report.assessment.id, "part": part, "open": indicator}


def _badge(gap: Gap) -> str:
    """Red is for nothing but a duty that is not met."""
    color = "red" if gap.kind == "failing duty" else "gray"
    return f":{color}-badge[{words.CLASSES[gap.class_]}]"
