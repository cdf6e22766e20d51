"""A list of staff that came back, read row by row; what it means is judged against the roster by `preview_staff`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from assessments.use_cases.job_roles import SEPARATOR
from assessments.use_cases.staff_checks import Column, StaffRow, Wrong
from reports.roster_form import COLUMNS, STAFF
from reports.workbook_grid import Fault, Grid, Unfit, cut, grid, says_clear
from standards.cells import Sheet, address

FRESH = "Take out a blank list and copy the filled-in cells into it."
WRITTEN = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", re.ASCII),
    re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})", re.ASCII),
)
"""A day as text."""
AS_DAY = "Type the day as in 2026-03-31 or 03/31/2026."
AS_DAY_TOO = "Or type the day as in 2026-03-31 or 03/31/2026."
BETWEEN = re.compile(rf"[{SEPARATOR}\n]")
IN_ONE_LINE = "Write the code in one line. Where two people stand in a cell, give each a row."
CODES: tuple[Column, ...] = ("code", "supervisor")
CLEARED: tuple[Column, ...] = ("name", "ends", "supervisor")
"""What may be empty, and so can be taken out."""


class Listing:
    """The list, read: `rows` as far as they can be, and `faults` of cells that cannot."""

    def __init__(self, found: Grid) -> None:
        self.grid = found
        self.rows = tuple(self._rows())
        self.faults = tuple(found.in_order())

    def told(self, wrong: Sequence[Wrong]) -> tuple[Fault, ...]:
        """All that is wrong with the list, row by row: what could not be read, and what does not fit."""
        found = map(self._of_whom, (*self.faults, *self.placed(wrong)))
        return tuple(sorted(found, key=lambda fault: (_row(fault), fault.cell)))

    def placed(self, wrong: Sequence[Wrong]) -> tuple[Fault, ...]:
        """With the cell of each."""
        places = self.grid.columns
        return tuple(
            Fault(self.grid.name, address(one.row, places[COLUMNS[one.column].title]), one.reason, one.remedy)
            for one in wrong
        )

    def _of_whom(self, fault: Fault) -> Fault:
        """With the code of the row: who mends a list looks for people and not for cells."""
        code = next((row.code for row in self.rows if row.number == _row(fault)), "")
        return replace(fault, reason=f"{code}: {fault.reason}") if code and code not in fault.reason else fault

    def _rows(self) -> Iterator[StaffRow]:
        for number in self.grid.rows():
            if any(self._is_filled(number, column.title) for column in COLUMNS.values()):
                yield self._row(number)

    def _is_filled(self, row: int, title: str) -> bool:
        cell = self.grid.cell(row, title)
        return cell is not None and (not isinstance(cell.value, str) or bool(cell.value.strip()))

    def _row(self, number: int) -> StaffRow:
        before = len(self.grid.faults)
        texts = {field: self._text(number, field) for field in ("code", "name", "site", "roles", "supervisor")}
        days = {field: self._day(number, field) for field in ("starts", "ends")}
        cleared = {field for field in CLEARED if says_clear(self._raw(number, field))}
        at_fault = {fault.cell for fault in self.grid.faults[before:]}
        return StaffRow(
            number,
            texts["code"],
            "" if "name" in cleared else texts["name"],
            texts["site"],
            tuple(part for said in BETWEEN.split(texts["roles"]) if (part := " ".join(said.split()))),
            days["starts"],
            days["ends"],
            "" if "supervisor" in cleared else texts["supervisor"],
            frozenset(cleared),
            frozenset(field for field in COLUMNS if self._is_unread(number, field, at_fault)),
        )

    def _text(self, row: int, field: Column) -> str:
        """On one line, but for roles, where a line may stand for each."""
        title = COLUMNS[field].title
        text = self.grid.text(row, title)
        if field in CODES and "\n" in text:
            self.grid.fault(row, title, f"There is a line break in “{cut(text)}”.", IN_ONE_LINE)
        return text if field == "roles" else " ".join(text.split())

    def _raw(self, row: int, field: Column) -> str:
        cell = self.grid.cell(row, COLUMNS[field].title)
        return cell.value if cell and isinstance(cell.value, str) else ""

    def _day(self, row: int, field: Column) -> date | None:
        """A real date, or one written as in `AS_DAY`; the word clear is read elsewhere."""
        title, said = COLUMNS[field].title, self._raw(row, field).strip()
        if self.grid.is_barred(row, title) or (field in CLEARED and says_clear(said)):
            return None
        if not said:
            return self._cell_day(row, title)
        if (found := written_day(said)) is None:
            self.grid.fault(row, title, f"“{cut(said)}” is no date.", AS_DAY)
        return found

    def _cell_day(self, row: int, title: str) -> date | None:
        """A spreadsheet keeps a day as a number; without the format of a date it may be anything."""
        cell = self.grid.cell(row, title)
        if cell and isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
            reason = f"The cell holds the number {cell.value:.15g} and is not formatted as a date."
            self.grid.fault(row, title, reason, f"Format it as a date and look which day it shows. {AS_DAY_TOO}")
            return None
        return self.grid.day(row, title)

    def _is_unread(self, row: int, field: Column, at_fault: set[str]) -> bool:
        title = COLUMNS[field].title
        return self.grid.is_barred(row, title) or address(row, self.grid.columns[title]) in at_fault


def _row(fault: Fault) -> int:
    return int("0" + re.sub(r"\D", "", fault.cell))


def written_day(said: str) -> date | None:
    for form in WRITTEN:
        if found := form.fullmatch(said):
            try:
                return date(*(int(found[part]) for part in ("year", "month", "day")))
            except ValueError:
                return None
    return None


def read_back(sheets: Sequence[Sheet]) -> Listing:
    """Unfit where it is no list of staff at all, or has no row."""
    found = next((sheet for sheet in sheets if sheet.name == STAFF), None)
    if found is None:
        raise Unfit(Fault(STAFF, "", "This sheet is missing.", FRESH))
    listing = Listing(grid(found, [column.title for column in COLUMNS.values()]))
    if not listing.rows:
        raise Unfit(Fault(STAFF, "", "There is nobody in this list.", "Fill in a row for each person."))
    return listing
