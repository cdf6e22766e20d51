"""Which sites are seen, and which of those not seen count in a median: so that no median, and no two, tell of one.

Named sites are seen; blinded ones where there are enough of them that a letter does not name its agency. What is not
seen counts only as a **cohort**: a group so mixed that no agency, which knows its own sites, is left with fewer than
four that it does not know. A cohort is frozen: a site is in one for good, who comes later waits until there are enough
for another, and where one of it withdraws or submits again the whole of it stops counting, until it is as it was. The
difference between two looks is then a whole cohort, as it is for counts of people (`releases`).
"""

from collections import Counter
from collections.abc import Collection, Iterable
from fractions import Fraction
from typing import NamedTuple

from assessments.rules.shared_sites import SharedSite

FEWEST_SITES = 5
"""Convention: with fewer there are no median and no quartiles."""
FEWEST_UNKNOWN = FEWEST_SITES - 1
"""What five leave to one of them. In trials with means, somebody who knew one site of five could pin down none of the
others; of four, three in a hundred.
"""
FEWEST_BLINDED = 3
"""Agencies. Convention: each of three is left with two that a letter can stand for; of two, either knows the other."""
MOST_OF_ALL = Fraction(3, 5)
"""Convention: no agency is more of what counts, by its sites or its staff; else a median is a figure of that agency."""


class Counted(NamedTuple):
    """One submission that counts in a cohort. Submitted again it is another: its figures may differ."""

    agency: str
    submission: str


Cohort = frozenset[Counted]


def seen(sites: Iterable[SharedSite]) -> tuple[SharedSite, ...]:
    """Those that all may see as a site, by name or by letter. The same for whoever looks."""
    sites = tuple(sites)
    blinded = [site for site in sites if site.how == "blinded"]
    enough = len({site.agency for site in blinded}) >= FEWEST_BLINDED
    return tuple(site for site in sites if site.how == "named" or (enough and site in blinded))


def unseen(sites: Iterable[SharedSite]) -> Cohort:
    """Those that share, and are not seen."""
    sites = tuple(sites)
    shown = {site.submission for site in seen(sites)}
    return frozenset(counted(site) for site in sites if site.how is not None and site.submission not in shown)


def counted(site: SharedSite) -> Counted:
    return Counted(site.agency, site.submission)


def next_cohort(now: Cohort, earlier: Iterable[Cohort]) -> Cohort | None:
    """Of those not seen `now` in the whole collaborative, whoever looks, that are in none of the earlier ones, all that
    there ever were of this question (edition, form, cycle); None where they have to wait. It has to be remembered.
    """
    waiting = now.difference(*earlier)
    return waiting if is_mixed(waiting) else None


def whole(cohorts: Iterable[Cohort], now: Cohort) -> tuple[Cohort, ...]:
    """Those that count: of which nobody is missing `now`."""
    return tuple(cohort for cohort in cohorts if cohort <= now)


def is_mixed(group: Collection[Counted]) -> bool:
    """Whether each agency knows so few of it that enough are left."""
    most = max(Counter(one.agency for one in group).values(), default=0)
    return len(group) - most >= FEWEST_UNKNOWN


def may_summarize(sites: Collection[SharedSite]) -> bool:
    """Whether there are enough of them, and none is the most."""
    weights: Counter[str] = Counter()
    for site in sites:
        weights[site.agency] += site.weight
    return len(sites) >= FEWEST_SITES and max(weights.values()) <= MOST_OF_ALL * weights.total()
