"""The choice that covers most, and costs least of all that cover as much: two programs in whole numbers, one after the
other, which HiGHS solves to the end unless its time is up.

Everything that counts is a whole number, and what the solver chose is counted again in whole numbers, so that nothing
rests on a tolerance. The same input in the same order gives the same choice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, gcd
from typing import Any, NamedTuple

HALF_A_UNIT = 0.5
NEARLY = 1e-3
"""How far the bound of a solver can lie from a whole number that it means."""


@dataclass(frozen=True)
class Item:
    """What it costs, from 1, and the numbers of the things that it covers."""

    cost: int
    covers: frozenset[int]


@dataclass(frozen=True)
class Cover:
    """Places of the items chosen. `at_most` and `at_least` are what any choice can be worth, and what any that is worth
    as much can cost, as far as is proven.
    """

    chosen: tuple[int, ...]
    worth: int
    cost: int
    at_most: int
    at_least: int

    @property
    def proven(self) -> bool:
        return self.worth == self.at_most and self.cost == self.at_least


class Program(NamedTuple):
    """Least `costs` times what is chosen, so that each of the `rows` is at least its `low`; the first `whole` unknowns
    are 0 or 1, the others from 0 to 1.
    """

    costs: Sequence[float]
    rows: Sequence[Sequence[float]]
    low: Sequence[float]
    whole: int


class Things(NamedTuple):
    """Sets of items that cover the same things, and what these are worth together."""

    by: tuple[tuple[int, ...], ...]
    worth: tuple[int, ...]


def cover(items: Sequence[Item], worth: Mapping[int, int], budget: int | None, seconds: float) -> Cover:
    """`worth` by the number of the thing. Of what costs the same, the choice with fewest items. ValueError where
    something costs or is worth less than 1.
    """
    if any(one < 1 for one in (*worth.values(), *(item.cost for item in items))):
        raise ValueError("costs and worths are whole numbers from 1")
    things = together(items, worth)
    at_most, found = sum(things.worth), list[tuple[int, ...]]()
    if budget is not None and at_most:
        found, bound = solve(most(items, things, budget), seconds / 2)
        at_most = min(at_most, floor(NEARLY - bound))
        found = [*found, _greedy(items, things, budget)]  # the solver's may be worse, where its time was up
    need = max((_worth(things, one) for one in found), default=at_most)
    if not need:
        return Cover((), 0, 0, at_most, 0)
    chosen, bound = solve(cheapest(items, things, need), seconds / 2)
    at_least = ceil((bound - NEARLY - len(items)) / (len(items) + 1)) * _unit(items)
    best = _best(items, things, budget, [*found, *chosen] or [_greedy(items, things, budget)])
    return Cover(best, _worth(things, best), _cost(items, best), at_most, max(0, at_least))


def most(items: Sequence[Item], things: Things, budget: int) -> Program:
    """Unknowns: each item, and each set of things."""
    unit = _unit(items)
    spent: list[float] = [*(-(item.cost // unit) for item in items), *(0 for _ in things.by)]
    costs = [*(0 for _ in items), *(-worth for worth in things.worth)]
    low = [*(0 for _ in things.by), -(budget // unit)]
    return Program(costs, [*_covering(len(items), things), spent], low, len(items))


def cheapest(items: Sequence[Item], things: Things, need: int) -> Program:
    """Where all has to be covered, the unknowns are the items alone."""
    unit = _unit(items)
    costs = [item.cost // unit * (len(items) + 1) + 1 for item in items]
    if need == sum(things.worth):
        return Program(costs, [_row(len(items), by) for by in things.by], [1] * len(things.by), len(items))
    enough: list[float] = [*(0 for _ in items), *things.worth]
    rows = [*_covering(len(items), things), enough]
    return Program([*costs, *(0 for _ in things.by)], rows, [*(0 for _ in things.by), need], len(items))


def solve(program: Program, seconds: float) -> tuple[list[tuple[int, ...]], float]:
    """The choice, if one was found in time, and the bound below which no choice can come."""
    # Takes a second to import, and most pages never need it.
    import numpy as np  # noqa: PLC0415
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415

    whole = np.arange(len(program.costs)) < program.whole
    found: Any = milp(
        np.array(program.costs),
        integrality=whole.astype(int),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(np.array(program.rows), np.array(program.low), np.inf),
        options={"time_limit": seconds, "mip_rel_gap": 0},
    )
    bound = found.mip_dual_bound
    if found.x is None:
        return [], float(bound) if bound is not None else sum(min(0, cost) for cost in program.costs)
    return [tuple(at for at in range(program.whole) if found.x[at] > HALF_A_UNIT)], float(bound)


def together(items: Sequence[Item], worth: Mapping[int, int]) -> Things:
    """What nothing covers is left out."""
    by: dict[int, list[int]] = {thing: [] for thing in worth}
    for at, item in enumerate(items):
        for thing in item.covers:
            by[thing].append(at)
    sets: dict[tuple[int, ...], int] = {}
    for thing, places in by.items():
        if places:
            sets[tuple(places)] = sets.get(tuple(places), 0) + worth[thing]
    return Things(tuple(sets), tuple(sets.values()))


def _covering(items: int, things: Things) -> list[list[float]]:
    """A set of things counts as far as an item is chosen that covers it."""
    own = [[-1.0 if other == at else 0.0 for other in range(len(things.by))] for at in range(len(things.by))]
    return [_row(items, by) + last for by, last in zip(things.by, own, strict=True)]


def _row(items: int, places: Iterable[int]) -> list[float]:
    row = [0.0] * items
    for at in places:
        row[at] = 1.0
    return row


def _unit(items: Sequence[Item]) -> int:
    """The largest number that all costs are multiples of: small numbers keep the solver far from its tolerances."""
    return gcd(*(item.cost for item in items)) or 1


def _greedy(items: Sequence[Item], things: Things, budget: int | None) -> tuple[int, ...]:
    """What adds most for its cost, one after the other: there whenever the solver's time is up too early."""
    chosen: list[int] = []
    while True:
        base, spent = _worth(things, chosen), _cost(items, chosen)
        within = [at for at, item in enumerate(items) if budget is None or spent + item.cost <= budget]
        adds = {at: _worth(things, [*chosen, at]) - base for at in within}
        at = max(adds, key=lambda one: adds[one] / items[one].cost, default=None)
        if at is None or not adds[at]:
            return tuple(chosen)
        chosen.append(at)


def _best(items: Sequence[Item], things: Things, budget: int | None, found: Iterable[Sequence[int]]) -> tuple[int, ...]:
    within = [_needed(items, things, one) for one in found if budget is None or _cost(items, one) <= budget]
    return max(within, key=lambda one: (_worth(things, one), -_cost(items, one), -len(one)))


def _needed(items: Sequence[Item], things: Things, chosen: Sequence[int]) -> tuple[int, ...]:
    """Without what adds nothing, in the order of the items."""
    kept = set(chosen)
    for at in sorted(chosen, key=lambda one: -items[one].cost):
        if all(at not in by or len(kept.intersection(by)) > 1 for by in things.by):
            kept.remove(at)
    return tuple(sorted(kept))


def _worth(things: Things, chosen: Iterable[int]) -> int:
    places = set(chosen)
    return sum(worth for by, worth in zip(things.by, things.worth, strict=True) if not places.isdisjoint(by))


def _cost(items: Sequence[Item], chosen: Iterable[int]) -> int:
    return sum(items[at].cost for at in chosen)
