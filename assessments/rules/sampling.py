"""How many records to read, and which: a draw that anybody can repeat from its seed."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from math import ceil
from typing import Literal

Margin = Literal[0, 10, 15]
"""Points to each side at 95 per cent confidence; 0 reads all."""
TAKE_ALL = 20
"""Convention: of so few, all are read."""
FEWEST_SECOND = 5
SECOND = Fraction(1, 10)
Z = Fraction(196, 100)
"""Of a normal distribution, for 95 per cent."""


def sample_size(listed: int, margin: Margin) -> int:
    """For a share of a half, the worst case, from a list of that length (finite population)."""
    if not margin or listed <= TAKE_ALL:
        return listed
    return needed(listed, margin)


def needed(listed: int, margin: Margin) -> int:
    """As `sample_size`, also where a list is so short that all are read."""
    if not listed:
        return 0
    endless = Z**2 * Fraction(1, 4) / Fraction(margin, 100) ** 2
    return ceil(endless / (1 + (endless - 1) / listed))


def second_size(drawn: int) -> int:
    """How many of them two read: a tenth, five at least, all where there are fewer."""
    return min(drawn, max(FEWEST_SECOND, ceil(SECOND * drawn)))


def in_turn(keys: Sequence[str], seed: str) -> list[str]:
    """The order of the draw: by the SHA-256 of seed, colon and key. The same list and seed give the same order, on any
    machine and in any language; nobody can foresee it without the seed.
    """
    return sorted(keys, key=lambda key: (sha256(f"{seed}:{key}".encode()).digest(), key))


def shared_out(strata: Mapping[str, int], size: int) -> dict[str, int]:
    """How many of each stratum: in proportion by largest remainders, at least one of each while `size` allows."""
    total = sum(strata.values())
    exact = {name: Fraction(size * count, total) for name, count in strata.items()} if total else {}
    given = {name: min(strata[name], max(1, int(share))) for name, share in exact.items()}
    order = sorted(exact, key=lambda name: (int(exact[name]) - exact[name], name))
    while sum(given.values()) < min(size, total):
        for name in order:
            if given[name] < strata[name] and sum(given.values()) < size:
                given[name] += 1
    while sum(given.values()) > size:
        most = max(given, key=lambda name: (given[name] > 1, given[name] - exact[name], name))
        given[most] -= 1
    return given
