"""What clocks came to, in words: never a date, only what passed."""

from collections.abc import Mapping

from assessments.rules.clocks import CLOCK_OF, Clock, Clocked
from reports.words import count

TITLES: Mapping[Clock, str] = {
    "started-before-birth": "Plan begun before the birth",
    "updated-in-pregnancy": "Updated in pregnancy",
    "updated-after-discharge": "Updated after the mother's discharge",
    "made-after-birth": "Plan made after the birth",
    "complete-before-mother-home": "Complete before the mother's discharge",
    "input-before-mother-home": "Several disciplines before the mother's discharge",
    "input-before-infant-home": "Several disciplines before the infant's discharge",
    "first-service": "From referral to first service",
    "end-stated": "An end is stated",
    "ends-in-a-year": "Ends within a calendar year",
    "started-when-known": "From use known to plan begun",
    "in-place-before-infant-home": "In place before the infant's discharge",
    "interim": "Interim services within 48 hours",
}
STATES: Mapping[str, str] = {
    "met": "Yes",
    "not-met": "No",
    "not-applicable": "Not applicable",
    "cannot-judge": "Cannot judge",
}
BY_STANDARD: frozenset[Clock] = frozenset({"first-service", "started-when-known"})
FROM: Mapping[Clock, str] = {
    "started-before-birth": "the birth",
    "updated-in-pregnancy": "the birth",
    "updated-after-discharge": "the mother's discharge",
    "made-after-birth": "the birth",
    "complete-before-mother-home": "the mother's discharge",
    "input-before-mother-home": "the mother's discharge",
    "input-before-infant-home": "the infant's discharge",
    "in-place-before-infant-home": "the infant's discharge",
    "first-service": "the referral",
    "started-when-known": "use was known",
    "ends-in-a-year": "the plan was initiated after the birth",
}


def came_to(indicator: str, found: Clocked, na: str = "") -> str:
    """As Markdown, of an indicator that follows from a clock."""
    return ":material/schedule: " + told(CLOCK_OF[indicator], found, na)


def told(clock: Clock, found: Clocked, na: str = "") -> str:
    if found.state == "not-applicable":
        return f"**Not applicable**{f': {na}' if na else ''}."
    if found.state == "cannot-judge":
        return f"**Cannot judge.** {left_open(clock, found)}"
    return f"**{STATES[found.state]}.**{_passed(clock, found.elapsed)}"


def left_open(clock: Clock, found: Clocked) -> str:
    """Why the dates did not settle it, as far as what passed tells it; "" where they did."""
    if found.state != "cannot-judge":
        return ""
    if clock in BY_STANDARD and found.elapsed is not None:
        passed = _passed(clock, found.elapsed).strip()
        return f"{passed} The site has no standard in days for this yet: write it down on the page Records."
    if clock == "interim":
        return "Without the hours of both it is not known how long it took: give them."
    if found.elapsed == 0:
        return "Both fall on one day, and which came first is not known: give the hours."
    return "The dates leave it open, because one of them is missing."


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
        return f" The same day as {FROM[clock]}."
    side = "after" if elapsed > 0 else "before"
    return f" {count(abs(elapsed), 'day')} {side} {FROM[clock]}."
