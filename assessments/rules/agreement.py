"""How far two raters agree: on what both rated with a level, and on nothing else.

A kappa says how far they agree beyond what their habits alone would bring. It misbehaves where almost everything is
rated alike, so it is given only under its conditions, with a warning where it applies, and never without AC2.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from assessments.rules.ratings import UNRATED, Ratings
from standards.model import Checklist, Ladder

Pair = tuple[int, int]
"""What the first and the second rater gave, in levels."""
Weights = Literal["identity", "linear", "quadratic"]

SCALE, YES_NO = range(5), range(2)
FEWEST_PAIRS = 20
FEWEST_LEVELS = 2
LOPSIDED = Fraction(3, 4)
EXACT_ENOUGH, WITHIN_ENOUGH = Fraction(7, 10), Fraction(9, 10)
CONVENTION = (
    "Ready to rate means that two raters gave the same level at least 7 times in 10 and were at most one level apart "
    "at least 9 times in 10. This is a convention of this toolkit."
)
CAUTION_YES_NO = (
    "Most answers are the same one. Kappa can then be low although the two agree almost everywhere: read the share of "
    "equal answers and AC1 first."
)
CAUTION = (
    "Most ratings are on one level. Kappa can then be low although the two agree almost everywhere: read the share of "
    "equal ratings and AC2 first."
)
LABELS: tuple[tuple[Fraction, str], ...] = (
    (Fraction(81, 100), "above substantial"),
    (Fraction(61, 100), "substantial"),
    (Fraction(41, 100), "moderate"),
)


class Chance(NamedTuple):
    """Agreement beyond chance, at most 1. `lopsided`: one of the two gave one level in three of four cases or more."""

    kappa: Fraction
    ac2: Fraction
    lopsided: bool

    @property
    def label(self) -> str:
        """After Landis and Koch, cut and not rounded: 0.605 is moderate."""
        return next((label for at_least, label in LABELS if self.kappa >= at_least), "below moderate")


@dataclass(frozen=True)
class Agreement:
    """`apart` is the sum of the differences, in levels. Without `chance`, `why_not` is a sentence that says why."""

    compared: int
    exact: int
    within_one: int
    apart: int
    chance: Chance | None
    why_not: str = ""

    @property
    def exact_share(self) -> Fraction | None:
        return Fraction(self.exact, self.compared) if self.compared else None

    @property
    def within_share(self) -> Fraction | None:
        return Fraction(self.within_one, self.compared) if self.compared else None

    @property
    def mean_apart(self) -> Fraction | None:
        """The mean absolute difference, in levels."""
        return Fraction(self.apart, self.compared) if self.compared else None

    @property
    def ready(self) -> bool | None:
        if self.exact_share is None or self.within_share is None:
            return None
        return self.exact_share >= EXACT_ENOUGH and self.within_share >= WITHIN_ENOUGH


class ByScale(NamedTuple):
    """Of `yes_no` only `compared`, `exact` and `chance` mean something; its `ac2` is the AC1, its kappa unweighted."""

    levels: Agreement
    yes_no: Agreement


@dataclass(frozen=True)
class Agreements:
    """`domains` holds every domain of the checklist by id, also one in which nothing could be compared."""

    domains: Mapping[str, Agreement]
    whole: Agreement


def agreement(checklist: Checklist, first: Ratings, second: Ratings, weights: Weights = "linear") -> Agreements:
    """Measures of context stand outside, as they do for every mean."""
    pairs = {
        domain: [*_pairs((i.id for i in found if i.scored), first, second)]
        for domain, found in checklist.by_domain.items()
    }
    return Agreements(
        {domain: of_pairs(found, weights) for domain, found in pairs.items()},
        of_pairs([pair for found in pairs.values() for pair in found], weights),
    )


def of_answers(answers: Iterable[tuple[Ladder, Pair]]) -> ByScale:
    """Levels and plain answers apart: yes and no stand at the two ends of the scale, and between them is nothing."""
    levels: list[Pair] = []
    yes_no: list[Pair] = []
    for ladder, (one, other) in answers:
        if len(ladder.values) > len(YES_NO):
            levels.append((one, other))
        else:
            yes_no.append((ladder.values.index(one), ladder.values.index(other)))
    asked = "answers that both gave"
    return ByScale(of_pairs(levels, asked=asked), of_pairs(yes_no, "identity", YES_NO, asked))


def of_pairs(
    pairs: Sequence[Pair],
    weights: Weights = "linear",
    scale: Sequence[int] = SCALE,
    asked: str = "indicators that both rated",
) -> Agreement:
    """`asked` says in words what the pairs are of."""
    differences = [abs(one - other) for one, other in pairs]
    why_not = _why_no_chance(pairs, "AC1" if weights == "identity" else "AC2", asked)
    return Agreement(
        compared=len(pairs),
        exact=differences.count(0),
        within_one=sum(difference <= 1 for difference in differences),
        apart=sum(differences),
        chance=None if why_not else Chance(kappa(pairs, weights, scale), ac2(pairs, weights, scale), _lopsided(pairs)),
        why_not=why_not,
    )


def kappa(pairs: Sequence[Pair], weights: Weights, scale: Sequence[int] = SCALE) -> Fraction:
    """Cohen's, weighted. ZeroDivisionError where both used one and the same level only."""
    ones, others = _margins(pairs)
    chance = sum(
        (ones[one] * others[other] * _weight(one, other, weights, scale) for one in ones for other in others),
        Fraction(),
    )
    return _beyond(_seen(pairs, weights, scale), chance)


def ac2(pairs: Sequence[Pair], weights: Weights, scale: Sequence[int] = SCALE) -> Fraction:
    """Gwet's; with identity weights it is his AC1. Unlike kappa it depends on how many levels the scale has."""
    ones, others = _margins(pairs)
    all_weights = sum((_weight(one, other, weights, scale) for one in scale for other in scale), Fraction())
    shares = [(ones.get(level, Fraction()) + others.get(level, Fraction())) / 2 for level in scale]
    spread = sum((share * (1 - share) for share in shares), Fraction())
    chance = all_weights * spread / (len(scale) * (len(scale) - 1))
    return _beyond(_seen(pairs, weights, scale), chance)


def _pairs(names: Iterable[str], first: Ratings, second: Ratings) -> Iterable[Pair]:
    for name in names:
        one, other = first.get(name, UNRATED).level, second.get(name, UNRATED).level
        if one is not None and other is not None:
            yield one, other


def _why_no_chance(pairs: Sequence[Pair], second: str, asked: str) -> str:
    """`second` is the name of the number that stands beside kappa."""
    if len(pairs) < FEWEST_PAIRS:
        return f"Kappa and {second} need {FEWEST_PAIRS} {asked}; here are {len(pairs)}."
    if any(len(used) < FEWEST_LEVELS for used in map(set, zip(*pairs, strict=True))):
        used_all = "gave both answers" if second == "AC1" else "used two levels or more"
        return f"Kappa and {second} need raters who each {used_all}; here one of them gave the same everywhere."
    return ""


def _lopsided(pairs: Sequence[Pair]) -> bool:
    return any(max(margin.values()) >= LOPSIDED for margin in _margins(pairs))


def _margins(pairs: Sequence[Pair]) -> tuple[Mapping[int, Fraction], Mapping[int, Fraction]]:
    """For each rater: level -> the share of the ratings that is on it."""
    ones, others = (Counter(given) for given in zip(*pairs, strict=True))
    return _shares(ones), _shares(others)


def _shares(counted: Counter[int]) -> Mapping[int, Fraction]:
    return {level: Fraction(count, counted.total()) for level, count in counted.items()}


def _seen(pairs: Sequence[Pair], weights: Weights, scale: Sequence[int]) -> Fraction:
    agreed = (count * _weight(one, other, weights, scale) for (one, other), count in Counter(pairs).items())
    return sum(agreed, Fraction()) / len(pairs)


def _weight(one: int, other: int, weights: Weights, scale: Sequence[int]) -> Fraction:
    """1 for the same level, 0 for the two ends of the scale."""
    if weights == "identity":
        return Fraction(one == other)
    apart = Fraction(abs(one - other), max(scale) - min(scale))
    return 1 - apart**2 if weights == "quadratic" else 1 - apart


def _beyond(seen: Fraction, chance: Fraction) -> Fraction:
    return (seen - chance) / (1 - chance)
