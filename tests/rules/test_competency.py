"""What a staff member is known to be able to do: for all ratings that could have been given."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.competency import (
    CHECK_BEGUN,
    CHECK_PASSED,
    KINDS,
    OF_RECORD,
    SHOWN,
    SKILL,
    WATCHED,
    Given,
    level_of_check,
    most,
    needs_showing,
    record_of,
    shows,
    standing,
    target_of,
)

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2024, 1, 1), TODAY)
LEVELS = st.none() | st.integers(0, 4)
GIVEN = st.builds(Given, st.sampled_from(KINDS), DAYS, LEVELS)
HISTORY = st.lists(GIVEN, max_size=8, unique_by=lambda one: (one.kind, one.on))
TARGETS = st.none() | st.integers(1, 4)


def on(day: date, level: int | None, kind: str = "supervisor") -> Given:
    assert kind in KINDS
    return Given(kind, day, level)


@given(HISTORY, GIVEN)
def test_a_self_rating_never_changes_the_record(history: list[Given], further: Given) -> None:
    own = replace(further, kind="self")
    assert record_of([*history, own]) == record_of(history)


def test_control_a_supervisor_does() -> None:
    assert record_of([on(TODAY, 1)]) != record_of([])


@given(HISTORY, st.sampled_from(KINDS), LEVELS, TARGETS)
def test_an_older_rating_never_changes_what_is_known_today(
    history: list[Given], kind: str, level: int | None, target: int | None
) -> None:
    """Older than all, and beside a rating of record: a check alone gives way to the first who watched."""
    if not any(one.kind in OF_RECORD and one.level is not None for one in history):
        return
    older = on(min(one.on for one in history) - timedelta(1), level, kind)
    assert record_of([*history, older]) == record_of(history)
    assert standing(target, [*history, older], TODAY).state == standing(target, history, TODAY).state


def test_control_a_newer_one_changes_it() -> None:
    known = [on(date(2026, 3, 1), 1)]
    assert standing(3, known, TODAY).state == "below target"
    assert standing(3, [*known, on(TODAY, 3)], TODAY).state == "at target"


@given(HISTORY, TARGETS, st.dates(TODAY, date(2030, 1, 1)))
def test_as_time_goes_by_no_level_rises(history: list[Given], target: int | None, later: date) -> None:
    now, then = standing(target, history, TODAY), standing(target, history, later)
    assert then.level is None or then.level == now.level or (now.level and then.level == 2 < now.level)
    assert then.state == now.state or then.state == "lapsed"
    if then.state == "lapsed":
        assert then.record and then.record.level is not None and then.record.level >= 3


@given(HISTORY)
def test_without_a_target_nothing_is_needed_and_nothing_is_a_gap(history: list[Given]) -> None:
    found = standing(None, history, TODAY)
    assert (found.state, found.gap) == ("not needed", 0)


@given(HISTORY, st.integers(1, 4))
def test_a_gap_is_what_is_known_to_be_missing(history: list[Given], target: int) -> None:
    found = standing(target, history, TODAY)
    assert (found.gap > 0) == (found.state == "below target")
    assert found.is_known == (found.level is not None)


@given(HISTORY, st.integers(1, 4))
def test_the_order_in_which_ratings_are_read_does_not_matter(history: list[Given], target: int) -> None:
    assert standing(target, history, TODAY) == standing(target, history[::-1], TODAY)


@given(HISTORY, st.integers(1, 4))
def test_two_ratings_are_compared_only_where_both_are_there(history: list[Given], target: int) -> None:
    found = standing(target, history, TODAY)
    both = found.level is not None and found.self_rated is not None
    assert (found.apart is not None) == both


def test_a_knowledge_check_counts_only_where_nobody_has_rated() -> None:
    check = on(TODAY, 2, "knowledge-check")
    assert record_of([check]) == check
    older = on(date(2026, 1, 1), 1)
    assert record_of([check, older]) == older


def test_of_one_day_the_observer_counts() -> None:
    watched = on(TODAY, 1, "observer")
    assert record_of([on(TODAY, 3), watched]) == watched


def test_what_could_not_be_judged_takes_nothing_away() -> None:
    known = on(date(2026, 3, 1), 2)
    assert record_of([known, on(TODAY, None)]) == known
    assert standing(2, [on(TODAY, None)], TODAY).state == "cannot judge"


@pytest.mark.parametrize(
    ("given_on", "last"),
    [(date(2024, 2, 29), date(2025, 2, 28)), (date(2025, 2, 28), date(2026, 2, 28)), (TODAY, date(2027, 11, 22))],
)
def test_what_is_shown_holds_for_twelve_months(given_on: date, last: date) -> None:
    competent = on(given_on, 3)
    assert competent.holds_until == last
    assert standing(3, [competent], last).state == "at target"
    assert standing(3, [competent], last + timedelta(1)).state == "lapsed"
    assert standing(3, [competent], last + timedelta(1)).level is None


@given(DAYS, st.none() | st.integers(0, 2))
def test_below_competent_nothing_lapses(day: date, level: int | None) -> None:
    assert on(day, level).holds_until is None


@given(st.integers(0, 300), st.integers(1, 300))
def test_a_check_gives_at_most_two_and_never_less_for_more_right(correct: int, asked: int) -> None:
    if correct > asked:
        with pytest.raises(ValueError, match="is not a share"):
            level_of_check(correct, asked)
        return
    level = level_of_check(correct, asked)
    assert level == (correct >= asked * CHECK_BEGUN) + (correct >= asked * CHECK_PASSED)
    assert correct == asked or level_of_check(correct + 1, asked) >= level


def test_at_its_cuts_a_check_counts() -> None:
    assert [level_of_check(correct, 10) for correct in (4, 5, 7, 8)] == [0, 1, 1, 2]
    with pytest.raises(ValueError, match="is not a share"):
        level_of_check(0, 0)


def test_who_may_give_what() -> None:
    assert [most(SKILL, kind) for kind in KINDS] == [2, 4, 4, 2]
    assert [most("knowledge", kind) for kind in KINDS] == [4, 4, 4, 2]
    assert (shows(SKILL), shows("knowledge")) == (WATCHED, SHOWN)
    assert [kind for kind in KINDS if needs_showing(kind, 3)] == ["supervisor", "observer"]
    assert not any(needs_showing(kind, level) for kind in KINDS for level in (None, 0, 1, 2))


@given(st.lists(st.integers(1, 4)))
def test_of_several_roles_the_highest_need_counts(needs: list[int]) -> None:
    assert target_of(needs) == (max(needs) if needs else None)


def test_what_was_a_3_and_has_to_be_shown_again_still_is_a_2() -> None:
    long_ago = [Given("supervisor", date(2025, 1, 15), 4, "live")]
    assert (standing(2, long_ago, TODAY).state, standing(2, long_ago, TODAY).level) == ("at target", 2)
    assert (standing(3, long_ago, TODAY).state, standing(3, long_ago, TODAY).level) == ("lapsed", None)
    assert standing(2, [Given("supervisor", date(2025, 1, 15), 2)], TODAY).state == "at target"
