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


ByPerson = Mapping[str, Mapping[str, Pair]]
"""Staff member -> indicator -> pair."""


@dataclass(frozen=True)
class Group:
    """All of one side whose role needs the competency. `unrated` had no rating before, `not_again` none after, and
    `there` were, before, at the level that the course teaches to or above it, of those with both.
    """

    people: int
    pairs: int
    unrated: int
    not_again: int
    up: int
    same: int
    down: int
    there: int
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

    @property
    def unlike(self) -> bool:
        """Most of the others had nothing to learn there, so that whether they moved says nothing."""
        return most(self.others.there, self.others.pairs)


@dataclass(frozen=True)
class Together:
    """All competencies that the course teaches, each person by the mean of their changes; `attended` and `others` are
    how many people have one. `began` and `others_began`: the medians of where they stood before, each by their mean;
    None where the difference is. `there`: others who were at the taught level in most of what they were rated on.
    """

    attended: int
    others: int
    difference: Difference | None
    began: Fraction | None
    others_began: Fraction | None
    there: int

    @property
    def unlike(self) -> bool:
        return most(self.there, self.others)


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


def most(some: int, of: int) -> bool:
    """More than half. Convention: where so many of those beside had nothing to learn, the two are not compared."""
    return 2 * some > of


def compared(indicator: str, attended: Sequence[Pair], others: Sequence[Pair], taught: int) -> Compared:
    """`taught` is the level up to which the course teaches it."""
    changes = [[one.change for one in side if one.is_whole] for side in (attended, others)]
    return Compared(indicator, group(attended, taught), group(others, taught), difference(*changes))


def group(pairs: Sequence[Pair], taught: int) -> Group:
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
        there=sum(_is_there(one, taught) for one in whole),
        before=median(Fraction(one.before or 0) for one in whole) if told else None,
        after=median(Fraction(one.after or 0) for one in whole) if told else None,
    )


def together(attended: ByPerson, others: ByPerson, taught: Mapping[str, int]) -> Together:
    """By person, then by competency; `taught` is the level up to which the course teaches each."""
    sides = [[whole for by in side.values() if (whole := _whole(by))] for side in (attended, others)]
    first, second = ([mean(Fraction(one.change) for one in by.values()) for by in side] for side in sides)
    found = difference(first, second)
    began, others_began = (median(map(_began, side)) if found else None for side in sides)
    there = sum(most(sum(_is_there(one, taught[name]) for name, one in by.items()), len(by)) for by in sides[1])
    return Together(len(first), len(second), found, began, others_began, there)


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


def _whole(by: Mapping[str, Pair]) -> dict[str, Pair]:
    return {name: one for name, one in by.items() if one.is_whole}


def _began(by: Mapping[str, Pair]) -> Fraction:
    return mean(Fraction(one.before or 0) for one in by.values())


def _is_there(one: Pair, taught: int) -> bool:
    return one.before is not None and one.before >= taught
