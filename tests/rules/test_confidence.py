"""Confidence is the strength of the evidence, one step less where it leans on what is stale; it is no score."""

from datetime import date, timedelta
from itertools import permutations
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.confidence import (
    SOON,
    Carried,
    Support,
    carried,
    confidence,
    look_first,
    stale,
    stale_soon,
)
from assessments.rules.days import months_later
from assessments.rules.ratings import strength
from standards.model import EvidenceKind

TODAY = date(2026, 11, 22)
OLD = date(2024, 1, 31)
KINDS: tuple[EvidenceKind, ...] = get_args(EvidenceKind)
supports = st.lists(
    st.builds(Support, st.sampled_from(KINDS), st.none() | st.dates(OLD, TODAY), st.none() | st.integers(1, 60)),
    max_size=5,
)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], 0),
        ([Support("staff-interview")], 1),
        ([Support("staff-interview", OLD, 12)], 0),
        ([Support("document", OLD)], 2),
        ([Support("document", OLD, 12)], 1),
        ([Support("document", OLD, 60)], 2),
        ([Support("record", OLD, 12)], 2),
        ([Support("document"), Support("record")], 4),
        ([Support("document"), Support("record", OLD, 12)], 3),
        ([Support("document", OLD, 12), Support("record", OLD, 12)], 3),
        ([Support("document", OLD, 12), Support("staff-interview")], 1),
    ],
)
def test_worked_by_hand(found: list[Support], expected: int) -> None:
    assert confidence(found, TODAY) == expected


@given(supports)
def test_it_lies_between_the_fresh_evidence_and_all_of_it(found: list[Support]) -> None:
    whole = strength(tuple(one.kind for one in found))
    fresh = strength(tuple(one.kind for one in found if not stale(one, TODAY)))
    assert fresh <= confidence(found, TODAY) <= whole
    assert confidence(found, TODAY) >= whole - 1


@given(supports, supports)
def test_further_evidence_never_lowers_it(found: list[Support], more: list[Support]) -> None:
    assert confidence([*found, *more], TODAY) >= confidence(found, TODAY)


@given(supports, st.integers(0, 2000))
def test_time_alone_never_raises_it(found: list[Support], days: int) -> None:
    assert confidence(found, TODAY + timedelta(days)) <= confidence(found, TODAY)


@given(st.lists(st.sampled_from(KINDS), max_size=4))
def test_without_a_review_it_is_the_strength_for_ever(kinds: list[EvidenceKind]) -> None:
    assert confidence([Support(kind, OLD) for kind in kinds], TODAY) == strength(tuple(kinds))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 60, date(2031, 12, 15)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
    ],
)
def test_months_are_those_of_the_calendar(day: date, months: int, expected: date) -> None:
    assert months_later(day, months) == expected


def test_on_its_day_it_is_still_fresh_and_the_day_after_it_is_stale() -> None:
    found = Support("document", date(2025, 11, 22), 12)
    assert (stale(found, TODAY), stale(found, TODAY + timedelta(1))) == (False, True)
    assert [stale_soon(found, TODAY + timedelta(days)) for days in (-SOON - 1, -SOON, 0, 1)] == [
        False,
        True,
        True,
        False,
    ]


def test_the_least_carried_and_then_the_highest_come_first() -> None:
    levels = {"A": 3, "B": 4, "C": 4, "D": 2, "E": 4, "F": 3}
    found = {"A": 0, "B": 1, "C": 0, "D": 0, "E": 4, "F": 3}
    strengths = {**found, "F": 4}
    assert look_first(levels, found, strengths) == ["C", "A", "B", "F"]
    for order in permutations(levels):
        assert set(look_first({name: levels[name] for name in order}, found, strengths)) == {"A", "B", "C", "F"}


def test_counted_by_confidence() -> None:
    assert carried([0, 4, 2, 1, 4]) == Carried((1, 1, 1, 0, 2))
    assert (carried([0, 4, 2, 1, 4]).rated, carried([0, 4, 2, 1, 4]).supported) == (5, 3)
    assert carried([]).rated == 0
