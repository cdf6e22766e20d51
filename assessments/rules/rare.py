"""Cases between misses: what to draw where a share of so few says nothing. How many cases in a row met it, from one
that did not to the next; the more, the rarer the misses.

A g chart, for numbers that follow a geometric distribution. Limits: three standard deviations about the mean, which
is the square root of mean times (mean + 1) (after J. C. Benneyan, Health Care Management Science 4, 2001, 305-318;
known from manuals that cite it, the paper itself was not read). Center: the median of the values. That distribution is
lopsided, its median lies at about 0.69 of its mean, and a run about the mean would signal nothing but that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import sqrt

from assessments.rules.run_chart import FEWEST_EXPECTED, FEWEST_POINTS, SIGMAS, RunChart, run_chart


@dataclass(frozen=True)
class Between:
    """`lengths` are the numbers of cases that met it between one miss and the next, in order. `before` met it until
    the first miss and `since` after the last: both may be cut short by where the list begins and ends, so neither is a
    point.
    """

    lengths: tuple[int, ...]
    before: int
    since: int
    misses: int


@dataclass(frozen=True)
class GChart:
    """`high` is None below ten points. There is no lower limit: it would lie below zero. `outside` are places in
    `lengths`; `since_outside`: what has gone well since the last miss is beyond the limit already.
    """

    between: Between
    runs: RunChart
    high: float | None
    outside: tuple[int, ...]
    since_outside: bool


def small(quarters: Mapping[str, tuple[int, int]]) -> bool:
    """Whether in a quarter there are on average fewer than five that met it, or that did not: a share then jumps."""
    met, of = (sum(numbers) for numbers in zip(*quarters.values(), strict=True)) if quarters else (0, 0)
    return min(met, of - met) < FEWEST_EXPECTED * len(quarters)


def between(met: Sequence[bool]) -> Between | None:
    """From whether each case met it, in order; None where no case missed."""
    misses = [place for place, one in enumerate(met) if not one]
    if not misses:
        return None
    lengths = tuple(later - earlier - 1 for earlier, later in pairwise(misses))
    return Between(lengths, misses[0], len(met) - 1 - misses[-1], len(misses))


def g_chart(found: Between) -> GChart:
    runs = run_chart([Fraction(length) for length in found.lengths])
    if len(found.lengths) < FEWEST_POINTS:
        return GChart(found, runs, None, (), since_outside=False)
    mean = Fraction(sum(found.lengths), len(found.lengths))
    outside = tuple(place for place, length in enumerate(found.lengths) if _beyond(length, mean))
    high = float(mean) + SIGMAS * sqrt(mean * (mean + 1))
    return GChart(found, runs, high, outside, _beyond(found.since, mean))


def _beyond(length: int, mean: Fraction) -> bool:
    """On exact fractions."""
    return length > mean and (length - mean) ** 2 > SIGMAS**2 * mean * (mean + 1)
