"""Measures and tests of change over time, a week apart, without a database."""

from collections.abc import Sequence
from datetime import date, timedelta

from assessments.use_cases.plans import MeasureDetails, MeasureLine, RoundDetails, RoundLine, Value

FIRST = date(2026, 5, 4)


def week(number: int) -> date:
    return FIRST + timedelta(weeks=number)


def measure(values: Sequence[float | tuple[int, int]], unit: str = "days") -> MeasureLine:
    """A value a week; k of n as a pair."""
    found = [
        Value(week(place), *one) if isinstance(one, tuple) else Value(week(place), one)
        for place, one in enumerate(values)
    ]
    return MeasureLine("m", 1, MeasureDetails("Days to admission", unit, "down"), tuple(found))


def begun_in(*weeks: int) -> list[RoundLine]:
    """Tests of change in the order of the plan, each with the week in which it began."""
    return [
        RoundLine(f"r{place}", 1, RoundDetails(f"Change {place}", "It helps", week(number)))
        for place, number in enumerate(weeks, start=1)
    ]
