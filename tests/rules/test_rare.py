"""Cases between misses: the limit and the center, worked by hand from the formulas that the rule names."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.rare import Between, between, g_chart, small


def cases(*lengths: int) -> list[bool]:
    """Each length of cases that met it, then one that did not."""
    return list(chain.from_iterable([True] * length + [False] for length in lengths))


def test_cases_between_misses() -> None:
    assert between([*cases(2, 0, 3), True, True]) == Between((0, 3), before=2, since=2, misses=3)
    assert between([True] * 4) is None and between([]) is None
    assert between([False]) == Between((), 0, 0, 1)


@given(st.lists(st.booleans(), max_size=60))
def test_every_case_is_told_once(met: list[bool]) -> None:
    found = between(met)
    if found is None:
        assert all(met)
    else:
        assert found.before + sum(found.lengths) + found.since + found.misses == len(met)


def test_the_limit_against_worked_numbers() -> None:
    """Mean 10, so the limit is 10 + 3 * sqrt(110)."""
    chart = g_chart(Between((10,) * 10, 0, 41, 11))
    assert chart.high == pytest.approx(41.4643, abs=1e-4) and chart.outside == () and not chart.since_outside
    assert g_chart(Between((10,) * 10, 0, 42, 11)).since_outside


def test_one_long_stretch_is_outside() -> None:
    """Mean 4.5 over twelve: the limit is 4.5 + 3 * sqrt(24.75), 19.4248."""
    chart = g_chart(Between((2, 1, 4, 0, 3, 2, 1, 5, 2, 3, 1, 30), 0, 0, 13))
    assert chart.high == pytest.approx(19.4248, abs=1e-4) and chart.outside == (11,)
    assert chart.runs.median == 2


def test_no_limits_and_no_signals_below_ten_points() -> None:
    chart = g_chart(Between((0,) * 8 + (200,), 0, 500, 10))
    assert chart.high is None and not chart.outside and not chart.since_outside
    assert chart.runs.signals is None and "fewer than 10" in chart.runs.why_not


def test_a_run_of_long_stretches_signals() -> None:
    chart = g_chart(Between((1,) * 9 + (8,) * 9, 0, 0, 19))
    assert chart.runs.signals and chart.runs.signals.long_run and chart.runs.signals.few_crossings


@pytest.mark.parametrize(
    ("quarters", "expected"),
    [
        ({}, False),
        ({"2026-Q1": (5, 10), "2026-Q2": (5, 10)}, False),
        ({"2026-Q1": (6, 10), "2026-Q2": (5, 10)}, True),
        ({"2026-Q1": (4, 10), "2026-Q2": (5, 10)}, True),
        ({"2026-Q1": (98, 100)}, True),
    ],
)
def test_small_is_fewer_than_five_of_either_a_quarter(quarters: dict[str, tuple[int, int]], expected: bool) -> None:
    assert small(quarters) is expected
