"""The score by domain and the strip of indicators, each drawn and as a table."""

from collections.abc import Hashable, Iterator
from typing import Any

import pandas as pd
import streamlit as st

from assessments.use_cases.gap_report import GapReport
from pages.shared import hallway, words
from reports import charts, charts_gaps, frames, shown

DOMAINS, STRIP = "gaps.domains", "gaps.strip"
HEAD = ("Domain", "Score", "Range", "Target", "Rated")
KEY = (
    "Bar: score. Line beneath it: the worst and the best case for what is not rated. Upright mark: the target, where "
    "the domain stands with every indicator at its own. Hollow and dashed: fewer than 80 % are rated."
)
LEGEND = (
    "In each cell the end of its reference and its level, 0 to 4, in five steps of one color. Outlined and not filled: "
    "unsupported. Dashed: no level ("
    + ", ".join(f"**{words.SIGNS[state]}** {name.lower()}" for state, name in words.STATES.items())
    + "). **!** duty not met. Choose a cell to see its rating and evidence."
)


def choose_domain(report: GapReport, frame: pd.DataFrame) -> str | None:
    """None: all of them."""
    titles = dict(zip(frame["domain"], frame["title"], strict=True))
    return st.segmented_control(
        "Show only",
        list(titles),
        format_func=lambda domain: words.plain(titles[domain]),
        key=_choice(report),
    )


def domains(report: GapReport, frame: pd.DataFrame) -> None:
    drawn, told = st.columns(2, gap="medium")
    with drawn:
        drawing = charts_gaps.domains(frame, choosing=True)
        st.vega_lite_chart(
            drawing.rows,
            drawing.spec,
            key=DOMAINS,
            on_select=lambda: _take(report),
            alt="Score by domain against target. " + " ".join(_said(row) for row in frame.to_dict("records")),
        )
        st.markdown(f":small[{KEY}]")
    told.html(shown.table(HEAD, _rows(frame)))


def strip(report: GapReport, chosen: str | None) -> None:
    every = frames.cells(report, words.STATES, words.SIGNS)
    frame = frames.of_domains(every, [chosen] if chosen else [])
    drawing = charts_gaps.strip(frame, choosing=True)
    event = st.vega_lite_chart(
        drawing.rows,
        drawing.spec,
        key=STRIP,
        on_select="rerun",
        alt="Levels of all indicators by domain; the same as words in the table that follows.",
    )
    picked = event["selection"].get(charts.CHOICE)
    if picked:
        address = {"assessment": report.assessment.id, "indicator": picked[0]["indicator"]}
        st.switch_page(hallway.RATINGS, query_params=address)
    st.markdown(f":small[{LEGEND}]")
    with st.expander("The same as a table"):
        st.html(shown.table(("Indicator", "Level"), frame[["indicator", "words"]].itertuples(index=False)))


def _choice(report: GapReport) -> str:
    return f"gaps.domain-{report.assessment.id}"


def _take(report: GapReport) -> None:
    """A row of the chart that was clicked becomes the choice above it; clicked again, all are shown."""
    picked = st.session_state[DOMAINS]["selection"].get(charts.CHOICE)
    st.session_state[_choice(report)] = picked[0]["domain"] if picked else None


def _rows(frame: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    for row in frame.to_dict("records"):
        yield (
            row["title"],
            _number(row["score"]) + ("" if row["complete"] else " incomplete"),
            _range(row["low"], row["high"]),
            _number(row["target"]),
            f"{row['rated']} of {row['applicable']}",
        )


def _range(low: float | None, high: float | None) -> str:
    return _number(low) if _number(low) == _number(high) else f"{_number(low)} to {_number(high)}"


def _said(row: dict[Hashable, Any]) -> str:
    return f"{row['title']}: {_number(row['score'])}, target {_number(row['target'])}."


def _number(value: float | None) -> str:
    return "none" if value is None or pd.isna(value) else f"{value:.1f}"
