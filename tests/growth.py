"""How the time that something takes grows with its size: the machine's own speed falls out of the ratio."""

import time
from collections.abc import Callable

TIMES = 4
LINEAR = 9.0
"""Growth that four times the size may cost: twice the share, for noise, and far below the sixteen of a square."""
NOISE = 0.005
"""Seconds below which a machine's own affairs are most of what is measured."""


def growth(act: Callable[[int], object], size: int) -> float:
    """Processor time for TIMES the size over that for `size`; the best of three each."""
    return _best(act, TIMES * size) / max(NOISE, _best(act, size))


def _best(act: Callable[[int], object], size: int) -> float:
    return min(_once(act, size) for _ in range(3))


def _once(act: Callable[[int], object], size: int) -> float:
    start = time.process_time()
    act(size)
    return time.process_time() - start
