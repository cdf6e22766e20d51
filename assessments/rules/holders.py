"""What a group of staff holds together: who alone can do something, what has to be shown again, how many fall short."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from assessments.rules.competency import COMPETENT, Standing

SOON = timedelta(days=60)
"""Convention: time for two sessions of supervision."""
ByStaff = Mapping[str, Standing]
ByIndicator = Mapping[str, ByStaff]


@dataclass(frozen=True)
class Holding:
    """A competency that at most one person here has at the highest level that a role here needs, whether their own
    needs it or not. `nearest` are one level below that, or were there and have to show it again; ids of staff members,
    in the order in which they came.
    """

    indicator: str
    holder: str | None
    nearest: tuple[str, ...]
    needed: int


@dataclass(frozen=True)
class Again:
    """A rating of record that holds until that day, which may have passed."""

    until: date
    staff: str
    indicator: str
    level: int
    lapsed: bool


@dataclass(frozen=True)
class Tally:
    """Of one competency, over those whose role needs it; every one of them counts in exactly one of the six."""

    needed: int
    at_target: int
    below: int
    lapsed: int
    unknown: int
    """Cannot be judged."""
    self_only: int
    unrated: int
    short: int
    """Levels to the target, over all who are below it."""


def held_by_few(found: ByIndicator) -> list[Holding]:
    """Of what a role here needs, what one person or nobody is at target in; nobody first."""
    holdings = [_holding(name, staff) for name, staff in found.items()]
    return sorted((one for one in holdings if one), key=lambda one: one.holder is not None)


def due_again(found: ByIndicator, today: date) -> list[Again]:
    """Of what the role needs, ratings at 3 and above that have lapsed or soon will; the earliest first."""
    again = [
        Again(record.holds_until, staff, name, record.level, one.state == "lapsed")
        for name, by_staff in found.items()
        for staff, one in by_staff.items()
        if one.target is not None and (record := one.record) and record.level is not None
        if record.level >= COMPETENT and record.holds_until and record.holds_until <= today + SOON
    ]
    return sorted(again, key=lambda one: one.until)


def tally(standings: Iterable[Standing]) -> Tally:
    needed = [one for one in standings if one.target is not None]
    count = Counter(one.state for one in needed)
    return Tally(
        needed=len(needed),
        at_target=count["at target"],
        below=count["below target"],
        lapsed=count["lapsed"],
        unknown=count["cannot judge"],
        self_only=count["self-rated only"],
        unrated=count["not rated"],
        short=sum(one.gap for one in needed),
    )


def _holding(name: str, found: ByStaff) -> Holding | None:
    targets = [one.target for one in found.values() if one.target is not None]
    highest = max(targets, default=None)
    holders = [staff for staff, one in found.items() if highest and one.level is not None and one.level >= highest]
    if highest is None or len(holders) > 1:
        return None
    nearest = tuple(staff for staff, one in found.items() if one.level == highest - 1 or one.state == "lapsed")
    return Holding(name, holders[0] if holders else None, nearest, len(targets))
