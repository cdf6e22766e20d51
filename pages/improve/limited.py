"""A measure that counts so many out of so many, with its control limits, where their condition holds."""

import pandas as pd
import streamlit as st

from assessments.rules.run_chart import FEWEST_POINTS, PChart, p_chart
from assessments.use_cases.plans import MeasureLine
from pages.shared import words
from reports import charts, over_time
from reports.signals import CONVENTION, LIKELY

NOT_ALL_COUNTED = "No control limits: they need every value to be a count out of so many, and some here are not."
KEY = (
    "Drawn in per cent. Dashed: the mean. Dotted steps: three standard deviations to either side, wider where fewer "
    "were looked at. Squares: outside of them."
)


def show(line: MeasureLine) -> None:
    """Nothing for a short line, which says itself that it is short."""
    if not line.counted:
        st.markdown(NOT_ALL_COUNTED)
        return
    found = p_chart(line.counts)
    if isinstance(found, PChart):
        with st.expander("With control limits (p-chart)"):
            _drawn(line, found)
    elif len(line.values) >= FEWEST_POINTS:
        st.markdown(f"No control limits. {found}")


def _drawn(line: MeasureLine, found: PChart) -> None:
    frame = over_time.limits(line, found)
    said = _said(frame, found)
    st.altair_chart(charts.limits(frame), alt=f"{line.details.name}, with control limits. {said.replace('**', '')}")
    st.markdown(f":small[{KEY}]")
    st.markdown(said)
    st.table(_table(frame), hide_index=True, border="horizontal")


def _said(frame: pd.DataFrame, found: PChart) -> str:
    outside = frame[frame["outside"]].to_dict("records")
    mean = f"The mean of all is {words.percent(found.center)}."
    if not outside:
        return f"{mean} No value lies outside the limits: nothing here is more than chance alone would give."
    told = " ".join(f"{words.day(row['on'])}: {row['words']}." for row in outside)
    lie = words.count(len(outside), "value lies", "values lie")
    return f"{mean} **{lie} outside** the limits. {told} {LIKELY} {CONVENTION}"


def _table(frame: pd.DataFrame) -> pd.DataFrame:
    """The newest first, in cells that a phone does not break."""
    rows = [
        (words.day(row["on"]), row["words"], f"{row['low']:.0f} to {row['high']:.0f}")
        for row in reversed(frame.to_dict("records"))
    ]
    named = pd.DataFrame(rows, columns=["Day", "Value", "Limits, %"])
    return named.map(words.plain).assign(**{name: named[name].str.replace(" ", "\u00a0") for name in named.columns[1:]})
