"""What a site sees of its staff: shares worked by hand, and nothing of a group that is too small."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.competency import Given, Standing, standing
from assessments.rules.gaps import gaps
from assessments.rules.ratings import Rated, State, level_of_share
from assessments.rules.rolled_up import (
    COUNTED,
    FEWEST,
    NOBODY_NEEDS_IT,
    Open,
    Share,
    left_open,
    median_told,
    rated_told,
    rolled_up,
    share,
    told,
)
from standards import catalogue

TODAY = date(2026, 11, 22)
STAFF = catalogue.library()["perinatal-staff", "1.0"]
CRITICAL = "STF-31"


def at(level: int | None, target: int | None = 3, on: date = TODAY) -> Standing:
    """Of somebody whom a supervisor rated, or nobody."""
    return standing(target, () if level is None else (Given("supervisor", on, level, "session"),), TODAY)


def level_of(met: int, of: int) -> int:
    return level_of_share(rolled_up(STAFF).ladder_of["STF-01"], met, of)


@pytest.mark.parametrize(
    ("met", "of", "level"), [(26, 37, 3), (9, 10, 4), (7, 10, 3), (69, 100, 2), (2, 5, 2), (1, 5, 1), (0, 5, 0)]
)
def test_the_level_of_a_share(met: int, of: int, level: int) -> None:
    found = share([at(3)] * met + [at(2)] * (of - met))
    assert (found.shown, found.at_target, found.rated, found.needed) == ("shown", met, of, of)
    assert level_of(met, of) == level


def test_a_group_of_four_is_hidden_and_five_are_shown() -> None:
    assert share([at(3)] * 4) == Share("too few")
    assert share([at(3)] * 4 + [at(1, target=None)] * 9) == Share("too few")
    assert share([at(3)] * 5).shown == "shown"


def test_where_five_need_it_and_four_are_rated_nothing_is_shown() -> None:
    assert share([at(3)] * 4 + [at(None)]) == Share("too few rated")


def test_four_in_five_have_to_be_rated() -> None:
    assert share([at(3)] * 8 + [at(None)] * 2).shown == "shown"
    assert share([at(3)] * 7 + [at(None)] * 3) == Share("part rated")


def test_what_no_role_needs_does_not_apply() -> None:
    assert share([]) == share([at(3, target=None)] * 9) == Share("nobody")


def test_the_median_of_an_even_count_lies_between_two_levels() -> None:
    assert share([at(level) for level in (0, 1, 2, 3, 3, 4)]).median == Fraction(5, 2)
    assert share([at(level) for level in (0, 1, 2, 3, 4)]).median == 2


def test_one_whose_rating_lapsed_counts_as_not_rated() -> None:
    lapsed = at(4, on=date(2025, 11, 21))
    assert lapsed.state == "lapsed"
    found = share([at(3)] * 5 + [lapsed])
    assert (found.at_target, found.rated, found.needed) == (5, 5, 6)
    assert share([at(3)] * 4 + [lapsed]) == Share("too few rated")


def test_where_nobody_is_rated_it_says_so() -> None:
    assert share([at(None)] * 5) == share([at(None, target=3), *[at(None)] * 8]) == Share("none rated")
    assert share([at(None)] * 4) == Share("too few")


@pytest.mark.parametrize(
    ("met", "rated", "needed", "left"),
    [(7, 13, 13, 0), (7, 11, 13, "some"), (12, 12, 13, "some"), (18, 24, 30, 6), (20, 24, 30, "some"), (24, 24, 30, 6)],
)
def test_no_group_of_one_to_four_is_told_by_who_is_not_rated(met: int, rated: int, needed: int, left: Open) -> None:
    found = Share("shown", met, rated, needed, Fraction(3))
    assert left_open(found) == left
    again = rated_told(told(found), needed)
    assert again == (None if left == "some" else rated)
    assert left_open(Share("shown", met, again, needed)) == left
    assert str(rated) not in told(found).split(str(needed))[0] or left != "some"


def test_a_count_kept_from_before_says_how_many_were_rated_and_is_told_no_further() -> None:
    kept = "Ratings of 11 of 13 staff by supervisors, observers and knowledge checks. Their median level is 3.0"
    assert (rated_told(kept, 13), rated_told("", 13)) == (11, 13)
    assert left_open(Share("shown", 7, 11, 13)) == "some"


def test_who_is_not_rated_is_not_counted_as_at_target() -> None:
    found = share([at(3)] * 8 + [at(None)] * 2)
    assert (found.at_target, found.needed, level_of(8, 10)) == (8, 10, 3)


def test_a_self_rating_counts_for_nothing() -> None:
    own = standing(2, (Given("self", TODAY, 2),), TODAY)
    assert share([at(3)] * 4 + [own]) == Share("too few rated")


@given(st.lists(st.tuples(st.none() | st.integers(0, 4), st.none() | st.integers(1, 4)), max_size=14))
def test_nothing_of_fewer_than_five_is_ever_in_a_share(people: list[tuple[int | None, int | None]]) -> None:
    found = share([at(level, target) for level, target in people])
    if found.shown == "shown":
        assert found.rated is not None and found.needed is not None and found.at_target is not None
        assert FEWEST <= found.rated <= found.needed and found.at_target <= found.rated
        assert median_told(told(found)) == found.median
    else:
        assert found == Share(found.shown)


def test_a_rolled_up_edition_is_the_same_edition_on_the_ladder_of_counts() -> None:
    found = rolled_up(STAFF)
    assert found is rolled_up(STAFF) and found.hash == STAFF.hash and found.key == STAFF.key
    assert {one.ladder for one in found.indicators} == {"share"} and {one.ladder for one in STAFF.indicators} != {
        "share"
    }
    assert all(one.na == NOBODY_NEEDS_IT and one.counts == COUNTED["staff"] and not one.cue for one in found.indicators)
    assert [one.class_ for one in found.indicators] == [one.class_ for one in STAFF.indicators]


def test_a_gap_tells_of_staff_and_not_of_cases() -> None:
    def reason(rated: Rated) -> str:
        found = gaps(rolled_up(STAFF), {CRITICAL: rated}, frozenset())
        return next(gap.reason for gap in found if gap.indicator == CRITICAL)

    assert "2 of 10 staff are not known to be at target" in reason(Rated(State.LEVEL, 3, 8, 10, 10))
    assert "it is not counted yet" in reason(Rated())
    assert "no share of staff can be shown" in reason(Rated(State.CANNOT_JUDGE))
