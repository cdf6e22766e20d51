"""How far the evidence carries a rating: its strength, one step less where it leans on what has to be looked at again.

A convention, said on the page. It stands beside the score and is never a part of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assessments.rules.days import months_later
from assessments.rules.ratings import strength
from standards.model import EvidenceKind

LEAST = 2
"""From this confidence on, something that can be looked at carries a rating; below it, one is unsupported."""
HIGH = 3
"""Levels from here on are claims that need evidence behind them."""
SOON = 60
"""Days before its day at which evidence is said to go stale soon."""
CONVENTION = (
    "Confidence is the strength of the evidence, 0 to 4. Where it leans on evidence that was not looked at again in "
    "time, it is one step less. This is a convention of ours, and it never changes a score."
)


@dataclass(frozen=True)
class Support:
    """One line of evidence: true on `as_of`, to be looked at again so many months later."""

    kind: EvidenceKind
    as_of: date | None = None
    review_months: int | None = None

    @property
    def due(self) -> date | None:
        """The last day on which it is fresh; None where nobody said."""
        if self.as_of is None or not self.review_months:
            return None
        return months_later(self.as_of, self.review_months)


def stale(support: Support, today: date) -> bool:
    return support.due is not None and support.due < today


def stale_soon(support: Support, today: date) -> bool:
    return support.due is not None and 0 <= (support.due - today).days <= SOON


def confidence(supports: Iterable[Support], today: date) -> int:
    """0 to 4: what the fresh evidence gives, and at least one step below what all of it gives."""
    supports = tuple(supports)
    fresh = strength(tuple(one.kind for one in supports if not stale(one, today)))
    return max(fresh, strength(tuple(one.kind for one in supports)) - 1)


@dataclass(frozen=True)
class Carried:
    """The ratings with a level of one domain, or of all: how many at each confidence, 0 to 4."""

    counts: tuple[int, int, int, int, int]

    @property
    def rated(self) -> int:
        return sum(self.counts)

    @property
    def supported(self) -> int:
        """How many are carried by something that can be looked at, and is fresh enough."""
        return sum(self.counts[LEAST:])


def carried(found: Iterable[int]) -> Carried:
    confidences = tuple(found)
    counts = [confidences.count(value) for value in range(5)]
    return Carried((counts[0], counts[1], counts[2], counts[3], counts[4]))


def look_first(levels: Mapping[str, int], found: Mapping[str, int], strengths: Mapping[str, int]) -> Sequence[str]:
    """Indicators scored high whose evidence is weak, or stale so that it counts for less: the least carried first, then
    the highest level, then as they stand in `levels`.
    """
    doubtful = [
        name
        for name, level in levels.items()
        if level >= HIGH and (found[name] < LEAST or found[name] < strengths[name])
    ]
    return sorted(doubtful, key=lambda name: (found[name], -levels[name]))
