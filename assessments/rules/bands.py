"""Bands for a mean, half-open and cut on exact fractions, and how a mean is printed."""

from fractions import Fraction
from typing import Literal

Band = Literal["Not started", "Beginning", "Partial", "Established", "Strong"]

CONVENTION = (
    "The bands and their cut points are a convention of this toolkit. They have not been validated against outcomes."
)
BANDS: tuple[tuple[Fraction, Band], ...] = (
    (Fraction(7, 2), "Strong"),
    (Fraction(3), "Established"),
    (Fraction(2), "Partial"),
    (Fraction(1), "Beginning"),
    (Fraction(0), "Not started"),
)


def band_of(mean: Fraction) -> Band:
    return next(name for at_least, name in BANDS if mean >= at_least)


def cut(mean: Fraction) -> str:
    """To one decimal, cut and not rounded, so that no printed mean looks as if it had reached a band: 2.96 is "2.9"."""
    tenths = int(mean * 10)
    return f"{tenths // 10}.{tenths % 10}"
