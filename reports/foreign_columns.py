"""Columns that nobody asked for, in a sheet that came back: nothing is taken from them, and people are told so."""

from collections.abc import Iterable
from typing import NamedTuple

from assessments.rules.headings import tells_who
from assessments.rules.identifiers import findings
from assessments.use_cases.record_checks import TITLES
from reports.workbook_grid import Fault, cut, same
from standards.cells import Cell, Sheet, address

TELLS = "By its heading this column holds names, dates of birth or numbers by which somebody is known."
TAKE_IT_OUT = "Take the whole column out of the file, then bring it again. Nothing of it was read or kept."


class Foreign(NamedTuple):
    """`named` has the headings, and the letters of columns without one or with one that says who somebody is."""

    named: tuple[str, ...]
    telling: tuple[Cell, ...]

    def faults(self, sheet: str) -> tuple[Fault, ...]:
        """Where who somebody is stands in a sheet, it is not fit to be handed about, let alone taken in."""
        return tuple(Fault(sheet, one.address, TELLS, TAKE_IT_OUT) for one in self.telling)

    @property
    def harmless(self) -> tuple[str, ...]:
        told = {_letters(one.column) for one in self.telling}
        return tuple(one for one in self.named if one not in told)


NOTHING_ELSE = Foreign((), ())


def foreign(sheet: Sheet, ours: Iterable[str], *, written: bool = False) -> Foreign:
    """Those that are not `ours`; `written`: only those in which text stands below the heading."""
    heads = {cell.column: cell for cell in sheet.cells if cell.row == 1}
    titles = tuple(ours)
    known = {column for column, cell in heads.items() if any(same(str(cell.value), one) for one in titles)}
    there = {cell.column for cell in sheet.cells if not written or (cell.row > 1 and _is_text(cell))}
    rest = sorted(there - known)
    telling = tuple(heads[one] for one in rest if one in heads and _tells(heads[one]))
    unnamed = {one.column for one in telling} | (set(rest) - heads.keys())
    return Foreign(tuple(_letters(one) if one in unnamed else _heading(heads[one]) for one in rest), telling)


def _is_text(cell: Cell) -> bool:
    return isinstance(cell.value, str) and bool(cell.value.strip())


def _tells(head: Cell) -> bool:
    """A heading may be such a thing itself."""
    said = str(head.value)
    ours = any(same(said, one) for one in TITLES.values())
    return not ours and (tells_who(said) or any(one.stops for one in findings(said)))


def _heading(head: Cell) -> str:
    return f"“{cut(str(head.value), 40)}”"


def _letters(column: int) -> str:
    return f"column {address(1, column)[:-1]}"
