"""Two cycles side by side, on what was rated in both and on nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assessments.rules.ratings import UNRATED, Ratings, State
from standards.model import Checklist

Direction = Literal["up", "down", "same"]
Why = Literal["only before", "only after", "not applicable", "not rated"]


@dataclass(frozen=True)
class Move:
    """One common indicator; its domain is the one it has in the later edition."""

    indicator: str
    domain: str
    before: int
    after: int
    weight: int = 1

    @property
    def direction(self) -> Direction:
        return "up" if self.after > self.before else "down" if self.after < self.before else "same"


@dataclass(frozen=True)
class LeftOut:
    indicator: str
    why: Why


@dataclass(frozen=True)
class Sides:
    """Mean before and after over the same `common` indicators; None where there are none."""

    before: Fraction | None
    after: Fraction | None
    common: int


@dataclass(frozen=True)
class Change:
    """`whole` is the mean of the domain means, on common indicators; `of` counts all that the editions hold."""

    whole: Sides
    domains: Mapping[str, Sides]
    moves: tuple[Move, ...]
    left_out: tuple[LeftOut, ...]
    of: int


def side_by_side(before: tuple[Checklist, Ratings], after: tuple[Checklist, Ratings]) -> Change:
    """Both sides are weighed and grouped as in the later edition, so that one ruler measures both."""
    places = {i.id: (domain, i.weight) for domain, found in after[0].by_domain.items() for i in found if i.scored}
    earlier = {indicator.id: None for indicator in before[0].indicators if indicator.scored}
    moves: list[Move] = []
    left_out: list[LeftOut] = []
    for name in places | earlier:
        old, new = before[1].get(name, UNRATED), after[1].get(name, UNRATED)
        if name not in places:
            left_out.append(LeftOut(name, "only before"))
        elif name not in earlier:
            left_out.append(LeftOut(name, "only after"))
        elif State.NOT_APPLICABLE in (old.state, new.state):
            left_out.append(LeftOut(name, "not applicable"))
        elif old.level is None or new.level is None:
            left_out.append(LeftOut(name, "not rated"))
        else:
            moves.append(Move(name, places[name][0], old.level, new.level, places[name][1]))
    domains = _domains(moves)
    return Change(_whole(domains.values()), domains, tuple(moves), tuple(left_out), len(places | earlier))


def _domains(moves: Iterable[Move]) -> dict[str, Sides]:
    grouped: dict[str, list[Move]] = {}
    for move in moves:
        grouped.setdefault(move.domain, []).append(move)
    return {domain: _sides(group) for domain, group in grouped.items()}


def _sides(moves: list[Move]) -> Sides:
    weights = sum(move.weight for move in moves)
    before = Fraction(sum(move.weight * move.before for move in moves), weights)
    after = Fraction(sum(move.weight * move.after for move in moves), weights)
    return Sides(before, after, len(moves))


def _whole(domains: Iterable[Sides]) -> Sides:
    sides = list(domains)
    return Sides(_mean(s.before for s in sides), _mean(s.after for s in sides), sum(s.common for s in sides))


def _mean(values: Iterable[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    return sum(known, Fraction()) / len(known) if known else None
