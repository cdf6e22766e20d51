from assessments.rules.state_counts import StateCounts, is_small, seen_by_others
from assessments.rules.suppression import TOTAL

ALL = (TOTAL, TOTAL)
LARGE = StateCounts(60, 40, 30, 35, 25)


def test_what_was_not_counted_is_no_zero() -> None:
    seen = seen_by_others({("A", "2026-Q1"): LARGE, ("B", "2026-Q1"): StateCounts(identified=50)})
    assert seen["identified"][ALL] == 110
    assert seen["received"] == dict.fromkeys([("A", "2026-Q1"), ("A", TOTAL), (TOTAL, "2026-Q1"), ALL], 25)


def test_a_small_count_is_hidden_with_what_would_tell_it() -> None:
    seen = seen_by_others({("A", "2026-Q1"): StateCounts(4, 3), ("B", "2026-Q1"): LARGE})
    assert seen["identified"]["A", "2026-Q1"] is None
    assert seen["identified"][ALL] is None
    assert seen["identified"]["B", "2026-Q1"] == 60


def test_who_is_without_a_plan_is_not_told_by_taking_away() -> None:
    """58 of 60 with a plan leave 2 without one."""
    seen = seen_by_others({("A", "2026-Q1"): StateCounts(60, 58), ("B", "2026-Q1"): StateCounts(60, 40)})
    assert seen["identified"]["A", "2026-Q1"] == 60
    assert seen["with_plan"]["A", "2026-Q1"] is None
    assert seen["with_plan"][ALL] is None


def test_families_without_a_service_are_not_told_by_taking_away() -> None:
    seen = seen_by_others({("A", "2026-Q1"): StateCounts(40, received=39), ("B", "2026-Q1"): LARGE})
    assert seen["received"]["A", "2026-Q1"] is None
    assert seen["received"][ALL] is None
    assert is_small(StateCounts(40, received=39))


def test_a_part_whose_whole_was_not_counted_is_not_shown() -> None:
    assert seen_by_others({("A", "2026-Q1"): StateCounts(with_plan=40)})["with_plan"] == {}


def test_an_agreement_may_go_down_to_five() -> None:
    cells = {("A", "2026-Q1"): StateCounts(9), ("B", "2026-Q1"): StateCounts(20)}
    assert None not in seen_by_others(cells, 5)["identified"].values()
    assert None in seen_by_others(cells)["identified"].values()


def test_small_is_also_what_a_part_leaves() -> None:
    assert is_small(StateCounts(60, 58))
    assert is_small(StateCounts(received=0))
    assert not is_small(StateCounts(60, 60))
    assert not is_small(LARGE)
