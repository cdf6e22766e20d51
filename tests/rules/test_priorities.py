from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.rules.gaps import Gap, gaps
from assessments.rules.priorities import SCOPES, Cell, Moved, advice, grid, ranked
from tests.rules.build import BLOCK_GRANT, DUTY, NOWHERE, checklist, ratings
from tests.rules.strategies import Case, cases

DAY = date(2025, 3, 1)


def some(levels: str, **more: Any) -> tuple[Gap, ...]:
    return gaps(checklist({"A": len(levels.split())}), ratings({"A": levels}), NOWHERE, **more)


def to(indicator: str, rank: int, why: str = "The county pays for it this year.") -> Moved:
    return Moved(indicator, rank, "M. Reyes", why, DAY)


def order(found: tuple[Gap, ...], *moves: Moved) -> list[str]:
    return [one.gap.indicator for one in ranked(found, moves)]


def test_the_grid_has_nine_cells_and_places_for_what_is_not_set() -> None:
    made = checklist({"A": 5}, {"A-1": {"ladder": "share"}, "A-4": {"ladder": "share"}})
    found = gaps(
        made,
        ratings({"A": "2/10 1 1 5/10 1"}),
        NOWHERE,
        harm={"A-1": 3, "A-2": 1, "A-5": 2},
        scope={"A-1": "limited", "A-2": "pattern"},
    )
    placed = grid(found)
    assert len([cell for cell in placed if cell.harm and cell.scope]) == 9
    assert {cell: ids for cell, ids in placed.items() if ids} == {
        Cell("high", "widespread"): ("A-1",),
        Cell("low", "pattern"): ("A-2",),
        Cell("moderate", None): ("A-5",),
        Cell(None, "pattern"): ("A-4",),
        Cell(None, None): ("A-3",),
    }


def test_without_moves_the_order_is_that_of_the_gap_list() -> None:
    found = ranked(some("2 1 0"))
    assert [(one.gap.indicator, one.rank, one.by_rule, one.moved) for one in found] == [
        ("A-3", 1, 1, None),
        ("A-2", 2, 2, None),
        ("A-1", 3, 3, None),
    ]


def test_every_rank_has_its_reason_in_words() -> None:
    made = checklist({"A": 2}, {"A-1": {"duty": DUTY, "class_": "critical"}, "A-2": {"ladder": "share"}})
    found = gaps(made, ratings({"A": "1 2/10"}), BLOCK_GRANT, harm={"A-2": 3}, effort={"A-2": 1})
    duty, share = ranked(found)
    assert duty.reason == (
        "A duty that is not met comes first. Duty not met: it is required by 42 U.S.C. 300x-27 and the level is 1 "
        "where 3 meets it."
    )
    assert share.reason == (
        "Two levels below its target of 3. Likelihood of harm: high. Scope: widespread, as counted. Effort: little."
    )
    said = ranked(gaps(made, ratings({"A": "3 1/10"}), BLOCK_GRANT, scope={"A-1": "pattern"}))
    assert said[0].reason == "One level below its target of 4. Scope: pattern."


def test_a_moved_gap_keeps_who_and_why() -> None:
    last = ranked(some("0 1 2"), [to("A-3", 1)])[0]
    assert (last.gap.indicator, last.rank, last.by_rule) == ("A-3", 1, 3)
    assert last.moved == to("A-3", 1)
    assert last.reason.endswith(
        "Moved here from place 3 by M. Reyes on March 1, 2025: “The county pays for it this year.”"
    )


def test_the_last_move_counts() -> None:
    found = some("0 0 0 0")
    assert order(found, to("A-4", 1), to("A-3", 1)) == ["A-3", "A-4", "A-1", "A-2"]
    assert order(found, to("A-4", 1), to("A-4", 3)) == ["A-1", "A-2", "A-4", "A-3"]
    assert order(found, to("A-1", 99)) == ["A-2", "A-3", "A-4", "A-1"]
    assert order(found, to("B-1", 1)) == ["A-1", "A-2", "A-3", "A-4"]


@pytest.mark.parametrize(("rank", "who", "why"), [(0, "M.", "x"), (1, " ", "x"), (1, "M.", "")])
def test_a_move_without_who_or_why_is_none(rank: int, who: str, why: str) -> None:
    with pytest.raises(ValueError, match="who made it and why"):
        Moved("A-1", rank, who, why, DAY)


def test_one_to_three_priorities_a_cycle_and_more_with_a_warning() -> None:
    assert advice(0).startswith("No priority is chosen yet.")
    assert [advice(chosen) for chosen in (1, 2, 3)] == [""] * 3
    assert advice(4).startswith("4 priorities in one cycle are many.")


@settings(max_examples=60, deadline=None)
@given(cases(), st.data())
def test_moves_lose_nothing_and_leave_the_others_in_their_order(case: Case, data: st.DataObject) -> None:
    found = gaps(*case, BLOCK_GRANT)
    names = [gap.indicator for gap in found]
    moved = data.draw(st.lists(st.sampled_from(names), unique=True, max_size=3)) if names else []
    ranks = data.draw(st.lists(st.integers(1, len(names) or 1), min_size=3, max_size=3, unique=len(names) > 2))
    moves = [to(name, rank) for name, rank in zip(moved, ranks, strict=False)]
    after = ranked(found, moves)
    assert sorted(one.gap.indicator for one in after) == sorted(names)
    assert [one.rank for one in after] == [*range(1, len(names) + 1)]
    assert [n for n in order(found, *moves) if n not in moved] == [n for n in names if n not in moved]
    if len(names) > 2:
        assert {one.gap.indicator: one.rank for one in after if one.moved} == {m.indicator: m.rank for m in moves}
    assert sum(map(len, grid(found).values())) == len(found)


def test_computed_scopes_are_those_of_the_grid() -> None:
    made = checklist({"A": 3}, {f"A-{n}": {"ladder": "share"} for n in (1, 2, 3)})
    harm = {"A-1": 2, "A-2": 2, "A-3": 2}
    placed = grid(gaps(made, ratings({"A": "3/10 4/10 21/31"}), NOWHERE, harm=harm))
    assert [placed[Cell("moderate", scope)] for scope in SCOPES] == [(), ("A-2", "A-3"), ("A-1",)]
