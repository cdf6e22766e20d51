"""The moments of one record as they are typed, and which of two came first.

A moment is a day, or a day and an hour by the clock on the wall. As a stretch of time a day without its hour is all of
it, and so is the hour that is struck twice when daylight saving ends: where two stretches overlap, which came first is
not known. Dates go in here and never come out: not in a fault, not in a `repr`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo

Moment = date | datetime
"""A date where the hour is not known; a datetime is naive, in the agency's zone."""


@dataclass(frozen=True, repr=False)
class Moments:
    """What was typed of one record. `after_birth` is when the plan was initiated after the birth. The flags say what
    the record shows not to have happened; without one, what is missing is only not known.
    """

    born: Moment | None = None
    identified: Moment | None = None
    began: Moment | None = None
    completed: Moment | None = None
    second_input: Moment | None = None
    after_birth: Moment | None = None
    ends: Moment | None = None
    mother_home: Moment | None = None
    infant_home: Moment | None = None
    sought: Moment | None = None
    interim: Moment | None = None
    referred: Moment | None = None
    first_service: Moment | None = None
    updated: tuple[Moment, ...] = ()
    no_end: bool = False
    no_update: bool = False
    no_input: bool = False
    incomplete: bool = False
    mother_stays: bool = False
    infant_stays: bool = False
    unborn: bool = False

    def __repr__(self) -> str:
        return "Moments(...)"

    @property
    def given(self) -> frozenset[str]:
        """The names of what was typed."""
        return frozenset(name for name, value in vars(self).items() if value)


def stretch(moment: Moment, zone: tzinfo) -> tuple[datetime, datetime]:
    """The first and the last instant, to the minute, that it can stand for."""
    if isinstance(moment, datetime):
        either = [moment.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
        return min(either), max(either)
    first, last = (datetime.combine(moment, at, zone) for at in (time(0, 0), time(23, 59)))
    return first.astimezone(UTC), last.replace(fold=1).astimezone(UTC)


def before(one: Moment | None, other: Moment | None, zone: tzinfo) -> bool | None:
    """None where one is missing, or which came first is not known."""
    if one is None or other is None:
        return None
    (first, last), (other_first, other_last) = stretch(one, zone), stretch(other, zone)
    return True if last < other_first else False if other_last < first else None


def day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def days(start: Moment | None, end: Moment | None) -> int | None:
    return (day(end) - day(start)).days if start and end else None


@dataclass(frozen=True)
class Facts:
    """The moments of a record with what its line on the list says: `identified` and `began` as in `Record`, "" where
    not said. `start_days` and `service_days` are the site's own standards.
    """

    at: Moments
    identified: str = ""
    began: str = ""
    start_days: int | None = None
    service_days: int | None = None
    zone: tzinfo = UTC

    def before(self, one: Moment | None, other: Moment | None) -> bool | None:
        return before(one, other, self.zone)

    @property
    def known_in_pregnancy(self) -> bool | None:
        if self.at.unborn and self.at.identified:
            return True
        by_date = self.before(self.at.identified, self.at.born)
        return by_date if by_date is not None or not self.identified else self.identified == "in-pregnancy"

    @property
    def began_before_birth(self) -> bool | None:
        """False also where there is no plan; before the birth there may still be one."""
        if self.at.unborn:
            return True if self.at.began or self.began == "before-birth" else None
        by_date = self.before(self.at.began, self.at.born)
        return by_date if by_date is not None or not self.began else self.began == "before-birth"

    @property
    def initiated(self) -> Moment | None:
        """After the birth."""
        return self.at.after_birth or (self.at.began if self.began_before_birth is False else None)
