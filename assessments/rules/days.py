"""A day as every page, document and refusal says it."""

from datetime import date


def in_words(day: date) -> str:
    return f"{day:%B} {day.day}, {day:%Y}"
