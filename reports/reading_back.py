"""The workbook of an offline reader that came back, read cell by cell. Its dates stand in what is returned and nowhere
else: no fault repeats one, nor anything else that was typed.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from assessments.rules.moment_words import NAMES
from assessments.rules.ratings import State
from assessments.rules.team_share import ROLES
from assessments.use_cases.readings_back import Part, ReadingRow, ReturnedReadings, TeamRow, Unfitting
from assessments.use_cases.sheets import UNRATED, Answer
from assessments.use_cases.took_part import Part as Mark
from reports.foreign_columns import foreign
from reports.reading_base import FRESH, known
from reports.reading_form import ABOUT, CLOCKS, CODE, FROM_DATES, PARTS, QUARTER, READING, SET_ALREADY, TEAM
from reports.record_list_back import BARRED, RecordListing
from reports.workbook_form import CANNOT_JUDGE, NOT_APPLICABLE
from reports.workbook_grid import Fault, Grid, Unfit, grid, same, says_clear
from standards.cells import Sheet, address
from standards.model import Checklist, Ladder

T = TypeVar("T")
NUMBERED = re.compile(r"(\d)(?:\.0+)?(?:\s*[:.\u2013-]?\s+(.*))?")
CHOOSE = "Choose one from the list, or leave the cell blank."
SHEETS: Mapping[Part, str] = {"answer": READING, "clocks": CLOCKS, "team": TEAM}
DATE_HEADS = {"code": CODE, **NAMES}


class NoAnswer(ValueError):
    """What stands in a cell is none of its choices."""


@dataclass(frozen=True)
class ReadBack:
    """`faults` are of cells that cannot be read; with them nothing is taken in. `others` are columns that are not ours
    and hold text: nothing is taken from them.
    """

    returned: ReturnedReadings
    faults: tuple[Fault, ...]
    columns: Mapping[Part, Mapping[str, int]] = field(default_factory=dict)
    others: tuple[str, ...] = ()

    def told(self, wrong: Sequence[Unfitting]) -> tuple[Fault, ...]:
        """All that is wrong, sheet by sheet and row by row: what could not be read, and what does not fit."""
        fitting = [Fault(SHEETS[one.part], self.address(one.part, one.row, one.about), *_said(one)) for one in wrong]
        return tuple(sorted(dict.fromkeys((*self.faults, *fitting)), key=_place))

    @property
    def without_dates(self) -> "ReadBack":
        return replace(self, returned=replace(self.returned, dates=()))

    def where(self, part: Part, row: int, about: str) -> str:
        return f"{SHEETS[part]}, {self.address(part, row, about)}"

    def address(self, part: Part, row: int, about: str) -> str:
        """The cell of the code, where it is about the row as a whole."""
        columns = self.columns.get(part, {})
        head = NAMES.get(about, about) if part == "clocks" else about
        return address(row, columns.get(head, columns.get(CODE, 1)))


def read_back(sheets: Sequence[Sheet], checklist: Checklist) -> ReadBack:
    """Unfit where it is no workbook for reading, or of other elements than `checklist`'s."""
    returned = known(sheets)
    if (returned.checklist, returned.edition) != checklist.key:
        raise Unfit(Fault(READING, "", "It is of another checklist than the one chosen above.", FRESH))
    reading = _grid(sheets, READING, [CODE, *checklist.indicator])
    assert reading is not None
    rows = tuple(_readings(reading, checklist, returned))
    team = _grid(sheets, TEAM, [CODE, *ROLES])
    marks = tuple(_marks(team, returned)) if team else ()
    listing = _dates(sheets)
    found = {"answer": reading, "team": team, "clocks": listing.grid if listing else None}
    columns = {part: one.columns for part, one in found.items() if one}
    dates = listing.rows if listing else ()
    faults = (*reading.in_order(), *(listing.faults if listing else ()), *(team.in_order() if team else ()))
    others = tuple(_others(sheets, checklist))
    return ReadBack(replace(returned, rows=rows, team=marks, dates=dates), faults, columns, others)  # type: ignore[arg-type]


def _others(sheets: Sequence[Sheet], checklist: Checklist) -> Iterator[str]:
    ours = {
        READING: (CODE, QUARTER, *checklist.indicator),
        CLOCKS: (CODE, SET_ALREADY, *NAMES.values()),
        TEAM: (CODE, *ROLES),
    }
    for sheet in sheets:
        if sheet.name in ours:
            yield from (f"{sheet.name}: {one}" for one in foreign(sheet, ours[sheet.name], written=True).named)


def _grid(sheets: Sequence[Sheet], name: str, wanted: Sequence[str]) -> Grid | None:
    """None where a sheet that may be left out is not there."""
    sheet = next((one for one in sheets if one.name == name), None)
    if sheet is None:
        if name == READING:
            raise Unfit(Fault(name, "", "This sheet is missing.", FRESH))
        return None
    found = grid(sheet, wanted)
    # As the grid tells them, they repeat what stands in the cell.
    found.faults[:] = [replace(one, reason=BARRED) for one in found.faults]
    return found


def _dates(sheets: Sequence[Sheet]) -> RecordListing | None:
    sheet = next((one for one in sheets if one.name == CLOCKS), None)
    return RecordListing(grid(sheet, list(DATE_HEADS.values())), DATE_HEADS) if sheet else None


def _readings(found: Grid, checklist: Checklist, returned: ReturnedReadings) -> Iterator[ReadingRow]:
    """A row in which nothing was changed is left out."""
    readers = {name: _reader(checklist, name) for name in checklist.indicator}
    for number, code in _rows(found):
        base = returned.base_of(code).answers
        answers = {
            name: answer
            for name, read in readers.items()
            if (answer := _value(found, number, name, read)) is not None and answer != base.get(name, (None, 0))[0]
        }
        if answers:
            yield ReadingRow(number, code, answers)


def _marks(found: Grid, returned: ReturnedReadings) -> Iterator[TeamRow]:
    for number, code in _rows(found):
        base = returned.base_of(code).team
        read = {role: _value(found, number, role, _mark) for role in ROLES}
        marks = {
            role: None if mark == "clear" else mark
            for role, mark in read.items()
            if mark is not None and mark != base.get(role)
        }
        if marks:
            yield TeamRow(number, code, marks)  # type: ignore[arg-type]


def _rows(found: Grid) -> Iterator[tuple[int, str]]:
    for number in found.rows():
        cell = found.cell(number, CODE)
        # A date in the place of a code goes no further.
        code = str(cell.value).strip() if cell and type(cell.value) in (str, int) else ""
        if not same(code, ABOUT):
            yield number, code


def _value(found: Grid, row: int, head: str, read: Callable[[str], T]) -> T | None:
    """None where the cell is blank, says what follows from the dates, or is at fault."""
    cell = found.cell(row, head)
    if cell is None or found.is_barred(row, head):
        return None
    text = " ".join(str(cell.value).replace("\u00a0", " ").split())
    if not text or text.endswith(FROM_DATES):
        return None
    try:
        return read(text)
    except NoAnswer:
        found.fault(row, head, "This is none of the choices.", CHOOSE)
        return None


def _reader(checklist: Checklist, name: str) -> Callable[[str], Answer]:
    """What each of its texts means; read once for a column, for there are few."""
    ladder, known_texts = checklist.ladder_of[name], dict[str, Answer]()

    def read(text: str) -> Answer:
        if text not in known_texts:
            known_texts[text] = _answer(ladder, text)
        return known_texts[text]

    return read


def _answer(ladder: Ladder, text: str) -> Answer:
    for word, state in ((NOT_APPLICABLE, State.NOT_APPLICABLE), (CANNOT_JUDGE, State.CANNOT_JUDGE)):
        if same(text, word):
            return Answer(state)
    if says_clear(text):
        return UNRATED
    numbered = NUMBERED.fullmatch(text)
    for level in ladder.levels:
        if same(text, level.name) or (
            numbered and int(numbered[1]) == level.value and (not numbered[2] or same(numbered[2], level.name))
        ):
            return Answer(State.LEVEL, level.value)
    raise NoAnswer


def _mark(text: str) -> Mark | str:
    """The word "clear" takes it off."""
    if says_clear(text):
        return "clear"
    for mark, said in PARTS.items():
        if same(text, said):
            return mark
    raise NoAnswer


def _said(one: Unfitting) -> tuple[str, str]:
    return one.reason, one.remedy


def _place(fault: Fault) -> tuple[int, int, int, str]:
    order = [READING, CLOCKS, TEAM]
    letters = re.sub(r"[^A-Z]", "", fault.cell)
    row = int("0" + re.sub(r"[^0-9]", "", fault.cell))
    return order.index(fault.sheet) if fault.sheet in order else -1, row, len(letters), letters
