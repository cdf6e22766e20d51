"""What the raters have to talk about: their ratings of each indicator side by side, two or more of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Literal

from assessments.rules.ratings import UNRATED, Rated, Ratings, State
from assessments.rules.scoring import NO_TARGETS, Standing, standings
from standards.model import Checklist

Group = Literal["same", "one apart", "two or more apart", "not all a level"]


@dataclass(frozen=True)
class Spread:
    """`levels` from lowest to highest, one for each rater who gave one."""

    levels: tuple[int, ...]

    @property
    def least(self) -> int:
        return self.levels[0]

    @property
    def most(self) -> int:
        return self.levels[-1]

    @property
    def apart(self) -> int:
        return self.most - self.least

    @property
    def median(self) -> Fraction:
        """Between two levels where the number of raters is even."""
        return median(map(Fraction, self.levels))


@dataclass(frozen=True)
class Row:
    """One indicator; `given` stands in the order of the sheets, `spread` is None where nobody gave a level.

    `across`: some have it at its target, or met, and others have not. `target` is None for a measure of context.
    """

    indicator: str
    domain: str
    target: int | None
    given: tuple[Rated, ...]
    spread: Spread | None
    group: Group
    across: bool

    @property
    def to_discuss(self) -> bool:
        return self.across or self.group in ("two or more apart", "not all a level")

    @property
    def rated(self) -> bool:
        """Somebody said something of it."""
        return any(rated.state is not State.UNRATED for rated in self.given)

    @property
    def alike(self) -> bool:
        return self.group == "same" and self.rated and not self.across

    @property
    def nearly_alike(self) -> bool:
        """One level apart, on the same side of the target."""
        return self.group == "one apart" and not self.across


def rows(
    checklist: Checklist,
    sheets: Sequence[Ratings],
    conditions: frozenset[str],
    targets: Mapping[str, int] = NO_TARGETS,
) -> tuple[Row, ...]:
    """Every indicator, in the order of the checklist. ValueError for fewer than two sheets."""
    if len(sheets) < 2:
        raise ValueError("it takes two sheets to compare")
    stood = [_standing(checklist, sheet, conditions, targets) for sheet in sheets]
    return tuple(
        _row(indicator.id, domain, sheets, [found[indicator.id] for found in stood if indicator.id in found])
        for domain, indicators in checklist.by_domain.items()
        for indicator in indicators
    )


def _standing(
    checklist: Checklist, sheet: Ratings, conditions: frozenset[str], targets: Mapping[str, int]
) -> dict[str, Standing]:
    found = standings(checklist, sheet, conditions, targets)
    return {row.indicator.id: row for rows_ in found.values() for row in rows_}


def _row(indicator: str, domain: str, sheets: Sequence[Ratings], stood: Sequence[Standing]) -> Row:
    given = tuple(sheet.get(indicator, UNRATED) for sheet in sheets)
    levels = sorted(rated.level for rated in given if rated.level is not None)
    spread = Spread(tuple(levels)) if levels else None
    leveled = [row for row in stood if row.rated.level is not None]
    return Row(
        indicator=indicator,
        domain=domain,
        target=stood[0].target if stood else None,
        given=given,
        spread=spread,
        group=_group(given, spread),
        # Two raters below a target of 4 may still differ on whether a duty is met, and so on a cap.
        across=len({row.at_target for row in leveled}) > 1 or len({row.status for row in leveled}) > 1,
    )


def _group(given: Sequence[Rated], spread: Spread | None) -> Group:
    if len({rated.state for rated in given}) > 1:
        return "not all a level"
    if spread is None or not spread.apart:
        return "same"
    return "one apart" if spread.apart == 1 else "two or more apart"
