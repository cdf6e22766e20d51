"""Frames drawn. Every color comes from the theme of the screen, by its name, so that nothing vanishes in the dark.

Who can choose a row or a cell gives it back under the name CHOICE.
"""

from collections.abc import Iterable
from typing import Any

import altair as alt
import pandas as pd

CHOICE = "choice"
LEVELS = (0, 1, 2, 3, 4)
FEWEST = 8
"""Cells side by side that a strip has room for, so that a short one does not look like bars."""
ROW, CELL, AXIS, LINE, LANE, SQUARE = 58, 46, 34, 220, 15, 320
"""Pixels: the height of a row of bars, of a cell, of the axis, of a line over time, of a lane of labels above it, of
points over two scales.
"""
SIDES: Any = (("<=", "left", 11), (">", "right", -11))
"""Of a point, on which its name stands: towards the middle, so that none is cut off."""

# The front end fills "category" (six colors, the last one gray) and "ramp" (ten, from faint to strong) from the theme.
INK: Any = {
    "field": "ink",
    "type": "nominal",
    "scale": {"domain": [*"12345", "ink"], "range": "category"},
    "legend": None,
}
RAMP = alt.Scale(type="ordinal", domain=[0, "", 1, " ", 2, "  ", "   ", 3, "    ", 4], range="ramp")
ON_FAINT, ON_STRONG = "#000000", "#ffffff"
STRONG = "luminance(scale('fill', datum.level)) < 0.18"
"""Where white on the cell is easier to read than black, whatever the theme's color is."""

Chart = alt.LayerChart | alt.FacetChart


def sides(frame: pd.DataFrame) -> Chart:
    """Two points a domain: hollow for before, filled for after."""
    sent = frame[["domain", "title", "before", "after"]]
    base = drawn(sent).encode(y=in_rows(sent["domain"]), tooltip=tips("title", "before", "after"))
    between = base.mark_rule(yOffset=6, strokeWidth=3).encode(x=on_levels("before"), x2="after", color=alt.Color(**INK))
    before = base.mark_point(yOffset=6, size=130, strokeWidth=2.5, filled=False).encode(
        x=on_levels("before"), color=alt.Color(**INK)
    )
    after = base.mark_point(yOffset=6, size=150, filled=True, opacity=1).encode(x=on_levels("after"))
    chart = alt.layer(between, before, after, titled(base), touched(base, choosing=False)).properties(
        height=ROW * len(sent) + AXIS
    )
    return told_apart(chart)


def measured(frame: pd.DataFrame, changes: pd.DataFrame | None = None) -> Chart:
    """A run chart: dots joined by a line, day by day, the median dashed, squares where a long run signals; upright
    lines where tests of `changes` began. Values from nought on, so that no step looks steeper than it is.
    """
    sent = _dated(frame[["on", "drawn", "words", "median", "in_run"]])
    base = drawn(sent).encode(x=_days())
    middle = base.mark_line(strokeDash=[6, 4], strokeWidth=1.5).encode(y=_amount("median"), color=alt.Color(**INK))
    dots = base.mark_point(filled=True, opacity=1).encode(
        y=_amount("drawn"),
        shape=alt.when("datum.in_run").then(alt.value("square")).otherwise(alt.value("circle")),
        size=alt.when("datum.in_run").then(alt.value(130)).otherwise(alt.value(80)),
        tooltip=_day_tips("words"),
    )
    if changes is None or changes.empty:
        return _over_time([middle, _joined(base), dots])
    return _over_time([*_begun(_dated(changes)), middle, _joined(base), dots], LANE * (1 + int(changes["lane"].max())))


def limits(frame: pd.DataFrame) -> Chart:
    """A p-chart: shares joined by a line, the mean dashed, limits as steps; what lies outside is a square."""
    sent = _dated(frame[["on", "drawn", "words", "low", "high", "center", "outside"]])
    base = drawn(sent).encode(x=_days())
    ends = [
        base.mark_line(interpolate="step", strokeWidth=1.5, strokeDash=[2, 2]).encode(
            y=_amount(name), color=alt.Color(**INK)
        )
        for name in ("low", "high")
    ]
    mean = base.mark_line(strokeDash=[6, 4], strokeWidth=1.5).encode(y=_amount("center"), color=alt.Color(**INK))
    dots = base.mark_point(filled=True, opacity=1).encode(
        y=_amount("drawn"),
        shape=alt.when("datum.outside").then(alt.value("square")).otherwise(alt.value("circle")),
        size=alt.when("datum.outside").then(alt.value(150)).otherwise(alt.value(80)),
        tooltip=_day_tips("words"),
    )
    return _over_time([*ends, mean, _joined(base), dots])


def in_turn(frame: pd.DataFrame) -> Chart:
    """Points in order, that stand for no day: joined by a line, the median dashed, what lies within the limits shaded
    where there are any, squares outside of them.
    """
    sent = frame[["place", "at", "drawn", "words", "median", "low", "high", "marked"]]
    at = alt.X("at:N", sort=list(sent["at"]), axis=alt.Axis(title=None, labelAngle=0, labelOverlap=True))
    base = drawn(sent).encode(x=at)
    within = base.mark_area(opacity=0.15, interpolate="step").encode(
        y=_amount("low"), y2="high:Q", color=alt.Color(**INK)
    )
    middle = base.mark_line(strokeDash=[6, 4], strokeWidth=1.5).encode(y=_amount("median"), color=alt.Color(**INK))
    dots = base.mark_point(filled=True, opacity=1).encode(
        y=_amount("drawn"),
        shape=alt.when("datum.marked").then(alt.value("square")).otherwise(alt.value("circle")),
        size=alt.when("datum.marked").then(alt.value(150)).otherwise(alt.value(80)),
        tooltip=[alt.Tooltip("at", title="When"), alt.Tooltip("words", title="Met")],
    )
    limits = [within] if sent["high"].notna().any() else []
    return _over_time([*limits, middle, _joined(base), dots])


def _dated(frame: pd.DataFrame) -> pd.DataFrame:
    """A day without an hour would be midnight in Greenwich, which is the day before in America."""
    return frame.assign(on=pd.to_datetime(frame["on"]).dt.strftime("%Y-%m-%dT00:00:00"))


def _days() -> alt.X:
    whole_days = "hours(datum.value) ? '' : datum.label"
    axis = alt.Axis(labelOverlap=True, tickCount=6, format="%b %-d", labelExpr=whole_days, title=None)
    return alt.X("on:T", scale=alt.Scale(padding=12), axis=axis)


def _amount(column: str) -> alt.Y:
    return alt.Y(f"{column}:Q", title=None, scale=alt.Scale(zero=True, nice=True)).axis(tickCount=5)


def _day_tips(column: str) -> list[alt.Tooltip]:
    titles = {"words": "Value", "change": "Test of change"}
    return [alt.Tooltip("on:T", title="Day", format="%B %-d, %Y"), alt.Tooltip(column, title=titles[column])]


def _joined(base: alt.Chart) -> alt.Chart:
    drawn: alt.Chart = base.mark_line(strokeWidth=2).encode(y=_amount("drawn"), color=alt.Color(**INK))
    return drawn


def _begun(sent: pd.DataFrame) -> list[alt.Chart]:
    """Upright lines with their labels above the drawing, as many lanes as it takes to read them."""
    base = drawn(sent).encode(x=_days(), color=alt.Color(**INK), tooltip=_day_tips("change"))
    labels = [
        base.transform_filter(f"datum.lane == {int(lane)}")
        .mark_text(baseline="bottom", fontSize=12)
        .encode(text="label:N", y=alt.value(-2 - LANE * int(lane)))
        for lane in sorted(set(sent["lane"]))
    ]
    return [base.mark_rule(strokeWidth=1.5, strokeDash=[1, 3]), *labels]


def _over_time(layers: list[alt.Chart], above: int = 0) -> Chart:
    """`above`: pixels for what stands over the drawing, which a chart does not count as its own."""
    return told_apart(alt.layer(*layers).properties(height=LINE + above, padding={"top": 5, "bottom": 5}))


def confidence(frame: pd.DataFrame) -> Chart:
    """A point a domain, named beside it: how high it scores, over the share of its ratings that evidence carries."""
    sent = frame[["domain", "title", "score", "share", "told"]]
    base = drawn(sent).encode(
        x=alt.X(
            "share:Q", scale=alt.Scale(domain=[0, 100], nice=False), title="Ratings with confidence 2 or more"
        ).axis(values=[0, 25, 50, 75, 100], labelExpr="datum.label + ' %'"),
        y=_height("score"),
        tooltip=[alt.Tooltip("title", title="Domain"), alt.Tooltip("score"), alt.Tooltip("share", format=".0f")],
    )
    points = base.mark_point(size=140, filled=True, opacity=1)
    named = [
        base.transform_filter(f"datum.share {side} 60")
        .mark_text(align=align, dx=away, fontSize=13, fontWeight=600)
        .encode(y=_height("told"), text="domain:N", color=alt.Color(**INK))
        for side, align, away in SIDES
    ]
    return told_apart(alt.layer(points, *named).properties(height=SQUARE))


def _height(column: str) -> alt.Y:
    axis = alt.Axis(values=list(LEVELS), format="d", title="Score, 0 to 4")
    return alt.Y(f"{column}:Q", scale=alt.Scale(domain=[LEVELS[0], LEVELS[-1]], nice=False, padding=10), axis=axis)


def closing(frame: pd.DataFrame) -> Chart:
    """A bar a topic, as long as its gap: filled as far as the plan closes it, hollow and dashed where it stays open."""
    sent = frame[["domain", "title", "closed", "points"]]
    base = drawn(sent).encode(
        y=in_rows(sent["domain"]), tooltip=[alt.Tooltip(name) for name in ("title", "closed", "points")]
    )
    axis = alt.Axis(format="d", tickMinStep=1, title="Points of gap")
    amount = alt.X("points:Q", scale=alt.Scale(zero=True), axis=axis)
    whole = base.mark_bar(height=13, yOffset=6, filled=False, strokeDash=[4, 3], strokeWidth=1.5).encode(x=amount)
    closed = base.mark_bar(height=14, yOffset=6).encode(x=alt.X("closed:Q", axis=axis))
    return told_apart(alt.layer(whole, closed, titled(base)).properties(height=ROW * len(sent) + AXIS + LANE))


def moved(frame: pd.DataFrame) -> Chart:
    """Two bars a competency, of those who attended and of those who did not: how many people moved up."""
    sent = frame.assign(domain=frame["indicator"] + frame["side"])[["domain", "title", "up", "people"]]
    base = drawn(sent).encode(
        y=in_rows(sent["domain"]), tooltip=[alt.Tooltip(name) for name in ("title", "up", "people")]
    )
    axis = alt.Axis(format="d", tickMinStep=1, title="People")
    all_of_them = base.mark_bar(height=13, yOffset=6, filled=False, strokeDash=[4, 3], strokeWidth=1.5)
    up = base.mark_bar(height=14, yOffset=6).encode(x=alt.X("up:Q", axis=axis))
    layers = [all_of_them.encode(x=alt.X("people:Q", scale=alt.Scale(zero=True), axis=axis)), up, titled(base)]
    return told_apart(alt.layer(*layers).properties(height=ROW * len(sent) + AXIS + LANE))


def told_apart(chart: Chart) -> Chart:
    """The page gives a chart its text and its table; unnamed groups of marks would only be noise to a screen reader."""
    plain: Chart = chart.configure_mark(aria=False)
    return plain


def drawn(sent: pd.DataFrame | None = None) -> alt.Chart:
    """None: of rows that are told beside the spec."""
    # A constant of a chart cannot name its scale; a column can, and is made where it is drawn.
    drawn: alt.Chart = alt.Chart(alt.NamedData("rows") if sent is None else sent).transform_calculate(ink="'ink'")
    return drawn


def in_rows(domains: Iterable[str]) -> alt.Y:
    return alt.Y("domain:N", sort=list(domains), axis=None, scale=alt.Scale(padding=0))


def on_levels(column: str) -> alt.X:
    axis = alt.Axis(values=list(LEVELS), format="d", title=None, labelPadding=4, labelBound=False, labelFlush=False)
    return alt.X(f"{column}:Q", scale=alt.Scale(domain=[LEVELS[0], LEVELS[-1]], nice=False), axis=axis)


def titled(base: alt.Chart) -> alt.Chart:
    """Above the row and not beside it: a phone has no room for both."""
    text = base.mark_text(align="left", dy=-16, dx=2, fontSize=13)
    drawn: alt.Chart = text.encode(x=alt.value(0), text="title:N", color=alt.Color(**INK))
    return drawn


def touched(base: alt.Chart, choosing: bool) -> alt.Chart:
    """The whole row answers to the pointer, so that a domain without a bar can be chosen too."""
    row = base.mark_bar(height=ROW - 4, opacity=0)
    surface: alt.Chart = row.encode(x=alt.XDatum(LEVELS[0]), x2=alt.X2Datum(LEVELS[-1]))
    return surface.add_params(alt.selection_point(CHOICE, fields=["domain"])) if choosing else surface


def tips(*names: str) -> list[alt.Tooltip]:
    """A name without its type is one of a chart that has its rows."""
    titles = {"words": "Level", "low": "At worst", "high": "At best", "title": "Domain"}
    return [
        alt.Tooltip(name, title=titles.get(column := name.partition(":")[0], column.capitalize())) for name in names
    ]
