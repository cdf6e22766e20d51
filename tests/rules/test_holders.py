from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.competency import Given, Standing, standing
from assessments.rules.holders import SOON, Holding, due_again, held_by_few, tally

TODAY = date(2026, 11, 22)


def at(level: int | None, target: int | None = 3, days_ago: int = 10, kind: str = "supervisor") -> Standing:
    """Rated on that day, "live"."""
    given_ = Given(kind, TODAY - timedelta(days=days_ago), level, "live")  # type: ignore[arg-type]
    return standing(target, [given_], TODAY)


UNRATED = standing(3, [], TODAY)


def test_what_two_hold_is_no_single_point_and_what_one_or_nobody_holds_is() -> None:
    found = held_by_few(
        {
            "two": {"a": at(3), "b": at(4)},
            "one": {"a": at(3), "b": at(2), "c": at(1), "d": at(3, days_ago=500), "e": UNRATED},
            "nobody": {"a": at(2), "b": UNRATED},
            "no role needs it": {"a": at(4, target=None)},
        }
    )
    assert found == [Holding("nobody", None, ("a",), 2), Holding("one", "a", ("b", "d"), 5)]


def test_who_can_do_it_without_needing_it_holds_it_too() -> None:
    assert held_by_few({"one": {"a": at(3), "b": at(4, target=None)}}) == []
    assert held_by_few({"one": {"a": at(2), "b": at(4, target=None)}}) == [Holding("one", "b", ("a",), 1)]


def test_who_needs_less_and_has_it_is_nobody_to_turn_to_for_more() -> None:
    found = held_by_few({"one": {"counselor": at(3), "front desk": at(1, target=1)}})
    assert found == [Holding("one", "counselor", (), 2)]


def test_what_ends_within_sixty_days_comes_by_date_with_what_has_ended_first() -> None:
    lasts = 365
    found = due_again(
        {
            "S": {
                "ended": at(3, days_ago=lasts + 30),
                "today": at(3, days_ago=lasts),
                "soon": at(4, days_ago=lasts - SOON.days),
                "later": at(3, days_ago=lasts - SOON.days - 1),
                "low": at(2, days_ago=lasts + 30),
                "not needed": at(4, target=None, days_ago=lasts + 30),
                "check": UNRATED,
            }
        },
        TODAY,
    )
    assert [(one.staff, one.lapsed) for one in found] == [("ended", True), ("today", False), ("soon", False)]
    assert (found[1].until, found[2].until) == (TODAY, TODAY + SOON)


def test_a_tally_by_hand() -> None:
    own = at(2, kind="self")
    found = tally([at(3), at(1), at(0), at(3, days_ago=500), at(None), own, UNRATED, at(4, target=None)])
    assert (found.needed, found.at_target, found.below, found.lapsed) == (7, 1, 2, 1)
    assert (found.unknown, found.self_only, found.unrated, found.short) == (1, 1, 1, 5)


levels = st.one_of(st.none(), st.integers(0, 4))
one_standing = st.builds(
    at, levels, st.one_of(st.none(), st.integers(1, 4)), st.integers(0, 500), st.sampled_from(["self", "supervisor"])
)


@given(st.dictionaries(st.sampled_from("abcdef"), one_standing))
def test_everybody_who_needs_it_counts_once_and_a_holder_is_never_to_learn_it(found: Mapping[str, Standing]) -> None:
    told = tally(found.values())
    parts = (told.at_target, told.below, told.lapsed, told.unknown, told.self_only, told.unrated)
    assert sum(parts) == told.needed == sum(one.target is not None for one in found.values())
    few = held_by_few({"S": found})
    highest = max((one.target for one in found.values() if one.target), default=0)
    able = [one for one in found.values() if highest and one.level is not None and one.level >= highest]
    assert bool(few) == (told.needed > 0 and len(able) <= 1)
    assert all(one.holder not in one.nearest for one in few)
