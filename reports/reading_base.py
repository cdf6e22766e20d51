"""What the workbook of an offline reader knows of itself: of which assessment and reader it is, and what was stored."""

import re
from collections.abc import Sequence
from typing import cast, get_args

from assessments.rules.ratings import State
from assessments.rules.text import name_key
from assessments.use_cases.readings_back import RecordBase, ReturnedReadings
from assessments.use_cases.record_ratings import Reader
from assessments.use_cases.sheets import Answer
from assessments.use_cases.took_part import Part
from reports.reading_form import BASE, FORM, READING, SIGNS
from reports.workbook_form import seal
from reports.workbook_grid import Fault, Unfit
from standards.cells import Sheet

HEAD = ("form", "assessment", "checklist", "edition", "hash", "reader", "made", "seal")
FRESH = "Take out a new workbook, copy what you filled in into its yellow cells, and bring that one."
ANSWER = re.compile(r"([^=\s]+)=([0-4n?-])/(\d{1,6})")
MARK = re.compile(r"([^=\s]+)=([a-z-]+)")
STATES = {sign: state for state, sign in SIGNS.items()}
CHANGED = Fault(BASE, "", "This hidden sheet was changed, so nothing can be compared with it.", FRESH)
STRANGE = "This is not a workbook for reading records, or its hidden sheet was removed."
OF_RECORD = 5


def known(sheets: Sequence[Sheet]) -> ReturnedReadings:
    """Without a row yet; Unfit where it is no such workbook."""
    found = next((sheet for sheet in sheets if sheet.name == BASE), None)
    if found is None:
        raise Unfit(Fault(sheets[0].name if sheets else READING, "", STRANGE, "Take out a workbook, fill that in."))
    table: dict[int, dict[int, str]] = {}
    for cell in found.cells:
        table.setdefault(cell.row, {})[cell.column] = str(cell.value)
    lines = [[row.get(column, "") for column in range(1, max(row) + 1)] for row in table.values()]
    head = {line[0]: line[1] for line in lines[: len(HEAD)] if len(line) > 1}
    if head.get("form") != FORM:
        raise Unfit(Fault(BASE, "B1", "It is another kind of workbook, or of another version of Plumbline.", FRESH))
    records = lines[len(HEAD) :]
    if tuple(head) != HEAD or head["seal"] != seal(records):
        raise Unfit(CHANGED)
    base = dict(map(_record, records))
    reader = cast(Reader, head["reader"])
    return ReturnedReadings(head["assessment"], head["checklist"], head["edition"], head["hash"], reader, base)


def _record(line: Sequence[str]) -> tuple[str, RecordBase]:
    """Unfit where a line cannot have been ours: anybody can make the seal."""
    if len(line) != OF_RECORD or not (line[1].isdecimal() and line[2].isdecimal()):
        raise Unfit(CHANGED)
    answers = {name: (_answer(sign), int(version)) for name, sign, version in ANSWER.findall(line[3])}
    team = {role: cast(Part, mark) for role, mark in MARK.findall(line[4]) if mark in get_args(Part)}
    return name_key(line[0]), RecordBase(int(line[1]), int(line[2]), answers, team)


def _answer(sign: str) -> Answer:
    return Answer(STATES[sign]) if sign in STATES else Answer(State.LEVEL, int(sign))
