"""The score: one definition for every page, export and comparison.

All figures are exact fractions; only `bands.cut` turns one into print. What is not applicable leaves numerator and
denominator, what is not yet rated leaves the mean but widens the range, and a measure of context (`scored` false)
stands outside everything.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from assessments.rules.bands import Band, band_of
from assessments.rules.ratings import UNRATED, Rated, Ratings, State, strength
from standards.model import Checklist, Class, Indicator, Ladder

Status = Literal["met", "not met", "unknown", "not applicable"]
Cap = tuple[str, Literal["not met", "unknown"]]
"""Indicator id, and why it caps."""

ENOUGH_RATED = Fraction(4, 5)
MANY_NOT_APPLICABLE = Fraction(1, 4)
MEANS_APART = Fraction(3, 10)
NO_TARGETS: Mapping[str, int] = {}


def class_of(indicator: Indicator, conditions: frozenset[str]) -> Class:
    """A duty only where every condition that it names holds; elsewhere what the checklist says it is."""
    duty = indicator.duty
    return "duty" if duty and duty.when and conditions.issuperset(duty.when) else indicator.class_


def target_of(
    indicator: Indicator, ladder: Ladder, conditions: frozenset[str], targets: Mapping[str, int] = NO_TARGETS
) -> int:
    class_ = class_of(indicator, conditions)
    return targets.get(indicator.id, 4 if class_ == "duty" or (class_ == "critical" and ladder.kind == "counts") else 3)


def status(indicator: Indicator, ladder: Ladder, rated: Rated, conditions: frozenset[str]) -> Status | None:
    """Whether a duty or a critical item is met, whatever the target; None for a standard item.

    A judged one is met at 3, a computed critical one at 4, a computed duty only when every case is met.
    """
    class_ = class_of(indicator, conditions)
    if class_ == "standard":
        return None
    if rated.state is State.NOT_APPLICABLE:
        return "not applicable"
    if rated.level is None:
        return "unknown"
    if ladder.kind == "judged":
        met = rated.level >= 3
    elif class_ == "critical":
        met = rated.level >= 4
    else:
        met = rated.of is not None and rated.met == rated.of
    return "met" if met else "not met"


class Standing(NamedTuple):
    """Where one scored indicator stands. `top` is the highest level of its ladder."""

    indicator: Indicator
    ladder: Ladder
    rated: Rated
    class_: Class
    target: int
    status: Status | None
    top: int

    @property
    def at_target(self) -> bool:
        """A duty that fails is not at target, even where nine cases of ten make level 4."""
        return self.rated.level is not None and self.rated.level >= self.target and self.status != "not met"

    @property
    def unsupported(self) -> bool:
        return self.rated.state is State.LEVEL and strength(self.rated.evidence) <= 1


def standings(
    checklist: Checklist, ratings: Ratings, conditions: frozenset[str], targets: Mapping[str, int] = NO_TARGETS
) -> dict[str, list[Standing]]:
    """Domain id -> the standings of its scored indicators, in the order of the checklist."""
    tops: dict[str, int] = {}

    def standing(indicator: Indicator) -> Standing:
        ladder, rated = checklist.ladder_of[indicator.id], ratings.get(indicator.id, UNRATED)
        if ladder.id not in tops:
            tops[ladder.id] = max(ladder.values)
        return Standing(
            indicator,
            ladder,
            rated,
            class_of(indicator, conditions),
            target_of(indicator, ladder, conditions, targets),
            status(indicator, ladder, rated, conditions),
            tops[ladder.id],
        )

    return {domain: [standing(i) for i in found if i.scored] for domain, found in checklist.by_domain.items()}


def mean_target(rows: Sequence[Standing]) -> Fraction | None:
    """Where the mean of a domain would stand with all of its indicators at their targets."""
    applying = [row for row in rows if row.rated.state is not State.NOT_APPLICABLE]
    weights = sum(row.indicator.weight for row in applying)
    return Fraction(sum(row.indicator.weight * row.target for row in applying), weights) if weights else None


@dataclass(frozen=True)
class Figures:
    """What is known of one domain, or of the whole checklist.

    `mean` is over what is rated, `low` and `high` over all that applies, with what is not rated or cannot be judged at
    its worst and at its best. `unweighted` is given where weights are used. `unsupported` holds the ids of ratings
    that rest on nothing or on hearsay.
    """

    mean: Fraction | None
    low: Fraction | None
    high: Fraction | None
    unweighted: Fraction | None
    total: int
    rated: int
    not_applicable: int
    cannot_judge: int
    unrated: int
    at_target: int
    unsupported: tuple[str, ...]
    caps: tuple[Cap, ...]
    complete: bool

    @property
    def applicable(self) -> int:
        return self.total - self.not_applicable

    @property
    def coverage(self) -> Fraction | None:
        return Fraction(self.rated, self.applicable) if self.applicable else None

    @property
    def na_share(self) -> Fraction | None:
        return Fraction(self.not_applicable, self.total) if self.total else None

    @property
    def na_warning(self) -> bool:
        return self.na_share is not None and self.na_share > MANY_NOT_APPLICABLE

    @property
    def band(self) -> Band | None:
        return band_of(self.mean) if self.complete and self.mean is not None else None

    @property
    def shown_band(self) -> Band | None:
        """At most Partial while a duty or a critical item is not met or unknown; the mean itself stays."""
        return "Partial" if self.caps and self.band in ("Established", "Strong") else self.band


@dataclass(frozen=True)
class Score:
    """`whole` is the mean of the domain means; `item_mean` is over all rated indicators alike."""

    domains: Mapping[str, Figures]
    whole: Figures
    item_mean: Fraction | None

    @property
    def means_apart(self) -> bool:
        """The two means differ by more than 0.3, and a report has to say why."""
        mean = self.whole.mean
        return mean is not None and self.item_mean is not None and abs(mean - self.item_mean) > MEANS_APART


def score(
    checklist: Checklist, ratings: Ratings, conditions: frozenset[str], targets: Mapping[str, int] = NO_TARGETS
) -> Score:
    found = standings(checklist, ratings, conditions, targets)
    domains = {domain: _domain(rows) for domain, rows in found.items()}
    return Score(
        domains, _whole(tuple(domains.values())), _mean_level([row for rows in found.values() for row in rows])
    )


def _domain(rows: Sequence[Standing]) -> Figures:
    states = [row.rated.state for row in rows]
    rated, away = states.count(State.LEVEL), states.count(State.NOT_APPLICABLE)
    low, high = _range(rows)
    return Figures(
        mean=_mean_level(rows),
        low=low,
        high=high,
        unweighted=_mean_level(rows, weighted=False) if any(row.indicator.weight != 1 for row in rows) else None,
        total=len(rows),
        rated=rated,
        not_applicable=away,
        cannot_judge=states.count(State.CANNOT_JUDGE),
        unrated=states.count(State.UNRATED),
        at_target=sum(row.at_target for row in rows),
        unsupported=tuple(row.indicator.id for row in rows if row.unsupported),
        caps=tuple((row.indicator.id, row.status) for row in rows if row.status in ("not met", "unknown")),
        complete=rated > 0 and rated >= ENOUGH_RATED * (len(rows) - away),
    )


def _whole(domains: Sequence[Figures]) -> Figures:
    applying = [figures for figures in domains if figures.applicable]
    weighted = any(figures.unweighted is not None for figures in domains)
    return Figures(
        mean=_mean(figures.mean for figures in domains),
        low=_mean(figures.low for figures in domains),
        high=_mean(figures.high for figures in domains),
        unweighted=_mean(f.mean if f.unweighted is None else f.unweighted for f in domains) if weighted else None,
        total=sum(figures.total for figures in domains),
        rated=sum(figures.rated for figures in domains),
        not_applicable=sum(figures.not_applicable for figures in domains),
        cannot_judge=sum(figures.cannot_judge for figures in domains),
        unrated=sum(figures.unrated for figures in domains),
        at_target=sum(figures.at_target for figures in domains),
        unsupported=tuple(name for figures in domains for name in figures.unsupported),
        caps=tuple(cap for figures in domains for cap in figures.caps),
        complete=bool(applying) and all(figures.complete for figures in applying),
    )


def _mean_level(rows: Sequence[Standing], *, weighted: bool = True) -> Fraction | None:
    levels = [(row.rated.level, row.indicator.weight if weighted else 1) for row in rows if row.rated.level is not None]
    return Fraction(sum(level * w for level, w in levels), sum(w for _, w in levels)) if levels else None


def _range(rows: Sequence[Standing]) -> tuple[Fraction, Fraction] | tuple[None, None]:
    low = high = weights = 0
    for row in rows:
        if row.rated.state is State.NOT_APPLICABLE:
            continue
        level, weight = row.rated.level, row.indicator.weight
        low += weight * (0 if level is None else level)
        high += weight * (row.top if level is None else level)
        weights += weight
    return (Fraction(low, weights), Fraction(high, weights)) if weights else (None, None)


def _mean(values: Iterable[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    return sum(known, Fraction()) / len(known) if known else None
