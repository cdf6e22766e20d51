"""No count that is hidden can be told from those that are shown: tried by linear programming, which knows all sums."""

from collections.abc import Collection, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from assessments.rules.suppression import FEWEST, TOTAL, Cell, derivable, hidden, seen, with_totals

TWO_SITES = {("A", "Q1"): 4, ("B", "Q1"): 30}
COUNTS = st.one_of(st.integers(0, 15), st.integers(0, 400))
CELLS = st.tuples(st.sampled_from("ABC"), st.sampled_from("123"))
TABLES = st.dictionaries(CELLS, COUNTS, min_size=1, max_size=9)


def told(table: Mapping[Cell, int], unseen: Collection[Cell], most: Mapping[Cell, int] | None = None) -> set[Cell]:
    """The cells not shown for which the sums leave one number alone, as a solver of linear programs finds it."""
    cells = sorted(table)
    lines = [_line(cells, place, name) for place in (0, 1) for name in sorted({cell[place] for cell in cells})]
    bounds = [(0, most.get(cell) if most else None) if cell in unseen else (table[cell], table[cell]) for cell in cells]
    found = set()
    for cell in unseen:
        wanted = [float(one == cell) for one in cells]
        low, high = (_extreme([sign * one for one in wanted], lines, bounds) for sign in (1, -1))
        if low is not None and high is not None and -high - low < 0.5:
            found.add(cell)
    return found


def _line(cells: list[Cell], place: int, name: str) -> list[float]:
    """What a row or a column adds up, less its total, is nothing."""
    sign = {True: -1.0, False: 1.0}
    return [sign[cell[1 - place] == TOTAL] if cell[place] == name else 0.0 for cell in cells]


def _extreme(wanted: list[float], lines: list[list[float]], bounds: list[tuple[int, int | None]]) -> float | None:
    """None where there is no bound to it."""
    found = linprog(wanted, A_eq=lines, b_eq=[0.0] * len(lines), bounds=bounds)
    return float(found.fun) if found.success else None


def primary(table: Mapping[Cell, int], fewest: int = FEWEST) -> set[Cell]:
    return {cell for cell, count in table.items() if count < fewest}


def test_of_two_sites_the_small_one_and_the_total_are_hidden() -> None:
    unseen = hidden(TWO_SITES)
    assert unseen == {("A", "Q1"), ("A", TOTAL), (TOTAL, "Q1"), (TOTAL, TOTAL)}
    assert seen(with_totals(TWO_SITES), unseen)["B", "Q1"] == 30


def test_control_hiding_the_small_one_alone_gives_it_away() -> None:
    table = with_totals(TWO_SITES)
    unseen = primary(table)
    assert told(table, unseen) == derivable(table, unseen) == unseen == {("A", "Q1"), ("A", TOTAL)}


def test_control_two_to_each_line_is_not_enough() -> None:
    """A bridge between two rings: every line has two hidden cells, and one of them is told all the same."""
    shape = ("1110", "1100", "0011", "0011")
    counts = {(f"r{y}", f"c{x}"): 20 for y in range(5) for x in range(5)}
    ring = {(f"r{y}", f"c{x}") for y, row in enumerate(shape) for x, sign in enumerate(row) if sign == "1"}
    table = with_totals(counts)
    lonely = {("r0", "c2")}
    assert derivable(table, ring) == told(table, ring) == lonely


def test_nothing_small_is_hidden_nowhere() -> None:
    assert hidden({("A", "1"): 11, ("B", "1"): 40}) == frozenset()
    assert hidden({("A", "1"): 10, ("B", "1"): 40}, 5) == frozenset()


def test_several_small_ones_whose_sum_is_small_take_their_total_along() -> None:
    assert (TOTAL, "1") in hidden({("A", "1"): 3, ("B", "1"): 4, ("C", "1"): 40})
    assert (TOTAL, "1") not in hidden({("A", "1"): 10, ("B", "1"): 9, ("C", "1"): 40})


def test_who_is_left_over_of_a_whole_is_hidden_too() -> None:
    parts, whole = {("A", "1"): 97, ("B", "1"): 50}, {("A", "1"): 100, ("B", "1"): 90}
    assert ("A", "1") in hidden(parts, most=whole)
    assert ("A", "1") not in hidden(parts)
    assert hidden({("A", "1"): 100, ("B", "1"): 50}, most=whole) == frozenset(), "all of them leaves nobody"


@pytest.mark.parametrize(("fewest", "most"), [(4, None), (11, {("A", "Q1"): 3, ("B", "Q1"): 30})])
def test_what_cannot_be_is_refused(fewest: int, most: dict[Cell, int] | None) -> None:
    with pytest.raises(ValueError, match=r"never shown|more than"):
        hidden(TWO_SITES, fewest, most)


@given(TABLES, st.sampled_from([5, 11]))
@settings(max_examples=40)
def test_no_hidden_count_is_told_by_sums(counts: dict[Cell, int], fewest: int) -> None:
    table, unseen = with_totals(counts), hidden(counts, fewest)
    assert primary(table, fewest) <= unseen
    assert told(table, unseen) == set()


@given(TABLES, st.data())
@settings(max_examples=40)
def test_no_hidden_part_is_told_by_sums_and_by_its_whole(whole: dict[Cell, int], data: st.DataObject) -> None:
    counts = {cell: data.draw(st.integers(0, most)) for cell, most in whole.items()}
    limits, unseen = with_totals(whole), hidden(counts, most=whole)
    nothing = {cell for cell in unseen if limits[cell] == 0}
    assert told(with_totals(counts), unseen, limits) <= nothing


@given(TABLES, st.sets(st.sampled_from([(x, y) for x in ("A", "B", "C", TOTAL) for y in ("1", "2", "3", TOTAL)])))
@settings(max_examples=40)
def test_what_is_called_derivable_is_what_the_solver_finds(counts: dict[Cell, int], some: set[Cell]) -> None:
    table = with_totals(counts)
    unseen = some & table.keys()
    assert derivable(table, unseen) == told(table, unseen)


def test_control_the_small_ones_alone_are_told_in_most_tables() -> None:
    broken = 0
    for small in range(10):
        counts = {(site, quarter): 12 + 5 * ord(site) % 7 for site in "ABC" for quarter in "123"} | {("A", "1"): small}
        table = with_totals(counts)
        broken += bool(told(table, primary(table)))
    assert broken == 10
