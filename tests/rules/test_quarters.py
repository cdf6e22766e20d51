from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.quarters import back_from, first_day, in_words, is_quarter, quarter_of

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2026, 1, 1), "2026-Q1"),
        (date(2026, 3, 31), "2026-Q1"),
        (date(2026, 4, 1), "2026-Q2"),
        (date(2024, 2, 29), "2024-Q1"),
        (date(2026, 12, 31), "2026-Q4"),
    ],
)
def test_the_quarter_of_a_day(day: date, quarter: str) -> None:
    assert quarter_of(day) == quarter


@given(DAYS)
def test_a_quarter_begins_on_its_first_day_and_sorts_in_order_of_time(day: date) -> None:
    quarter = quarter_of(day)
    assert is_quarter(quarter)
    assert quarter_of(first_day(quarter)) == quarter
    before = quarter_of(first_day(quarter) - timedelta(days=1))
    assert before < quarter or before.startswith("1999")
    if is_quarter(before):
        assert back_from(quarter, 2) == [quarter, before]


def test_a_quarter_in_words() -> None:
    assert in_words("2026-Q3") == "July to September 2026"
    assert back_from("2026-Q2", 3) == ["2026-Q2", "2026-Q1", "2025-Q4"]


@pytest.mark.parametrize("text", ["2026-Q5", "2026Q1", "26-Q1", "2026-Q1 ", "1999-Q1", ""])
def test_what_is_no_quarter_is_refused(text: str) -> None:
    assert not is_quarter(text)
    with pytest.raises(ValueError, match="is no quarter"):
        first_day(text)
