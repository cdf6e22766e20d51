"""Hiding small counts in a table that is shown with its totals, so that no sum gives them back.

A table has rows and columns of counts, a total of each, and one of all. Each row and each column is a line: its counts
come to its total. What nobody counted is not in the table and is taken for nothing in the totals. Whoever sees the
table knows the rule, that a count is never less than nothing, and perhaps for each a most that it cannot exceed.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

Cell = tuple[str, str]
"""Row and column."""
Counts = Mapping[Cell, int]
Ways = dict[Cell, list[Cell]]
"""From line to line."""
V = TypeVar("V")

TOTAL = ""
"""The row, or the column, of the totals."""
FEWEST, LEAST_FEWEST = 11, 5
"""Counts below are hidden. Convention, as of federal health agencies; an agreement that says so can go down to 5."""


def with_totals(counts: Counts) -> dict[Cell, int]:
    """With the total of each row and column that has a count, and of all."""
    found = dict(counts)
    for (row, column), count in counts.items():
        for cell in ((row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)):
            found[cell] = found.get(cell, 0) + count
    return found


def hidden(
    counts: Counts, fewest: int = FEWEST, most: Counts | None = None, least: Counts | None = None
) -> frozenset[Cell]:
    """Cells not to be shown, totals among them. `most` has what each is a part of: then those left over, where there
    are any, are not to be told either. `least` has parts of each. Both may be known to whoever sees the table.
    ValueError where `fewest` is below 5, or a count falls outside of what it can be.
    """
    if fewest < LEAST_FEWEST:
        raise ValueError(f"counts below {LEAST_FEWEST} are never shown")
    table, limits, floors = (with_totals(found or {}) for found in (counts, most, least))
    if any(not floors.get(cell, 0) <= value <= limits.get(cell, value) for cell, value in table.items()):
        raise ValueError("a count is less than a part of it, or more than what it is a part of")
    found = {cell for cell, value in table.items() if _is_small(value, limits.get(cell), fewest)}
    while more := _to_hide(table, limits, floors, found, fewest):
        found |= more
    return frozenset(found)


def derivable(
    table: Counts, unseen: Iterable[Cell], most: Counts | None = None, least: Counts | None = None
) -> frozenset[Cell]:
    """Those of the cells not shown that the others give away, so that one number alone fits. All with their totals.

    Exact: a cell can be another number if and only if a ring of cells not shown runs through it, from row to column to
    row, along which one more here is one less there, and none of them leaves what it can be.
    """
    limits, floors = most or {}, least or {}
    ways: Ways = {}
    for cell in unseen:
        row, column = _lines(cell)
        # A total is what its line comes to: where it rises, that line has less of it left.
        up, down = (column, row) if (cell[0] == TOTAL) != (cell[1] == TOTAL) else (row, column)
        if table[cell] < limits.get(cell, table[cell] + 1):
            ways.setdefault(up, []).append(down)
        if table[cell] > floors.get(cell, 0):
            ways.setdefault(down, []).append(up)
    return frozenset(cell for cell in unseen if not _in_a_ring(ways, *_lines(cell)))


def seen(counts: Mapping[Cell, V], unseen: Iterable[Cell]) -> dict[Cell, V | None]:
    """What may be shown; None where it is hidden."""
    without = frozenset(unseen)
    return {cell: None if cell in without else value for cell, value in counts.items()}


def _is_small(value: int, limit: int | None, fewest: int) -> bool:
    return value < fewest or (limit is not None and 0 < limit - value < fewest)


def _to_hide(table: Counts, limits: Counts, floors: Counts, found: set[Cell], fewest: int) -> set[Cell]:
    """What has to be hidden besides; empty where nothing has."""
    totals = set()
    for total, parts in _of_lines(table):
        inner = [cell for cell in parts if cell in found]
        if inner and total not in found and _tells(table, limits, inner, fewest):
            totals.add(total)
    if totals:
        return totals
    nothing_of_nothing = {cell for cell in found if limits.get(cell) == 0}
    told = derivable(table, found, limits, floors) - nothing_of_nothing
    return {more for cell in told for more in _beside(table, cell, found)}


def _tells(table: Counts, limits: Counts, inner: list[Cell], fewest: int) -> bool:
    """Whether the total less what is shown leaves a small count, of several cells taken together."""
    left = sum(table[cell] for cell in inner)
    return _is_small(left, sum(limits[cell] for cell in inner) if limits else None, fewest)


def _beside(table: Counts, told: Cell, found: set[Cell]) -> set[Cell]:
    """A further cell of the same row or column, a total first and then the smallest; else any."""
    others = sorted((TOTAL not in cell, count, cell) for cell, count in table.items() if cell not in found)
    near = [cell for _, _, cell in others if cell[0] == told[0] or cell[1] == told[1]]
    return set(near[:1] or [cell for _, _, cell in others[:1]])


def _of_lines(table: Counts) -> Iterator[tuple[Cell, list[Cell]]]:
    """The total of each line with what it adds up, the line of totals too."""
    for place in (0, 1):
        for name in sorted({cell[place] for cell in table}):
            line = [cell for cell in table if cell[place] == name]
            yield next(cell for cell in line if cell[1 - place] == TOTAL), [c for c in line if c[1 - place] != TOTAL]


def _lines(cell: Cell) -> tuple[Cell, Cell]:
    return ("row", cell[0]), ("column", cell[1])


def _in_a_ring(ways: Ways, row: Cell, column: Cell) -> bool:
    """Whether the way through the cell, in either direction, leads back to where it began."""
    return any(
        there in ways.get(here, ()) and _leads(ways, there, here) for here, there in ((row, column), (column, row))
    )


def _leads(ways: Ways, start: Cell, end: Cell) -> bool:
    """By another way than straight."""
    known, waiting = {start}, deque([start])
    while waiting:
        at = waiting.popleft()
        for following in ways.get(at, ()):
            if following == end and at != start:
                return True
            if following != end and following not in known:
                known.add(following)
                waiting.append(following)
    return False
