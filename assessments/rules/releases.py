"""Counts of people that others may see, from one look to the next: what joins, leaves or is asked again tells nothing.

Each table hidden by itself is not enough: 34 at two sites and 38 with a third tell that the third has 4. So:

- Sites come in together, as a **block**, with their counts as they were on that day. A count (of one measure, one site
  and one column, and no two columns of a measure count the same people) is in one block for good. What comes later
  waits, and is a block once something of it may be shown. No total reaches over blocks: the difference between two
  looks is then a table by itself, hidden like one. Totals that are shown may be added up.
- From what a block shows, things are only ever taken away. A site that withdraws takes its row along and every total
  that has it in it; the others' counts stay as they were, hidden or not. When it comes back, what was shown before is
  shown again, and no more. A count that is corrected stays here as it was.
- Every page and every export takes what it shows from `shown`, and its sums from what is shown.

In a block, a site with anything hidden has no total of its own. What is hidden then stands in one sum at most: that of
its column, or the one that is left of all where columns have no total. That makes the check exact: in one sum a count
can rise by what the others can fall, and fall by what they can rise. Agencies know their own counts, so each total is
tried against each of them. A total is not shown where it would tell a small count more closely than within `fewest`, or
than within half of that to somebody who knows the rule too: that what is hidden is small.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from assessments.rules.suppression import FEWEST, TOTAL, Cell, Counts, hidden, seen, with_totals

GRAND: Cell = (TOTAL, TOTAL)
NO_LIMIT = 10**12
"""More than anything that is counted; whole, so that sums of it stay exact."""
LOOSE = 2
"""Convention: who knows the rule may not tell a small count more closely than within `fewest` over this. Within the
whole of it would be never: such a count is known to be one of so many.
"""


@dataclass(frozen=True)
class Counted:
    """Counts by site and column. `agency_of` has for each site who knows its counts: its agency, and for a guest site
    the collaborative, whose lead keeps them all. `most` and `least` as in `suppression.hidden`, for every cell or none.
    """

    counts: Counts
    agency_of: Mapping[str, str]
    most: Counts = field(default_factory=dict)
    least: Counts = field(default_factory=dict)

    @property
    def sites(self) -> frozenset[str]:
        return frozenset(site for site, _ in self.counts)


@dataclass(frozen=True)
class Block:
    """What was released together. It is kept for as long as anybody may look, and nothing in it changes."""

    counted: Counted
    unseen: frozenset[Cell]
    fewest: int


class Part(NamedTuple):
    """A hidden count, or the sum of several, and what it can be for all that is known besides."""

    value: int
    least: int
    most: int


def next_block(blocks: Iterable[Block], waiting: Counted, fewest: int = FEWEST) -> Block | None:
    """Of what waits, with all `blocks` of the measure; None where nothing of it may be shown, so that it goes on
    waiting. ValueError where a count is in a block already or falls outside of what it can be, or `fewest` is below 5.
    """
    if any(block.counted.counts.keys() & waiting.counts.keys() for block in blocks):
        raise ValueError("a count is in a block already")
    unseen = unseen_in(waiting, fewest)
    return Block(waiting, unseen, fewest) if with_totals(waiting.counts).keys() - unseen else None


def shown(block: Block, sharing: Collection[str], fewest: int = FEWEST) -> dict[Cell, int | None]:
    """What others see of it now, None where it is hidden: of the sites that still share, and a total only while all do
    that are in it. A threshold that was raised since hides more; one that was lowered shows no more.
    """
    here = block.counted.sites & set(sharing)
    whole = here == block.counted.sites
    table = with_totals(block.counted.counts)
    kept = {cell: value for cell, value in table.items() if cell[0] in here or (whole and cell[0] == TOTAL)}
    more = unseen_in(block.counted, fewest) if fewest > block.fewest else frozenset()
    return seen(kept, block.unseen | more)


def unseen_in(counted: Counted, fewest: int = FEWEST) -> frozenset[Cell]:
    """Cells of one block not to be shown, totals among them."""
    # What is hidden besides, to save a total, is of no use here: totals are tried below, against members too.
    found = hidden(counted.counts, fewest, counted.most, counted.least) & counted.counts.keys()
    inner = {cell for cell in found if _is_small(_part(counted, cell), fewest)}
    columns = {column for _, column in counted.counts}
    without = {column for column in columns if _tells(counted, [cell for cell in inner if cell[1] == column], fewest)}
    left = [cell for cell in inner if cell[1] in without]
    totals = {(site, TOTAL) for site, _ in inner} | {(TOTAL, column) for column in without}
    return frozenset(inner | totals | ({GRAND} if _tells(counted, left, fewest) else set()))


def _tells(counted: Counted, cells: Collection[Cell], fewest: int) -> bool:
    """Whether their sum tells somebody a small count among them, or what one site or column has of it in all."""
    parts = {cell: _part(counted, cell) for cell in cells}
    aware = {cell: _as_small(part, fewest) for cell, part in parts.items()}
    for looker in {"", *(counted.agency_of[site] for site, _ in cells)}:
        others = [cell for cell in cells if counted.agency_of[cell[0]] != looker]
        for groups in (_grouped(others, place) for place in (slice(None), 0, 1)):
            plain = [_sum(parts[cell] for cell in group) for group in groups]
            small = [_is_small(part, fewest) for part in plain]
            known = [_sum(aware[cell] for cell in group) for group in groups]
            if _is_narrow(plain, small, fewest) or _is_narrow(known, small, fewest // LOOSE):
                return True
    return False


def _grouped(cells: Iterable[Cell], place: int | slice) -> Collection[list[Cell]]:
    """One by one, by site or by column."""
    found: dict[Cell | str, list[Cell]] = {}
    for cell in cells:
        found.setdefault(cell[place], []).append(cell)
    return found.values()


def _is_narrow(parts: Sequence[Part], small: Sequence[bool], within: int) -> bool:
    rise, fall = sum(part.most - part.value for part in parts), sum(part.value - part.least for part in parts)
    for part in (part for part, is_small in zip(parts, small, strict=True) if is_small):
        up, down = part.most - part.value, part.value - part.least
        # It rises by what the others can fall, and falls by what they can rise.
        if min(up, fall - down) + min(down, rise - up) < min(within, up + down):
            return True
    return False


def _part(counted: Counted, cell: Cell) -> Part:
    return Part(counted.counts[cell], counted.least.get(cell, 0), counted.most.get(cell, NO_LIMIT))


def _as_small(part: Part, fewest: int) -> Part:
    """What it can be for who knows that it, or what is left over of its whole, is small."""
    if part.value < fewest:
        return part._replace(most=min(part.most, fewest - 1))
    return part._replace(least=max(part.least, part.most - fewest + 1)) if _is_small(part, fewest) else part


def _is_small(part: Part, fewest: int) -> bool:
    return part.value < fewest or 0 < part.most - part.value < fewest


def _sum(parts: Iterable[Part]) -> Part:
    values, least, most = zip(*parts, strict=True)
    return Part(sum(values), sum(least), sum(most))
