"""The sheet form of a checklist, read back: the same rules as for a file, and every fault said with sheet and cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from standards import catalogue, cells, toml
from standards.cells import Cell, Sheet, Unreadable
from standards.faults import RULES, BadChecklist, Fault, Finding, Loc, shown
from standards.layout import FRONT, KEYS, LEVEL, NO, TABLES, YES, Column, plain
from standards.model import Checklist
from standards.shape import meant

MOST_FAULTS = 200
REMEDIES = {
    "missing-key": "Fill in the cell; where the sheet is empty or missing, add a row.",
    "number-for-text": "Format the cell as text and type it again.",
    "missing-citation": "Say where in which document it stands.",
    "no-evidence": "Name at least one kind of evidence, such as document.",
    "standard-without-indicators": "Name it in a row of the sheet Indicators.",
    "counts-missing": "Fill in both columns of counts.",
    "missing-level": "Write a row for each of 0, 1, 2, 3 and 4, or for 0 and 4 alone.",
    "rolls-up-missing": "Write the id of a ladder of counts, such as share.",
    "rolls-up-unused": "Empty the cell.",
}
TYPES = {
    "text": "Format the cell as text and type it again.",
    "whole number": "Type a whole number.",
    "day": "Type a date that exists, such as 2026-11-21.",
    "yes or no": "Type yes or no.",
    "list": "Type words with commas between them.",
}
FORMULA = "Paste what it shows as a value: copy, then Paste Special, Values."


@dataclass
class Read:
    """The content in the form of a file, where each of its tables and keys stands, and what cannot stand there."""

    data: dict[str, Any] = field(default_factory=dict)
    rows: dict[Loc, int] = field(default_factory=dict)
    columns: dict[str, dict[tuple[str, ...], int]] = field(default_factory=dict)
    found: list[Finding] = field(default_factory=list)
    odd: list[tuple[str, str, Finding]] = field(default_factory=list)


def is_workbook(name: str) -> bool:
    return name.lower().endswith(".xlsx")


def checklist(content: bytes, name: str) -> Checklist:
    """BadChecklist where the workbook has an error."""
    made, found = examined(content, name)
    if made is None or any(fault.severity == "error" for fault in found):
        raise BadChecklist(found)
    return made


def as_toml(content: bytes, name: str) -> bytes:
    """What a TOML file would say; BadChecklist where the workbook has an error."""
    return toml.written(checklist(content, name)).encode()


def examined(content: bytes, name: str) -> tuple[Checklist | None, list[Fault]]:
    """Errors and warnings, sheet by sheet and cell by cell."""
    try:
        sheets = cells.read(content)
    except Unreadable as wrong:
        return None, [_fault(name, wrong.sheet, wrong.cell, Finding("not-a-workbook", (), wrong.reason, wrong.remedy))]
    read = _read(sheets)
    made, found = catalogue.examine(read.data)
    placed = [*read.odd, *((*_place(finding.loc, read), _for_sheet(finding)) for finding in found)]
    faults = _once([_fault(name, *one) for one in sorted(placed, key=_order)])
    return made if isinstance(made, Checklist) else None, _cut(faults, name)


def _read(sheets: Sequence[Sheet]) -> Read:
    read = Read()
    named = _named(sheets, read)
    _read_front(named.get(plain(FRONT)), read)
    for table, (title, columns) in TABLES.items():
        read.data[table] = []
        if (sheet := named.get(plain(title))) is not None:
            _read_table(table, sheet, columns, read)
    return read


def _named(sheets: Sequence[Sheet], read: Read) -> dict[str, Sheet]:
    """The sheets that are read; of two that go by one name the first."""
    titles = [plain(title) for title in (FRONT, *(title for title, _ in TABLES.values()))]
    named: dict[str, Sheet] = {}
    for sheet in sheets:
        name = plain(sheet.name)
        if name in named:
            reason = f"The sheet “{shown(named[name].name)}” goes by the same name."
            read.odd.append((sheet.name, "A1", Finding("duplicate-id", (), reason, "Keep one of the two sheets.")))
        elif name in titles:
            named[name] = sheet
    return named


def _read_front(sheet: Sheet | None, read: Read) -> None:
    keys = {plain(column.heading): column for column in KEYS}
    rows = _by_row(sheet)
    for row in list(rows)[1:]:
        name, value = rows[row].get(1), rows[row].get(2)
        column = keys.get(plain(str(name.value))) if name else None
        if name is None or column is None:
            said = name or value
            if said is not None:
                read.odd.append((FRONT, said.address, _unknown(said, list(keys), "key")))
            continue
        read.rows[column.path] = row
        if value is not None:
            _keep(read, read.data, column, value, FRONT)


def _read_table(table: str, sheet: Sheet, columns: tuple[Column, ...], read: Read) -> None:
    rows = _by_row(sheet)
    numbers = list(rows)
    known = _headings(rows[numbers[0]] if numbers else {}, columns, sheet.name, read)
    _refuse_headless(rows, sheet.name, read)
    read.columns[table] = {column.path: at for at, column in known.items()}
    for row in numbers[1:]:
        one: dict[str, Any] = {}
        for at, cell in rows[row].items():
            if at in known:
                _keep(read, one, known[at], cell, sheet.name)
        if one:
            _add(table, one, row, sheet.name, read)


def _by_row(sheet: Sheet | None) -> dict[int, dict[int, Cell]]:
    rows: dict[int, dict[int, Cell]] = {}
    for cell in sheet.cells if sheet else ():
        rows.setdefault(cell.row, {})[cell.column] = cell
    return rows


def _headings(row: Mapping[int, Cell], columns: tuple[Column, ...], sheet: str, read: Read) -> dict[int, Column]:
    named = {plain(column.heading): column for column in columns}
    known: dict[int, Column] = {}
    for at, cell in row.items():
        column = named.get(plain(str(cell.value)))
        if column is None:
            read.odd.append((sheet, cell.address, _unknown(cell, list(named), "column")))
        elif column in known.values():
            finding = Finding("unknown-column", (), "This heading stands twice.", "Keep one of the two columns.")
            read.odd.append((sheet, cell.address, finding))
        else:
            known[at] = column
    return known


def _refuse_headless(rows: Mapping[int, Mapping[int, Cell]], sheet: str, read: Read) -> None:
    """Once for each column without a heading: what stands below would be lost."""
    said: set[int] = set(next(iter(rows.values()), ()))
    for at, cell in ((at, cell) for row in rows.values() for at, cell in row.items()):
        if at not in said:
            said.add(at)
            remedy = "Write a heading in the first row of this column, or empty the column."
            finding = Finding("unknown-column", (), "This column has no heading.", remedy)
            read.odd.append((sheet, cell.address, finding))


def _unknown(cell: Cell, known: list[str], what: str) -> Finding:
    said = str(cell.value)
    return Finding("unknown-column", (), f"No {what} is called “{shown(said)}” here.", meant(said, known))


def _keep(read: Read, into: dict[str, Any], column: Column, cell: Cell, sheet: str) -> None:
    """Puts what a cell says where the file's form has it."""
    if cell.formula or cell.error:
        what = f"The cell holds the {'formula' if cell.formula else 'error'} “{shown(cell.value)}”."
        read.odd.append((sheet, cell.address, Finding("no-formula", (), what, FORMULA)))
    for key in column.path[:-1]:
        into = into.setdefault(key, {})
    into[column.path[-1]] = _value(column, cell.value)


def _value(column: Column, value: Any) -> Any:
    """As the column takes it; what does not fit is left as it is, and the rules say so."""
    if isinstance(value, str) and column.kind != "text":
        return _from_text(column, value)
    if column.kind == "whole number" and isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _from_text(column: Column, text: str) -> Any:
    word = text.strip()
    if column.kind == "list":
        return [part.strip() for part in text.replace("\n", ",").replace(";", ",").split(",") if part.strip()]
    if column.kind == "yes or no":
        return {YES: True, NO: False}.get(word.casefold(), text)
    if column.kind == "whole number":
        return int(word) if word.isascii() and word.isdigit() and len(word) < 9 else text
    try:
        return date.fromisoformat(word)
    except ValueError:
        return text


def _add(table: str, one: dict[str, Any], row: int, sheet: str, read: Read) -> None:
    """A row is a thing of its own; in the sheet of ladders it is a level of the ladder that it names."""
    several = read.data[table]
    level = one.pop(LEVEL, None)
    if table == "ladder" and several and one.get("id", several[-1].get("id")) == several[-1].get("id"):
        for key in (key for key, value in one.items() if several[-1].get(key) != value):
            finding = Finding(
                "duplicate-id", (), "The first row of this ladder says otherwise.", "Keep one of the two."
            )
            read.odd.append((sheet, cells.address(row, read.columns[table][(key,)]), finding))
    else:
        several.append(one)
        read.rows[(table, len(several) - 1)] = row
    if level is not None:
        levels = several[-1].setdefault(LEVEL, [])
        levels.append(level)
        read.rows[(table, len(several) - 1, LEVEL, len(levels) - 1)] = row


# From a place in the content to a cell


def _place(loc: Loc, read: Read) -> tuple[str, str]:
    """Sheet and cell, as near as they can be named."""
    column = _column(loc)
    if not loc or str(loc[0]) not in TABLES:
        row = read.rows.get(loc[:1])
        return FRONT, f"B{row}" if row else ""
    table = str(loc[0])
    row = next((read.rows[loc[:end]] for end in range(len(loc), 1, -1) if loc[:end] in read.rows), None)
    if row is None:
        return TABLES[table][0], ""
    path = column.path if column else ("id",)
    return TABLES[table][0], cells.address(row, read.columns[table].get(path, 1))


def _column(loc: Loc) -> Column | None:
    """The column, or key of the front, that a place belongs to; of several the first."""
    if not loc:
        return None
    path = tuple(part for part in loc if isinstance(part, str))
    columns = KEYS if path[0] not in TABLES else TABLES[path[0]][1]
    path = path if columns is KEYS else path[1:]
    return next((one for one in columns if path and one.path[: len(path)] == path[: len(one.path)]), None)


def _for_sheet(finding: Finding) -> Finding:
    """The rules give remedies for a text file: in a sheet some are others."""
    column = _column(finding.loc)
    remedy = REMEDIES.get(finding.rule, finding.remedy)
    if finding.rule == "wrong-type" and column:
        remedy = TYPES[column.kind]
    return Finding(finding.rule, finding.loc, finding.reason, remedy)


def _fault(name: str, sheet: str, cell: str, finding: Finding) -> Fault:
    words = (f"Sheet “{shown(sheet)}”" * bool(sheet), f"cell {cell}" * bool(cell))
    place = ", ".join(word for word in words if word) or "the whole file"
    return Fault(finding.rule, RULES[finding.rule].severity, name, place, finding.reason, finding.remedy)


def _order(placed: tuple[str, str, Finding]) -> tuple[int, int, int, str]:
    """As they stand in the workbook: by sheet, row and column."""
    sheet, cell, _ = placed
    titles = [plain(title) for title in (FRONT, *(title for title, _ in TABLES.values()))]
    letters = cell.rstrip("0123456789")
    return titles.index(plain(sheet)), int(cell[len(letters) :] or 0), len(letters), letters


def _once(faults: list[Fault]) -> list[Fault]:
    """A cell that cannot be taken as it is has one fault, whatever the rules say of what stands in for it."""
    odd = {fault.place for fault in faults if fault.rule == "no-formula"}
    return [fault for fault in faults if fault.rule == "no-formula" or fault.place not in odd]


def _cut(faults: list[Fault], name: str) -> list[Fault]:
    if len(faults) <= MOST_FAULTS:
        return faults
    reason = f"There are more faults than these {MOST_FAULTS}."
    rest = _fault(name, "", "", Finding("too-many", (), reason, "Mend these first, then check again."))
    return [*sorted(faults, key=lambda fault: fault.severity)[:MOST_FAULTS], rest]
