"""A day, with its hour where that is known, as people write it. What cannot be read is never repeated."""

import re
from datetime import date, datetime, time

from assessments.rules.moments import Moment

AMERICAN = r"(?P<month>\d{1,2})[/.-](?P<day>\d{1,2})[/.-](?P<year>\d{4})"
ISO = r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
HOUR = r"(?:(?:[ T]|, )+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?: ?(?P<half>[ap])\.?m\.?)?)?"
FORMS = tuple(re.compile(rf"{form}{HOUR}", re.IGNORECASE | re.ASCII) for form in (AMERICAN, ISO))
BETWEEN = re.compile(r"\s*(?:;|\n| and )\s*")
HOW = "Write the day as 3/14/2026, and the hour, where you know it, behind it as 16:20 or 4:20 pm."


class NotAMoment(ValueError):
    """Its text is HOW, so that what was typed gets nowhere."""

    def __init__(self) -> None:
        super().__init__(HOW)


def moment_in(text: str) -> Moment | None:
    """None where nothing is written."""
    text = " ".join(text.split())
    if not text:
        return None
    found = next((match for form in FORMS if (match := form.fullmatch(text))), None)
    moment = _moment(found) if found else None
    if moment is None:
        raise NotAMoment
    return moment


def moments_in(text: str) -> tuple[Moment, ...]:
    """Several, with a semicolon or a new line between them."""
    return tuple(one for part in BETWEEN.split(text) if (one := moment_in(part)))


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
