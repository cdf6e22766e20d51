"""Sites beside one another: by domain and by indicator, each with what is seen of it and the median of those seen.

There are no ranks: sites stand in the order of their names and letters, and nothing here sorts them by a score. Median
and quartiles are rounded to half a level, so that they tell little of any site; they are never given a band, for they
may seem to reach it.

What is not seen has figures of its own, by domain: three, of whole cohorts and of nothing else. A site that is seen is
never in them. Whoever looks can change which of those stand here, by its own period or its own levels, and from where a
median turns the levels of the others could be read. Of an indicator there are none: its levels are five, so that three
figures of few sites say each of them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain
from math import floor
from statistics import quantiles
from typing import NamedTuple

from assessments.rules.cohorts import Cohort, Counted, is_mixed, may_summarize, seen, unseen, whole
from assessments.rules.shared_sites import (
    NOT_RATED,
    DomainStand,
    How,
    InCommon,
    SharedSite,
    Stand,
    comparable,
    in_common,
)

TARGET = Fraction(3)
"""The level aimed at where nothing else is said."""
NO_TARGETS: Mapping[str, Fraction] = {}


class Summary(NamedTuple):
    """Lower quartile, median and upper quartile, to half a level, of so many sites."""

    lower: Fraction
    median: Fraction
    upper: Fraction
    sites: int


@dataclass(frozen=True)
class Neighbor:
    """A site as it is seen: `label` is its name or its letter. `own`: of the agency that looks, or a `guest` that it
    keeps. `how` it is shared, and the `letter` under which others see it where it is one's own.
    """

    label: str
    blinded: bool
    own: bool
    in_common: InCommon
    how: How | None = "named"
    letter: str = ""
    guest: bool = False


@dataclass(frozen=True)
class DomainPoint:
    neighbor: Neighbor
    stand: DomainStand


@dataclass(frozen=True)
class DomainRow:
    """`summary` is of the sites that are seen, `counted` of the cohorts. `known`: so many of those seen are complete.
    `own_in` and `own_counted`: whether an own one is in the first and in the second.
    """

    domain: str
    target: Fraction
    points: tuple[DomainPoint, ...]
    summary: Summary | None
    counted: Summary | None = None
    known: int = 0
    own_in: bool = False
    own_counted: bool = False


@dataclass(frozen=True)
class IndicatorRow:
    """`stands` are in the order of the neighbors; `summary` is of the sites that are seen, of which so many are `known`
    to have a level.
    """

    indicator: str
    stands: tuple[Stand, ...]
    summary: Summary | None
    known: int = 0


@dataclass(frozen=True)
class SideBySide:
    """`neighbors` in the order of their labels, the asking site among them."""

    neighbors: tuple[Neighbor, ...]
    domains: tuple[DomainRow, ...]
    indicators: tuple[IndicatorRow, ...]


@dataclass(frozen=True)
class Counting:
    """Whose figures count in a median: in one those seen, in another the cohorts of those that are not."""

    seen: tuple[SharedSite, ...]
    cohorts: tuple[tuple[SharedSite, ...], ...]

    @property
    def all(self) -> Iterable[SharedSite]:
        return chain(self.seen, *self.cohorts)

    def of_seen(self, values: Mapping[str, Fraction]) -> Summary | None:
        """Of values by submission; None where too few have one, or one agency is the most."""
        return _summary(values, [site for site in self.seen if site.submission in values])

    def of_cohorts(self, values: Mapping[str, Fraction]) -> Summary | None:
        return _summary(values, self.counted(values))

    def counted(self, values: Collection[str]) -> list[SharedSite]:
        """A cohort of which too few have one does not count."""
        hidden = list[SharedSite]()
        for cohort in self.cohorts:
            some = [site for site in cohort if site.submission in values]
            hidden += some if is_mixed([Counted(site.agency, site.submission, site.site) for site in some]) else []
        return hidden


Labeled = tuple[Neighbor, SharedSite]


def side_by_side(
    asking: SharedSite,
    others: Iterable[SharedSite],
    cohorts: Iterable[Cohort] = (),
    targets: Mapping[str, Fraction] = NO_TARGETS,
) -> SideBySide:
    """The asking site with all that can be compared with it. `cohorts` are those of this question: each counts where
    all of it can be compared. A domain without a target has that of 3.
    """
    there = (asking, *comparable(asking, others))
    counting, labeled = counting_of(there, cohorts), labeled_of(asking, there)
    return SideBySide(
        neighbors=tuple(neighbor for neighbor, _ in labeled),
        domains=tuple(_domain_row(name, targets.get(name, TARGET), labeled, counting) for name in asking.domains),
        indicators=tuple(_indicator_row(name, labeled, counting) for name in asking.indicators),
    )


def counting_of(sites: Collection[SharedSite], cohorts: Iterable[Cohort]) -> Counting:
    """All that are seen, and of the others the cohorts that are whole, each site as known to whom it was then."""
    by_submission = {site.submission: site for site in sites}
    groups = [
        tuple(replace(by_submission[one.submission], agency=one.agency) for one in cohort)
        for cohort in whole(cohorts, unseen(sites))
    ]
    return Counting(seen(sites), tuple(groups))


def labeled_of(asking: SharedSite, sites: Iterable[SharedSite]) -> list[Labeled]:
    """What is seen by the agency that asks: its own, and what all see; in the order of the labels."""
    sites = tuple(sites)
    shown = {site.submission for site in seen(sites)}
    found = [(_neighbor(asking, site), site) for site in sites if site.own or site.submission in shown]
    return sorted(found, key=lambda one: (one[0].label.casefold(), one[0].label))


def _summary(values: Mapping[str, Fraction], sites: Collection[SharedSite]) -> Summary | None:
    if not may_summarize(sites):
        return None
    lower, median, upper = quantiles((values[site.submission] for site in sites), n=4, method="inclusive")
    return Summary(to_half(lower), to_half(median), to_half(upper), len(sites))


def to_half(value: Fraction) -> Fraction:
    """Rounded to half a level; what lies between two goes up."""
    return Fraction(floor(value * 2 + Fraction(1, 2)), 2)


def _neighbor(asking: SharedSite, site: SharedSite) -> Neighbor:
    blinded = site.how == "blinded" and not site.own
    return Neighbor(
        label=site.letter if blinded else site.name,
        blinded=blinded,
        own=site.own,
        in_common=in_common(asking, site),
        how=site.how,
        letter=site.letter if site.own and site.how == "blinded" else "",
        guest=site.own and not asking.own,  # of the lead, who has no site
    )


def _domain_row(domain: str, target: Fraction, labeled: Iterable[Labeled], counting: Counting) -> DomainRow:
    """Medians are of the domains that are complete: with fewer rated, a mean says too little."""
    stands = {site.submission: site.domains[domain] for site in counting.all if domain in site.domains}
    means = {name: stand.mean for name, stand in stands.items() if stand.complete and stand.mean is not None}
    points = (DomainPoint(neighbor, site.domains[domain]) for neighbor, site in labeled if domain in site.domains)
    known = [site for site in counting.seen if site.submission in means]
    return DomainRow(
        domain,
        target,
        points=tuple(points),
        summary=counting.of_seen(means),
        counted=counting.of_cohorts(means),
        known=len(known),
        own_in=any(site.own for site in known),
        own_counted=any(site.own for site in counting.counted(means)),
    )


def _indicator_row(indicator: str, labeled: Iterable[Labeled], counting: Counting) -> IndicatorRow:
    levels = {site.submission: site.level(indicator) for site in counting.seen}
    known = {name: Fraction(level) for name, level in levels.items() if level is not None}
    stands = (site.indicators.get(indicator, NOT_RATED) for _, site in labeled)
    return IndicatorRow(indicator, tuple(stands), counting.of_seen(known), len(known))
