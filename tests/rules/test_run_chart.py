from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from assessments.rules.run_chart import PChart, RunChart, crossings_limit, p_chart, run_chart, run_limit, runs

LIMITS = [
    (10, 6, 2),
    (12, 7, 3),
    (14, 7, 4),
    (16, 7, 4),
    (18, 7, 5),
    (20, 7, 6),
    (22, 7, 7),
    (24, 8, 8),
    (26, 8, 8),
    (28, 8, 9),
    (30, 8, 10),
]


def chart(signs: str) -> RunChart:
    """ "+" above, "-" below and "0" on a median of 10."""
    return run_chart([Fraction({"+": 11, "-": 9, "0": 10}[sign]) for sign in signs])


@pytest.mark.parametrize(("useful", "run", "crossings"), LIMITS)
def test_the_limits(useful: int, run: int, crossings: int) -> None:
    assert (run_limit(useful), crossings_limit(useful)) == (run, crossings)


@pytest.mark.parametrize("useful", [*range(10, 101), 500, 1000])
def test_the_limit_of_crossings_is_that_of_the_binomial(useful: int) -> None:
    assert crossings_limit(useful) == binom.ppf(0.05, useful - 1, 0.5)


def test_a_run_signals_only_when_longer_than_its_limit() -> None:
    at, over = chart("-+-+---0----+++++++0"), chart("+-+-+-+----0-----++++++++")
    assert at.signals and over.signals
    assert (at.signals.useful, at.signals.longest.length, at.signals.run_limit) == (18, 7, 7)
    assert not at.signals.long_run
    assert (over.signals.useful, over.signals.longest.length, over.signals.run_limit) == (24, 9, 8)
    assert over.signals.long_run


def test_few_crossings_signal() -> None:
    found = chart("+++++-----").signals
    assert found is not None
    assert (found.useful, found.crossings, found.crossings_limit) == (10, 1, 2)
    assert found.few_crossings and not found.long_run
    two = chart("+++-----++").signals
    assert two is not None and (two.crossings, two.few_crossings) == (2, False)


def test_points_on_the_median_are_dropped_and_break_no_run() -> None:
    values = [Fraction(v) for v in (3, 5, 4, 5, 5, 1)]
    found = runs(values, Fraction(4))
    assert [(run.points, run.above) for run in found] == [((0,), False), ((1, 3, 4), True), ((5,), False)]
    with_, without = chart("+-+0-+-0+-+-0"), chart("+-+-+-+-+-")
    assert with_.signals and without.signals
    assert (with_.signals.useful, with_.signals.crossings) == (10, 9)
    assert without.signals.crossings == 9


def test_below_ten_points_there_is_the_line_and_the_reason() -> None:
    found = chart("+-" * 4 + "0")
    assert found.median == 10
    assert found.signals is None
    assert found.why_not == "With fewer than 10 points nothing can be told from chance; here are 9."
    assert chart("+-" * 5).signals is not None
    dropped = chart("+-" * 4 + "0" * 4)
    assert dropped.signals is None
    assert dropped.why_not.startswith("8 of 12 points lie off the median.")
    assert run_chart([Fraction(2)] * 30).signals is None
    assert run_chart([]) == RunChart(None, None, "There is no value yet.")


def test_a_steady_rise_alone_is_no_trend_signal() -> None:
    """Seven rising points in a row, which a trend rule would report."""
    found = run_chart([Fraction(v) for v in (5, 1, 2, 3, 4, 6, 7, 8, 2, 7, 3, 6)])
    assert found.signals is not None
    assert not found.signals.long_run and not found.signals.few_crossings


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 6).map(Fraction), min_size=1, max_size=40))
def test_turned_upside_down_or_backwards_it_says_the_same(values: list[Fraction]) -> None:
    found, flipped = run_chart(values), run_chart([-value for value in values])
    backwards = run_chart(values[::-1])
    assert found.median == -(flipped.median or 0) == backwards.median
    if found.signals is None:
        assert flipped.signals is backwards.signals is None
        return
    for other in (flipped.signals, backwards.signals):
        assert other is not None
        assert (other.useful, other.crossings) == (found.signals.useful, found.signals.crossings)
        assert other.longest.length == found.signals.longest.length


def test_a_p_chart_only_under_its_condition() -> None:
    assert isinstance(p_chart([(5, 10)] * 10), PChart)
    for counts in ([(4, 10)] * 10, [(6, 10)] * 10, [(0, 10)] * 10, [(10, 10)] * 10):
        assert "about 5 cases" in str(p_chart(counts))
    assert p_chart([(5, 10)] * 9) == "Control limits need 10 points; here are 9."
    assert p_chart([]) == "Control limits need 10 points; here are 0."


def test_limits_vary_with_n_and_stay_within_0_and_1() -> None:
    found = p_chart([(10, 20)] * 10 + [(20, 80)])
    assert isinstance(found, PChart)
    center = 120 / 280
    assert found.center == Fraction(120, 280)
    small, large = found.points[0], found.points[-1]
    assert small.high == pytest.approx(center + 3 * sqrt(center * (1 - center) / 20))
    assert large.low == pytest.approx(center - 3 * sqrt(center * (1 - center) / 80))
    assert (small.outside, large.outside) == (False, True)
    wide = p_chart([(20, 40)] * 11 + [(3, 3)])
    assert isinstance(wide, PChart)
    assert wide.points[-1].low == 0 and wide.points[-1].high == 1


def test_on_its_limit_a_point_is_not_outside() -> None:
    """At a center of one half and n = 25 the limits are one half and three tenths to either side."""
    found = p_chart([(20, 25), (5, 25)] * 5)
    assert isinstance(found, PChart)
    assert found.center == Fraction(1, 2)
    assert found.points[0].high == pytest.approx(0.8)
    assert not any(point.outside for point in found.points)
