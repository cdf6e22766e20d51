"""The values of a measure over time, drawn and as a table, and in words whether they move more than chance would."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from assessments.rules.run_chart import RunChart
from assessments.use_cases.plans import MeasureLine, RoundLine
from pages.improve import limited
from pages.shared import words
from reports import charts, frames, over_time, signals

SHOWN = 8
"""Values in the table, the newest first, before the rest is folded."""
KEY = "Dashed: the median, with half of the values on either side."
MARKED = "Dotted, upright: a test of change begins."
SQUARES = "Squares: a long run."
IN_PER_CENT = "Drawn in per cent."


def show(line: MeasureLine, rounds: Sequence[RoundLine]) -> None:
    within, before = over_time.begun(rounds, line.values)
    frame, changes = frames.measured(line), over_time.changes(within, line.values)
    found = frames.course(line)
    drawn, told = st.columns([3, 2], gap="medium")
    with drawn:
        st.altair_chart(charts.measured(frame, changes), alt=alt(line, frame, changes))
        st.markdown(f":small[{key(line, found, changes)}]")
        if before:
            named = ", ".join(over_time.label(one) for one in before)
            st.markdown(f":small[Begun before the first value, and not drawn: {named}.]")
    with told:
        _table(frame)
    st.markdown(said(line, found))
    if line.counts:
        limited.show(line)


def key(line: MeasureLine, found: RunChart, changes: pd.DataFrame) -> str:
    long = found.signals is not None and found.signals.long_run
    told = ((KEY, True), (IN_PER_CENT, line.counted), (MARKED, len(changes) > 0), (SQUARES, long))
    return " ".join(text for text, holds in told if holds)


def alt(line: MeasureLine, frame: pd.DataFrame, changes: pd.DataFrame) -> str:
    values = [f"{words.day(row['on'])}: {row['words']}." for row in frame.to_dict("records")]
    begun = [f"{row['label']} began on {words.day(row['on'])}." for row in changes.to_dict("records")]
    return " ".join([f"{line.details.name} over time, with its median.", *values, *begun])


def said(line: MeasureLine, found: RunChart) -> str:
    return "  \n".join(map(words.marked, signals.told(line, found)))


def _table(frame: pd.DataFrame) -> None:
    rows = [
        {"Day": words.day(row["on"]), "Value": row["words"], "Median": row["side"], "Note": row["note"]}
        for row in reversed(frame.to_dict("records"))
    ]
    _rows(rows[:SHOWN])
    if rows[SHOWN:]:
        with st.expander(f"{len(rows) - SHOWN} earlier"):
            _rows(rows[SHOWN:])


def _rows(rows: Sequence[dict[str, str]]) -> None:
    named = pd.DataFrame(rows).map(words.plain)
    if not any(named["Note"]):
        named = named.drop(columns="Note")
    st.table(named, hide_index=True, border="horizontal")
