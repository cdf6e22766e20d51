"""What a review of records comes to: of each element k of n, and how many records have all that belongs together.

What was not read, could not be judged or does not apply is never counted as not met.
"""

from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple

from assessments.rules.proportions import FEWEST_FOR_A_LEVEL, Interval, interval, provisional
from assessments.rules.ratings import Rated, State, level_of_share
from assessments.rules.rolled_up import rolled_up
from assessments.rules.scoring import ENOUGH_RATED, status
from standards.model import Checklist, Indicator

Outcome = Literal["met", "not-met", "not-applicable", "cannot-judge"]
"""Of one element in one record; a record that nobody has read for it has none."""
Answers = Mapping[Outcome, Mapping[str, Set[str]]]
"""Outcome -> element -> the records that have it."""
OUTCOMES: tuple[Outcome, ...] = ("met", "not-met", "not-applicable", "cannot-judge")
SIX = ("BAS", "PHY", "DEL", "BEH", "INF", "FAM")
"""Domains of `posc-record`: the headings that the guidance gives."""
SIX_OF = "posc-record"
FEWEST_FOR_A_MEDIAN = FEWEST_FOR_A_LEVEL
SMALL_COUNT = 11
"""Convention, of many who publish health data: a smaller count can tell who somebody is."""


@dataclass(frozen=True)
class Read:
    """Numbers of records. `drawn` are to be read: those put aside are not among them, and what stood in for one is.
    `not_eligible` never belonged on the list; others that were put aside did, and what they hold is not known.
    `read` are those in which every element has an answer, `begun` those in which some have. `no_plan` are those to be
    read of which the list says that there is no plan: they stay in every number.
    """

    listed: int
    drawn: int
    read: int
    begun: int
    not_found: int = 0
    not_eligible: int = 0
    not_readable: int = 0
    no_plan: int = 0

    @property
    def put_aside(self) -> int:
        return self.not_found + self.not_eligible + self.not_readable

    @property
    def belonging(self) -> int:
        """N: what the interval speaks of."""
        return self.listed - self.not_eligible


class Standing(NamedTuple):
    """The records in which something is met, not met, or does not apply; of all others it is not known."""

    met: Set[str]
    not_met: Set[str]
    none: Set[str]


@dataclass(frozen=True)
class ElementResult:
    """`met` of `of` in which it could be judged and applies. `interval` is None where that is none, `level` also where
    too few are known for one.
    """

    indicator: str
    met: int
    of: int
    not_applicable: int
    cannot_judge: int
    unread: int
    interval: Interval | None
    level: int | None
    provisional: bool

    @property
    def unmet(self) -> int:
        return self.of - self.met

    @property
    def not_known(self) -> int:
        return self.cannot_judge + self.unread

    @property
    def is_covered(self) -> bool:
        """The convention of coverage: judged in 80 percent of the records drawn, without those it does not apply to."""
        return self.of > 0 and self.of >= ENOUGH_RATED * (self.of + self.not_known)


@dataclass(frozen=True)
class Together:
    """Of records, not of elements. In `met` all is met; in `not_met` something is known not to be; in `not_known`
    nothing is known to be missing, and something could not be judged or is not read yet. `interval` is None where no
    record is known.
    """

    met: int
    not_met: int
    not_known: int
    not_applicable: int
    interval: Interval | None

    @property
    def of(self) -> int:
        return self.met + self.not_met

    @property
    def provisional(self) -> bool:
        return provisional(self.of)


@dataclass(frozen=True)
class ClockResult:
    """`median` is of the elapsed days, or minutes, of all records in which they are known; None of fewer than five."""

    met: int
    not_met: int
    not_applicable: int
    cannot_judge: int
    known: int
    median: Fraction | None

    @property
    def of(self) -> int:
        return self.met + self.not_met


def elements(checklist: Checklist, answers: Answers, read: Read, held: frozenset[str]) -> list[ElementResult]:
    """`held` are the conditions that hold at the agency: they say which duties bind it."""
    counted = rolled_up(checklist)
    found = [_counts(one.id, answers, read) for one in counted.indicators]
    return [replace(one, level=_level(counted, one, held)) for one in found]


def _counts(name: str, answers: Answers, read: Read) -> ElementResult:
    met, not_met, none = map(len, standing(name, answers))
    of, cannot_judge = met + not_met, len(answers["cannot-judge"].get(name, ()))
    unread = read.drawn - of - none - cannot_judge
    return ElementResult(
        name, met, of, none, cannot_judge, unread, _interval(met, of, none, read), None, provisional(of)
    )


def _level(counted: Checklist, one: ElementResult, held: frozenset[str]) -> int | None:
    """A duty or a critical element is met only where every record is known, and is not met where those that are not
    known could not change it; between the two it is unknown, however many were judged.
    """
    if not one.is_covered:
        return None
    indicator, ladder = counted.indicator[one.indicator], counted.ladder_of[one.indicator]
    met, of = one.met + one.not_known, one.of + one.not_known
    hoped = Rated(State.LEVEL, level_of_share(ladder, met, of), met, of)
    if one.not_known and status(indicator, ladder, hoped, held) == "met":
        return None
    return level_of_share(ladder, one.met, one.of)


def standing(element: str, answers: Answers) -> Standing:
    nothing = frozenset[str]()
    return Standing(*(answers[outcome].get(element, nothing) for outcome in OUTCOMES[:3]))


def all_critical(checklist: Checklist, answers: Answers, read: Read) -> Together:
    return together(all_or_none([standing(name, answers) for name in critical(checklist)]), read)


def headings_addressed(
    checklist: Checklist, answers: Answers, read: Read
) -> tuple[dict[str, Together], Together | None]:
    """By heading, and all or none over the six; nothing for checklists that do not have them."""
    found = {
        name: addressed([standing(one, answers) for one in topics]) for name, topics in headings(checklist).items()
    }
    if not found:
        return {}, None
    return {name: together(one, read) for name, one in found.items()}, together(all_or_none(found.values()), read)


def all_or_none(parts: Collection[Standing]) -> Standing:
    """Met where every part that applies is; one that is known not to be met is enough against it."""
    none = _in_every(part.none for part in parts)
    met = _in_every(part.met | part.none for part in parts) - none
    return Standing(met, _in_any(part.not_met for part in parts), none)


def addressed(topics: Collection[Standing]) -> Standing:
    """Convention: a heading is addressed where at least one of its topics that apply is met, and missed only where
    each of them was judged and none is.
    """
    none = _in_every(topic.none for topic in topics)
    missed = _in_every(topic.not_met | topic.none for topic in topics) - none
    return Standing(_in_any(topic.met for topic in topics), missed, none)


def _in_every(sets: Iterable[Set[str]]) -> Set[str]:
    first, *others = [*sets] or [frozenset()]
    return frozenset(first).intersection(*others)


def _in_any(sets: Iterable[Set[str]]) -> Set[str]:
    return frozenset[str]().union(*sets)


def together(found: Standing, read: Read) -> Together:
    """Every other record that was drawn is not known."""
    met, not_met, none = map(len, found)
    of = met + not_met
    return Together(met, not_met, read.drawn - of - none, none, _interval(met, of, none, read))


def _interval(met: int, of: int, not_applicable: int, read: Read) -> Interval | None:
    """For the list without those that are known not to count: where every one of the others was judged, nothing is
    uncertain. How many of those not drawn would not count is not known, so they all stay: the interval is not too
    narrow for it.
    """
    return share(met, of, max(of, read.belonging - not_applicable)) if of else None


share = lru_cache(maxsize=4096)(interval)
"""As `interval`: one takes up to some milliseconds, and a page shows sixty of them each time that it is drawn."""


def clock(counts: Mapping[tuple[Outcome, int | None], int]) -> ClockResult:
    """`counts` are numbers of records by state and elapsed."""
    met, not_met, not_applicable, cannot_judge = (
        sum(count for (found, _), count in counts.items() if found == state) for state in OUTCOMES
    )
    elapsed = sorted((value, count) for (_, value), count in counts.items() if value is not None)
    known = sum(count for _, count in elapsed)
    middle = _median(elapsed) if known >= FEWEST_FOR_A_MEDIAN else None
    return ClockResult(met, not_met, not_applicable, cannot_judge, known, middle)


def _median(counted: Iterable[tuple[int, int]]) -> Fraction:
    """Of values with how often each occurs, in order."""
    values, counts = zip(*counted, strict=True)
    reached, total = list(accumulate(counts)), sum(counts)
    low, high = (
        next(v for v, r in zip(values, reached, strict=True) if r > at) for at in ((total - 1) // 2, total // 2)
    )
    return Fraction(low + high, 2)


def critical(checklist: Checklist) -> tuple[str, ...]:
    """Elements that are critical; a duty is one, bound or not."""
    return tuple(one.id for one in checklist.indicators if is_critical(one))


def is_critical(indicator: Indicator) -> bool:
    return indicator.class_ == "critical" or indicator.duty is not None


def headings(checklist: Checklist) -> dict[str, tuple[str, ...]]:
    """Heading -> its elements; empty for checklists that do not have the six."""
    if checklist.id != SIX_OF:
        return {}
    return {name: tuple(one.id for one in checklist.by_domain[name]) for name in SIX}
