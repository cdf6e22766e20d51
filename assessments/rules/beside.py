"""Whom a site is put beside: of each that is seen its newest assessment; and who is left out, and why.

The lead of a collaborative has no site to begin from: there the question and the period stand in its place.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction

from assessments.rules.cohorts import seen
from assessments.rules.ratings import Rated, Ratings
from assessments.rules.scoring import mean_target, standings
from assessments.rules.shared_sites import (
    NOT_RATED,
    DomainStand,
    How,
    Period,
    SharedSite,
    Stand,
    WhyNot,
    comparable,
    why_not,
)
from standards.model import Checklist

LeftOut = Mapping[tuple[WhyNot, ...], int]
"""How many sites, by all that stands against it."""
NOTHING_RATED = DomainStand(None, None, None, 0, 0)


def nobody(checklist: Checklist, edition: str, form: str, period: Period, agency: str) -> SharedSite:
    """Asks in the place of a site, and is never shown."""
    scored = {name: [one.id for one in found if one.scored] for name, found in checklist.by_domain.items()}
    return SharedSite(
        site="",
        submission="",
        agency=agency,
        name="",
        letter="",
        how=None,
        own=False,
        edition=edition,
        form=form,
        period=period,
        domains={name: NOTHING_RATED for name, found in scored.items() if found},
        indicators={name: NOT_RATED for found in scored.values() for name in found},
    )


def newest(asking: SharedSite, others: Iterable[SharedSite]) -> tuple[SharedSite, ...]:
    """Those that can be compared; of several of one site that are seen, the newest of each way of sharing: one by name
    does not go when one under letters comes, or a wider period would say whose letters they are. What is not seen stays
    as it is: a cohort counts whole or not at all.
    """
    there = sorted(comparable(asking, others), key=lambda one: one.period)
    shown = {one.submission for one in seen((asking, *there))} | {one.submission for one in there if one.own}
    last = {(one.site, one.how): one.submission for one in there if one.submission in shown}
    return tuple(one for one in there if one.submission not in shown or last[one.site, one.how] == one.submission)


def left_out(asking: SharedSite, others: Iterable[SharedSite]) -> LeftOut:
    """Of other sites that are seen: those without anything that can be compared, each once for each way of sharing, by
    what is least against it. `others` are all that is shared of the checklist, in whatever edition and form.
    """
    others = [one for one in others if one.site != asking.site and one.how]
    beside = {(one.site, one.how) for one in seen((asking, *comparable(asking, others)))}
    against: dict[tuple[str, How | None], tuple[WhyNot, ...]] = {}
    for one in seen(one for one in others if why_not(asking, one)):
        key = one.site, one.how
        if key not in beside:
            why = why_not(asking, one)
            against[key] = min(against.get(key, why), why, key=len)
    return Counter(against.values())


def domain_targets(
    checklist: Checklist, stands: Mapping[str, Stand], conditions: frozenset[str]
) -> dict[str, Fraction]:
    """Where the mean of each domain would stand with all that applies at its own target."""
    rows = standings(checklist, ratings_of(stands), conditions)
    targets = {name: mean_target(found) for name, found in rows.items()}
    return {name: target for name, target in targets.items() if target is not None}


def ratings_of(stands: Mapping[str, Stand]) -> Ratings:
    return {name: Rated(state=stand.state, level=stand.level) for name, stand in stands.items()}
