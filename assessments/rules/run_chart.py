"""A measure over time: its median, and whether it moves more than chance alone would move it.

Two signals, after Anhøj: an unusually long run on one side of the median, or unusually few crossings of it. There is
no rule on trends: it was found to signal chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import comb, log2, sqrt
from statistics import median

FEWEST_POINTS = 10
FEWEST_EXPECTED = 5
CROSSINGS_TAIL = Fraction(5, 100)
SIGMAS = 3


@dataclass(frozen=True)
class Run:
    """`points` are places in the series, from 0, in order; those on the median lie in no run and break none."""

    points: tuple[int, ...]
    above: bool

    @property
    def length(self) -> int:
        return len(self.points)


@dataclass(frozen=True)
class Signals:
    """`useful` points lie off the median. A run longer than `run_limit` signals, and so do fewer crossings than
    `crossings_limit`.
    """

    useful: int
    longest: Run
    run_limit: int
    crossings: int
    crossings_limit: int

    @property
    def long_run(self) -> bool:
        return self.longest.length > self.run_limit

    @property
    def few_crossings(self) -> bool:
        return self.crossings < self.crossings_limit


@dataclass(frozen=True)
class RunChart:
    """`signals` is None below ten points, and `why_not` then says so in a sentence."""

    median: Fraction | None
    signals: Signals | None
    why_not: str = ""


@dataclass(frozen=True)
class Limits:
    """One point of a p-chart, shares of 1. `outside` is exact, `low` and `high` are for drawing."""

    share: Fraction
    low: float
    high: float
    outside: bool


@dataclass(frozen=True)
class PChart:
    center: Fraction
    points: tuple[Limits, ...]


def run_chart(values: Sequence[Fraction]) -> RunChart:
    """`values` in order of time."""
    if not values:
        return RunChart(None, None, "There is no value yet.")
    middle = median(values)
    found = runs(values, middle)
    useful = sum(run.length for run in found)
    if useful < FEWEST_POINTS:
        return RunChart(middle, None, _too_few(len(values), useful))
    longest = max(found, key=lambda run: run.length)
    return RunChart(middle, Signals(useful, longest, run_limit(useful), len(found) - 1, crossings_limit(useful)))


def runs(values: Sequence[Fraction], middle: Fraction) -> tuple[Run, ...]:
    sides = [(at, value > middle) for at, value in enumerate(values) if value != middle]
    return tuple(Run(tuple(at for at, _ in run), above) for above, run in groupby(sides, key=lambda side: side[1]))


def run_limit(useful: int) -> int:
    return round(log2(useful) + 3)


def crossings_limit(useful: int) -> int:
    """The least number whose chance, that many or fewer, reaches 5 in 100 when each step crosses by a coin's toss."""
    steps, ways = useful - 1, 0
    for crossings in range(useful):
        ways += comb(steps, crossings)
        if Fraction(ways, 2**steps) >= CROSSINGS_TAIL:
            return crossings
    raise ValueError("no useful points")


def p_chart(counts: Sequence[tuple[int, int]]) -> PChart | str:
    """From k of n at each time, in order, n above 0: the chart, or the sentence that says why there is none."""
    if len(counts) < FEWEST_POINTS:
        return f"Control limits need {FEWEST_POINTS} points; here are {len(counts)}."
    met, of = sum(k for k, _ in counts), sum(n for _, n in counts)
    # The mean n times p is all that were met over the number of points.
    if min(met, of - met) < FEWEST_EXPECTED * len(counts):
        return (
            f"Control limits need, on average, about {FEWEST_EXPECTED} cases at each time that met it and as many that "
            "did not. Draw the line alone, or put several months together."
        )
    center = Fraction(met, of)
    return PChart(center, tuple(_limits(k, n, center) for k, n in counts))


def _limits(k: int, n: int, center: Fraction) -> Limits:
    """They vary with n."""
    share, variance = Fraction(k, n), center * (1 - center) / n
    reach = SIGMAS * sqrt(variance)
    outside = (share - center) ** 2 > SIGMAS**2 * variance
    return Limits(share, max(0.0, float(center) - reach), min(1.0, float(center) + reach), outside)


def _too_few(points: int, useful: int) -> str:
    if points < FEWEST_POINTS:
        return f"With fewer than {FEWEST_POINTS} points nothing can be told from chance; here are {points}."
    return (
        f"{useful} of {points} points lie off the median. With fewer than {FEWEST_POINTS} of those nothing can be told "
        "from chance."
    )
