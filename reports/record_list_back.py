"""A list of records that came back, read row by row. Its dates stand in what is returned and nowhere else: no fault
repeats one, nor anything else that was typed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from assessments.rules.moment_text import NotAMoment, moments_in
from assessments.rules.moment_words import FLAG_OF, NAMES, NONE
from assessments.rules.moments import Moment, Moments
from assessments.use_cases.record_checks import TITLES, RecordDetails, Wrong
from assessments.use_cases.records_back import RecordRow
from reports.foreign_columns import NOTHING_ELSE, Foreign, foreign
from reports.record_list import CHOICES, LIST, columns
from reports.workbook_grid import Fault, Grid, Unfit, grid, same
from standards.cells import Sheet, address

AS_DATE = "Write it as in 2026-03-31 or 03/31/2026; with the hour, as in 2026-03-31 14:00."
BARRED = "The cell holds a formula, an error, or a number that is too long."
INSTEAD = {"code": "Write the code, such as P-001.", "quarter": "Write the quarter as in 2026-Q1, in a cell of text."}


class RecordListing:
    """The list, read: `rows` as far as they can be, and `faults` of cells that cannot. `others` are the headings of
    columns from which nothing is taken.
    """

    def __init__(self, found: Grid, heads: Mapping[str, str], other: Foreign = NOTHING_ELSE) -> None:
        self.grid, self.heads, self.others = found, heads, other.harmless
        # As the grid tells them, they repeat what stands in the cell.
        found.faults[:] = [replace(one, reason=BARRED) for one in found.faults]
        self.rows = tuple(self._rows())
        self.faults = (*other.faults(found.name), *found.in_order())

    def told(self, wrong: Sequence[tuple[int, Wrong]]) -> tuple[Fault, ...]:
        """All that is wrong with the list, row by row: what could not be read, and what does not fit."""
        fitting = [Fault(self.grid.name, self._address(row, one.field), one.reason, one.remedy) for row, one in wrong]
        return tuple(sorted((*self.faults, *fitting), key=_place))

    def _address(self, row: int, field: str) -> str:
        return address(row, self.grid.columns[self.heads.get(field, self.heads["code"])]) if row else ""

    def _rows(self) -> Iterator[RecordRow]:
        """A row with an offered code and nothing else was not filled in."""
        for number in self.grid.rows():
            if any(self._is_filled(number, head) for field, head in self.heads.items() if field != "code"):
                yield self._row(number)

    def _is_filled(self, row: int, head: str) -> bool:
        cell = self.grid.cell(row, head)
        return cell is not None and bool(str(cell.value).strip())

    def _row(self, number: int) -> RecordRow:
        before = len(self.grid.faults)
        details = RecordDetails(*(self._detail(number, field) for field in TITLES if field not in NAMES))
        moments = self._moments(number)
        at_fault = {one.cell for one in self.grid.faults[before:]}
        unread = {field for field in self.heads if self._is_unread(number, field, at_fault)}
        return RecordRow(number, details, moments, frozenset(unread))

    def _is_unread(self, row: int, field: str, at_fault: set[str]) -> bool:
        return self.grid.is_barred(row, self.heads[field]) or self._address(row, field) in at_fault

    def _detail(self, row: int, field: str) -> str:
        if (head := self.heads.get(field)) is None:
            return ""
        cell = self.grid.cell(row, head)
        if cell and isinstance(cell.value, date | time):
            self.grid.fault(row, head, "The cell holds a date.", INSTEAD.get(field, "Choose one from the list."))
            return ""
        said = " ".join(self.grid.text(row, head).split())
        return self._choice(row, field, said) if said and field in CHOICES else said

    def _choice(self, row: int, field: str, said: str) -> str:
        for key, title in CHOICES[field].items():
            if same(title, said):
                return key
        *first, last = CHOICES[field].values()
        remedy = f"Choose {', '.join(first)} or {last}."
        self.grid.fault(row, self.heads[field], "This is none of the choices.", remedy)
        return ""

    def _moments(self, row: int) -> Moments:
        found: dict[str, Any] = {}
        for field in NAMES:
            if (head := self.heads.get(field)) is None or self.grid.is_barred(row, head):
                continue
            if (cell := self.grid.cell(row, head)) is None:
                continue
            if field in FLAG_OF and isinstance(cell.value, str) and same(cell.value, NONE):
                found[FLAG_OF[field]] = True
            elif read := self._read(row, field, cell.value):
                found[field] = read if field == "updated" else read[0]
        return Moments(**found)

    def _read(self, row: int, field: str, value: object) -> tuple[Moment, ...]:
        try:
            return moments_of(value, several=field == "updated")
        except Unread as why:
            remedy = f"{AS_DATE} Or write the word {NONE}." if field in FLAG_OF else AS_DATE
            self.grid.fault(row, self.heads[field], str(why), remedy)
            return ()


def read_list(sheets: Sequence[Sheet], *, dated: bool) -> RecordListing:
    """Unfit where it is no list of records at all, or has no row."""
    found = next((sheet for sheet in sheets if sheet.name == LIST), None)
    if found is None:
        raise Unfit(Fault(LIST, "", "This sheet is missing.", "Take out a blank list and copy the cells into it."))
    heads = columns(dated)
    other = foreign(found, heads.values())
    try:
        listing = RecordListing(grid(found, list(heads.values())), heads, other)
    except Unfit as wrong:
        raise UnfitList(other, *wrong.faults) from wrong
    if not listing.rows:
        raise UnfitList(other, NO_ROW)
    return listing


NO_ROW = Fault(
    LIST,
    "",
    "There is no record in this list: a row counts once there is something beside its code.",
    "Fill in a row for each record.",
)


class UnfitList(Unfit):
    """With what is wrong with columns that are not ours; `others` as of a RecordListing."""

    def __init__(self, other: Foreign, *faults: Fault) -> None:
        super().__init__(*other.faults(LIST), *faults)
        self.others = other.harmless


class Unread(ValueError):
    """Why, without what stands in the cell."""


def moments_of(value: object, *, several: bool = False) -> tuple[Moment, ...]:
    """What a cell holds as a real date or as text, with the hour or without. A spreadsheet keeps a date as a number
    too: one without the format of a date may be anything.
    """
    match value:
        case datetime():
            return (value.replace(second=0, microsecond=0),)
        case date():
            return (value,)
        case str():
            return _written(value, several=several)
        case int() | float():
            raise Unread("The cell holds a number that is not formatted as a date.")
    raise Unread("This is no date.")


def _written(text: str, *, several: bool) -> tuple[Moment, ...]:
    try:
        found = moments_in(text.replace("\u00a0", " "))
    except NotAMoment as wrong:
        raise Unread(wrong.why) from None
    if len(found) > 1 and not several:
        raise Unread("There are several dates in this cell.")
    return found


def _place(fault: Fault) -> tuple[int, int, str]:
    letters = re.sub(r"[^A-Z]", "", fault.cell)
    return int("0" + re.sub(r"[^0-9]", "", fault.cell)), len(letters), letters
