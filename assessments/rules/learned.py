"""Whether the ratings of those who attended moved, against those of others whose role needs the same.

Of each person, the rating of record in the year before the session is set beside the one in the months after it. What
was rated on the day itself is neither. Nobody was drawn by lot to attend, so a difference shows that the ratings moved
otherwise, and not that the course moved them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import mean, median, variance

from assessments.rules.competency import OF_RECORD, Given, record_of
from assessments.rules.days import months_later
from assessments.rules.rolled_up import FEWEST

MONTHS_BEFORE = 12
MONTHS_AFTER = 6
"""Unless the person chooses otherwise. Convention."""
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Pair:
    """Levels of one person, before and after; None where there was no rating in that time."""

    before: int | None
    after: int | None

    @property
    def is_whole(self) -> bool:
        return self.before is not None and self.after is not None

    @property
    def change(self) -> int:
        """Of a whole one."""
        return (self.after or 0) - (self.before or 0)


@dataclass(frozen=True)
class Group:
    """All of one side whose role needs the competency. `unrated` had no rating before, `not_again` none after."""

    people: int
    pairs: int
    unrated: int
    not_again: int
    up: int
    same: int
    down: int
    before: Fraction | None
    after: Fraction | None

    @property
    def too_few(self) -> bool:
        """Medians are not told then."""
        return self.pairs < FEWEST


@dataclass(frozen=True)
class Difference:
    """Mean change of those who attended, less that of the others, in levels; with the ends of its 95 % interval, which
    are None where nobody differs from anybody within either group.
    """

    mean: Fraction
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Compared:
    """One competency. `difference` is None where one of the groups is too small."""

    indicator: str
    attended: Group
    others: Group
    difference: Difference | None


@dataclass(frozen=True)
class Together:
    """All competencies that the course teaches, each person by the mean of their changes; `attended` and `others` are
    how many people have one.
    """

    attended: int
    others: int
    difference: Difference | None


def window(day: date, months: int) -> tuple[date, date]:
    """The first day that counts before, and the last that counts after."""
    return months_later(day, -MONTHS_BEFORE), months_later(day, months)


def pair(given: Iterable[Given], day: date, months: int = MONTHS_AFTER) -> Pair:
    """`given` to one person of one competency; `day` is that of the session."""
    first, last = window(day, months)
    known = list(given)
    sides = [[one for one in known if first <= one.on < day], [one for one in known if day < one.on <= last]]
    if any(one.kind in OF_RECORD for side in sides for one in side):
        # A check says at most 2: beside what a person saw it would look like a fall.
        sides = [[one for one in side if one.kind in OF_RECORD] for side in sides]
    before, after = map(record_of, sides)
    return Pair(before.level if before else None, after.level if after else None)


def compared(indicator: str, attended: Sequence[Pair], others: Sequence[Pair]) -> Compared:
    changes = [[one.change for one in side if one.is_whole] for side in (attended, others)]
    return Compared(indicator, group(attended), group(others), difference(*changes))


def group(pairs: Sequence[Pair]) -> Group:
    whole = [one for one in pairs if one.is_whole]
    told = len(whole) >= FEWEST
    return Group(
        people=len(pairs),
        pairs=len(whole),
        unrated=sum(one.before is None for one in pairs),
        not_again=sum(one.before is not None and one.after is None for one in pairs),
        up=sum(one.change > 0 for one in whole),
        same=sum(one.change == 0 for one in whole),
        down=sum(one.change < 0 for one in whole),
        before=median(Fraction(one.before or 0) for one in whole) if told else None,
        after=median(Fraction(one.after or 0) for one in whole) if told else None,
    )


def together(attended: Mapping[str, Sequence[Pair]], others: Mapping[str, Sequence[Pair]]) -> Together:
    """By person, their pairs of all competencies."""
    sides = [[_mean_change(pairs) for pairs in side.values()] for side in (attended, others)]
    first, second = ([change for change in side if change is not None] for side in sides)
    return Together(len(first), len(second), difference(first, second))


def difference(attended: Sequence[int | Fraction], others: Sequence[int | Fraction]) -> Difference | None:
    """By Welch's interval, which does not ask that both groups vary alike."""
    if min(len(attended), len(others)) < FEWEST:
        return None
    apart = mean(map(Fraction, attended)) - mean(map(Fraction, others))
    if len(set(attended)) == len(set(others)) == 1:
        return Difference(apart, None, None)
    # Takes a second to import, and most pages never need it.
    from scipy.stats import t  # noqa: PLC0415

    parts = [variance(map(Fraction, side)) / len(side) for side in (attended, others)]
    free = sum(parts) ** 2 / (parts[0] ** 2 / (len(attended) - 1) + parts[1] ** 2 / (len(others) - 1))
    half = float(t.ppf((1 + CONFIDENCE) / 2, float(free))) * float(sum(parts)) ** 0.5
    return Difference(apart, float(apart) - half, float(apart) + half)


def _mean_change(pairs: Iterable[Pair]) -> Fraction | None:
    changes = [Fraction(one.change) for one in pairs if one.is_whole]
    return mean(changes) if changes else None
