"""The workbook of an offline reader in a person's hands: taken out, filled in, brought back."""

import io
from typing import Any

import openpyxl

from assessments.rules.clocks import CLOCK_OF
from assessments.rules.team_share import ROLES
from assessments.use_cases import agencies
from assessments.use_cases.readings_back import ReadingsPreview
from assessments.use_cases.readings_intake import preview_readings
from assessments.use_cases.record_ratings import Reader, record_ratings
from assessments.use_cases.records import records
from assessments.use_cases.took_part import team_marks
from reports.reading_back import ReadBack, read_back
from reports.reading_form import ABOUT, CODE, READING, Offline, reading_workbook
from tests.reports.filled import cells_of
from tests.use_cases.cast import NOW
from tests.use_cases.reviewed import Reviewed


def taken_out(review: Reviewed, reader: Reader = "first") -> bytes:
    house, draft = review.house, review.house.assessment
    lines = [one for one in house.read(records, review.review) if one.turn is not None and not one.put_aside]
    lines = [one for one in lines if one.second or reader == "first"]
    ids = [one.id for one in lines]
    first = house.read(record_ratings, draft, ids)
    follows = {
        record: {name: one.answer for name, one in found.items() if one.clocked and one.answer.state != "cannot-judge"}
        for record, found in first.items()
    }
    dated = reader == "first" and bool(CLOCK_OF.keys() & review.checklist.indicator)
    return reading_workbook(
        Offline(
            draft,
            "Main Street, Baseline",
            review.checklist,
            house.read(agencies.agency_settings),
            reader,
            lines,
            house.read(record_ratings, draft, ids, reader),
            follows,
            house.read(team_marks, review.review, ids) if dated else {},
            dict.fromkeys(ROLES, "Who was there") if dated else {},
            dated,
        ),
        NOW,
    )


class Pen:
    """On the workbook, with openpyxl for a spreadsheet program."""

    def __init__(self, content: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(content))

    def cell(self, code: str, head: str, sheet: str = READING) -> Any:
        heads = {cell.value: cell.column for cell in self.book[sheet][1]}
        rows = {row[0].value: row[0].row for row in self.book[sheet].iter_rows(min_row=2) if row[0].value != ABOUT}
        return self.book[sheet].cell(rows[code], heads[head])

    def write(self, code: str, head: str, value: Any, sheet: str = READING) -> "Pen":
        self.cell(code, head, sheet).value = value
        return self

    def add(self, code: str, head: str, value: Any, sheet: str = READING) -> "Pen":
        """In a row of its own."""
        heads = {cell.value: cell.column for cell in self.book[sheet][1]}
        row = self.book[sheet].max_row + 1
        self.book[sheet].cell(row, heads[CODE]).value = code
        self.book[sheet].cell(row, heads[head]).value = value
        return self

    def content(self) -> bytes:
        written = io.BytesIO()
        self.book.save(written)
        return written.getvalue()


def read(review: Reviewed, content: bytes) -> ReadBack:
    return read_back(cells_of(content), review.checklist)


def previewed(review: Reviewed, content: bytes) -> ReadingsPreview:
    found: ReadingsPreview = review.house.read(
        preview_readings, NOW, review.house.assessment, read(review, content).returned
    )
    return found


def wrong(review: Reviewed, content: bytes) -> list[tuple[str, str]]:
    """By cell, all that is wrong."""
    back = read(review, content)
    found: ReadingsPreview = review.house.read(preview_readings, NOW, review.house.assessment, back.returned)
    return [(fault.where, f"{fault.reason} {fault.remedy}") for fault in back.told(found.faults)]
