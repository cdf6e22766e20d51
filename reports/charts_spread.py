"""Many sites drawn: how high each half level stands, and where one's own site is among them."""

from typing import Any

import altair as alt
import pandas as pd

from reports.charts import AXIS, INK, LEVELS, Chart, drawn, told_apart

DOMAIN, HIGH, BAND, OWN = 96, 44, 62, 76
"""Pixels of a domain: its whole height, that of its highest bar, and where beneath its top the middle half of the
sites and one's own are drawn.
"""


def spread(bins: pd.DataFrame, marks: pd.DataFrame) -> Chart:
    """A strip a domain: bars of the sites that are seen, beneath them the middle half of those in `marks` with its
    median, an upright for the target, and a diamond for one's own.
    """
    top = marks["place"] * DOMAIN + 24
    base = drawn(marks.assign(head=top - 10, low=top, foot=top + OWN - 8, band=top + BAND - 8, own=top + BAND - 8))
    foot = bins["place"] * DOMAIN + 24 + HIGH
    bars = drawn(bins.assign(foot=foot, top=foot - bins["part"] * HIGH))
    shown = bars.mark_rect(cornerRadius=1, opacity=0.55, stroke="transparent").encode(
        x=_on("start"),
        x2="end",
        y=_down("top", len(marks)),
        y2="foot",
        tooltip=_tips({"title": "Domain", "start": "From", "end": "To", "sites": "Sites"}),
    )
    ink = alt.Color(**INK)
    told = _tips({"title": "Domain", "score": "Yours", "target": "Target", "median": "Median"})
    half = base.transform_filter("isValid(datum.median)")
    band = half.mark_rule(strokeWidth=7, opacity=0.35).encode(
        x=_on("lower"), x2="upper", y=_down("band", len(marks)), color=ink, tooltip=told
    )
    middle = half.mark_tick(height=16, thickness=3, opacity=1).encode(
        x=_on("median"), y=_down("band", len(marks)), color=ink, tooltip=told
    )
    target = base.mark_rule(strokeWidth=2, strokeDash=[5, 3]).encode(
        x=_on("target"), y=_down("low", len(marks)), y2="foot", color=ink
    )
    mine = (
        base.transform_filter("isValid(datum.score)")
        .mark_point(shape="diamond", size=170, filled=True, opacity=1)
        .encode(x=_on("score"), y=_down("own", len(marks)), tooltip=told)
    )
    titles = base.mark_text(align="left", dx=2, fontSize=13).encode(
        x=alt.value(0), y=_down("head", len(marks)), text="title:N", color=ink
    )
    layers = alt.layer(shown, target, band, middle, mine, titles)
    return told_apart(layers.properties(height=DOMAIN * len(marks) + AXIS))


def _on(column: str) -> alt.X:
    axis = alt.Axis(values=list(LEVELS), format="d", title=None, orient="top", labelBound=False, labelFlush=False)
    return alt.X(f"{column}:Q", scale=alt.Scale(domain=[LEVELS[0], LEVELS[-1]], nice=False), axis=axis)


def _down(column: str, domains: int) -> Any:
    """Pixels from the top."""
    return alt.Y(f"{column}:Q", scale=alt.Scale(domain=[0, DOMAIN * domains], reverse=True, nice=False), axis=None)


def _tips(titles: dict[str, str]) -> list[alt.Tooltip]:
    return [alt.Tooltip(name, title=title) for name, title in titles.items()]
