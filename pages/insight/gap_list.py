"""The gap list, most pressing first: what, how far, why it stands where it stands, and the way to its ratings."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import streamlit as st

from assessments.rules.gaps import Gap
from assessments.rules.parts import parts
from assessments.rules.priorities import Ranked
from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.targets import TargetLine
from pages.insight import said
from pages.shared import hallway, words
from reports import shown
from reports.paper import Run, text
from reports.shown import GapRow
from reports.telling import why_there

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
        _list(report, rows[:SHOWN], targets)
        if rows[SHOWN:]:
            with st.expander(f"{len(rows) - SHOWN} more: {heading.lower()}"):
                _list(report, rows[SHOWN:], targets)


def _list(report: GapReport, rows: Sequence[Ranked], targets: Sequence[TargetLine]) -> None:
    st.html(shown.gaps(_row(report, one, targets) for one in rows))


def _row(report: GapReport, one: Ranked, targets: Sequence[TargetLine]) -> GapRow:
    """Red is for nothing but a duty that is not met."""
    gap = one.gap
    return GapRow(
        one.rank,
        gap.indicator,
        said.asks(report, gap.indicator),
        gap.class_,
        gap.kind == "failing duty",
        (*said.stands(report, gap.indicator), Run(f", target {gap.target}.{said.aimed(targets, gap.indicator)}")),
        text(*why_there(one), " The rating is unsupported." if gap.unsupported else ""),
        list(_ways(report, gap)),
    )


def _ways(report: GapReport, gap: Gap) -> Iterator[tuple[str, str]]:
    here = {"assessment": report.assessment.id, "indicator": gap.indicator}
    yield "Evidence", hallway.address(hallway.RATINGS, **here)
    if report.listed.counted == "staff" and said.can_be_rated(report.row(gap.indicator)):
        yield "Rate", hallway.address(hallway.RATE_STAFF, **said.rate_staff(gap.indicator))
    if report.assessment.status != "submitted" and not report.listed.counted:
        yield "Rate", hallway.address(hallway.RATE, **rate_address(report, gap.indicator))


def rate_address(report: GapReport, indicator: str) -> dict[str, str]:
    part = next(part.id for part in parts(report.checklist) if indicator in part.indicators)
    return {"assessment": report.assessment.id, "part": part, "open": indicator}
