"""The cells of one sheet that came back, by their place, and what is wrong with them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from assessments.errors import BadInput
from assessments.rules import identifiers
from assessments.use_cases.typed import body
from reports.workbook_form import CLEAR
from standards.cells import Cell, Sheet, address


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell, and what to do; `cell` is empty where it is the sheet as a whole."""

    sheet: str
    cell: str
    reason: str
    remedy: str

    @property
    def where(self) -> str:
        return f"{self.sheet}, {self.cell}" if self.cell else self.sheet

    def __str__(self) -> str:
        return f"{self.where}: {self.reason} {self.remedy}"


class Unfit(Exception):
    """The workbook cannot be taken in: all that is wrong with it, at once."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


MOST = 10**15
"""Spreadsheets keep fifteen digits of a number."""


@dataclass
class Grid:
    """A sheet whose first row names its columns. Faults and warnings are gathered while it is read."""

    name: str
    cells: Mapping[tuple[int, int], Cell]
    columns: Mapping[str, int]
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def rows(self) -> Iterator[int]:
        """The numbers of the rows below the first that hold anything in a column of ours."""
        wanted = set(self.columns.values())
        yield from dict.fromkeys(row for row, column in self.cells if row > 1 and column in wanted)

    def where(self, row: int, column: str) -> str:
        return f"{self.name}, {address(row, self.columns[column])}"

    def cell(self, row: int, column: str) -> Cell | None:
        return self.cells.get((row, self.columns[column]))

    def fault(self, row: int, column: str, reason: str, remedy: str) -> None:
        self.faults.append(Fault(self.name, address(row, self.columns[column]), reason, remedy))

    def is_barred(self, row: int, column: str) -> bool:
        """Its fault is told already, and nothing is read from it."""
        cell = self.cell(row, column)
        return cell is not None and _barred(cell)

    def in_order(self) -> list[Fault]:
        """The faults, row by row; those of the sheet as a whole first."""
        return sorted(self.faults, key=lambda fault: int("0" + "".join(filter(str.isdigit, fault.cell))))

    def text(self, row: int, column: str) -> str:
        """As typed, cleaned; empty where there is nothing, or what is there is a fault."""
        cell = self.cell(row, column)
        if cell is None or _barred(cell):
            return ""
        match cell.value:
            case str() as text:
                return self._cleaned(row, column, text)
            case bool() as yes:
                return str(yes).upper()
            case int() | float() as number:
                return f"{number:.15g}"
        self.fault(row, column, f"The cell holds a date, {cell.value}, where text belongs.", AS_TEXT)
        return ""

    def number(self, row: int, column: str) -> int | None:
        """A whole number from 0, also where it was typed as text; None where there is none, or it is a fault."""
        cell = self.cell(row, column)
        if cell is None or _barred(cell):
            return None
        value = cell.value.strip() if isinstance(cell.value, str) else cell.value
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
            return int(value)
        if isinstance(value, int | float) and not isinstance(value, bool) and value == int(value) and value >= 0:
            return int(value)
        self.fault(row, column, f"“{cut(str(cell.value))}” is not a whole number from 0 on.", "Give a whole number.")
        return None

    def day(self, row: int, column: str) -> date | None:
        cell = self.cell(row, column)
        if cell is None or _barred(cell):
            return None
        if isinstance(cell.value, datetime):
            return cell.value.date()
        if isinstance(cell.value, date):
            return cell.value
        reason = f"“{cut(str(cell.value))}” is not a date that a spreadsheet knows."
        self.fault(row, column, reason, "Type the day as in 2026-03-31, in a cell that is formatted as a date.")
        return None

    def search(self, row: int, column: str, text: str) -> None:
        """For a client's data: what identifies stops the whole workbook, what only looks like a name is told."""
        place = address(row, self.columns[column])
        for found in identifiers.findings(text):
            said = f"“{cut(text[found.start : found.end])}”"
            if found.stops:
                reason = f"Part of this looks like a client's data ({found.kind}: {said})."
                self.faults.append(Fault(self.name, place, reason, TAKE_OUT))
            else:
                self.warnings.append(Fault(self.name, place, f"Is {said} a client's or a relative's name?", IF_SO))

    def _cleaned(self, row: int, column: str, text: str) -> str:
        try:
            return body(text.replace("\u00a0", " "), column)
        except BadInput as wrong:
            self.fault(row, column, str(wrong), "Nothing was taken in.")
            return ""


AS_TEXT = "Format the cell as text and type it again."
TAKE_OUT = (
    "Take it out. If it is not a client's, leave the cell blank and type it on the page “Rate”, where you can say why."
)
IF_SO = "If so, take it out. This check does not find every name."


def grid(sheet: Sheet, wanted: Sequence[str]) -> Grid:
    """Unfit where a column's head is missing or stands there twice."""
    cells = {(cell.row, cell.column): cell for cell in sheet.cells}
    heads: dict[str, list[int]] = {}
    for (row, column), cell in cells.items():
        if row == 1:
            heads.setdefault(" ".join(str(cell.value).split()).casefold(), []).append(column)
    columns, faults = {}, []
    for title in wanted:
        found = heads.get(title.casefold(), [])
        if len(found) == 1:
            columns[title] = found[0]
        else:
            how = "missing" if not found else "there more than once"
            reason = f"In the first row, the head “{title}” is {how}."
            faults.append(
                Fault(sheet.name, "A1", reason, "Put the first row back as it was, or fill in a new workbook.")
            )
    if faults:
        raise Unfit(*faults)
    made = Grid(sheet.name, cells, columns)
    _refuse_barred(made)
    return made


def _barred(cell: Cell) -> bool:
    """Nothing is read from it: its fault is told as soon as the sheet is there."""
    too_large = isinstance(cell.value, int | float) and abs(cell.value) >= MOST
    return cell.formula or cell.error or too_large


def _refuse_barred(made: Grid) -> None:
    ours = set(made.columns.values())
    for cell in made.cells.values():
        if cell.column in ours and _barred(cell):
            remedy = "Type the value itself, or leave the cell blank."
            made.faults.append(Fault(made.name, cell.address, f"The cell holds {_what_bars(cell)}.", remedy))


def _what_bars(cell: Cell) -> str:
    if cell.formula:
        return f"a formula, {cut(str(cell.value))}"
    return f"the error {cut(str(cell.value))}" if cell.error else "a number of more than 15 digits"


def same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def says_clear(text: str) -> bool:
    return same(text, CLEAR)


def cut(text: str, most: int = 60) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= most else f"{one_line[:most]}…"
