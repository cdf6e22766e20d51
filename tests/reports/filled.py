"""A rating workbook in a person's hands: taken out, filled in as a spreadsheet program would, brought back."""

import contextlib
import io
from typing import Any

import openpyxl

from assessments.use_cases import agencies, sheets
from assessments.use_cases.intake import Returned
from assessments.use_cases.sheets import Place
from reports import words
from reports.workbook_back import Read, read_back
from reports.workbook_form import ANSWER, EVIDENCE, PLACES, RATINGS, rating_workbook
from reports.workbook_grid import Fault, Unfit
from standards import cell_reader, cells
from tests.use_cases.cast import NOW, House


def cells_of(content: bytes) -> tuple[cells.Sheet, ...]:
    """As `cells.read`, without the child process, which costs a quarter of a second."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        cell_reader.read(content)
        cell_reader.say({"end": True})
    return cells._sheets(said.getvalue().encode(), 0)


def taken_out(house: House, *, filled: bool = False, sheet_id: str = "") -> bytes:
    """Of the team's sheet, or of a rater's."""
    agency = house.read(agencies.agency_settings)
    opened = house.read(sheets.sheet, house.assessment, sheet_id=sheet_id)
    return rating_workbook(opened, agency, "Main Street", NOW, filled=filled)


def place(house: House, sheet_id: str = "") -> Place:
    opened: sheets.OpenSheet = house.read(sheets.sheet, house.assessment, (), sheet_id)
    return opened.place


def read(house: House, content: bytes, sheet_id: str = "") -> Read:
    agency = house.read(agencies.agency_settings)
    at = place(house, sheet_id)
    return read_back(cells_of(content), at, lambda text: words.in_terms(text, agency), NOW.date())


def returned(house: House, content: bytes, sheet_id: str = "") -> Returned:
    return read(house, content, sheet_id).returned


def faults(house: House, content: bytes) -> tuple[Fault, ...]:
    try:
        read(house, content)
    except Unfit as unfit:
        return unfit.faults
    return ()


class Hands:
    """On the workbook, with openpyxl for a spreadsheet program."""

    def __init__(self, content: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        ratings = self.book[RATINGS]
        self.rows = {ratings.cell(row, 1).value: row for row in range(2, ratings.max_row + 1)}

    def write(self, indicator: str, value: Any, column: str = ANSWER) -> "Hands":
        self.cell(indicator, column).value = value
        return self

    def cell(self, indicator: str, column: str) -> Any:
        return self.book[RATINGS].cell(self.rows[indicator], PLACES[column])

    def evidence(self, *line: Any) -> "Hands":
        """Id, kind, what, as of, link, in the first empty line."""
        sheet = self.book[EVIDENCE]
        row = next(row for row in range(2, sheet.max_row + 1) if not sheet.cell(row, 1).value)
        for column, value in enumerate(line, start=1):
            sheet.cell(row, column).value = value
        return self

    def content(self) -> bytes:
        written = io.BytesIO()
        self.book.save(written)
        return written.getvalue()
