"""Measured only while the machine has nothing else to do, as far as it lets us."""

import psutil

BUSY = 20.0
"""Per cent of all processors."""
TRIES = 5
LOOK = 0.1


def wait() -> bool:
    """Whether the processors were quiet in the end; after half a second it is measured all the same."""
    return any(psutil.cpu_percent(interval=LOOK) < BUSY for _ in range(TRIES))


def load() -> str:
    one, five, _ = psutil.getloadavg()
    return f"load {one:.1f} over 1 min, {five:.1f} over 5 min, on {psutil.cpu_count()} processors"
