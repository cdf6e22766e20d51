"""What strangers bring: every workbook is read, or refused in a sentence, and whoever asked lives on.

The long form (ten thousand mutants, each read by a child of its own, two at a time) runs with PLUMBLINE_LONG=1.
"""

import io
import os
import re
import subprocess
import sys
import time as clock
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from standards import cells, package
from standards.cells import Cell, Sheet, Unreadable, read
from tests import mutants, workbooks
from tests.workbooks import KINDS

LONG = os.environ.get("PLUMBLINE_LONG") == "1"
MUTANTS, BATCH = (10_000, 500) if LONG else (20, 10)
MUTATED_CELLS = 1_000 if LONG else 15
HEAVY: set[str] = set() if LONG else {"slow", "hungry", "one_cell_60_mb"}
"""Half a minute together; of these the short form reads one, with and without its limit."""
IN_TIME = cells.SECONDS + cells.START
pytestmark = pytest.mark.slow


def answer(content: bytes) -> tuple[Sheet, ...] | Unreadable:
    """Anything but these two is a fault of ours and is let through."""
    begun = clock.monotonic()
    said: tuple[Sheet, ...] | Unreadable
    try:
        said = read(content)
    except Unreadable as refused:
        said = refused
    assert clock.monotonic() - begun < IN_TIME
    if isinstance(said, Unreadable):
        assert re.fullmatch(r"[^\n]{20,400}[.]", str(said)), str(said)
        assert "Traceback" not in str(said)
    return said


def answers_to(made: Callable[[int], bytes], seeds: Iterable[int]) -> list[tuple[Sheet, ...] | Unreadable]:
    """As many children at a time as the server lets run."""
    with ThreadPoolExecutor(2) as both:
        return list(both.map(lambda seed: answer(made(seed)), seeds))


def values(content: bytes) -> list[list[object]]:
    """Of the first sheet: row by row what stands there."""
    rows: dict[int, list[object]] = {}
    for cell in read(content)[0].cells:
        rows.setdefault(cell.row, []).append(cell.value)
    return list(rows.values())


@pytest.mark.parametrize("name", [name for name in KINDS if name not in HEAVY])
def test_each_kind_is_read_or_refused_with_its_place(name: str) -> None:
    kind = KINDS[name]
    said = answer(kind.build())
    if kind.says:
        assert isinstance(said, Unreadable), "it was read"
        assert re.search(kind.says, str(said)), str(said)
        assert (said.sheet, said.cell) == (kind.sheet, kind.cell)
    else:
        assert isinstance(said, tuple), str(said)
        assert any(sheet.cells for sheet in said)


@pytest.mark.parametrize("first", range(0, MUTANTS // 2, BATCH))
@pytest.mark.parametrize("base", [workbooks.good, workbooks.as_excel_writes])
def test_mutants_are_read_or_refused(base: workbooks.Build, first: int) -> None:
    content = base()
    answers = answers_to(lambda seed: mutants.mutated(content, seed), range(first, first + BATCH))
    assert any(isinstance(said, tuple) for said in answers)
    assert any(isinstance(said, Unreadable) for said in answers)


def test_a_wrong_cell_is_named() -> None:
    answers = answers_to(mutants.mutated_cell, range(MUTATED_CELLS))
    refused = [said for said in answers if isinstance(said, Unreadable)]
    named = [said for said in refused if said.sheet == "Scores" and said.cell]
    assert refused
    assert len(named) >= 0.95 * len(refused)


def test_openpyxl_alone_takes_a_missing_sheet_for_an_empty_workbook() -> None:
    """The positive control of the refusals above."""
    book = load_workbook(io.BytesIO(workbooks.bad_target()), read_only=True)
    assert "Scores" not in book.sheetnames
    strict = load_workbook(io.BytesIO(workbooks.strict_dialect()), read_only=True)["Scores"]
    strict.reset_dimensions()
    assert list(strict.values) == []


def test_without_the_size_check_a_bomb_gets_through(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = workbooks.bomb()
    assert isinstance(answer(bomb), Unreadable)
    monkeypatch.setattr(package, "MOST_RATIO", 10**9)
    assert isinstance(answer(bomb), tuple)


# Values


def test_values_come_as_they_stand() -> None:
    book = Workbook()
    row = [
        "=text",
        "é \u00a0x\n",
        " 1.2 ",
        "NA",
        3,
        2.5,
        True,
        date(2026, 4, 3),
        datetime.fromisoformat("2026-04-03 09:05"),
        time(9, 5),
    ]
    book.active.append(row)
    book.active["A1"].data_type = "s"
    assert values(workbooks.saved(book)) == [row]


def test_the_same_from_excel() -> None:
    assert read(workbooks.as_excel_writes()) == read(workbooks.good())


def test_sheets_come_in_their_order_with_their_hiding() -> None:
    shown = [(sheet.name, sheet.hidden) for sheet in read(workbooks.hidden_things())]
    assert shown == [("Sheet", False), ("hidden", True), ("veryHidden", True)]


def test_a_formula_is_told_as_one() -> None:
    sheet = read(workbooks.formulas())[0]
    assert sheet.cells == (Cell(1, 1, "=1+1", formula=True), Cell(1, 2, "=A1", formula=True))


def test_an_error_is_told_as_one() -> None:
    sheet = read(workbooks.cached_error())[0]
    assert sheet.cells == (Cell(1, 1, "#N/A", error=True), Cell(1, 2, "=1/0", formula=True))
    assert read(workbooks.endless_number())[0].cells == (Cell(1, 1, "#NUM!", error=True),)


def test_other_programs_and_other_epochs() -> None:
    assert values(workbooks.as_google_writes()) == [["a", 1.0], [2]]
    assert values(workbooks.as_libreoffice_writes()) == [["plain", "bold and not", 3]]
    assert values(workbooks.dates_from_1904()) == [[date(2026, 11, 21)]]
    assert values(workbooks.escaped_control_character()) == [["a\x07b"]]


@pytest.mark.parametrize(("row", "column", "said"), [(1, 1, "A1"), (7, 3, "C7"), (10, 27, "AA10"), (1, 16384, "XFD1")])
def test_addresses(row: int, column: int, said: str) -> None:
    assert Cell(row, column, 0).address == said


# The child

DEATHS = {
    "sys.exit(1)": "damaged",
    "raise ValueError('/secret/path')": "damaged",
    "sys.exit(3)": "memory",
    "os.kill(os.getpid(), signal.SIGKILL)": "memory",
    "os.kill(os.getpid(), signal.SIGXCPU)": "longer than",
    "os.kill(os.getpid(), signal.SIGALRM)": "longer than",
    "os.kill(os.getpid(), signal.SIGSEGV)": "damaged",
    "print('junk')": "damaged",
    "print('{')": "damaged",
    "print('[1, 2]')": "damaged",
    "print('[1, [[1, \"text\", 5]]]')": "damaged",
    'print(\'[1, [[1, "date", "yesterday"]]]\')': "damaged",
    "sys.stdout.buffer.write(bytes(range(256)))": "damaged",
    "": "damaged",
}


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    script = tmp_path / "child.py"
    monkeypatch.setattr(cells, "READER", script)
    return script


@pytest.mark.parametrize("deed", DEATHS)
def test_whatever_the_child_dies_of_is_answered(child: Path, deed: str) -> None:
    begins = 'print(\'{"sheet": "Scores", "hidden": false}\', flush=True)'
    child.write_text(f"import os, signal, sys\nsys.stdin.buffer.read()\n{begins}\n{deed}\n")
    said = answer(workbooks.good())
    assert isinstance(said, Unreadable)
    assert DEATHS[deed] in str(said)
    assert said.sheet == "Scores"
    assert "secret" not in str(said)


def test_a_child_that_never_ends_is_ended(child: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "START", 1)
    monkeypatch.setattr(cells, "SECONDS", 1)
    child.write_text("while True: pass\n")
    assert "longer than" in str(answer(workbooks.good()))


def test_the_child_knows_nothing_of_the_server(child: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    told = "*os.environ, *sys.path, str(os.getsid(0) == os.getpid())"
    child.write_text(
        "import json, os, sys\nprint(json.dumps({'sheet': 'x', 'hidden': False}))\n"
        f"print(json.dumps([1, [[1, 'text', ' '.join(({told}))]]]))\nprint(json.dumps({{'end': True}}))\n"
    )
    text = str(read(workbooks.good())[0].cells[0].value)
    assert "DATABASE_URL" not in text
    assert "/somewhere" not in text
    assert text.endswith("True")


def peak(script: Path, content: bytes) -> float:
    """MiB that the child held at most, asked by a parent so small that it does not count."""
    parent = (
        "import resource, subprocess, sys;"
        "subprocess.run([sys.executable, '-I', sys.argv[1]], stdin=0, stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    )
    command = [sys.executable, "-I", "-c", parent, str(script)]
    return float(subprocess.run(command, input=content, capture_output=True, check=True).stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of a child is limited on Linux alone")
def test_the_child_stays_within_its_memory_and_would_not_without_its_limit(tmp_path: Path) -> None:
    hungry = workbooks.hungry()
    assert peak(cells.READER, hungry) < 512
    unlimited = tmp_path / "unlimited.py"
    source = cells.READER.read_text(encoding="utf-8")
    unlimited.write_text(
        source.replace("    limit()\n", "    pass\n").replace("ITIMER_REAL, SECONDS", "ITIMER_REAL, 60")
    )
    assert peak(unlimited, hungry) > 512
