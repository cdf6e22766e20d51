"""One element of a review over time: quarter by quarter, or by cases between misses where a quarter holds few."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

import pandas as pd

from assessments.rules.plan_results import Read
from assessments.rules.proportions import FEWEST_FOR_A_LEVEL
from assessments.rules.rare import Between, GChart, between, g_chart, small
from assessments.rules.run_chart import FEWEST_POINTS, PChart, RunChart, p_chart, run_chart
from assessments.use_cases.review_results import Course
from reports import words
from reports.paper import Text, strong, text
from reports.signals import CONVENTION, LIKELY

COLUMNS = "place at drawn words median low high marked".split()
WITHIN = (
    "The quarters stand in order of time. Within a quarter the records stand by chance, as they were drawn, for no "
    "date is kept: where in a quarter a miss stands tells nothing, and what lies inside of one quarter is no signal."
)
METHOD = (
    "Cases between misses (g chart): how many records in a row met it before one did not. Limit: three standard "
    "deviations above the mean, after Benneyan 2001. Center: the median, for such numbers are lopsided."
)


@dataclass(frozen=True)
class Drawn:
    """`frame` has a row a point: `drawn` is in per cent of a quarter, or records; `low` and `high` are None where there
    are no limits. `kind` is "none" where there is nothing to draw, and `said` says why.
    """

    kind: Literal["none", "quarters", "between"]
    frame: pd.DataFrame
    said: tuple[Text, ...]
    key: str = ""


def drawn(course: Course, read: Read) -> Drawn:
    """Cases between misses need the order of the whole list."""
    if len(course.met) < FEWEST_FOR_A_LEVEL:
        return _nothing(f"Fewer than {FEWEST_FOR_A_LEVEL} records were judged, so nothing is drawn over time.")
    if small(course.quarters) and read.read == read.drawn == read.belonging:
        return _between(course)
    return _quarters(course)


def _nothing(said: str) -> Drawn:
    return Drawn("none", pd.DataFrame(columns=COLUMNS), (text(said),))


def _between(course: Course) -> Drawn:
    found = between(course.met)
    few = "In most quarters too few records met it, or too few did not, for a share to say much."
    if found is None:
        return _nothing(f"All {len(course.met):,} records met it, so there is no miss to count from.")
    if not found.lengths:
        return _nothing(f"{few} One record did not meet it: {found.before:,} met it before and {found.since:,} since.")
    chart, inside = g_chart(found), _inside_a_quarter(course)
    rows = [
        (
            place,
            f"{place} to {place + 1}",
            float(length),
            f"{length:,} met it",
            _number(chart.runs.median),
            0.0 if chart.high else None,
            chart.high,
            outside,
        )
        for place, length in enumerate(found.lengths, start=1)
        for outside in [place - 1 in chart.outside and place - 1 not in inside]
    ]
    key = "A point: how many records in a row met it between two misses. Higher is better."
    said = tuple(_told_between(found, chart, few, inside))
    return Drawn("between", pd.DataFrame(rows, columns=COLUMNS), said, f"{_key(key, chart.high)} {WITHIN}")


def _inside_a_quarter(course: Course) -> frozenset[int]:
    """Places of the points whose two misses stand in one quarter; last, of what came since, if that is in one too."""
    quarters = [quarter for quarter, (_, of) in course.quarters.items() for _ in range(of)]
    misses = [quarter for quarter, met in zip(quarters, course.met, strict=True) if not met]
    pairs = enumerate(pairwise([*misses, quarters[-1]]))
    return frozenset(place for place, (one, other) in pairs if one == other)


def _told_between(found: Between, chart: GChart, few: str, inside: frozenset[int]) -> Iterator[Text]:
    yield text(f"{few} So it counts the records between one miss and the next. {_since(found)}")
    if chart.high is None:
        yield text(
            f"{words.count(len(found.lengths), 'point')}: with fewer than {FEWEST_POINTS} there are no limits, and no "
            "signal is read from it."
        )
        return
    outside, since = set(chart.outside) - inside, chart.since_outside and len(found.lengths) not in inside
    if outside or since:
        what = "What was met since the last miss" if since else words.count(len(outside), "point")
        yield text(strong("Signal:"), f" {what} is above the limit of {chart.high:.1f} records. {LIKELY} {CONVENTION}")
    yield from _signals(chart.runs, "points", inside)


def _since(found: Between) -> str:
    return f"{words.count(found.misses, 'record')} did not meet it; since the last of them {found.since:,} did."


def _quarters(course: Course) -> Drawn:
    counts = list(course.quarters.values())
    runs, limits = run_chart([Fraction(*one) for one in counts]), p_chart(counts)
    points = limits.points if isinstance(limits, PChart) else [None] * len(counts)
    middle = _number(runs.median, 100)
    rows = [
        (
            place,
            quarter,
            100 * met / of,
            f"{met:,} of {of:,}",
            middle,
            100 * point.low if point else None,
            100 * point.high if point else None,
            bool(point and point.outside),
        )
        for place, ((quarter, (met, of)), point) in enumerate(
            zip(course.quarters.items(), points, strict=True), start=1
        )
    ]
    said = tuple(_told_quarters(runs, limits))
    key = _key("Per cent of each quarter that met it.", isinstance(limits, PChart) or None)
    return Drawn("quarters", pd.DataFrame(rows, columns=COLUMNS), said, key)


def _told_quarters(runs: RunChart, limits: PChart | str) -> Iterator[Text]:
    yield from _signals(runs, "quarters")
    if isinstance(limits, PChart):
        outside = sum(one.outside for one in limits.points)
        if outside:
            yield text(
                strong("Signal:"), f" {words.count(outside, 'quarter')} outside of the limits. {LIKELY} {CONVENTION}"
            )
    elif runs.signals is not None:
        yield text(f"No control limits. {limits}")


def _signals(runs: RunChart, points: str, inside: frozenset[int] = frozenset()) -> Iterator[Text]:
    """A run all of whose points are `inside` of one quarter is none."""
    found = runs.signals
    if found is None:
        yield text(f"{runs.why_not} So this is the line with its median, and no more is read into it.")
        return
    long_run = found.long_run and not inside.issuperset(found.longest.points)
    if long_run:
        yield text(
            strong("Signal, a long run:"),
            f" {found.longest.length} {points} in a row on one side of the median; chance alone would seldom put more "
            f"than {found.run_limit} there.",
        )
    if found.few_crossings:
        yield text(
            strong("Signal, few crossings:"),
            f" the line crosses the median {found.crossings} times; chance alone would seldom make that fewer than "
            f"{found.crossings_limit}.",
        )
    if not (long_run or found.few_crossings):
        yield text(strong("No signal:"), " the points vary about the median as chance alone would have them vary.")


def _number(value: Fraction | None, times: int = 1) -> float | None:
    return None if value is None else float(value * times)


def _key(first: str, limits: object) -> str:
    return f"{first} Dashed: the median.{' Shaded: within the limits. Squares: outside of them.' if limits else ''}"
