"""Which sites are seen, and which of those not seen count in a median: so that no median, and no two, tell of one.

Named sites are seen; blinded ones where there are enough of them that a letter does not name its agency, also not to
whoever knows some of these. What is not seen counts only as a **cohort**: a group so mixed that no agency, which knows
its own sites, is left with fewer than four that it does not know. A cohort is frozen: a site is in one for good, who
comes later waits until there are enough for another, and where one of it withdraws or submits again the whole of it
stops counting, until it is as it was. The difference between two looks is then a whole cohort, as it is for counts of
people (`releases`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
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
FEWEST_UNKNOWN_BLINDED = FEWEST_BLINDED - 1
"""Agencies: what three leave to somebody of one. Whoever can look into several of three is not left with two."""
NOBODY_ELSE: Mapping[str, str] = {}
MOST_OF_ALL = Fraction(3, 5)
"""Convention: no agency is more of what counts, by its sites or its staff; else a median is a figure of that agency."""


class Counted(NamedTuple):
    """One submission that counts in a cohort, and who knows it: its agency, or one that stands for several that the
    same person can look into. Submitted again it is another: its figures may differ.
    """

    agency: str
    submission: str
    site: str


Cohort = frozenset[Counted]


def seen(sites: Iterable[SharedSite]) -> tuple[SharedSite, ...]:
    """Those that are seen as a site, by name or by letter: the letters of all, or none."""
    sites = tuple(sites)
    blinded = [site for site in sites if site.how == "blinded"]
    agencies = {site.agency for site in blinded}
    unknown = agencies - {site.agency for site in blinded if site.own or site.known}
    enough = len(agencies) >= FEWEST_BLINDED and len(unknown) >= FEWEST_UNKNOWN_BLINDED
    return tuple(site for site in sites if site.how == "named" or (enough and site.how == "blinded"))


def unseen(sites: Iterable[SharedSite]) -> tuple[SharedSite, ...]:
    """Those that are shared in the aggregate. Blinded ones that are too few to be seen are not among them: another
    period may show them one day, and what is left of their cohort with them.
    """
    return tuple(site for site in sites if site.how == "aggregate")


def next_cohort(
    now: Iterable[SharedSite], earlier: Iterable[Cohort], knowers: Mapping[str, str] = NOBODY_ELSE
) -> Cohort | None:
    """Of those not seen `now` in the whole collaborative, whoever looks, that are in none of the earlier ones, all that
    there ever were of this question (edition, form): of each site the newest. None where they have to wait. It has to
    be remembered. `knowers` has the one that stands for an agency, where that is another.
    """
    gone = {one.submission for cohort in earlier for one in cohort}
    newest = {site.site: site for site in sorted(now, key=lambda site: (site.period, site.submission))}
    waiting = frozenset(
        Counted(knowers.get(site.agency, site.agency), site.submission, site.site)
        for site in newest.values()
        if site.submission not in gone
    )
    return waiting if is_mixed(waiting) else None


def whole(cohorts: Iterable[Cohort], now: Iterable[SharedSite]) -> tuple[Cohort, ...]:
    """Those that count: of which nobody is missing `now`."""
    there = {site.submission for site in now}
    return tuple(cohort for cohort in cohorts if there.issuperset(one.submission for one in cohort))


def is_mixed(group: Collection[Counted]) -> bool:
    """Whether each agency knows so few sites of it that enough are left."""
    return leaves_enough(Counter(agency for agency, _ in {(one.agency, one.site) for one in group}))


def leaves_enough(sites_of: Counter[str]) -> bool:
    """By agency, so many of a group."""
    return sites_of.total() - max(sites_of.values(), default=0) >= FEWEST_UNKNOWN


def may_summarize(sites: Collection[SharedSite]) -> bool:
    """Whether there are enough of them, and none is the most."""
    weights: Counter[str] = Counter()
    for site in sites:
        weights[site.agency] += site.weight
    return is_balanced(len(sites), max(weights.values(), default=0), weights.total())


def is_balanced(sites: int, most: int, total: int) -> bool:
    """So many sites; what those of one agency weigh at most, and all of them."""
    return sites >= FEWEST_SITES and most <= MOST_OF_ALL * total
