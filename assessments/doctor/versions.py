"""Whether what is installed is what was tried: Python, and every library that is pinned."""

import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from assessments.doctor.check import Check, check

PIN = re.compile(r"^([\w.-]+)(?:\[[\w,]+\])?==(\S+)", re.MULTILINE)
OLDEST = (3, 11)


def checks(root: Path) -> Iterator[Check]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield check("python", sys.version_info[:2] >= OLDEST, version, "Install Python 3.11 or newer.")
    pins = PIN.findall((root / "requirements.txt").read_text(encoding="utf-8"))
    for name, pinned in pins:
        found = _installed(name)
        remedy = f"Tried with {pinned}. Run: {sys.executable} -m pip install -r requirements.txt"
        yield check(name, found == pinned, found, remedy)


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"
