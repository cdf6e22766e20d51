"""The cells of a workbook that somebody brings, read in a child process that may run out of time or memory."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from standards.package import AGAIN, Unreadable, examine

__all__ = ["Cell", "Sheet", "Unreadable", "Value", "address", "read"]

READER = Path(__file__).with_name("cell_reader.py")
SECONDS = 5  # the child's own limit; OUT_OF_MEMORY too is what cell_reader.py says
OUT_OF_MEMORY = 3
SLOW = {-getattr(signal, name) for name in ("SIGALRM", "SIGXCPU") if hasattr(signal, name)}
HUNGRY = {OUT_OF_MEMORY, *(-getattr(signal, name) for name in ("SIGKILL",) if hasattr(signal, name))}
START = 15  # seconds for the child to start on a busy machine
AT_ONCE = threading.BoundedSemaphore(2)  # children: each may take 512 MiB
KEPT = ("LD_LIBRARY_PATH", "SYSTEMROOT")  # of the environment; its keys and addresses are none of the child's business
FRESH = "Copy the filled-in cells into a fresh form and bring that one."

Value = str | int | float | bool | date | datetime | time
READ: dict[str, Callable[[str], Value]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
}
KINDS: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "formula": (str,),
    "error": (str,),
    "number": (int, float),
    "bool": (bool,),
}


def address(row: int, column: int) -> str:
    """Both from 1: (7, 3) is C7."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


@dataclass(frozen=True)
class Cell:
    """`row` and `column` count from 1. Of a formula the value is its text, of an error the code, such as #N/A."""

    row: int
    column: int
    value: Value
    formula: bool = False
    error: bool = False

    @property
    def address(self) -> str:
        return address(self.row, self.column)


@dataclass(frozen=True)
class Sheet:
    """Cells row by row, empty ones left out. Hidden rows and columns are read like any other."""

    name: str
    hidden: bool
    cells: tuple[Cell, ...]


def read(content: bytes) -> tuple[Sheet, ...]:
    """Every sheet of an .xlsx workbook, in its order; Unreadable says what is wrong, where, and what to do."""
    examine(content)
    with AT_ONCE:
        said, status = _child(content)
    return _sheets(said, status)


def _child(content: bytes) -> tuple[bytes, int | None]:
    """What it said, and its exit status, None where its time ran out."""
    command = [sys.executable, "-I", "-B", "-X", "utf8", "-W", "ignore", str(READER)]
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    try:
        ended = subprocess.run(  # noqa: S603  # a fixed command; the stranger's bytes are its input alone
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=START + SECONDS,
            check=False,
            env=kept,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired as late:
        return late.stdout or b"", None
    return ended.stdout, ended.returncode


def _sheets(said: bytes, status: int | None) -> tuple[Sheet, ...]:
    """Junk is answered like any other death of the child."""
    sheets: list[tuple[str, bool, list[Cell]]] = []
    ended = False
    try:
        for line in said.splitlines():
            ended = _take(json.loads(line), sheets)
    except (ValueError, TypeError, LookupError):
        ended = False
    if not ended or status != 0:
        raise _died(status, sheets[-1][0] if sheets else "")
    return tuple(Sheet(name, hidden, tuple(cells)) for name, hidden, cells in sheets)


def _take(line: Any, sheets: list[tuple[str, bool, list[Cell]]]) -> bool:
    """Adds what a line says; whether it was the last one."""
    match line:
        case {"sheet": str(name), "hidden": bool(hidden)}:
            sheets.append((name, hidden, []))
        case [int(row), list(cells)]:
            sheets[-1][2].extend(_cells(row, cells))
        case {"fault": [str(reason), str(remedy), str(cell)]}:
            raise Unreadable(reason, remedy, sheets[-1][0] if sheets else "", cell)
        case {"end": True}:
            return True
        case _:
            raise ValueError(line)
    return False


def _cells(row: int, cells: list[Any]) -> Iterable[Cell]:
    for column, kind, value in cells:
        if (day_or_time := READ.get(kind)) is not None:
            yield Cell(row, column, day_or_time(value))
        elif type(value) in KINDS[kind]:
            yield Cell(row, column, value, kind == "formula", kind == "error")
        else:
            raise ValueError(kind)


def _died(status: int | None, sheet: str) -> Unreadable:
    if status is None or status in SLOW:
        reason = f"The workbook takes longer than {SECONDS} seconds to read."
        remedy = "Try once more, in case this machine was busy. If it holds thousands of empty rows with borders, copy "
        return Unreadable(reason, f"{remedy}the filled-in cells into a fresh form.", sheet)
    if status in HUNGRY:
        return Unreadable("The workbook needs more memory than a filled-in form ever does.", FRESH, sheet)
    return Unreadable("The workbook is damaged, or no spreadsheet program wrote it.", AGAIN, sheet)
