"""Two cycles of a collaborative: the same sites both times, each on the indicators that it rated both times.

A site that shares by name in one cycle and blinded in the other is not shown: the two together would give its letter
away. Those not seen have figures of their own, where the same sites were a cohort in both cycles, so that there is no
other group to compare them with.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from assessments.rules.change import Sides, side_by_side
from assessments.rules.cohorts import Cohort, unseen, whole
from assessments.rules.ratings import Rated, Ratings
from assessments.rules.shared_sites import How, SharedSite, comparable
from assessments.rules.side_by_side import Neighbor, Summary, counting_of, labeled_of
from standards.model import Checklist

Key = tuple[str, How | None]


class Cycle(NamedTuple):
    """A site's collaborative in one cycle, as the site sees it, and the cohorts of that cycle."""

    checklist: Checklist
    asking: SharedSite
    others: Collection[SharedSite]
    cohorts: Collection[Cohort] = ()

    @property
    def sites(self) -> dict[Key, SharedSite]:
        """By what stays the same: the asking one and all that can be compared with it. Of another agency each site once
        for each way of sharing, so that none under letters takes the place of one by name.
        """
        return {_key(site): site for site in (self.asking, *comparable(self.asking, self.others))}


class Slope(NamedTuple):
    neighbor: Neighbor
    sides: Sides


@dataclass(frozen=True)
class SinceRow:
    """Both summaries are of the same sites that are seen, the counted ones of the same cohorts, all of them complete
    both times; None where there is none. `slopes` in the order of the labels.
    """

    domain: str
    slopes: tuple[Slope, ...]
    before: Summary | None
    after: Summary | None
    counted_before: Summary | None = None
    counted_after: Summary | None = None


def since_last(before: Cycle, after: Cycle) -> tuple[SinceRow, ...]:
    """By domain of the later edition, on the indicators common to both. ValueError where two sites ask."""
    if before.asking.site != after.asking.site:
        raise ValueError("both cycles have to be looked at from the same site")
    early, late = before.sites, after.sites
    both = [(early[key], late[key]) for key in late if key in early]
    pairs = [_paired(*one) for one in both]
    sides = {
        pair.submission: side_by_side((before.checklist, _ratings(one)), (after.checklist, _ratings(other))).domains
        for pair, (one, other) in zip(pairs, both, strict=True)
    }
    asking = next(pair for pair in pairs if pair.site == after.asking.site)
    counting = counting_of(pairs, _same_cohorts(before, after, pairs))
    labeled = labeled_of(asking, pairs)

    def row(domain: str) -> SinceRow:
        of = {name: found[domain] for name, found in sides.items() if domain in found}
        slopes = tuple(Slope(neighbor, of[pair.submission]) for neighbor, pair in labeled if pair.submission in of)
        full = {pair.submission for pair, sites in zip(pairs, both, strict=True) if _complete(domain, sites)}
        old = {name: one.before for name, one in of.items() if one.before is not None and name in full}
        new = {name: one.after for name, one in of.items() if one.after is not None and name in full}
        return SinceRow(
            domain,
            slopes,
            counting.of_seen(old),
            counting.of_seen(new),
            counting.of_cohorts(old),
            counting.of_cohorts(new),
        )

    return tuple(row(domain) for domain in after.checklist.by_domain)


def _complete(domain: str, sites: Iterable[SharedSite]) -> bool:
    """Both times, as in one cycle: a median of means of one or two indicators says little, and of what is not seen it
    would be as good as levels.
    """
    return all(domain in site.domains and site.domains[domain].complete for site in sites)


def _key(site: SharedSite) -> Key:
    return site.site, None if site.own else site.how


def _paired(before: SharedSite, after: SharedSite) -> SharedSite:
    """As it is now, shared as it was both times; what differs is shared in the aggregate only."""
    return replace(after, submission=f"{before.submission} {after.submission}", how=_both(before.how, after.how))


def _both(before: How | None, after: How | None) -> How | None:
    if before is None or after is None:
        return None
    return before if before == after else "aggregate"


def _same_cohorts(before: Cycle, after: Cycle, pairs: Iterable[SharedSite]) -> list[Cohort]:
    """Of the pairs: the groups of sites that were a whole cohort both times."""
    submission_of = {pair.site: pair.submission for pair in pairs}
    earlier, later = _groups(before), _groups(after)
    return [
        frozenset(one._replace(submission=submission_of[one.site]) for one in cohort)
        for group, cohort in later.items()
        if group in earlier
    ]


def _groups(cycle: Cycle) -> dict[frozenset[str], Cohort]:
    """The whole ones, by their sites."""
    sites = list(cycle.sites.values())
    site_of: Mapping[str, str] = {site.submission: site.site for site in sites}
    found = [
        frozenset(one._replace(site=site_of[one.submission]) for one in cohort)
        for cohort in whole(cycle.cohorts, unseen(sites))
    ]
    return {frozenset(one.site for one in cohort): cohort for cohort in found}


def _ratings(site: SharedSite) -> Ratings:
    return {name: Rated(state=stand.state, level=stand.level) for name, stand in site.indicators.items()}
