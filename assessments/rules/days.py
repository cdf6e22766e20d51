"""A day as every page, document and refusal says it."""

from calendar import monthrange
from datetime import date


def in_words(day: date) -> str:
    return f"{day:%B} {day.day}, {day:%Y}"


def months_later(day: date, months: int) -> date:
    """The same day of the month; the last one where the month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
