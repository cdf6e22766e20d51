"""What a collaborative sees in the spread of its sites: what to work on together, and what one can show another.

Both are read from what is seen anyway, the levels of the sites shown and their quartiles. Their order is that of the
classes, then of how much there is to gain; where one's own is low, that comes first of all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.rules.side_by_side import IndicatorRow, Neighbor, SideBySide, Summary
from standards.model import Class

LOW = 1
"""Convention: at most this is low. It is "Beginning"; at 2 something is in place that can be built on."""
HIGH = 3
"""Convention: from here on a site can show another how. It is "Established", and where a judged duty is met."""
# "Nearly everywhere" is three sites of four, the upper quartile: of five sites, the fewest of which there is one, all
# but one.
CLASSES: Sequence[Class] = ("duty", "critical", "standard")


@dataclass(frozen=True)
class Together:
    """An indicator that is low nearly everywhere."""

    indicator: str
    summary: Summary


@dataclass(frozen=True)
class Match:
    """An indicator that is high at some sites and low at others, in the order of their labels."""

    indicator: str
    high: tuple[Neighbor, ...]
    low: tuple[Neighbor, ...]
    summary: Summary | None

    @property
    def own_is_low(self) -> bool:
        return any(neighbor.own for neighbor in self.low)

    @property
    def own_is_high(self) -> bool:
        return any(neighbor.own for neighbor in self.high)


def together(found: SideBySide, class_of: Mapping[str, Class]) -> tuple[Together, ...]:
    """The lowest first, within a class. An indicator without a class is a standard one."""
    low = [Together(row.indicator, row.summary) for row in found.indicators if row.summary and row.summary.upper <= LOW]
    return tuple(sorted(low, key=lambda one: (_class(one.indicator, class_of), one.summary.median, one.summary.lower)))


def teaching(found: SideBySide, class_of: Mapping[str, Class]) -> tuple[Match, ...]:
    """Where the asking agency's own sites are low first; then by class, and where most of those shown are low."""
    matches = [match for row in found.indicators if (match := _match(row, found.neighbors))]
    return tuple(
        sorted(matches, key=lambda one: (not one.own_is_low, _class(one.indicator, class_of), -_share_low(one)))
    )


def _match(row: IndicatorRow, neighbors: Iterable[Neighbor]) -> Match | None:
    levels = [(one, stand.level) for one, stand in zip(neighbors, row.stands, strict=True) if stand.level is not None]
    high = tuple(one for one, level in levels if level >= HIGH)
    low = tuple(one for one, level in levels if level <= LOW)
    return Match(row.indicator, high, low, row.summary) if high and low else None


def _class(indicator: str, class_of: Mapping[str, Class]) -> int:
    return CLASSES.index(class_of.get(indicator, "standard"))


def _share_low(match: Match) -> Fraction:
    return Fraction(len(match.low), len(match.low) + len(match.high))
