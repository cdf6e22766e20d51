"""The child process that reads one workbook: bytes in, JSON lines out, within limits of its own.

It runs as a script, isolated (`python -I`), and so imports nothing of the house. It says a line for each sheet and for
each row, and `{"end": true}` last; whatever ends it before that, the one who started it knows how far it came.
"""

import io
import json
import math
import re
import signal
import sys
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any, NoReturn

MEMORY = 512 * 1024 * 1024  # bytes
SECONDS = 5
OUT_OF_MEMORY = 3  # exit status
MOST_ROWS = 5_000
MOST_COLUMNS = 100
MOST_SHEETS = 50
MOST_TEXT = 10_000_000  # characters in all: one shared string may be shown by any number of cells


class Fault(Exception):
    """reason, remedy, cell"""

    def __init__(self, reason: str, remedy: str, cell: str = "") -> None:
        super().__init__(reason, remedy, cell)


def limit() -> None:
    """In full on Linux; elsewhere only the one who started this watches the time."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415  # Windows has none

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for name in ("numpy", "PIL"):  # openpyxl imports them where it can, and reading cells needs neither
        sys.modules[name] = None  # type: ignore[assignment]  # the documented way to make an import fail


if __name__ == "__main__":
    limit()

from defusedxml.ElementTree import iterparse  # noqa: E402  # under the limits
from openpyxl.reader.excel import ExcelReader  # noqa: E402
from openpyxl.styles.stylesheet import apply_stylesheet  # noqa: E402
from openpyxl.utils import column_index_from_string, get_column_letter  # noqa: E402
from openpyxl.worksheet._reader import (  # noqa: E402
    CELL_TAG,
    DATA_TAG,
    FORMULA_TAG,
    ROW_TAG,
    WorkSheetParser,
)
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS  # noqa: E402

STRING, RUN, TEXT, INLINE = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("si", "r", "t", "is"))
ADDRESS = re.compile("([A-Z]{1,3})([0-9]{1,7})")
ESCAPED = re.compile("_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")  # no halves of a character
AGAIN = "Open it in Excel or LibreOffice and save it again as “Excel Workbook (.xlsx)”."
FRESH = "Copy the filled-in cells into a fresh form and bring that one."
# What openpyxl, its XML reader and the zip raise on malformed parts.
BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NameError,
    NotImplementedError,
    OSError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


def say(line: object) -> None:
    sys.stdout.write(f"{json.dumps(line)}\n")


def read(content: bytes) -> None:
    try:
        reader, strings = opened(content)
        sheets = [(sheet, relation.target) for sheet, relation in reader.parser.find_sheets() if is_table(relation)]
    except BROKEN as wrong:
        raise Fault("The parts of the workbook do not fit together.", AGAIN) from wrong
    if len(sheets) > MOST_SHEETS:
        raise Fault(f"The workbook has more than {MOST_SHEETS} sheets.", FRESH)
    if not sheets:
        raise Fault("The workbook has no sheet with cells.", "Choose the workbook that you filled in.")
    budget = [MOST_TEXT]
    for sheet, target in sheets:
        say({"sheet": sheet.name, "hidden": sheet.state != "visible"})
        sys.stdout.flush()  # whatever happens now happens in this sheet
        if target not in reader.valid_files:
            raise Fault("The sheet is listed in the workbook, but its content is missing.", AGAIN)
        for row, cells in table(reader, target, strings):
            spend(budget, cells)
            say([row, cells])


def opened(content: bytes) -> tuple[Any, list[str]]:
    """The workbook without its properties, themes, links and drawings, which nobody asked for."""
    reader = ExcelReader(io.BytesIO(content), read_only=True, keep_links=False)
    reader.read_manifest()
    part = reader.package.find(SHARED_STRINGS)
    strings: list[str] = []
    if part is not None:
        with reader.archive.open(part.PartName[1:]) as source:
            strings = list(shared_strings(source))
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    return reader, strings


def is_table(relation: Any) -> bool:
    return str(relation.Type).endswith("/worksheet")


def shared_strings(source: Any) -> Iterator[str]:
    for _, element in iterparse(source):
        if element.tag == STRING:
            yield text_of(element)
            element.clear()


def text_of(element: Any) -> str:
    """Plain or in runs of several fonts, without the reading aids of Japanese."""
    parts = [*element.findall(TEXT), *(text for run in element.findall(RUN) for text in run.findall(TEXT))]
    return unescaped("".join(part.text or "" for part in parts))


def unescaped(text: str) -> str:
    """`_x0041_` is how a workbook writes what XML cannot hold."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def table(reader: Any, target: str, strings: list[str]) -> Iterator[tuple[int, list[list[Any]]]]:
    """Row by row what stands in cells, each [column, kind, value]; cells with a format alone are left out."""
    book = reader.wb
    dates, spans = book._date_formats, book._timedelta_formats  # noqa: SLF001  # openpyxl has no other name for them
    with reader.archive.open(target) as source:
        parser = WorkSheetParser(source, strings, epoch=book.epoch, date_formats=dates, timedelta_formats=spans)
        last, whole, path = 0, False, iterparse(source)
        while (element := following(path, last)) is not None:
            if element.tag == ROW_TAG:
                number = row_number(element, last)
                if cells := row_cells(parser, element, number):
                    yield number, cells
                last = number
                element.clear()
            elif element.tag == DATA_TAG:
                whole = all(child.tag == ROW_TAG for child in element)
        if not whole:
            raise Fault("The sheet is not written as Excel writes it, so its cells cannot be found.", AGAIN)


def following(path: Any, last: int) -> Any:
    try:
        return next(path, (None, None))[1]
    except BROKEN as wrong:
        reason = f"The sheet breaks off or is damaged after row {last}."
        raise Fault(reason, AGAIN, f"A{last + 1}") from wrong


def row_number(element: Any, last: int) -> int:
    written = element.get("r", str(last + 1))
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 9 else 0
    if number <= last:
        raise Fault(f"The row after row {last} has no number that can follow it.", AGAIN, f"A{last + 1}")
    return number


def row_cells(parser: Any, element: Any, number: int) -> list[list[Any]]:
    parser.row_counter, parser.col_counter = number, 0
    cells: list[list[Any]] = []
    for child in element:
        before = parser.col_counter
        if child.tag != CELL_TAG:
            raise Fault(f"Row {number} holds something that is not a cell.", AGAIN, address(number, before + 1))
        column = column_of(child, number, before)
        parser.col_counter = column
        if len(child) and (said := content_of(parser, child, number, column)):
            inside(number, column)
            cells.append([column, *said])
    return cells


def column_of(element: Any, number: int, before: int) -> int:
    written = element.get("r")
    if written is None:
        return before + 1
    parts = ADDRESS.fullmatch(written)
    if parts is None:
        reason = f"After column {before} of row {number} stands a cell without an address."
        raise Fault(reason, AGAIN, address(number, before + 1))
    column = int(column_index_from_string(parts[1]))
    if int(parts[2]) != number or column <= before:
        raise Fault("The address of this cell does not fit its place.", AGAIN, address(number, column))
    return column


def inside(number: int, column: int) -> None:
    if number > MOST_ROWS:
        reason = f"Something stands below row {MOST_ROWS:,}, where no form reaches."
    elif column > MOST_COLUMNS:
        reason = f"Something stands to the right of column {get_column_letter(MOST_COLUMNS)}, where no form reaches."
    else:
        return
    raise Fault(reason, "Delete it, or copy the filled-in cells into a fresh form.", address(number, column))


def content_of(parser: Any, element: Any, number: int, column: int) -> list[Any]:
    """[kind, value], or nothing where the cell is empty. A formula is told as it is written, never by its result."""
    formula = element.find(FORMULA_TAG)
    if formula is not None:
        return ["formula", f"={unescaped(formula.text or '')}"]
    inline = element.find(INLINE)
    if inline is not None:
        text = text_of(inline)
        return ["text", text] if text else []
    try:
        cell = parser.parse_cell(element)
        value = cell["value"]
        if cell["data_type"] == "e" and value is not None:
            return ["error", str(value)]
        return [] if value is None or value == "" else coded(value, shared=element.get("t") == "s")
    except BROKEN as wrong:
        raise Fault("The value of this cell cannot be read.", "Type it again.", address(number, column)) from wrong


def coded(value: Any, shared: bool) -> list[Any]:
    match value:
        case str():
            return ["text", value if shared else unescaped(value)]
        case timedelta():
            return ["text", str(value)]
        case float() if not math.isfinite(value):
            return ["error", "#NUM!"]
        case bool() | int() | float():
            return ["bool" if isinstance(value, bool) else "number", value]
    if isinstance(value, datetime) and value.time() == time.min:
        value = value.date()
    return [type(value).__name__, value.isoformat()]


def spend(budget: list[int], cells: list[list[Any]]) -> None:
    budget[0] -= sum(len(value) for _, _, value in cells if isinstance(value, str))
    if budget[0] < 0:
        raise Fault("There is far more text in the workbook than in a filled-in form.", FRESH)


def address(row: int, column: int) -> str:
    return f"{get_column_letter(min(column, 16_384))}{row}"


def main() -> NoReturn:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, SECONDS)  # by the wall's clock, from here on
    try:
        read(sys.stdin.buffer.read())
        say({"end": True})
    except Fault as fault:
        say({"fault": fault.args})
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    sys.exit(0)


if __name__ == "__main__":
    main()
