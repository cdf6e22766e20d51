"""The rules on timing, a function a clock: whether each is met, and the time that passed. No date leaves."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Literal

from assessments.rules.days import months_later
from assessments.rules.moment_faults import faults
from assessments.rules.moments import Facts, Moment, Moments, day, days, stretch

__all__ = ["CLOCK_OF", "INDICATORS", "IN_MINUTES", "Clock", "Clocked", "Moment", "Moments", "clocked", "faults"]

ClockState = Literal["met", "not-met", "not-applicable", "cannot-judge"]
Clock = Literal[
    "started-before-birth",
    "updated-in-pregnancy",
    "updated-after-discharge",
    "made-after-birth",
    "complete-before-mother-home",
    "input-before-mother-home",
    "input-before-infant-home",
    "first-service",
    "end-stated",
    "ends-in-a-year",
    "started-when-known",
    "in-place-before-infant-home",
    "interim",
]
INDICATORS: Mapping[Clock, tuple[str, ...]] = {
    "started-before-birth": ("POP-01",),
    "updated-in-pregnancy": ("POP-02",),
    "updated-after-discharge": ("POP-03",),
    "made-after-birth": ("POP-04",),
    "complete-before-mother-home": ("POP-05",),
    "input-before-mother-home": ("POP-06",),
    "input-before-infant-home": ("POP-07",),
    "first-service": ("POP-15",),
    "end-stated": ("ADD-W07",),
    "ends-in-a-year": ("ADD-W08",),
    "started-when-known": ("ADD-W21",),
    "in-place-before-infant-home": ("ADD-W22",),
    "interim": (),
}
CLOCK_OF: Mapping[str, Clock] = {name: clock for clock, names in INDICATORS.items() for name in names}
BY_STANDARD: tuple[Clock, ...] = ("started-when-known", "first-service")
"""Those that a standard in days of the site's own judges."""
INTERIM = timedelta(hours=48)
IN_MINUTES = frozenset({"interim"})
"""Clocks whose elapsed time is in minutes; that of the others is in days."""


@dataclass(frozen=True)
class Clocked:
    """`elapsed` is from the moment that the rule counts from to what it asks about, in days and negative where that
    came before; in minutes for clocks in IN_MINUTES.
    """

    state: ClockState
    elapsed: int | None = None


CANNOT_JUDGE, NOT_APPLICABLE = Clocked("cannot-judge"), Clocked("not-applicable")


def latest_end(initiated: date) -> date:
    """One year on by the calendar. After February 29 it is February 28: a choice that the rule leaves to the state."""
    return months_later(initiated, 12)


def judged(met: bool | None, elapsed: int | None = None) -> Clocked:
    return Clocked("cannot-judge" if met is None else "met" if met else "not-met", elapsed)


def started_before_birth(facts: Facts) -> Clocked:
    started, known = facts.began_before_birth, facts.known_in_pregnancy
    if known is False:
        return NOT_APPLICABLE
    return judged(started if started or known else None, days(facts.at.born, facts.at.began))


def updated_in_pregnancy(facts: Facts) -> Clocked:
    at = facts.at
    if facts.began_before_birth is False:
        return NOT_APPLICABLE
    found = {one: _in_pregnancy(facts, one) for one in at.updated}
    met = any_of(found.values(), none=at.no_update and not at.unborn)
    if met is False and facts.began_before_birth is None:
        return CANNOT_JUDGE
    return judged(met, days(at.born, max(_that_count(found, met), key=day, default=None)))


def _that_count(found: Mapping[Moment, bool | None], met: bool | None) -> list[Moment]:
    """The updates from which time is counted: those that meet it, else those of which it is not known."""
    return [one for one, held in found.items() if held is met and held is not False]


def _in_pregnancy(facts: Facts, update: Moment) -> bool | None:
    """Whether it lies between the start, where that is known, and the birth."""
    started = True if facts.at.began is None else facts.before(facts.at.began, update)
    born = True if facts.at.unborn else facts.before(update, facts.at.born)
    return False if born is False else True if started and born else None


def updated_after_discharge(facts: Facts) -> Clocked:
    at = facts.at
    if at.mother_stays or at.unborn:
        return NOT_APPLICABLE
    if at.mother_home is None:
        return CANNOT_JUDGE
    none = at.no_update or facts.began == "no-plan"
    found = {one: facts.before(at.mother_home, one) for one in at.updated}
    met = any_of(found.values(), none=none)
    return judged(met, days(at.mother_home, min(_that_count(found, met), key=day, default=None)))


def made_after_birth(facts: Facts) -> Clocked:
    started = facts.began_before_birth
    if started:
        return NOT_APPLICABLE
    if started is None or facts.at.unborn:
        return CANNOT_JUDGE
    return judged(facts.began != "no-plan", days(facts.at.born, facts.at.began))


def complete_before_mother_home(facts: Facts) -> Clocked:
    return _complete_before(facts, facts.at.mother_home, facts.at.mother_stays)


def in_place_before_infant_home(facts: Facts) -> Clocked:
    return _complete_before(facts, facts.at.infant_home, facts.at.infant_stays)


def _complete_before(facts: Facts, home: Moment | None, stays: bool) -> Clocked:
    never = facts.at.incomplete or facts.began == "no-plan"
    begun_later = facts.at.completed is None and facts.before(home, facts.at.began) is True
    return _done_before(facts, facts.at.completed, home, stays, never or begun_later)


def input_before_mother_home(facts: Facts) -> Clocked:
    return _done_before(facts, facts.at.second_input, facts.at.mother_home, facts.at.mother_stays, no_input(facts))


def input_before_infant_home(facts: Facts) -> Clocked:
    return _done_before(facts, facts.at.second_input, facts.at.infant_home, facts.at.infant_stays, no_input(facts))


def no_input(facts: Facts) -> bool:
    """Into a plan that is not there nobody gave any."""
    return facts.at.no_input or facts.began == "no-plan"


def _done_before(facts: Facts, done: Moment | None, home: Moment | None, stays: bool, never: bool) -> Clocked:
    if stays or facts.at.unborn:
        return NOT_APPLICABLE
    if home is None:
        return CANNOT_JUDGE
    return judged(False if never else facts.before(done, home), days(home, done))


def first_service(facts: Facts) -> Clocked:
    return _within(days(facts.at.referred, facts.at.first_service), facts.service_days)


def started_when_known(facts: Facts) -> Clocked:
    if facts.began == "no-plan":
        return judged(False)
    return _within(days(facts.at.identified, facts.at.began), facts.start_days)


def standards(start_days: int | None, service_days: int | None) -> dict[Clock, int | None]:
    """In days, None where the site has none."""
    return dict(zip(BY_STANDARD, (start_days, service_days), strict=True))


def judged_by(found: Clocked, standard: int | None) -> Clocked:
    """Of a clock `BY_STANDARD`: what another standard makes of the days that passed, where these are known."""
    return found if found.elapsed is None else _within(found.elapsed, standard)


def _within(passed: int | None, standard: int | None) -> Clocked:
    return judged(None if passed is None or standard is None else passed <= standard, passed)


def end_stated(facts: Facts) -> Clocked:
    return judged(False if facts.at.no_end else True if facts.at.ends else None)


def ends_in_a_year(facts: Facts) -> Clocked:
    """By the calendar, from when the plan was initiated after the birth. Without an end it cannot be judged: that it is
    missing is told once, by `end_stated`.
    """
    initiated, ends = facts.initiated, facts.at.ends
    if facts.at.unborn:
        return NOT_APPLICABLE
    if initiated is None or ends is None:
        return CANNOT_JUDGE
    return judged(day(ends) <= latest_end(day(initiated)), days(initiated, ends))


def interim_in_time(facts: Facts) -> Clocked:
    """Within 48 hours by the clock, exactly 48 in time; what passed is counted, whatever the wall clock did. Without
    hours it is judged only where any hour gives the same answer.
    """
    sought, given = facts.at.sought, facts.at.interim
    if sought is None or given is None:
        return CANNOT_JUDGE
    (first, last), (given_first, given_last) = stretch(sought, facts.zone), stretch(given, facts.zone)
    least, most = given_first - last, given_last - first
    minutes = most // timedelta(minutes=1) if isinstance(sought, datetime) and isinstance(given, datetime) else None
    return judged(True if most <= INTERIM else False if least > INTERIM else None, minutes)


def any_of(found: Iterable[bool | None], none: bool) -> bool | None:
    """`none`: it is known that there is not one."""
    held = list(found)
    return True if True in held else None if None in held or not (held or none) else False


RULES: Mapping[Clock, tuple[Callable[[Facts], Clocked], frozenset[str]]] = {
    "started-before-birth": (started_before_birth, frozenset({"began"})),
    "updated-in-pregnancy": (updated_in_pregnancy, frozenset({"updated", "no_update"})),
    "updated-after-discharge": (updated_after_discharge, frozenset({"updated", "no_update", "mother_home"})),
    "made-after-birth": (made_after_birth, frozenset({"began"})),
    "complete-before-mother-home": (complete_before_mother_home, frozenset({"completed", "incomplete", "mother_home"})),
    "input-before-mother-home": (input_before_mother_home, frozenset({"second_input", "no_input", "mother_home"})),
    "input-before-infant-home": (input_before_infant_home, frozenset({"second_input", "no_input", "infant_home"})),
    "first-service": (first_service, frozenset({"referred", "first_service"})),
    "end-stated": (end_stated, frozenset({"ends", "no_end"})),
    "ends-in-a-year": (ends_in_a_year, frozenset({"ends", "no_end", "after_birth"})),
    "started-when-known": (started_when_known, frozenset({"identified", "began"})),
    "in-place-before-infant-home": (in_place_before_infant_home, frozenset({"completed", "incomplete", "infant_home"})),
    "interim": (interim_in_time, frozenset({"sought", "interim"})),
}
"""The rule of each clock, with what belongs to it: a clock that cannot be judged and of which nothing was given is not
set at all, so that the reader judges by what the record says.
"""


def clocked(
    moments: Moments,
    identified: str = "",
    began: str = "",
    start_days: int | None = None,
    service_days: int | None = None,
    zone: tzinfo = UTC,
) -> dict[Clock, Clocked]:
    """The clocks that are set, each with what it came to."""
    facts = Facts(moments, identified, began, start_days, service_days, zone)
    found = {clock: rule(facts) for clock, (rule, _own) in RULES.items()}
    return {
        clock: one for clock, one in found.items() if one.state != "cannot-judge" or RULES[clock][1] & moments.given
    }
