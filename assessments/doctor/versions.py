"""Whether what is installed is what was tried: Python, and every library that is pinned."""

import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from assessments.doctor.check import Check, check

OLDEST = (3, 11)


def checks(root: Path) -> Iterator[Check]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield check("python", sys.version_info[:2] >= OLDEST, version, "Install Python 3.11 or newer.")
    for name, pinned in pins((root / "requirements.txt").read_text(encoding="utf-8")):
        found = _installed(name)
        remedy = f"Tried with {pinned}. Run: {sys.executable} -m pip install -r requirements.txt"
        yield check(name, found == pinned, found, remedy)


def pins(text: str) -> Iterator[tuple[str, str]]:
    """Name and version of what this machine needs: some are not for every system."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    for wanted in (Requirement(line) for line in lines if line):
        if wanted.marker is None or wanted.marker.evaluate():
            yield wanted.name, str(wanted.specifier).removeprefix("==")


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"
