"""A site as its agency lets a collaborative see it, and which sites may stand beside which.

What is in these objects stays on the server: of a site that is shared in the aggregate neither name nor letter nor
rating leaves, only what is computed of it with others (`cohorts`, `side_by_side`).
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from assessments.rules.quarters import MONTHS
from assessments.rules.ratings import State
from assessments.rules.scoring import ENOUGH_RATED

How = Literal["aggregate", "blinded", "named"]
WhyNot = Literal["another edition", "another form", "another period"]


class Period(NamedTuple):
    """What an assessment speaks of; both days belong to it."""

    first: date
    last: date

    def overlaps(self, other: "Period") -> bool:
        return self.first <= other.last and other.first <= self.last

    def in_quarters(self) -> "Period":
        """Widened to whole ones, as that of a site without a name stands: its exact days may be known of its agency."""
        ends = _quarter(self.last) + MONTHS - 1
        last = self.last.replace(month=ends, day=monthrange(self.last.year, ends)[1])
        return Period(self.first.replace(month=_quarter(self.first), day=1), last)


class Stand(NamedTuple):
    """Where an indicator stands. `level` is None unless the state is LEVEL. Reason, note and evidence stay at home."""

    state: State
    level: int | None = None


NOT_RATED = Stand(State.UNRATED)


@dataclass(frozen=True)
class DomainStand:
    """Of one domain: exact figures as in `scoring.Figures`; `capped` where a duty or a critical item holds it down."""

    mean: Fraction | None
    low: Fraction | None
    high: Fraction | None
    rated: int
    applicable: int
    capped: bool = False

    @property
    def complete(self) -> bool:
        return self.rated > 0 and self.rated >= ENOUGH_RATED * self.applicable


@dataclass(frozen=True)
class SharedSite:
    """A submitted assessment of one site.

    `site` stays the same from cycle to cycle, `submission` changes with the figures; neither leaves the server.
    `agency` is whoever knows what it has: its agency, and for a guest site the collaborative, whose lead keeps them
    all. `how` is None where nothing is shared: such a site is seen by its own agency (`own`) alone. `known`: the person
    who looks can look into `agency` as well, which may be another than the one from which they look. `edition` is the
    hash of it. `weight` is the number of staff where figures count staff. `domains` and `indicators` are by id; the
    latter holds all that are scored in this form, rated or not, and no measure of context.
    """

    site: str
    submission: str
    agency: str
    name: str
    letter: str
    how: How | None
    own: bool
    edition: str
    form: str
    period: Period
    domains: Mapping[str, DomainStand]
    indicators: Mapping[str, Stand]
    weight: int = 1
    known: bool = False

    def level(self, indicator: str) -> int | None:
        return self.indicators.get(indicator, NOT_RATED).level


class InCommon(NamedTuple):
    """Indicators with a level at both, of those that apply at one of them or both."""

    both: int
    of: int

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.both, self.of) if self.of else None


def why_not(asking: SharedSite, other: SharedSite) -> tuple[WhyNot, ...]:
    """Why they cannot be compared; empty where they can."""
    differs: dict[WhyNot, bool] = {
        "another edition": asking.edition != other.edition,
        "another form": asking.form != other.form,
        "another period": not asking.period.overlaps(other.period),
    }
    return tuple(why for why, true in differs.items() if true)


def comparable(asking: SharedSite, others: Iterable[SharedSite]) -> tuple[SharedSite, ...]:
    """Those that may stand beside it; of those of other agencies only what is shared. It is not among them."""
    return tuple(
        other
        for other in others
        if other.site != asking.site and (other.how or other.own) and not why_not(asking, other)
    )


def in_common(asking: SharedSite, other: SharedSite) -> InCommon:
    names = asking.indicators.keys() | other.indicators.keys()
    applying = [name for name in names if any(_applies(site, name) for site in (asking, other))]
    both = [name for name in applying if asking.level(name) is not None and other.level(name) is not None]
    return InCommon(len(both), len(applying))


def _quarter(day: date) -> int:
    """The month in which it begins."""
    return day.month - (day.month - 1) % MONTHS


def _applies(site: SharedSite, indicator: str) -> bool:
    return site.indicators.get(indicator, NOT_RATED).state is not State.NOT_APPLICABLE
