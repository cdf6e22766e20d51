"""Quarters of a calendar year, written as "2026-Q1"; as text they sort in order of time."""

import calendar
import re
from datetime import date, timedelta

from assessments.rules.days import months_later

MONTHS = 3
QUARTER = re.compile(r"(20[0-9]{2})-Q([1-4])")


def is_quarter(text: str) -> bool:
    return QUARTER.fullmatch(text) is not None


def quarter_of(day: date) -> str:
    return f"{day.year}-Q{(day.month - 1) // MONTHS + 1}"


def first_day(quarter: str) -> date:
    """ValueError where it is no quarter."""
    found = QUARTER.fullmatch(quarter)
    if found is None:
        raise ValueError(f"{quarter!r} is no quarter, as in 2026-Q1")
    year, number = map(int, found.groups())
    return date(year, MONTHS * (number - 1) + 1, 1)


def last_day(quarter: str) -> date:
    return months_later(first_day(quarter), MONTHS) - timedelta(days=1)


def in_words(quarter: str) -> str:
    """As "January to March 2026"."""
    begins = first_day(quarter)
    return f"{calendar.month_name[begins.month]} to {calendar.month_name[begins.month + MONTHS - 1]} {begins.year}"


def back_from(quarter: str, count: int) -> list[str]:
    """That quarter and those before it, the newest first."""
    return [quarter_of(months_later(first_day(quarter), -MONTHS * back)) for back in range(count)]
