"""How far k of n can be trusted: 95 per cent intervals for a share."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb
from typing import Literal

Kind = Literal["all", "exact", "wilson"]

LONGEST_LIST = 200
FEWEST_FOR_A_LEVEL = 5
LONGEST_SHARE = 40
WRITTEN = re.compile(r"\s*([\d,]+)\s*(?:of|out of|/)\s*([\d,]+)\s*", re.IGNORECASE | re.ASCII)
CONFIDENCE = Fraction(95, 100)
TAIL = (1 - CONFIDENCE) / 2


@dataclass(frozen=True)
class Interval:
    """The share `low` to `high`, of 1, that `met` of `of` drawn from `out_of` leaves possible.

    "all": every one was looked at, so nothing is uncertain. "exact": for that list, in whole members of it. "wilson":
    for a long list, or one whose length is not known.
    """

    kind: Kind
    low: Fraction
    high: Fraction
    met: int
    of: int
    out_of: int | None = None


def written(text: str) -> tuple[int, int] | None:
    """How many met it, and of how many, from "7 of 9" or "7/9"; None where the text says something else."""
    found = WRITTEN.fullmatch(text) if len(text) <= LONGEST_SHARE else None
    met, of = (number.replace(",", "") for number in found.groups()) if found else ("", "")
    return (int(met), int(of)) if met and of else None


def provisional(of: int) -> bool:
    """Too few for the level to mean much: counts are shown and the level is marked."""
    return of < FEWEST_FOR_A_LEVEL


def interval(met: int, of: int, out_of: int | None = None) -> Interval:
    """ValueError where nothing was counted, more were met than counted, or more counted than there were."""
    if not 0 <= met <= of or of == 0 or (out_of is not None and out_of < of):
        raise ValueError(f"{met} of {of}, out of {out_of}, is not a share")
    if of == out_of:
        return Interval("all", Fraction(met, of), Fraction(met, of), met, of, out_of)
    if out_of is not None and out_of <= LONGEST_LIST:
        low, high = _exact(met, of, out_of)
        return Interval("exact", Fraction(low, out_of), Fraction(high, out_of), met, of, out_of)
    return Interval("wilson", *_wilson(met, of), met, of, out_of)


def _exact(met: int, of: int, out_of: int) -> tuple[int, int]:
    """The least and the greatest number of the list that could be met without the sample being a rare one."""
    possible = range(met, out_of - (of - met) + 1)
    low = bisect_left(possible, x=True, key=lambda there: _at_least(met, of, there, out_of) > TAIL)
    high = bisect_left(possible, x=True, key=lambda there: _at_least(of - met, of, out_of - there, out_of) <= TAIL)
    return possible[low], possible[high - 1]


def _at_least(drawn: int, of: int, there: int, out_of: int) -> Fraction:
    """The chance that `of` drawn from `out_of`, `there` of them of one kind, bring at least `drawn` of that kind."""
    ways = sum(comb(there, k) * comb(out_of - there, of - k) for k in range(drawn, min(of, there) + 1))
    return Fraction(ways, comb(out_of, of))


@lru_cache(maxsize=1024)
def _wilson(met: int, of: int) -> tuple[Fraction, Fraction]:
    # Takes a second to import, and most pages never need it.
    from scipy.stats import binomtest  # noqa: PLC0415

    found = binomtest(met, of).proportion_ci(float(CONFIDENCE), method="wilson")
    return Fraction(float(found.low)), Fraction(float(found.high))
