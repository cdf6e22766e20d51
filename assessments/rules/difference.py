"""Why a score differs from the one before: how much of it is practice, and how much the ruler, the reach, the rater.

Both cycles are cut down in the same three steps to what they have in common: first what only one edition holds, then
what did not apply in one of them, then what has no level in one of them. What a step changes on one side and not on the
other is its part; what is left is the same indicators, measured with the same ruler, twice. The parts add up exactly.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.rules.change import Change, Move, Why, side_by_side
from assessments.rules.ratings import Ratings
from assessments.rules.scoring import Figures, score
from standards.model import Checklist

Cycle = tuple[Checklist, Ratings]

NO_CONDITIONS: frozenset[str] = frozenset()
"""They decide on caps and targets, never on a mean."""
OTHER_EDITION: tuple[Why, ...] = ("only before", "only after")
EDITION_OR_NOT_APPLICABLE: tuple[Why, ...] = (*OTHER_EDITION, "not applicable")


@dataclass(frozen=True)
class Difference:
    """Means before and after, and the parts of their difference, in levels.

    `practice`: what moved, rated by the same rater or kind of rater. `rater`: what moved where somebody else rated, so
    that nobody can tell which of the two it was. `coverage_before` and `coverage_after` are shares of 1.
    """

    before: Fraction
    after: Fraction
    practice: Fraction
    rater: Fraction
    edition: Fraction
    not_applicable: Fraction
    not_rated: Fraction
    common: int
    of: int
    coverage_before: Fraction | None
    coverage_after: Fraction | None

    @property
    def whole(self) -> Fraction:
        return self.after - self.before


def difference(
    before: Cycle, after: Cycle, rated_by_others: Collection[str] = (), domain: str | None = None
) -> Difference | None:
    """Of the whole checklist, or of one domain by its id. `rated_by_others` holds the ids that somebody else rated the
    second time. None where nothing was rated in both, or one of the two has no mean.
    """
    change = side_by_side(before, after)
    old, new = _figures(before, domain), _figures(after, domain)
    early, late = _steps(before, after[0], change, domain), _steps(after, after[0], change, domain)
    if old is None or new is None or old.mean is None or new.mean is None or early is None or late is None:
        return None
    grown = [(b - a) for a, b in zip((old.mean, *early), (new.mean, *late), strict=True)]
    moved = [move for move in change.moves if domain in (None, move.domain)]
    rater = _share_of(change, moved, [m for m in moved if m.indicator in rated_by_others], domain)
    return Difference(
        before=old.mean,
        after=new.mean,
        practice=grown[3] - rater,
        rater=rater,
        edition=grown[0] - grown[1],
        not_applicable=grown[1] - grown[2],
        not_rated=grown[2] - grown[3],
        common=len(moved),
        of=change.of if domain is None else _of(before[0], after[0], domain),
        coverage_before=old.coverage,
        coverage_after=new.coverage,
    )


def _steps(
    cycle: Cycle, ruler: Checklist, change: Change, domain: str | None
) -> tuple[Fraction, Fraction, Fraction] | None:
    """The mean by the later edition, after each step of cutting down; None where nothing is left."""
    means = []
    for leaves in (OTHER_EDITION, EDITION_OR_NOT_APPLICABLE, (*EDITION_OR_NOT_APPLICABLE, "not rated")):
        gone = {left.indicator for left in change.left_out if left.why in leaves}
        figures = _figures((ruler, {name: rated for name, rated in cycle[1].items() if name not in gone}), domain)
        if figures is None or figures.mean is None:
            return None
        means.append(figures.mean)
    return means[0], means[1], means[2]


def _figures(cycle: Cycle, domain: str | None) -> Figures | None:
    found = score(*cycle, NO_CONDITIONS)
    return found.whole if domain is None else found.domains.get(domain)


def _share_of(change: Change, moved: Sequence[Move], some: Sequence[Move], domain: str | None) -> Fraction:
    """What some of the moves bring to the mean of all that moved."""
    weights = {name: sum(move.weight for move in moved if move.domain == name) for name in {m.domain for m in moved}}
    domains = len(change.domains) if domain is None else 1
    return sum((Fraction(m.weight * (m.after - m.before), weights[m.domain] * domains) for m in some), Fraction())


def _of(before: Checklist, after: Checklist, domain: str) -> int:
    """Scored indicators of the domain in either edition."""
    return len({i.id for edition in (before, after) for i in edition.by_domain.get(domain, ()) if i.scored})
