"""What a state asks for, of one site in one quarter, and what others may see of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from assessments.rules import suppression
from assessments.rules.suppression import Cell

Measure = Literal["identified", "with_plan", "with_referral", "caregivers_referred", "received"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
PARTS: tuple[Measure, ...] = ("with_plan", "with_referral", "received")
"""Of the infants identified; caregivers can be more."""
MOST = 100_000
MOST_EACH = 3
"""Convention: more caregivers than so many for each infant may be a slip. It is asked, not refused."""


@dataclass(frozen=True)
class StateCounts:
    """`identified`, `with_plan` and `with_referral` count infants, `caregivers_referred` mothers and other caregivers,
    `received` the families of the infants identified that had a service of the plan: one for twins, so never more than
    the infants. None is not counted, which is not 0.
    """

    identified: int | None = None
    with_plan: int | None = None
    with_referral: int | None = None
    caregivers_referred: int | None = None
    received: int | None = None

    def of(self, measure: Measure) -> int | None:
        found: int | None = getattr(self, measure)
        return found

    @property
    def given(self) -> dict[Measure, int]:
        """Without what was not counted."""
        return {name: value for name in MEASURES if (value := self.of(name)) is not None}


NOT_COUNTED = StateCounts()


def many_caregivers(counts: StateCounts) -> bool:
    """Whether there are more of them than one would think; an infant can have several, so nothing is refused."""
    infants, caregivers = counts.identified, counts.caregivers_referred
    return infants is not None and caregivers is not None and caregivers > MOST_EACH * infants


def is_small(counts: StateCounts, fewest: int = suppression.FEWEST) -> bool:
    """Whether a count of it, or what a part leaves of its whole, could tell of somebody."""
    return any(value < fewest for value in counts.given.values()) or any(
        0 < left < fewest for left in _left_over(counts)
    )


def seen_by_others(
    counts: Mapping[Cell, StateCounts], fewest: int = suppression.FEWEST
) -> dict[Measure, dict[Cell, int | None]]:
    """By measure: a table of sites and quarters with its totals, None where a count is hidden. What was not counted is
    not in it, and is in no total. A part is shown only where its whole was counted.
    """
    tables = {name: _table(counts, name) for name in MEASURES}
    return {name: _seen(tables, name, fewest) for name in MEASURES}


def _seen(tables: Mapping[Measure, Mapping[Cell, int]], name: Measure, fewest: int) -> dict[Cell, int | None]:
    table, whole = tables[name], tables["identified"]
    most = {cell: whole[cell] for cell in table} if name in PARTS else None
    least = {cell: max(tables[part].get(cell, 0) for part in PARTS) for cell in table}
    unseen = suppression.hidden(table, fewest, most, least if name == "identified" else None)
    return suppression.seen(suppression.with_totals(table), unseen)


def _table(counts: Mapping[Cell, StateCounts], name: Measure) -> dict[Cell, int]:
    return {
        cell: value
        for cell, found in counts.items()
        if (value := found.of(name)) is not None and (name not in PARTS or found.identified is not None)
    }


def _left_over(counts: StateCounts) -> Iterator[int]:
    whole = counts.identified
    for part in PARTS:
        value = counts.of(part)
        if whole is not None and value is not None:
            yield whole - value
