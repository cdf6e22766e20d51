"""Sites of a collaborative drawn: own ones told by shape and label, and none by a rank."""

from typing import Any

import altair as alt
import pandas as pd

from assessments.rules.side_by_side import Summary
from reports.charts import AXIS, INK, LANE, LEVELS, ON_FAINT, ON_STRONG, RAMP, STRONG, Chart, drawn, told_apart

SITE, CELLS, BENEATH = 46, 44, 9
"""Pixels: the height of a site in a plot of dots and in a map of levels, and how far what is drawn lies beneath the
middle, for its label stands above.
"""
LABELS = 38
"""Pixels that the labels of the axis take, over which others stand."""
WIDE = alt.ExprRef("width - 4")
"""What a label has room for; the tables give it whole."""
FEWEST = 8
"""Cells that a row has room for, so that a short one does not look like bars."""
LAST = "peek(split(datum.label, '-'))"
"""A cell has room for the end of a reference."""
SIDES = {"before": 70, "after": 200}
"""The size of each point: where nothing changed, one covers the other."""
TOLD = {"title": "Site", "indicator": "Indicator", "asks": "What it asks", "words": "Level"}
SCORED = {"title": "Site", "score": "Score", "low": "At worst", "high": "At best", "rated": "Rated"}
HIGH: Any = {"height": {"band": 0.5}, "yOffset": BENEATH, "cornerRadius": 2}
POINT: Any = {"yOffset": BENEATH, "size": 150, "strokeWidth": 2.5, "opacity": 1}


def dots(frame: pd.DataFrame, target: float, summary: Summary | None) -> Chart:
    """A row a site: its score with the range, hollow where incomplete; upright the target, the median dashed, the
    middle half of the sites shaded.
    """
    base = _base(frame[["site", "title", "own", "score", "low", "high", "complete", "rated"]])
    unsure = base.transform_filter("datum.low < datum.high")
    line = unsure.mark_rule(yOffset=BENEATH, strokeWidth=1.5).encode(x=_on("low"), x2="high", color=alt.Color(**INK))
    ends = [
        unsure.mark_tick(yOffset=BENEATH, height=9, thickness=1.5, opacity=1).encode(
            x=_on(name), color=alt.Color(**INK)
        )
        for name in ("low", "high")
    ]
    marks = [
        base.transform_filter(f"isValid(datum.score) && {'' if whole else '!'}datum.complete")
        .mark_point(**POINT, filled=whole)
        .encode(x=_on("score"), shape=_shape(), tooltip=_tips(SCORED))
        for whole in (True, False)
    ]
    return _placed([*_upright(target, summary), line, *ends, *marks, *_titles(base)], frame, SITE, 3 * LANE)


def slopes(frame: pd.DataFrame) -> Chart:
    """Two points a site: a small one for before, a large one for after."""
    base = _base(frame[["site", "title", "own", "before", "after"]])
    told = _tips({"title": "Site", "before": "Before", "after": "After"})
    between = base.mark_rule(yOffset=BENEATH, strokeWidth=3).encode(x=_on("before"), x2="after", color=alt.Color(**INK))
    points = [
        base.mark_point(**POINT | {"size": size}, filled=True).encode(x=_on(name), shape=_shape(), tooltip=told)
        for name, size in SIDES.items()
    ]
    return _placed([between, *points, *_titles(base)], frame, SITE)


def levels(frame: pd.DataFrame) -> Chart:
    """Sites by indicators: filled by level with the level in it, dashed where there is none."""
    sent = frame[["site", "title", "own", "indicator", "asks", "sign", "words", "level"]]
    columns = list(dict.fromkeys(sent["indicator"]))
    columns += [" " * place for place in range(1, FEWEST - len(columns) + 1)]
    axis = alt.Axis(orient="top", title=None, labelAngle=0, ticks=False, domain=False, labelExpr=LAST)
    x = alt.X("indicator:N", sort=columns, axis=axis, scale=alt.Scale(domain=columns, paddingInner=0.08))
    base = _base(sent.assign(first=~sent["site"].duplicated()))
    cell = base.encode(x=x, stroke=alt.Stroke(**INK), tooltip=_tips(TOLD))
    rated = cell.transform_filter("isValid(datum.level)").mark_rect(**HIGH, strokeWidth=0.75)
    without = cell.transform_filter("!isValid(datum.level)").mark_rect(**HIGH, fill="transparent", strokeDash=[3, 3])
    upon = alt.Color(
        **INK,
        condition=[
            {"test": f"isValid(datum.level) && {STRONG}", "value": ON_STRONG},
            {"test": "isValid(datum.level)", "value": ON_FAINT},
        ],
    )
    signs = base.encode(x=x).mark_text(yOffset=BENEATH, fontSize=12).encode(text="sign:N", color=upon)
    filled = rated.encode(fill=alt.Fill("level:O", scale=RAMP, legend=None))
    return _placed([filled, without, signs, *_titles(base.transform_filter("datum.first"))], frame, CELLS)


def _base(sent: pd.DataFrame) -> alt.Chart:
    places = list(dict.fromkeys(sent["site"]))
    y = alt.Y("site:N", sort=places, axis=None, scale=alt.Scale(padding=0))
    base: alt.Chart = drawn(sent).encode(y=y)
    return base


def _on(column: str) -> alt.X:
    """The axis is on top, where one looks first of many sites."""
    axis = alt.Axis(values=list(LEVELS), format="d", title=None, orient="top", labelBound=False, labelFlush=False)
    return alt.X(f"{column}:Q", scale=alt.Scale(domain=[LEVELS[0], LEVELS[-1]], nice=False), axis=axis)


def _shape() -> Any:
    return alt.when("datum.own").then(alt.value("diamond")).otherwise(alt.value("circle"))


def _titles(base: alt.Chart) -> list[alt.Chart]:
    return [
        base.transform_filter(f"{'' if own else '!'}datum.own")
        .mark_text(align="left", dy=-12, dx=2, fontSize=13, fontWeight=600 if own else 400, limit=WIDE)
        .encode(x=alt.value(0), text="title:N", color=alt.Color(**INK))
        for own in (True, False)
    ]


def _upright(target: float, summary: Summary | None) -> list[alt.Chart]:
    lines = _marked(target, f"Target {target:.1f}", 0, strokeWidth=2.5)
    if summary is None:
        return lines
    half = pd.DataFrame({"lower": [float(summary.lower)], "upper": [float(summary.upper)]})
    shaded = drawn(half).mark_rect(opacity=0.15).encode(x=_on("lower"), x2="upper", color=alt.Color(**INK))
    middle = float(summary.median)
    return [shaded, *lines, *_marked(middle, f"Median {middle:g}", 1, strokeWidth=1.5, strokeDash=[6, 4])]


def _marked(value: float, label: str, lane: int, **look: Any) -> list[alt.Chart]:
    """An upright line, with its words over the axis."""
    base = drawn(pd.DataFrame({"at": [value], "label": [label]})).encode(x=_on("at"), color=alt.Color(**INK))
    text = base.mark_text(baseline="bottom", fontSize=12, align="right" if value > LEVELS[2] else "left")
    return [base.mark_rule(**look), text.encode(text="label:N", y=alt.value(-LABELS - LANE * lane))]


def _tips(titles: dict[str, str]) -> list[alt.Tooltip]:
    return [alt.Tooltip(name, title=title) for name, title in titles.items()]


def _placed(layers: list[alt.Chart], frame: pd.DataFrame, row: int, above: int = 0) -> Chart:
    """`above`: pixels for what stands over the axis, which a chart does not count as its own."""
    height = row * frame["site"].nunique() + AXIS + above
    return told_apart(alt.layer(*layers).properties(height=height, padding={"top": 5, "bottom": 5}))
