"""A day, with its hour where that is known, as people write it. What cannot be read is never repeated."""

import re
from datetime import date, datetime, time
from typing import Any

from assessments.rules.moment_words import FLAG_OF, NONE
from assessments.rules.moments import Moment

AMERICAN = r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})"
ISO = r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
HOUR = r"(?:(?:[ T]|, )+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?: ?(?P<half>[ap])\.?m\.?)?)?"
FORMS = tuple(re.compile(rf"{form}{HOUR}", re.IGNORECASE | re.ASCII) for form in (AMERICAN, ISO))
EITHER = re.compile(r"\d{1,2}([.-])\d{1,2}\1\d{4}\b.*", re.ASCII)
"""Which of the two is the month is a matter of the country."""
BETWEEN = re.compile(r"\s*(?:;|\n| and )\s*")
HOW = "Write the day as 3/14/2026 or 2026-03-14, and the hour, where you know it, behind it as 16:20 or 4:20 pm."
NO_DATE = "This is no date."
NO_ORDER = "Written with dots or hyphens, it is not known which number is the month."


class NotAMoment(ValueError):
    """`why`, and HOW it is written: so what was typed gets nowhere."""

    def __init__(self, why: str = NO_DATE) -> None:
        super().__init__(f"{why} {HOW}")
        self.why = why


def moment_in(text: str) -> Moment | None:
    """None where nothing is written."""
    text = " ".join(text.split())
    if not text:
        return None
    found = next((match for form in FORMS if (match := form.fullmatch(text))), None)
    moment = _moment(found) if found else None
    if moment is None:
        raise NotAMoment(NO_ORDER if EITHER.fullmatch(text) else NO_DATE)
    return moment


def moments_in(text: str) -> tuple[Moment, ...]:
    """Several, with a semicolon or a new line between them."""
    return tuple(one for part in BETWEEN.split(text) if (one := moment_in(part)))


def given_in(field: str, text: str) -> dict[str, Any]:
    """What the text in the field of a moment gives, by name of Moments: the moment or, by the word none, a flag."""
    if field in FLAG_OF and text.strip().casefold() == NONE:
        return {FLAG_OF[field]: True}
    return {field: moments_in(text) if field == "updated" else moment_in(text)}


def _moment(found: re.Match[str]) -> Moment | None:
    """None where there is no such day or hour."""
    try:
        on = date(int(found["year"]), int(found["month"]), int(found["day"]))
        if found["hour"] is None:
            return on
        return datetime.combine(on, time(_hour(int(found["hour"]), found["half"]), int(found["minute"])))
    except ValueError:
        return None


def _hour(hour: int, half: str | None) -> int:
    """Of 24; where morning or afternoon is said, of 12."""
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError
    return hour % 12 + (12 if half.lower() == "p" else 0)
