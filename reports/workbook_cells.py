"""How workbooks are written here: text is always text, numbers are numbers, and every sheet is ready for the printer.

A cell shows at most 32,767 UTF-16 units, and XML refuses some characters: what does not fit goes on in a row of its
own beneath, and what XML refuses is replaced by the sign for it, so that no export fails or is cut unseen.
"""

import io
import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from itertools import zip_longest
from types import NoneType
from typing import Any, Literal, NamedTuple
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.compat import safe_string
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.xml.functions import fromstring

Value = str | int | float | date | None
Look = Literal["title", "head", "band", "label", "body", "strong", "faint", "input", "input number", "input day"]

CELL = 32_767
"""UTF-16 units that a cell can hold."""
ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
REFUSED = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
LETTER = 1
LINE_POINTS, MOST_POINTS = 13, 400
ONE_LINE = LINE_POINTS + 2
ROOM = 1.2
"""Of a column's width, what a line of words fills before it breaks."""
INK, PAPER, BAND, INPUT, GRAY = "1F3A4D", "FFFFFF", "DDE7EC", "FFF9E5", "4F5B62"

LINE = Side(style="thin", color="B8C4CB")
BOXED = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
WRAPPED = Alignment(wrap_text=True, vertical="top")
CENTERED = Alignment(horizontal="center", vertical="top")
TEXT, DAY = "@", "yyyy-mm-dd"
FORMATS = {float: "0.0", int: "0", date: DAY}


def filled(color: str) -> PatternFill:
    return PatternFill("solid", start_color=color, end_color=color)


def written(size: int = 10, *, bold: bool = False, color: str = "000000") -> Font:
    return Font(name="Arial", size=size, bold=bold, color=color)


PLAIN = {"font": written(), "alignment": WRAPPED}
YELLOW = {**PLAIN, "border": BOXED, "fill": filled(INPUT), "protection": Protection(locked=False)}
LOOKS: dict[Look, dict[str, Any]] = {
    "title": {"font": written(16, bold=True, color=INK), "alignment": Alignment(vertical="center")},
    "head": {
        "font": written(bold=True, color=PAPER),
        "fill": filled(INK),
        "alignment": Alignment(wrap_text=True, vertical="center"),
    },
    "band": {
        "font": written(11, bold=True, color=INK),
        "fill": filled(BAND),
        "alignment": Alignment(vertical="center"),
    },
    "label": {"font": written(color=GRAY), "alignment": Alignment(vertical="top")},
    "body": PLAIN,
    "strong": {**PLAIN, "font": written(bold=True)},
    "faint": {"font": written(color=GRAY), "alignment": WRAPPED},
    "input": {**YELLOW, "number_format": TEXT},
    "input number": YELLOW,
    "input day": {**YELLOW, "number_format": DAY},
}


COLORED: frozenset[Look] = frozenset({"head", "band", "input", "input number", "input day"})


class Column(NamedTuple):
    """`width` in characters."""

    title: str
    width: int


class _Sheet(WriteOnlyWorksheet):  # type: ignore[misc]  # openpyxl ships no types
    """Takes rows as they stand in the file: an object of openpyxl's for each cell takes longer than parsing its row."""

    def _write_rows(self) -> Generator[None, list[str], None]:
        xf = self._writer.xf.send(True)
        with xf.element("sheetData"), suppress(GeneratorExit):
            while True:
                for row in (yield):
                    xf.write(fromstring(row))
        self._writer.xf.send(None)


class _Widths(list[int]):
    """In the place of openpyxl's columns, which take an object each; `max_outline` is read there."""

    max_outline = None

    def to_tree(self) -> Any:
        each = (f'<col width="{width}" customWidth="1" min="{n}" max="{n}"/>' for n, width in enumerate(self, start=1))
        return fromstring(f"<cols>{''.join(each)}</cols>")


class _Workbook(Workbook):  # type: ignore[misc]
    def leaf(self, title: str) -> _Sheet:
        made = _Sheet(self, title)
        self._add_sheet(made)
        return made


class Book:
    """A workbook that is written once, row by row."""

    def __init__(self, title: str) -> None:
        self.book = _Workbook(write_only=True)
        self.book.properties.creator = "Plumbline"
        self.book.properties.title = shown(title)[:250]
        self.title = title
        self.styles: dict[tuple[Look, type], int] = {}

    def leaf(self, name: str, columns: Sequence[Column], *, hidden: bool = False, frozen: str = "A2") -> "Leaf":
        """A sheet whose first row names its columns, on every printed page too."""
        leaf = Leaf(self, name, [column.width for column in columns])
        leaf.sheet.sheet_view.showGridLines = leaf.sheet.print_options.gridLines = True
        leaf.sheet.freeze_panes = frozen
        leaf.sheet.print_title_rows = "1:1"
        leaf.sheet.sheet_state = "hidden" if hidden else "visible"
        leaf.row([column.title for column in columns], "head")
        return leaf

    def page(self, name: str, widths: Sequence[int]) -> "Leaf":
        """A sheet without a head, for what is read and not looked up."""
        return Leaf(self, name, widths)

    def style(self, look: Look, kind: type, sheet: _Sheet) -> int:
        """Text is quoted: it stays text in Excel, also where someone goes into the cell and leaves it again."""
        found = self.styles.get((look, kind))
        if found is None:
            found = self.styles[look, kind] = _style(WriteOnlyCell(sheet), look, kind)
        return found

    def content(self) -> bytes:
        written = io.BytesIO()
        self.book.save(written)
        return written.getvalue()


class Leaf:
    """One sheet. `height` is how many rows it has."""

    def __init__(self, book: Book, name: str, widths: Sequence[int]) -> None:
        self.book = book
        self.sheet: Any = book.book.leaf(name)
        self.height = 0
        self.widths = list(widths)
        self.sheet.column_dimensions = _Widths(self.widths)
        _print_settings(self.sheet, name, book.title)

    def row(self, values: Sequence[Value], look: Look | Sequence[Look] = "body") -> int:
        """The number of the row; text that no cell can hold goes on in the rows beneath."""
        first = self.height + 1
        looks = [look] * len(values) if isinstance(look, str) else look
        if all(not isinstance(value, str) or len(value) * 2 <= CELL for value in values):
            self._append(values, looks)
        else:
            parts = ([*pieces(v)] if isinstance(v, str) else [v] for v in values)
            for line in zip_longest(*parts):
                self._append(line, looks)
        return first

    def rows(self, lines: Iterable[Sequence[Value]], look: Look | Sequence[Look] = "body") -> None:
        for values in lines:
            self.row(values, look)

    def across(self, values: Sequence[Value], look: Look | Sequence[Look] = "faint") -> None:
        """The last value runs on to the last column."""
        row, column = self.height + 1, len(values)
        if column < len(self.widths):
            self.sheet.merged_cells.add(f"{address(row, column)}:{address(row, len(self.widths))}")
        self.row(values, look)

    def protect(self) -> None:
        """Against a slip of the hand, without a password: columns can still be widened and rows hidden."""
        protection = self.sheet.protection
        protection.sheet = True
        protection.formatColumns = protection.formatRows = protection.formatCells = False

    def _append(self, values: Sequence[Value], looks: Sequence[Look]) -> None:
        self.height += 1
        points = self._points(values, looks)
        high = f' ht="{points:g}" customHeight="1"' if points > ONE_LINE else ""
        self.sheet.append([f'<row r="{self.height}"{high}>{"".join(self._cells(values, looks))}</row>'])

    def _points(self, values: Sequence[Value], looks: Sequence[Look]) -> float:
        """High enough for every text in the row: not every program fits heights by itself."""
        if "title" in looks or "band" in looks:
            return 2 * LINE_POINTS
        lines = 1
        for column, value in enumerate(values):
            if isinstance(value, str) and looks[column] != "label":
                end = len(self.widths) if column + 1 == len(values) else column + 1
                lines = max(lines, _lines(value, sum(self.widths[column:end])))
        return min(MOST_POINTS, lines * LINE_POINTS + 2)

    def _cells(self, values: Sequence[Value], looks: Sequence[Look]) -> Iterator[str]:
        """What is empty is written only where its color or its lock says something."""
        for column, (value, look) in enumerate(zip(values, looks, strict=True), start=1):
            kind = NoneType if value == "" else type(value)
            if kind is not NoneType or look in COLORED:
                style = self.book.style(look, kind, self.sheet)
                yield f'<c r="{address(self.height, column)}" s="{style}" {_held(value)}</c>'


def _style(cell: Any, look: Look, kind: type) -> int:
    for name, value in {**LOOKS[look], "quotePrefix": kind is str}.items():
        setattr(cell, name, value)
    if kind in FORMATS:
        cell.number_format, cell.alignment = FORMATS[kind], CENTERED
    number: int = cell.style_id
    return number


def _held(value: Value) -> str:
    """Text is text, whatever it begins with: nothing looks for formulas, errors and dates in it."""
    if value is None or value == "":
        return 't="n">'
    if isinstance(value, str):
        space = "" if value == value.strip() else ' xml:space="preserve"'
        return f't="inlineStr"><is><t{space}>{escape(shown(value))}</t></is>'
    return f't="n"><v>{safe_string(to_excel(value) if isinstance(value, date) else value)}</v>'


def shown(text: str) -> str:
    """As a workbook writes text: `_x0041_` would be read as a letter, and what XML refuses would end the file."""
    return REFUSED.sub("\ufffd", ESCAPE.sub("_x005F_", text))


def pieces(text: str, most: int = CELL // 2) -> Iterator[str]:
    """Whole where it fits a cell, else cut where a cell is full whatever the characters."""
    if len(shown(text).encode("utf-16-le")) // 2 <= CELL:
        yield text
        return
    # A sign outside the first plane takes two units, an escaped underscore seven.
    size = most if "_x" not in text else most // 4
    for start in range(0, len(text), size):
        yield text[start : start + size]


def address(row: int, column: int) -> str:
    return f"{get_column_letter(column)}{row}"


def _lines(text: str, width: int) -> int:
    room = max(1, int(width * ROOM))
    if "\n" not in text:
        return -(-len(text) // room)
    return sum(-(-len(line) // room) or 1 for line in text.split("\n"))


def _print_settings(sheet: Any, name: str, title: str) -> None:
    """Letter, across, as wide as the page; title and sheet on top, page numbers below."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = LETTER
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.7, bottom=0.6, header=0.3, footer=0.3)
    sheet.sheet_view.showGridLines = False
    sheet.oddHeader.left.text = _for_header(title)
    sheet.oddHeader.right.text = name
    sheet.oddFooter.left.text = "Plumbline. Confidential: for the agency that it is about."
    sheet.oddFooter.right.text = "Page &P of &N"


def _for_header(title: str) -> str:
    """There an ampersand begins a command; 255 characters is all that a header holds."""
    return shown(title)[:90].replace("&", "&&")
