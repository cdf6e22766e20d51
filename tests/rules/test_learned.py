"""Which ratings are before and which after, and what is said of the difference between those who came and others."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.competency import Given
from assessments.rules.learned import Pair, compared, difference, group, pair, together

DAY = date(2026, 3, 10)


def rated(days: int, level: int | None, kind: str = "supervisor") -> Given:
    return Given(kind, DAY + timedelta(days=days), level)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ([rated(-1, 1), rated(1, 3)], Pair(1, 3)),
        ([rated(0, 4)], Pair(None, None)),
        ([rated(-365, 2), rated(-366, 1)], Pair(2, None)),
        ([rated(-366, 1)], Pair(None, None)),
        ([rated(-90, 1), rated(-2, 2), rated(10, 2), rated(90, 3)], Pair(2, 3)),
        ([rated(-2, 4, "self"), rated(3, 4, "self")], Pair(None, None)),
        ([rated(-9, 1), rated(-2, 2, "knowledge-check")], Pair(1, None)),
        ([rated(-9, 1), rated(-2, None)], Pair(1, None)),
        ([rated(184, 3)], Pair(None, 3)),
        ([rated(185, 3)], Pair(None, None)),
    ],
)
def test_before_is_the_year_before_and_after_the_six_months_after(given_: list[Given], expected: Pair) -> None:
    assert pair(given_, DAY) == expected


def test_those_without_both_are_counted_and_not_compared() -> None:
    found = group([Pair(1, 2), Pair(1, None), Pair(None, 2), Pair(None, None), Pair(3, 2), Pair(2, 2)], 3)
    assert (found.people, found.pairs, found.unrated, found.not_again) == (6, 3, 2, 1)
    assert (found.up, found.same, found.down) == (1, 1, 1)
    assert found.too_few
    assert (found.before, found.after) == (None, None)


def test_of_five_the_medians_are_told_and_of_four_nothing_but_counts() -> None:
    five, four = [Pair(1, 2)] * 3 + [Pair(0, 4)] * 2, [Pair(1, 1)] * 4
    found = compared("A", five, four, 3)
    assert found.difference is None
    assert [found.attended.before, found.attended.after] == [1, 2]
    assert compared("A", five, [*four, Pair(2, 2)], 3).difference is not None


CHANGES = st.lists(st.integers(-4, 4), min_size=5, max_size=30)


@given(CHANGES, CHANGES)
def test_the_interval_is_welchs(first: list[int], second: list[int]) -> None:
    from scipy.stats import ttest_ind

    found = difference(first, second)
    assert found is not None
    assert found.mean == Fraction(sum(first), len(first)) - Fraction(sum(second), len(second))
    if found.low is None or found.high is None:
        assert len(set(first)) == len(set(second)) == 1
        return
    assert found.low < found.mean < found.high
    if len(set(first)) > 1 and len(set(second)) > 1:
        theirs = ttest_ind(first, second, equal_var=False).confidence_interval(0.95)
        assert [found.low, found.high] == pytest.approx([theirs.low, theirs.high], abs=1e-9)


def by(*pairs: Pair) -> dict[str, Pair]:
    return dict(zip("ABC", pairs, strict=False))


TAUGHT = {"A": 2, "B": 3, "C": 3}


def test_each_person_counts_once_over_all_competencies() -> None:
    came = {f"a{n}": by(Pair(1, 3), Pair(1, 2), Pair(1, None)) for n in range(5)}
    stayed = {f"b{n}": by(Pair(1, 1 + n % 2)) for n in range(5)} | {"b9": by(Pair(None, 2))}
    found = together(came, stayed, TAUGHT)
    assert (found.attended, found.others) == (5, 5)
    assert found.difference is not None
    assert found.difference.mean == Fraction(3, 2) - Fraction(2, 5)
    assert [found.began, found.others_began] == [1, 1] and not found.unlike


@pytest.mark.parametrize(("there", "unlike"), [(2, False), (3, True), (5, True)])
def test_beside_a_group_that_was_mostly_there_nothing_is_compared(there: int, unlike: bool) -> None:
    came = {f"a{n}": by(Pair(1, 2)) for n in range(5)}
    stayed = {f"b{n}": by(Pair(2 if n < there else 1, 2)) for n in range(5)}
    found = together(came, stayed, TAUGHT)
    assert (found.there, found.unlike) == (there, unlike)
    assert found.others_began == (2 if there > 2 else 1)
    row = compared("A", [one["A"] for one in came.values()], [one["A"] for one in stayed.values()], 2)
    assert (row.others.there, row.unlike) == (there, unlike)


def test_where_too_few_are_compared_no_level_of_a_group_is_told() -> None:
    few = {f"a{n}": by(Pair(1, 2)) for n in range(4)}
    found = together(few, few, TAUGHT)
    assert (found.difference, found.began, found.others_began) == (None, None, None)
