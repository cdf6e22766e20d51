"""When a course lapses, and what presses first."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.competency import COMPETENT, LASTS_MONTHS, Given
from assessments.rules.training import SOON, holds, holds_until

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("until", "found"),
    [
        (None, "does not lapse"),
        (DAY - timedelta(days=1), "lapsed"),
        (DAY, "lapses soon"),
        (DAY + timedelta(days=1), "lapses soon"),
        (DAY + timedelta(days=60), "lapses soon"),
        (DAY + timedelta(days=61), "holds"),
    ],
)
def test_how_it_stands_today(until: date | None, found: str) -> None:
    assert holds(until, DAY) == found


def test_a_month_that_is_shorter_ends_sooner() -> None:
    assert holds_until(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert holds_until(date(2026, 8, 31), 1) == date(2026, 9, 30)
    assert holds_until(DAY, None) is None


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(1, 120), st.integers(0, 5000))
def test_it_goes_one_way_from_holding_to_lapsed(taken: date, months: int, later: int) -> None:
    order, until = ["holds", "lapses soon", "lapsed"], holds_until(taken, months)
    assert until and until > taken
    day = taken + timedelta(days=later)
    assert order.index(holds(until, day)) <= order.index(holds(until, day + timedelta(days=1)))
    assert (holds(until, day) == "lapsed") == (day > until)
    assert SOON.days == 60


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(360, 370))
def test_a_course_and_a_rating_of_one_day_that_hold_a_year_lapse_on_the_same_day(on: date, later: int) -> None:
    until, rated, day = holds_until(on, LASTS_MONTHS), Given("supervisor", on, COMPETENT), on + timedelta(days=later)
    assert until == rated.holds_until
    assert (holds(until, day) == "lapsed") == rated.has_lapsed(day)
