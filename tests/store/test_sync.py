"""Saved means on the disk: the system is asked to write through at least once for each save that was acknowledged."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event

from assessments.store import database
from tests.use_cases.cast import House, riverbend

pytestmark = pytest.mark.slow

SAVES = 100 if os.environ.get("PLUMBLINE_LONG") else 20
STRACE = shutil.which("strace")


def syncs(sqlite_url: str, synchronous: str, folder: Path) -> int:
    """How often the data was written through while so many ratings were saved; the start and the end left out."""
    log = folder / "strace.log"
    command = [str(STRACE), "-f", "-e", "trace=fdatasync,fsync,write", "-o", str(log)]
    saving = [sys.executable, "-m", "tests.store.test_sync", sqlite_url, synchronous]
    done = subprocess.run([*command, *saving], check=False, capture_output=True, text=True, timeout=120)
    if "ptrace" in done.stderr:
        pytest.skip("this system does not let a process be watched")
    assert done.returncode == 0, done.stderr
    (between,) = re.findall(r"begin saving(.*)end of saving", log.read_text(), re.DOTALL)
    return len(re.findall(r"\bf(?:data)?sync\(", between))


@pytest.mark.skipif(STRACE is None, reason="strace is not installed; test_database.py asserts the setting instead")
def test_every_acknowledged_save_is_written_through(sqlite_url: str, tmp_path: Path) -> None:
    assert syncs(sqlite_url, "FULL", tmp_path) >= SAVES


@pytest.mark.skipif(STRACE is None, reason="strace is not installed")
def test_control_with_a_weaker_setting_it_is_not(sqlite_url: str, tmp_path: Path) -> None:
    assert syncs(sqlite_url, "NORMAL", tmp_path) < SAVES


def save(house: House) -> None:
    os.write(1, b"begin saving\n")
    for number in range(SAVES):
        house.rate("ORG-01", number % 5, number)
    os.write(1, b"end of saving\n")


def main(url: str, synchronous: str) -> None:
    """Run as a process of its own, under the eyes of strace."""
    engine = database.connect(url)
    if synchronous != "FULL":
        event.listen(engine, "connect", lambda raw, _: raw.execute(f"PRAGMA synchronous = {synchronous}"))
    save(riverbend(engine))
    engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
