"""How long what somebody learned in a course holds, and how near its end is."""

from datetime import date, timedelta
from typing import Literal

from assessments.rules.days import months_later

Holds = Literal["lapsed", "lapses soon", "holds", "does not lapse"]

SOON = timedelta(days=60)
"""Convention: time to find another session."""
ORDER: tuple[Holds, ...] = ("lapsed", "lapses soon", "holds", "does not lapse")
"""What presses most first."""


def holds_until(taken: date, valid_months: int | None) -> date | None:
    """The last day on which it counts, as of a rating (`Given.holds_until`); None where it never lapses."""
    return months_later(taken, valid_months) if valid_months else None


def holds(until: date | None, today: date) -> Holds:
    """`until` as from `holds_until`."""
    if until is None:
        return "does not lapse"
    if until < today:
        return "lapsed"
    return "lapses soon" if until - today <= SOON else "holds"
