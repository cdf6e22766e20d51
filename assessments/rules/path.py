"""The shortest path to the next band: the least effort that reaches it, and the score that it would give.

A step takes one indicator to the next level of its ladder; its effort is what the team gave for the indicator, and 1
where the team gave none. Above Partial every duty and critical item has to be met, so their steps stand first, and one
that nobody could judge counts from the lowest level. What else has no level is left as it is.

Exact: every step of an indicator adds the same to the mean, so among steps of one effort the best are those that add
most, and what remains to be found is how many steps to take of each effort. That takes about as long as sorting does.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate, pairwise
from math import lcm
from typing import NamedTuple

from assessments.rules.bands import BANDS, Band
from assessments.rules.gaps import NOT_SET
from assessments.rules.ratings import Rated, Ratings, State
from assessments.rules.scoring import Figures, Score, Standing, score, standings
from standards.model import Checklist

EFFORT_NOT_SET = 1
CAPPED_ABOVE: Band = "Partial"
ORDER: tuple[Band, ...] = tuple(band for _, band in reversed(BANDS))
AT_LEAST: Mapping[Band, Fraction] = {band: at_least for at_least, band in BANDS}


@dataclass(frozen=True)
class Step:
    """`level` is None where nobody could judge it. `effort` is for the whole way; `assumed` where the team set none.

    `required`: a duty or a critical item that has to be met. Its level may stay the same where only single cases are
    left to mend.
    """

    indicator: str
    domain: str
    level: int | None
    to: int
    effort: int
    assumed: bool
    required: bool


@dataclass(frozen=True)
class Path:
    """`band` is the next one; `would` the score of `ratings`, which are those that there are with all steps taken."""

    band: Band
    steps: tuple[Step, ...]
    ratings: Ratings
    would: Score

    @property
    def effort(self) -> int:
        return sum(step.effort for step in self.steps)

    @property
    def assumed(self) -> bool:
        return any(step.assumed for step in self.steps)


class NoPath(NamedTuple):
    """A sentence that says why."""

    why: str


class _Way(NamedTuple):
    """One step that can be taken, beyond what is required; `gain` is what it adds to the mean."""

    gain: Fraction
    effort: int
    indicator: str
    to: int


def path(
    checklist: Checklist,
    ratings: Ratings,
    conditions: frozenset[str],
    efforts: Mapping[str, int] = NOT_SET,
    domain: str | None = None,
) -> Path | NoPath:
    """For the whole checklist, or for one domain by its id. Efforts are for one step, from 1; ValueError below."""
    if any(effort < 1 for effort in efforts.values()):
        raise ValueError("an effort is a whole number from 1")
    band = _next(_figures(score(checklist, ratings, conditions), domain))
    if isinstance(band, NoPath):
        return band
    rows = _rows(checklist, ratings, conditions, domain)
    capped = ORDER.index(band) > ORDER.index(CAPPED_ABOVE)
    required = {row.indicator.id: _met(row) for _, row in rows if capped and row.status in ("not met", "unknown")}
    base = {**ratings, **required}
    mean = _figures(score(checklist, base, conditions), domain).mean or Fraction()
    taken = _cheapest(_ways(_rows(checklist, base, conditions, domain), efforts), AT_LEAST[band] - mean)
    reached = base | {way.indicator: _at(base[way.indicator], way.to) for way in taken}
    changed = required.keys() | {way.indicator for way in taken}
    steps = (
        _step(name, row, reached[row.indicator.id].level or 0, efforts, row.indicator.id in required)
        for name, row in rows
        if row.indicator.id in changed
    )
    return Path(band, tuple(steps), reached, score(checklist, reached, conditions))


def _figures(found: Score, domain: str | None) -> Figures:
    return found.whole if domain is None else found.domains[domain]


def _next(figures: Figures) -> Band | NoPath:
    if figures.shown_band is None:
        return NoPath("There is no band yet: a domain has one from four fifths rated on. Rate more first.")
    if figures.shown_band == ORDER[-1]:
        return NoPath("It is in the highest band.")
    return ORDER[ORDER.index(figures.shown_band) + 1]


def _rows(
    checklist: Checklist, ratings: Ratings, conditions: frozenset[str], domain: str | None
) -> list[tuple[str, Standing]]:
    found = standings(checklist, ratings, conditions)
    return [(name, row) for name, rows in found.items() if domain in (None, name) for row in rows]


def _met(row: Standing) -> Rated:
    """What it takes for a duty or a critical item to be met."""
    if row.ladder.kind == "judged":
        return _at(row.rated, min(value for value in row.ladder.values if value >= 3))
    cases = row.rated.of or 1
    return replace(_at(row.rated, row.top), met=cases, of=cases) if row.class_ == "duty" else _at(row.rated, row.top)


def _at(rated: Rated, level: int) -> Rated:
    """Counts are left out where they are not all met: how many there will be nobody knows."""
    if rated.level == level:
        return rated
    return Rated(state=State.LEVEL, level=level, evidence=rated.evidence)


def _ways(rows: Sequence[tuple[str, Standing]], efforts: Mapping[str, int]) -> list[_Way]:
    rated = [(name, row, row.rated.level) for name, row in rows if row.rated.level is not None]
    weights = Counter[str]()
    for name, row, _ in rated:
        weights[name] += row.indicator.weight
    return [
        _Way(
            Fraction((to - at) * row.indicator.weight, weights[name] * len(weights)),
            efforts.get(row.indicator.id, EFFORT_NOT_SET),
            row.indicator.id,
            to,
        )
        for name, row, level in rated
        for at, to in pairwise(sorted(value for value in row.ladder.values if value >= level))
    ]


def _cheapest(ways: Sequence[_Way], need: Fraction) -> list[_Way]:
    """The steps that add at least `need` at the least effort; of several such, those that add most."""
    by_effort: dict[int, list[_Way]] = {}
    # Whole numbers in the place of fractions: as exact, and many times faster.
    scale = lcm(need.denominator, *{way.gain.denominator for way in ways})
    whole = {way.gain: int(way.gain * scale) for way in ways}
    for way in sorted(ways, key=lambda way: -whole[way.gain]):
        by_effort.setdefault(way.effort, []).append(way)
    gains = {effort: [whole[way.gain] for way in found] for effort, found in by_effort.items()}
    counts = _counts(gains, int(need * scale))
    return [way for effort, count in counts.items() for way in by_effort[effort][:count]]


def _counts(gains: Mapping[int, Sequence[int]], need: int) -> dict[int, int]:
    """How many steps to take of each effort, of which `gains` has those that add most first. Goes through the efforts
    one by one and keeps what can be added with every total effort that could be enough.
    """
    best: Sequence[int] = [0] * (_enough(gains, need) + 1)
    taken: dict[int, Sequence[int]] = {}
    for effort, each in gains.items():
        best, counted = _with(best, effort, each)
        taken[effort] = counted
    left = next(total for total, gain in enumerate(best) if gain >= need)
    counts: dict[int, int] = {}
    for effort in reversed(list(gains)):
        counts[effort] = taken[effort][left]
        left -= effort * counts[effort]
    return counts


def _with(best: Sequence[int], effort: int, each: Sequence[int]) -> tuple[list[int], list[int]]:
    """What can be added with every total effort once steps of one more effort can be taken too, and how many of them
    to take. Totals that differ by a multiple of the effort are looked at together.
    """
    sums = list(accumulate(each, initial=0))
    grown, counts = list(best), [0] * len(best)
    for first in range(min(effort, len(best))):
        row = best[first::effort]
        places = _places(row, sums)
        counts[first::effort] = [min(at - place, len(each)) for at, place in enumerate(places)]
        grown[first::effort] = [row[place] + sums[min(at - place, len(each))] for at, place in enumerate(places)]
    return grown, counts


def _places(row: Sequence[int], sums: Sequence[int]) -> list[int]:
    """For every place of the row, the earlier one from which to go on with steps: that which makes the sum largest.
    Each step adds no more than the one before, so that earlier place never moves back along the row: it is found for
    the middle first, and so bounds the search to both sides.
    """
    found, most = [0] * len(row), len(sums) - 1
    open_ = [(0, len(row) - 1, 0, len(row) - 1)]
    while open_:
        low, high, first, last = open_.pop()
        at = (low + high) // 2
        found[at] = max(range(first, min(last, at) + 1), key=lambda place: row[place] + sums[min(at - place, most)])
        if low < at:
            open_.append((low, at - 1, first, found[at]))
        if at < high:
            open_.append((at + 1, high, found[at], last))
    return found


def _enough(gains: Mapping[int, Sequence[int]], need: int) -> int:
    """An effort that certainly reaches it: the most gain for the effort first."""
    spent = gained = 0
    ways = [(effort, gain) for effort, each in gains.items() for gain in each]
    for effort, gain in sorted(ways, key=lambda way: Fraction(way[0], way[1])):
        if gained >= need:
            break
        spent, gained = spent + effort, gained + gain
    return spent


def _step(name: str, row: Standing, to: int, efforts: Mapping[str, int], required: bool) -> Step:
    values = sorted(row.ladder.values)
    start = values[0] if row.rated.level is None else row.rated.level
    each = efforts.get(row.indicator.id, EFFORT_NOT_SET)
    return Step(
        indicator=row.indicator.id,
        domain=name,
        level=row.rated.level,
        to=to,
        # At its level already, with single cases still to mend, it takes one step all the same.
        effort=each * max(1, values.index(to) - values.index(start)),
        assumed=row.indicator.id not in efforts,
        required=required,
    )
