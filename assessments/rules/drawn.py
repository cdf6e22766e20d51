"""Which records of a list are read: the draw, what takes the place of one that cannot be read, and what gives it back.

All of it follows from the list, the seed and what was put aside, so that anybody can repeat it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.rules.sampling import in_turn, second_size, shared_out


@dataclass(frozen=True)
class Drawn:
    """Codes: `first` in the order of the draw, `second` those of them that two read."""

    first: tuple[str, ...]
    second: frozenset[str]


def draw(listed: Mapping[str, str], size: int, seed: str) -> Drawn:
    """`listed` has the stratum of each code, "" for all where it is not stratified."""
    taken = shares(listed, size)
    chosen = {code for name, codes in by_stratum(listed).items() for code in in_turn(codes, seed)[: taken[name]]}
    first = in_turn(list(chosen), seed)
    return Drawn(tuple(first), frozenset(in_second_turn(first, seed)[: second_size(len(first))]))


def shares(listed: Mapping[str, str], size: int) -> dict[str, int]:
    """How many of each stratum."""
    return shared_out({name: len(codes) for name, codes in by_stratum(listed).items()}, size)


def next_in_turn(listed: Mapping[str, str], drawn: Sequence[str], aside: str, seed: str) -> str:
    """The first of its stratum that was not drawn; "" where all of them were."""
    same = [code for code, stratum in listed.items() if stratum == listed[aside]]
    return next((code for code in in_turn(same, seed) if code not in drawn), "")


def in_second_turn(drawn: Sequence[str], seed: str) -> list[str]:
    """The order in which those are chosen that two read."""
    return in_turn(drawn, f"{seed}:second")


def by_stratum(listed: Mapping[str, str]) -> dict[str, list[str]]:
    strata: dict[str, list[str]] = defaultdict(list)
    for code, stratum in listed.items():
        strata[stratum].append(code)
    return dict(strata)
