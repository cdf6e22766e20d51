"""What was measured against what was promised: a list of ratios, as a table and as JSON."""

import json
import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HEADER = ("figure", "value", "goal", "met", "from")


@dataclass(frozen=True)
class Figure:
    """A ratio, or a count, that is to be at most `goal`; `origin` says what it was computed from."""

    name: str
    value: float
    goal: float
    origin: str = ""

    @property
    def met(self) -> bool:
        return self.value <= self.goal


@dataclass(frozen=True)
class Times:
    """Seconds, one a sample."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        """The nearest rank: of a hundred, the ninety-fifth."""
        return sorted(self.seconds)[math.ceil(0.95 * len(self.seconds)) - 1]

    def __str__(self) -> str:
        return f"{self.median * 1000:.1f} ms (p95 {self.p95 * 1000:.1f}, n {len(self.seconds)})"


def ratio(name: str, measured: Times, floor: Times, goal: float) -> Figure:
    return Figure(name, measured.median / floor.median, goal, f"{measured} / {floor}")


def table(figures: Sequence[Figure]) -> str:
    rows = [
        HEADER,
        *((f.name, f"{f.value:.2f}", f"{f.goal:g}", "yes" if f.met else "NO", f.origin) for f in figures),
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADER))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def write(figures: Sequence[Figure], path: Path) -> None:
    """A value that is not finite, for what never came, is written as null."""
    rows = [
        {"name": f.name, "value": f.value if math.isfinite(f.value) else None, "goal": f.goal, "met": f.met}
        for f in figures
    ]
    path.write_text(json.dumps(rows, indent=2, allow_nan=False) + "\n", encoding="utf-8")
