"""What clocks came to, in words: never a date, only what passed."""

from collections.abc import Mapping

from assessments.rules.clocks import BY_STANDARD, CLOCK_OF, Clock, Clocked
from reports import plan_timing
from reports.words import count

TITLES: Mapping[Clock, str] = {clock: row.title for clock, row in plan_timing.ROWS.items()}
STATES: Mapping[str, str] = {
    "met": "Yes",
    "not-met": "No",
    "not-applicable": "Not applicable",
    "cannot-judge": "Cannot judge",
}
Standards = Mapping[Clock, int | None]
"""In days, of the clocks BY_STANDARD."""


def came_to(indicator: str, found: Clocked, standards: Standards, na: str = "") -> str:
    """As Markdown, of an indicator that follows from a clock."""
    return ":material/schedule: " + told(CLOCK_OF[indicator], found, standards, na)


def told(clock: Clock, found: Clocked, standards: Standards, na: str = "") -> str:
    if found.state == "not-applicable":
        return f"**Not applicable**{f': {na}' if na else ''}."
    if found.state == "cannot-judge":
        return f"**Cannot judge.** {left_open(clock, found, standards)}"
    return f"**{STATES[found.state]}.**{_passed(clock, found.elapsed)}"


def told_once(clock: Clock, found: Clocked, standards: Standards) -> str:
    """Where it is said elsewhere, once for all records, that a standard is missing."""
    if lacks_standard(clock, found, standards):
        return f"**Not judged.**{_passed(clock, found.elapsed)}"
    return told(clock, found, standards)


def lacks_standard(clock: Clock, found: Clocked, standards: Standards) -> bool:
    """What passed is known, and nothing to judge it by."""
    open_still = found.state == "cannot-judge" and found.elapsed is not None
    return open_still and clock in BY_STANDARD and standards[clock] is None


def left_open(clock: Clock, found: Clocked, standards: Standards) -> str:
    """Why the dates did not settle it, as far as what passed tells it; "" where they did."""
    if found.state != "cannot-judge":
        return ""
    if clock in BY_STANDARD and found.elapsed is not None:
        passed = _passed(clock, found.elapsed).strip()
        return f"{passed} {_why_not_judged(standards[clock])}"
    if clock == "interim":
        return "Without the hours of both it is not known how long it took: give them."
    if found.elapsed == 0:
        return "Both fall on one day, and which came first is not known: give the hours."
    return "The dates leave it open, because one of them is missing."


def _why_not_judged(standard: int | None) -> str:
    if standard is None:
        return "The site has no standard in days for this yet: write it down on the page Records."
    return (
        f"The site’s standard is {count(standard, 'day')}, written after this was answered by hand or settled by two "
        "readers: so that stays."
    )


def _passed(clock: Clock, elapsed: int | None) -> str:
    if elapsed is None:
        return ""
    if clock == "interim":
        hours, minutes = divmod(elapsed, 60)
        rest = f" and {count(minutes, 'minute')}" if minutes else ""
        return f" {count(hours, 'hour')}{rest} after treatment was sought."
    if not elapsed and clock == "started-when-known":
        return " On the day that use was known."
    if not elapsed:
        return f" The same day as {plan_timing.ROWS[clock].since}."
    side = "after" if elapsed > 0 else "before"
    return f" {count(abs(elapsed), 'day')} {side} {plan_timing.ROWS[clock].since}."
