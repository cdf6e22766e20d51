"""A rating workbook that came back, read row by row: what it says, or everything that is wrong with it at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assessments.errors import BadInput
from assessments.use_cases.evidence import checked_evidence
from assessments.use_cases.intake import Returned, ReturnedRow
from assessments.use_cases.sheets import EvidenceDetails, Place
from reports import words
from reports.workbook_answer import Line, answer_of
from reports.workbook_base import FRESH, Known, known, spaced
from reports.workbook_form import (
    ANSWER,
    AS_OF,
    EVIDENCE,
    ID,
    KIND,
    LINK,
    MET,
    NOTE,
    OF,
    OUT_OF,
    RATINGS,
    REASON,
    TEXT,
    WHAT,
    mark,
)
from reports.workbook_grid import Fault, Grid, Unfit, cut, grid, says_clear
from standards.cells import Sheet
from standards.model import Checklist

FILLED_IN = (ANSWER, MET, OF, OUT_OF, REASON, NOTE)
EVIDENCE_CELLS = (ID, KIND, WHAT, AS_OF, LINK)
CHOOSE = "Choose one from the list."
PUT_BACK = "Write the id that stood there, or copy what you filled in into a new workbook."
KINDS = {said.casefold(): kind for kind, said in words.EVIDENCE.items()}
Lines = dict[str, list[tuple[EvidenceDetails, str]]]


@dataclass(frozen=True)
class Read:
    """`warnings` are what only looks as if it should not be there."""

    returned: Returned
    warnings: tuple[Fault, ...]


def read_back(sheets: Sequence[Sheet], place: Place, say: Callable[[str], str], today: date) -> Read:
    """Unfit, with every fault, unless the workbook is this sheet's and can be taken in as it stands."""
    before = known(sheets, place)
    ratings, evidence = _grid(sheets, RATINGS, (ID, TEXT, *FILLED_IN)), _grid(sheets, EVIDENCE, EVIDENCE_CELLS)
    lines = _evidence(evidence, place.checklist, before, today)
    rows = tuple(
        _row(ratings, number, name, place.checklist, before, say, tuple(lines.get(name, ())))
        for number, name in _rows(ratings, place.checklist, before)
    )
    if faults := (*ratings.in_order(), *evidence.in_order()):
        raise Unfit(*faults)
    found = place.checklist
    sheet_id = place.sheet_id if place.sheet.kind == "blind" else ""
    returned = Returned(place.assessment.id, found.id, found.edition, found.hash, rows, sheet_id)
    return Read(returned, (*ratings.warnings, *evidence.warnings))


def _grid(sheets: Sequence[Sheet], name: str, wanted: Sequence[str]) -> Grid:
    found = next((sheet for sheet in sheets if sheet.name == name), None)
    if found is None:
        raise Unfit(Fault(name, "", "This sheet is missing.", FRESH))
    return grid(found, wanted)


def _rows(found: Grid, checklist: Checklist, before: Known) -> list[tuple[int, str]]:
    """The rows of the indicators; whatever is wrong with the ids is a fault, told once, where it is to be mended."""
    said = {row: (found.text(row, ID), mark(found.text(row, TEXT))) for row in found.rows()}
    theirs = {beside: name for name, beside in before.marks.items()}
    named: dict[str, int] = {}
    odd: list[int] = []
    for row, (name, beside) in said.items():
        if name in named or before.marks.get(name) != beside:
            odd.append(row)
        else:
            named[name] = row
    right = frozenset(named)
    for row in odd:
        name, beside = said[row]
        own = theirs.get(beside, "")
        _refuse_row(found, row, name, own if own not in right else "", checklist, named)
        named.setdefault(own if name in right or name not in checklist.indicator else name, row)
    there = named.keys() | {theirs.get(said[row][1]) for row in odd}
    for name in checklist.indicator:
        if name not in there:
            found.faults.append(Fault(found.name, "", f"The row of {name} is missing.", FRESH))
    return sorted((row, name) for name, row in named.items() if name)


def _refuse_row(found: Grid, row: int, name: str, own: str, checklist: Checklist, named: dict[str, int]) -> None:
    """A row whose id and text do not belong together; `own` is the indicator whose text it is, where nobody else's
    row is.
    """
    back = f"Write {own} there again: by its text, it is the row of that one." if own else PUT_BACK
    if not name and not own:
        _refuse_stray(found, row)
    elif not name:
        found.fault(row, ID, f"The id of {own} is not here any more.", back)
    elif name not in checklist.indicator:
        found.fault(row, ID, f"“{cut(name)}” is no indicator of this checklist.", back)
    elif name in named:
        found.fault(row, ID, f"{name} stands in row {named[name]} already.", back)
    else:
        found.fault(row, TEXT, f"The text beside {name} is not its own: rows or texts were moved.", FRESH)


def _refuse_stray(found: Grid, row: int) -> None:
    """A heading has no id, and nothing was to be filled in beside it."""
    for column in FILLED_IN:
        if found.cell(row, column):
            found.fault(row, column, "Something stands in a row that has no id.", "Move it to the row it belongs to.")
            return


def _row(
    found: Grid,
    number: int,
    name: str,
    checklist: Checklist,
    before: Known,
    say: Callable[[str], str],
    evidence: tuple[tuple[EvidenceDetails, str], ...],
) -> ReturnedRow:
    base = before.rows[name]
    line = Line(found, number, checklist.indicator[name], checklist.ladder_of[name], base, before.filled, say)
    answer, note = answer_of(line), _note(found, number, base.note if before.filled else "")
    cells = (found.where(number, ANSWER), found.where(number, NOTE))
    return ReturnedRow(name, base, answer, cells[0], note, cells[1], evidence)


def _note(found: Grid, row: int, was: str) -> str | None:
    text = found.text(row, NOTE)
    if not text or spaced([text]) == spaced([was]):
        return None
    if says_clear(text):
        return ""
    found.search(row, NOTE, text)
    return text


def _evidence(found: Grid, checklist: Checklist, before: Known, today: date) -> Lines:
    """Lines that were not there when the workbook was taken out, by indicator."""
    lines: Lines = {}
    for row in found.rows():
        texts = [found.text(row, column) for column in (ID, KIND, WHAT, LINK)]
        as_of = found.day(row, AS_OF)
        whole = (*texts[:3], as_of.isoformat() if as_of else "", texts[3])
        if spaced(whole) in before.evidence:
            continue
        if texts[0] not in checklist.indicator and not found.is_barred(row, ID):
            said = f"“{cut(texts[0])}” is no indicator of this checklist." if texts[0] else "The id is missing."
            found.fault(row, ID, said, CHOOSE)
        if details := _details(found, row, texts, as_of, today):
            lines.setdefault(texts[0], []).append((details, found.where(row, WHAT)))
    return lines


def _details(found: Grid, row: int, texts: Sequence[str], as_of: date | None, today: date) -> EvidenceDetails | None:
    """None where anything in the line is wrong; each of its cells is told by itself."""
    _, said, what, link = texts
    kind = KINDS.get(" ".join(said.split()).casefold())
    if kind is None and not found.is_barred(row, KIND):
        found.fault(row, KIND, f"“{cut(said)}” is no kind of evidence." if said else "The kind is missing.", CHOOSE)
    good = EvidenceDetails(kind or "document", "something")
    cells = {WHAT: replace(good, what=what), AS_OF: replace(good, as_of=as_of), LINK: replace(good, link=link)}
    checks = [_checked(found, row, column, details, today) for column, details in cells.items()]
    found.search(row, WHAT, what)
    found.search(row, LINK, link)
    if kind is None or not all(checks):
        return None
    return checked_evidence(EvidenceDetails(kind, what, as_of, link), today)


def _checked(found: Grid, row: int, column: str, details: EvidenceDetails, today: date) -> bool:
    """Whether that one cell can be stored, by the rule that evidence on the page goes by."""
    try:
        checked_evidence(details, today)
    except BadInput as wrong:
        if not found.is_barred(row, column):
            found.fault(row, column, str(wrong), "Mend it, or empty the whole line.")
        return False
    return True
