"""A checklist as a workbook, for authors who live in spreadsheets. `from_sheet` reads it back."""

import io
import math
import re
from collections.abc import Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from standards.layout import FRONT, KEYS, LEVEL, NO, TABLES, YES, Column
from standards.model import Checklist

SPARE = 500  # rows that take drop-downs and formats beyond those that are written
SHIPPED = "Shipped ladders"
INK, PAPER, LINE, GRAY, WHITE = "FF1F3A4D", "FFEAF0F3", "FFB8C4CB", "FF4F5B62", "FFFFFFFF"
BODY = Font(name="Arial", size=10)
ROOM = 1.12  # characters of ours to one of a column's width
LINE_POINTS, MOST_POINTS = 13.5, 400
PAGE = 200  # characters: more columns go on a page of their own, beside
WRAPPED = Alignment(wrap_text=True, vertical="top")
BOXED = Border(*(Side(style="thin", color=LINE) for _ in range(4)))
REFUSED = re.compile("_(?=x[0-9A-Fa-f]{4}_)|\r")  # what a workbook would read as a character of another kind


def written(checklist: Checklist) -> bytes:
    """The .xlsx file; what people wrote is text in it, whatever it begins with."""
    book = Workbook()
    book.remove(book.active)
    content = checklist.model_dump(by_alias=True)
    _front(book.create_sheet(FRONT), content)
    for table, (title, columns) in TABLES.items():
        _table(book.create_sheet(title), columns, _rows(table, content))
    _shipped(book.create_sheet(SHIPPED), checklist)
    for sheet in book:
        _heights(sheet)
        _for_print(sheet, checklist)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _front(sheet: Worksheet, content: dict[str, Any]) -> None:
    _heads(sheet, ("key", "value", "what it is"), (14, 70, 70))
    for row, column in enumerate(KEYS, 2):
        _put(sheet.cell(row, 1), column.heading).font = Font(name="Arial", size=10, bold=True)
        _put(sheet.cell(row, 2), _shown(_at(content, column.path)))
        _put(sheet.cell(row, 3), column.note).font = Font(name="Arial", size=10, italic=True, color=GRAY)
        _choices(sheet, column, f"B{row}")
    sheet.freeze_panes = "A2"


def _table(sheet: Worksheet, columns: tuple[Column, ...], rows: Iterator[dict[str, Any]]) -> None:
    _heads(sheet, tuple(column.heading for column in columns), tuple(column.width for column in columns))
    for at, column in enumerate(columns, 1):
        sheet.cell(1, at).comment = Comment(column.note, "Plumbline", height=90, width=260)
    last = 1
    for last, content in enumerate(rows, 2):
        for at, column in enumerate(columns, 1):
            _put(sheet.cell(last, at), _shown(_at(content, column.path)))
    for at, column in enumerate(columns, 1):
        letter = get_column_letter(at)
        if column.kind not in ("day", "whole number"):
            sheet.column_dimensions[letter].number_format = "@"  # what is typed below stays text
        _choices(sheet, column, f"{letter}2:{letter}{last + SPARE}")
    sheet.freeze_panes = "B2"


def _rows(table: str, content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One a thing; of a ladder one a level, with its title and kind on the first alone."""
    for one in content[table]:
        first = one
        for level in one.get(LEVEL, ()):
            yield {**first, LEVEL: level}
            first = {"id": one["id"]}
        if not one.get(LEVEL):
            yield one


def _at(content: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        content = content.get(key) if isinstance(content, dict) else None
    return content


def _shown(value: Any) -> Any:
    if isinstance(value, bool):
        return YES if value else NO
    return ", ".join(value) if isinstance(value, tuple) else value


def _put(cell: Cell, value: Any) -> Cell:
    cell.alignment, cell.border, cell.font = WRAPPED, BOXED, BODY
    if isinstance(value, str):
        cell.value = REFUSED.sub(lambda found: "_x005F_" if found[0] == "_" else "_x000D_", value)
        cell.data_type, cell.number_format, cell.quotePrefix = "s", "@", True
    elif value is not None:
        cell.value = value
    return cell


def _heads(sheet: Worksheet, titles: tuple[str, ...], widths: tuple[int, ...]) -> None:
    for at, (title, width) in enumerate(zip(titles, widths, strict=True), 1):
        head = _put(sheet.cell(1, at), title)
        head.font, head.fill = (
            Font(name="Arial", size=10, bold=True, color=WHITE),
            PatternFill("solid", start_color=INK),
        )
        sheet.column_dimensions[get_column_letter(at)].width = width


def _choices(sheet: Worksheet, column: Column, cells: str) -> None:
    """A drop-down. Ids are offered and not insisted on: the linter says what is wrong with one."""
    words = (YES, NO) if column.kind == "yes or no" else column.choices
    if not words and not column.names:
        return
    listed = f'"{",".join(words)}"' if words else f"{TABLES[column.names][0]}!$A$2:$A${SPARE}"
    rule = DataValidation("list", listed, allow_blank=True, errorStyle="stop" if words else "warning")
    rule.error = f"Choose {', '.join(words)}." if words else "No such id is in the sheet that it names."
    rule.errorTitle, rule.promptTitle = "Not one of the choices", column.heading
    rule.prompt = column.note[:250]
    sheet.add_data_validation(rule)
    rule.add(cells)


def _shipped(sheet: Worksheet, checklist: Checklist) -> None:
    """To look at while writing; what is changed here changes nothing."""
    _heads(sheet, ("ladder", "title", "level", "name", "words"), (16, 30, 8, 20, 90))
    ladders = checklist.shared.ladders if checklist.shared else ()
    rows = ((ladder, level) for ladder in ladders for level in ladder.levels)
    for row, (ladder, level) in enumerate(rows, 2):
        for at, value in enumerate((ladder.id, ladder.title, level.value, level.name, level.words), 1):
            _put(sheet.cell(row, at), value).fill = PatternFill("solid", start_color=PAPER)
    sheet.freeze_panes = "A2"


def _heights(sheet: Worksheet) -> None:
    """Excel makes room for wrapped text by itself; LibreOffice does not."""
    for cells in sheet.iter_rows():
        room = [int(sheet.column_dimensions[cell.column_letter].width * ROOM) for cell in cells]
        lines = [_lines(str(cell.value or ""), width) for cell, width in zip(cells, room, strict=True)]
        sheet.row_dimensions[cells[0].row].height = min(LINE_POINTS * max(lines) + 3, MOST_POINTS)


def _lines(text: str, room: int) -> int:
    return sum(math.ceil(len(line) / room) or 1 for line in text.split("\n"))


def _for_print(sheet: Worksheet, checklist: Checklist) -> None:
    width = sum(sheet.column_dimensions[get_column_letter(at)].width for at in range(1, sheet.max_column + 1))
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.page_setup.fitToWidth = math.ceil(width / PAGE)
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:A"
    sheet.oddFooter.left.text = f"{checklist.id} {checklist.edition}"
    sheet.oddFooter.right.text = "&A, page &P of &N"
