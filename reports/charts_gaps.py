"""The gap page's two charts. It is opened and chosen from again and again, so what draws them is put together once for
each shape, without a row; the rows are told beside it. `choosing` makes rows or cells clickable.
"""

import json
from functools import lru_cache
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from reports.charts import (
    AXIS,
    CELL,
    CHOICE,
    FEWEST,
    INK,
    ON_FAINT,
    ON_STRONG,
    RAMP,
    ROW,
    STRONG,
    Chart,
    drawn,
    in_rows,
    on_levels,
    tips,
    titled,
    told_apart,
    touched,
)

SHAPES = 128
"""Drawings of so many shapes are kept."""


class Drawing(NamedTuple):
    """`spec`, in Vega-Lite, holds no row and is put together once a shape: it takes longer than the rest of a page."""

    spec: dict[str, Any]
    rows: pd.DataFrame

    def whole(self) -> dict[str, Any]:
        return {**self.spec, "data": {"values": json.loads(self.rows.to_json(orient="records"))}}


def domains(frame: pd.DataFrame, *, choosing: bool = False) -> Drawing:
    """Bars from 0 to 4 with their targets, the range as a line beneath; hollow and dashed where incomplete."""
    sent = frame[["domain", "title", "score", "low", "high", "target", "complete"]]
    # Pandas turns a column without any number into objects, and those into nothing that can be drawn.
    sent = sent.astype(dict.fromkeys(("score", "low", "high", "target"), "Float64"))
    return Drawing(_domains(tuple(sent["domain"]), choosing), sent)


@lru_cache(SHAPES)
def _domains(names: tuple[str, ...], choosing: bool) -> dict[str, Any]:
    base = drawn().encode(y=in_rows(names))
    bars = base.encode(x=on_levels("score"))
    whole = bars.transform_filter("datum.complete").mark_bar(height=14, yOffset=3)
    partial = bars.transform_filter("!datum.complete").mark_bar(
        height=13, yOffset=3, filled=False, strokeDash=[4, 3], strokeWidth=1.5
    )
    unsure = base.transform_filter("datum.low < datum.high")
    line = unsure.mark_rule(yOffset=16, strokeWidth=2).encode(x=on_levels("low"), x2="high", color=alt.Color(**INK))
    ends = [
        unsure.mark_tick(yOffset=16, height=7, thickness=2, opacity=1).encode(x=on_levels(name), color=alt.Color(**INK))
        for name in ("low", "high")
    ]
    target = base.mark_tick(yOffset=3, height=24, thickness=4, opacity=1).encode(
        x=on_levels("target"), color=alt.Color(**INK)
    )
    told = base.encode(tooltip=tips("title:N", "score:Q", "low:Q", "high:Q", "target:Q"))
    layers = [whole, partial, line, *ends, target, titled(base), touched(told, choosing)]
    return _told(alt.layer(*layers).properties(height=ROW * len(names) + AXIS))


def strip(frame: pd.DataFrame, *, choosing: bool = False) -> Drawing:
    """A cell an indicator, strips by domain: filled by level, outlined where unsupported, dashed where no level is."""
    sent = frame[["indicator", "strip", "column", "tail", "sign", "words", "level", "filled", "hollow"]]
    strips = tuple(dict.fromkeys(sent["strip"]))
    return Drawing(_strip(strips, int(max([FEWEST, *sent["column"]])), choosing), sent)


@lru_cache(SHAPES)
def _strip(names: tuple[str, ...], columns: int, choosing: bool) -> dict[str, Any]:
    across = alt.Scale(domain=list(range(1, columns + 1)), paddingInner=0.08, paddingOuter=0)
    base = drawn().encode(
        x=alt.X("column:O", axis=None, scale=across),
        y=alt.Y("strip:N", sort=list(names), title=None, scale=alt.Scale(paddingInner=0.1, paddingOuter=0)).axis(
            labelPadding=6, labelLimit=70
        ),
    )
    shaped = base.encode(stroke=alt.Stroke(**INK))
    filled = alt.Fill("level:O", scale=RAMP, legend=None)
    rated = (
        shaped.transform_filter("isValid(datum.level)")
        .mark_rect(cornerRadius=2)
        .encode(
            fill=alt.when("datum.filled").then(filled).otherwise(alt.value("transparent")),
            strokeWidth=alt.when("datum.hollow").then(alt.value(2.5)).otherwise(alt.value(0.75)),
        )
    )
    without = shaped.transform_filter("!isValid(datum.level)").mark_rect(
        cornerRadius=2, fill="transparent", strokeDash=[3, 3]
    )
    surface = base.mark_rect(opacity=0).encode(tooltip=tips("indicator:N", "words:N"))
    if choosing:
        surface = surface.add_params(alt.selection_point(CHOICE, fields=["indicator"]))
    upon = alt.Color(
        **INK,
        condition=[
            {"test": f"datum.filled && {STRONG}", "value": ON_STRONG},
            {"test": "datum.filled", "value": ON_FAINT},
        ],
    )
    small = base.mark_text(dy=-11, fontSize=10).encode(text="tail:N", color=upon)
    large = base.mark_text(dy=7, fontSize=13, fontWeight=600).encode(text="sign:N", color=upon)
    return _told(alt.layer(rated, without, small, large, surface).properties(height=CELL * len(names)))


def _told(chart: Chart) -> dict[str, Any]:
    """Without rows, and the same in whatever theme Altair is: Streamlit changes that for all threads, for a while."""
    spec = told_apart(chart).to_dict()
    kept = {key: value for key, value in spec.items() if key not in ("config", "data")}
    return {"config": {"mark": spec["config"]["mark"]}, **kept}
