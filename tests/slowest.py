"""Writes `slow.txt` anew: the tests that `make check` leaves to `make test`, so that it is over within a minute."""

import sys
from collections import defaultdict
from pathlib import Path

import pytest

LISTED = Path(__file__).with_name("slow.txt")
MOST = 0.15
"""Seconds, of a function with all its parameters: two thirds of the functions take less."""


def listed() -> frozenset[str]:
    return frozenset(LISTED.read_text(encoding="utf-8").split())


def function_of(node: str) -> str:
    return node.partition("[")[0]


class Stopwatch:
    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[function_of(report.nodeid)] += report.duration


def main(arguments: list[str]) -> int:
    """What `make check` gives pytest; the list stays as it is where a test fails."""
    text, watch = LISTED.read_text(encoding="utf-8"), Stopwatch()
    LISTED.write_text("", encoding="utf-8")
    try:
        failed = pytest.main(arguments, plugins=[watch])
        if not failed:
            text = "".join(f"{name}\n" for name, seconds in sorted(watch.seconds.items()) if seconds > MOST)
    finally:
        LISTED.write_text(text, encoding="utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
