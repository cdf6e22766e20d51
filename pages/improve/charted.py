"""The values of a measure over time, drawn and as a table, and in words whether they move more than chance would."""

from collections.abc import Sequence
from fractions import Fraction

import pandas as pd
import streamlit as st

from assessments.rules.run_chart import Run, RunChart, Signals
from assessments.use_cases.plans import MeasureLine, RoundLine
from pages.improve import limited
from pages.improve.limited import CONVENTION, LIKELY
from pages.shared import words
from reports import charts, frames, over_time

SHOWN = 8
"""Values in the table, the newest first, before the rest is folded."""
KEY = "Dashed: the median, with half of the values on either side."
MARKED = "Dotted, upright: a test of change begins."
SQUARES = "Squares: a long run."
IN_PER_CENT = "Drawn in per cent."
NO_SIGNAL = (
    "**No signal:** the values vary about the median as chance alone would have them vary. A change may still be on "
    "its way, too small or too new to show."
)


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
    """The median, and the two signals or why there are none."""
    middle = f"Median: **{median(line, found)}**."
    if found.signals is None:
        return f"{middle} {found.why_not} So this is the line with its median, and no more is read into it."
    told = signals(line, found, found.signals)
    if not told:
        return f"{middle}  \n{NO_SIGNAL}"
    return "  \n".join([middle, *told, f"{LIKELY} {CONVENTION}"])


def signals(line: MeasureLine, found: RunChart, limits: Signals) -> list[str]:
    told = []
    if limits.long_run:
        runs = "; ".join(_run(line, run) for run in frames.long_runs(line, found))
        told.append(
            f"**Signal, a long run:** {runs}. Of {limits.useful} values off the median, chance alone would seldom put "
            f"more than {limits.run_limit} in a row on one side."
        )
    if limits.few_crossings:
        told.append(
            f"**Signal, few crossings:** the line {_crosses(limits.crossings)}. With {limits.useful} values off it, "
            f"chance alone would seldom make that fewer than {limits.crossings_limit}."
        )
    return told


def _run(line: MeasureLine, run: Run) -> str:
    side = "above" if run.above else "below"
    better = "better" if run.above == (line.details.better == "up") else "worse"
    first, last = (words.day(line.values[place].on) for place in (run.points[0], run.points[-1]))
    return f"{run.length} values in a row {side} the median, the {better} side here, from {first} to {last}"


def _crosses(times: int) -> str:
    said = ("never crosses the median", "crosses the median once", "crosses the median twice")
    return said[times] if times < len(said) else f"crosses the median {times} times"


def median(line: MeasureLine, found: RunChart) -> str:
    middle = found.median or Fraction()
    if line.counted:
        return words.percent(middle)
    return words.plain(f"{float(middle):g} {line.details.unit}".strip())


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
