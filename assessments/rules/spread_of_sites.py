"""So many sites that none stands for itself: what counts in the median of a domain, and how the means are spread.

The rules are those of `cohorts` and `side_by_side`, on counts in place of sites. A site's mean is one of a few hundred
fractions, so a tally of them holds all that quartiles need, exactly.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import NamedTuple

from assessments.rules.cohorts import is_balanced, leaves_enough
from assessments.rules.side_by_side import Summary, to_half

SEEN = ""
"""In place of a cohort, for sites that are seen: they have a standing of their own."""
MANY = ""
"""In place of an agency: sites of many, none of which can be the most of what counts in any domain."""
BINS = 8
"""Of half a level each; 4 belongs to the last one."""
Tally = Mapping[Fraction, int]
"""So many sites of each mean."""


class Part(NamedTuple):
    """The sites of one agency that are seen, or that are in one cohort, and that lack the mean of the same domains, by
    their ids with a space between.
    """

    cohort: str
    agency: str
    incomplete: str
    sites: int
    weight: int


@dataclass(frozen=True)
class DomainSpread:
    """`summary` and `bins`, so many sites to each half level, are of those alone that are seen; `counted` is of those
    that are not, in cohorts.
    """

    domain: str
    summary: Summary | None
    counted: Summary | None
    bins: tuple[int, ...]

    @property
    def seen(self) -> int:
        return sum(self.bins)


class Standing:
    """Of all that are seen, or of all cohorts: who counts in which domain, all without the few that lack it."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self._parts: dict[str, list[Part]] = defaultdict(list)
        self._lacking: dict[str, list[Part]] = defaultdict(list)
        self._sites, self._weights = 0, Counter[str]()
        for part in parts:
            self._parts[part.cohort].append(part)
            self._sites += part.sites
            self._weights[part.agency] += part.weight
            for domain in part.incomplete.split():
                self._lacking[domain].append(part)
        self._plain = frozenset(cohort for cohort in self.cohorts if _is_plain(self._parts[cohort]))

    @property
    def cohorts(self) -> frozenset[str]:
        return frozenset(self._parts) - {SEEN}

    def too_plain(self, domain: str) -> frozenset[str]:
        """The cohorts that do not count in it, for some agency would be left with too few that it does not know."""
        touched = {part.cohort for part in self._lacking[domain]} - {SEEN}
        left = {cohort: [part for part in self._parts[cohort] if _has(part, domain)] for cohort in touched}
        return (self._plain - touched) | {cohort for cohort, parts in left.items() if _is_plain(parts)}

    def may_summarize(self, domain: str, plain: Collection[str]) -> bool:
        """Of all but the cohorts that are too plain in it."""
        gone = [part for part in self._lacking[domain] if part.cohort not in plain]
        gone += [part for cohort in plain for part in self._parts[cohort]]
        weights = self._weights.copy()
        for part in gone:
            weights[part.agency] -= part.weight
        most = max((weight for agency, weight in weights.items() if agency != MANY), default=0)
        return is_balanced(self._sites - sum(part.sites for part in gone), most, weights.total())


def least_weight(parts: Iterable[tuple[str, int]]) -> int:
    """Of any domain. Each part is the domains that it lacks, as in `Part`, and what it weighs."""
    total, lacking = 0, Counter[str]()
    for incomplete, weight in parts:
        total += weight
        lacking.update(dict.fromkeys(incomplete.split(), weight))
    return total - max(lacking.values(), default=0)


def _is_plain(parts: Iterable[Part]) -> bool:
    sites: Counter[str] = Counter()
    for part in parts:
        sites[part.agency] += part.sites
    return not leaves_enough(sites)


def _has(part: Part, domain: str) -> bool:
    return not part.incomplete or domain not in part.incomplete.split()


def summary_of(tally: Tally) -> Summary:
    """Of two sites or more: the same as of their means one by one."""
    means = sorted(tally)
    reached = list(accumulate(tally[mean] for mean in means))

    def at(place: int) -> Fraction:
        return next(mean for mean, until in zip(means, reached, strict=True) if place < until)

    def quartile(number: int) -> Fraction:
        place, over = divmod(number * (reached[-1] - 1), 4)
        return to_half(at(place) if not over else (at(place) * (4 - over) + at(place + 1) * over) / 4)

    return Summary(quartile(1), quartile(2), quartile(3), reached[-1])


def bins_of(tally: Tally) -> tuple[int, ...]:
    bins = [0] * BINS
    for mean, sites in tally.items():
        bins[min(int(mean * 2), BINS - 1)] += sites
    return tuple(bins)
