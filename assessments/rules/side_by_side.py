"""Sites beside one another: by domain and by indicator, each with what is seen of it, and the median of all that count.

There are no ranks: sites stand in the order of their names and letters, and nothing here sorts them by a score. Median
and quartiles are rounded to half a level, so that they tell little of any site; they are never given a band, for they
may seem to reach it. What is computed of sites not seen leaves as these three figures alone.
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
    """A site as it is seen: `label` is its name or its letter. `own`: of the agency that looks."""

    label: str
    blinded: bool
    own: bool
    in_common: InCommon


@dataclass(frozen=True)
class DomainPoint:
    neighbor: Neighbor
    stand: DomainStand


@dataclass(frozen=True)
class DomainRow:
    domain: str
    target: Fraction
    points: tuple[DomainPoint, ...]
    summary: Summary | None


@dataclass(frozen=True)
class IndicatorRow:
    """`stands` are in the order of the neighbors."""

    indicator: str
    stands: tuple[Stand, ...]
    summary: Summary | None


@dataclass(frozen=True)
class SideBySide:
    """`neighbors` in the order of their labels, the asking site among them."""

    neighbors: tuple[Neighbor, ...]
    domains: tuple[DomainRow, ...]
    indicators: tuple[IndicatorRow, ...]


@dataclass(frozen=True)
class Counting:
    """Whose figures count in a median: those seen, and the cohorts of those that are not."""

    seen: tuple[SharedSite, ...]
    cohorts: tuple[tuple[SharedSite, ...], ...]

    @property
    def all(self) -> Iterable[SharedSite]:
        return chain(self.seen, *self.cohorts)


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


def summary(values: Mapping[str, Fraction], counting: Counting) -> Summary | None:
    """Of values by submission; None where too few have one, or one agency is the most. A cohort of which too few have
    one does not count. Beside a cohort the sites of whoever looks do not: by giving other levels they could try out
    where a median turns.
    """
    hidden = list[SharedSite]()
    for cohort in counting.cohorts:
        some = [site for site in cohort if site.submission in values]
        hidden += some if is_mixed([Counted(site.agency, site.submission, site.site) for site in some]) else []
    shown = [site for site in counting.seen if site.submission in values and not (hidden and site.own)]
    sites = [*shown, *hidden]
    if not may_summarize(sites):
        return None
    lower, median, upper = quantiles((values[site.submission] for site in sites), n=4, method="inclusive")
    return Summary(to_half(lower), to_half(median), to_half(upper), len(sites))


def to_half(value: Fraction) -> Fraction:
    """Rounded to half a level; what lies between two goes up."""
    return Fraction(floor(value * 2 + Fraction(1, 2)), 2)


def _neighbor(asking: SharedSite, site: SharedSite) -> Neighbor:
    blinded = site.how == "blinded" and not site.own
    return Neighbor(site.letter if blinded else site.name, blinded, site.own, in_common(asking, site))


def _domain_row(domain: str, target: Fraction, labeled: Iterable[Labeled], counting: Counting) -> DomainRow:
    """Medians are of the domains that are complete: with fewer rated, a mean says too little."""
    stands = {site.submission: site.domains[domain] for site in counting.all if domain in site.domains}
    means = {name: stand.mean for name, stand in stands.items() if stand.complete and stand.mean is not None}
    points = (DomainPoint(neighbor, site.domains[domain]) for neighbor, site in labeled if domain in site.domains)
    return DomainRow(domain, target, tuple(points), summary(means, counting))


def _indicator_row(indicator: str, labeled: Iterable[Labeled], counting: Counting) -> IndicatorRow:
    levels = {site.submission: site.level(indicator) for site in counting.all}
    known = {name: Fraction(level) for name, level in levels.items() if level is not None}
    stands = (site.indicators.get(indicator, NOT_RATED) for _, site in labeled)
    return IndicatorRow(indicator, tuple(stands), summary(known, counting))
