"""Before the first real use: how one's own ratings of invented programs lie beside the reference ratings."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from assessments.rules.agreement import Agreement, of_pairs

Key = TypeVar("Key", bound=Hashable)

CLOSE = Fraction(1, 4)
"""Convention: a mean difference of less than a quarter of a level is no leaning."""


@dataclass(frozen=True)
class Deviation:
    """`signed` is the sum of own less reference, in levels; `missing` counts reference ratings without one's own."""

    agreement: Agreement
    signed: int
    missing: int

    @property
    def mean_signed(self) -> Fraction | None:
        """In levels; above 0 where one rated higher than the reference."""
        return Fraction(self.signed, self.agreement.compared) if self.agreement.compared else None


def deviation(own: Mapping[Key, int], reference: Mapping[Key, int]) -> Deviation:
    """Keys are what identifies one rating, such as the vignette and the indicator."""
    pairs = [(own[key], level) for key, level in reference.items() if key in own]
    return Deviation(of_pairs(pairs), sum(mine - level for mine, level in pairs), len(reference) - len(pairs))


def words(found: Deviation) -> str:
    """What it means, in neutral words: neither side is a mistake."""
    signed, seen = found.mean_signed, found.agreement
    if signed is None:
        return "Nothing is rated yet."
    same = f"You and the reference gave the same level {seen.exact} of {seen.compared} times"
    near = f"were at most one level apart {seen.within_one} of {seen.compared} times"
    return f"{same}, and {near}. {_leaning(signed)}{_left(found.missing)}"


def _leaning(signed: Fraction) -> str:
    if abs(signed) < CLOSE:
        return "On average your levels are close to the reference."
    side, look = ("above", "asks for more") if signed > 0 else ("below", "is content with less")
    return (
        f"On average your levels lie {side} the reference. Look at the words of the levels where you differ: the "
        f"reference {look} there, and its reason says why."
    )


def _left(missing: int) -> str:
    return f" {missing} {'rating is' if missing == 1 else 'ratings are'} still open." if missing else ""
