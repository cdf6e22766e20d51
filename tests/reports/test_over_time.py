from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.rules.difference import Difference
from assessments.rules.run_chart import PChart, p_chart
from reports import frames, over_time
from tests.reports.lines import FIRST, begun_in, measure, week

parts = st.fractions(Fraction(-4), Fraction(4), max_denominator=60)


def test_every_value_is_told_against_the_median() -> None:
    frame = frames.measured(measure([3, 5, 4]))
    assert list(frame["median"]) == [4, 4, 4]
    assert list(frame["side"]) == ["below", "above", "on it"]
    counted = frames.measured(measure([(1, 4), (3, 4)]))
    assert (list(counted["drawn"]), list(counted["median"])) == ([25, 75], [50, 50])


@pytest.mark.parametrize(
    ("values", "marked"),
    [
        ([9] * 6 + [1] * 6, 0),
        ([9] * 8 + [1] * 8, 16),
        ([9] * 8 + [1, 9] * 4, 0),
        ([9] * 4 + [1] * 4, 0),
    ],
)
def test_only_runs_that_signal_are_marked_and_all_of_them(values: list[float], marked: int) -> None:
    """Six of twelve are no signal, eight of sixteen are; of eight points in all nothing is told."""
    assert sum(frames.measured(measure(values))["in_run"]) == marked


def test_tests_of_change_keep_their_numbers_in_the_order_of_their_days() -> None:
    within, before = over_time.begun(begun_in(3, 1, -2), measure([1, 2, 3]).values)
    assert [over_time.label(one) for one in within] == ["Test 2", "Test 1"]
    assert [over_time.label(one) for one in before] == ["Test 3"]
    frame = over_time.changes(within, measure([1, 2, 3]).values)
    assert list(frame["on"]) == [week(1), week(3)]
    assert list(frame["change"]) == ["Change 2", "Change 1"]


def test_labels_that_would_cover_each_other_stand_in_lanes() -> None:
    values = measure(range(29)).values
    frame = over_time.changes(over_time.begun(begun_in(0, 1, 2, 10, 28), values)[0], values)
    assert list(frame["lane"]) == [0, 1, 2, 0, 0]
    assert over_time.changes([], values).empty
    one = measure([4]).values
    assert list(over_time.changes(over_time.begun(begun_in(0), one)[0], one)["lane"]) == [0]


def test_limits_stand_with_their_counts() -> None:
    line = measure([(10, 20)] * 11 + [(20, 40)])
    found = p_chart(line.counts)
    assert isinstance(found, PChart)
    frame = over_time.limits(line, found)
    assert list(frame["on"])[-1] == FIRST + timedelta(weeks=11)
    assert list(frame["words"])[-1] == "20 of 40"
    assert frame["low"].iloc[-1] > frame["low"].iloc[0], "limits are nearer where more were looked at"
    assert set(frame["center"]) == {50}


@settings(max_examples=60, deadline=None)
@given(st.fractions(0, 4, max_denominator=60), parts, parts, parts, parts)
def test_parts_in_hundredths_add_up_and_nothing_stays_nothing(
    before: Fraction, practice: Fraction, edition: Fraction, away: Fraction, unrated: Fraction
) -> None:
    after = before + practice + edition + away + unrated
    found = Difference(before, after, practice, Fraction(), edition, away, unrated, 3, 9, None, None)
    told = over_time.parts(found)
    steps = ("practice", "rater", "edition", "not applicable", "not rated")
    assert told["before"] + sum(told[step] for step in steps) == told["after"]
    assert told["whole"] == told["after"] - told["before"]
    assert told["rater"] == 0
    for step, exact in zip(steps, (practice, Fraction(), edition, away, unrated), strict=True):
        assert abs(told[step] - exact) < Fraction(2, 100)
