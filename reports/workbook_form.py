"""The rating workbook: filled in where there is no net, and brought back.

It knows its edition, its assessment and, on a hidden sheet, what was stored when it was taken out: so what comes back
is compared with what stood there then and with what stands there now.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from openpyxl.worksheet.datavalidation import DataValidation

from assessments.rules.ratings import State
from assessments.store.tables import Agency
from assessments.use_cases.evidence import EVIDENCE_KINDS
from assessments.use_cases.sheets import OpenSheet, Row
from reports import words
from reports.workbook_cells import Book, Column, Leaf, Look, Value, address, pieces
from reports.workbook_read_me import HOW_TO, ONE_RATER
from reports.workbook_sheets import level_lines, what_is_rated
from standards.model import Checklist, Indicator, Ladder

FORM = "1"
"""Raised when a workbook that was taken out before could no longer be read."""
RATINGS, EVIDENCE, BASE, LISTS, READ_ME = "Ratings", "Evidence", "Base", "Lists", "Read me"
NOT_APPLICABLE, CANNOT_JUDGE = words.STATES[State.NOT_APPLICABLE], words.STATES[State.CANNOT_JUDGE]
COUNTED, CLEAR = "Counted", "clear"
ID, TEXT, ANSWER, MET, OF, OUT_OF, REASON, NOTE = (
    "Id",
    "What is rated",
    "Your answer",
    "Met",
    "Of",
    "In all",
    "Why it does not apply",
    "Note",
)
COLUMNS = (
    Column(ID, 9),
    Column(TEXT, 34),
    Column("The levels in words", 62),
    Column(ANSWER, 22),
    Column(MET, 7),
    Column(OF, 7),
    Column(OUT_OF, 7),
    Column(REASON, 22),
    Column(NOTE, 44),
)
PLACES = {column.title: number for number, column in enumerate(COLUMNS, start=1)}
KIND, WHAT, AS_OF, LINK = "Kind of evidence", "What it is", "As of", "Link"
EVIDENCE_COLUMNS = (Column(ID, 11), Column(KIND, 30), Column(WHAT, 60), Column(AS_OF, 13), Column(LINK, 50))
SPARE = 40
"""Empty lines for evidence beyond what there is."""
EVIDENCE_LINE = "evidence"
"""Instead of an id, in a line of the hidden sheet."""


@dataclass(frozen=True)
class Opened:
    """An assessment's whole sheet, ready to be taken out."""

    sheet: OpenSheet
    agency: Agency
    title: str
    filled: bool

    @property
    def checklist(self) -> Checklist:
        return self.sheet.place.checklist

    @property
    def rater(self) -> str:
        """Whose own sheet it is; "" where the team shares it."""
        return self.sheet.place.sheet.rater

    def say(self, text: str) -> str:
        return words.in_terms(text, self.agency)


def rating_workbook(sheet: OpenSheet, agency: Agency, title: str, made: datetime, *, filled: bool) -> bytes:
    """To be filled in offline; `filled` with what is stored, so that it can be gone over. It goes back to the very
    sheet that it is taken out of.
    """
    opened = Opened(sheet, agency, title, filled)
    book = Book(title)
    _read_me(book, opened)
    _ratings(book, opened)
    _evidence(book, opened)
    _base(book, opened, made)
    _lists(book, opened)
    return book.content()


def choices(ladder: Ladder, may_be_na: bool, opened: Opened) -> tuple[str, ...]:
    """What the drop-down of an answer offers."""
    if ladder.kind == "counts":
        levels = [COUNTED]
    else:
        levels = [f"{level.value} {opened.say(level.name)}" for level in ladder.levels]
    return (*levels, *[NOT_APPLICABLE] * may_be_na, CANNOT_JUDGE, CLEAR)


def bare(text: str) -> str:
    """What is compared: some programs change spaces, and LibreOffice reads an escaped underscore twice."""
    return " ".join(text.replace("_x005F_", "_").split())


def mark(text: str) -> str:
    """Eight characters by which a changed text is seen."""
    return hashlib.sha256(bare(text).encode()).hexdigest()[:8]


def seal(lines: Sequence[Sequence[str]]) -> str:
    return mark(json.dumps([[bare(value) for value in line] for line in lines], ensure_ascii=False))


def _read_me(book: Book, opened: Opened) -> None:
    leaf = book.page(READ_ME, (26, 100))
    leaf.row([opened.title], "title")
    found = opened.checklist
    lines = {"Agency": opened.agency.name, "Checklist": f"{found.title}, edition {found.edition}"}
    lines |= {"Whose it is": f"{opened.rater}. {ONE_RATER}"} if opened.rater else {}
    for name, said in (lines | HOW_TO).items():
        leaf.row([name, said], ("strong", "body"))
    leaf.protect()


def _ratings(book: Book, opened: Opened) -> None:
    leaf = book.leaf(RATINGS, COLUMNS, frozen="C2")
    places: dict[str, list[int]] = {}
    for domain in opened.checklist.domains:
        leaf.row([None, opened.say(domain.title)] + [None] * (len(COLUMNS) - 2), "band")
        for indicator in opened.checklist.by_domain[domain.id]:
            row = leaf.row(*_line(opened, indicator))
            places.setdefault(_list_of(opened.checklist, indicator), []).append(row)
    for number, (name, offered) in enumerate(_lists_of(opened).items(), start=1):
        _offer(leaf, _list_range(number, len(offered)), PLACES[ANSWER], places[name])
        if name.startswith("counts"):
            _count_only(leaf, places[name])
    leaf.protect()


def _line(opened: Opened, indicator: Indicator) -> tuple[list[Value], list[Look]]:
    ladder = opened.checklist.ladder_of[indicator.id]
    row = opened.sheet.row(indicator.id) if opened.filled else Row()
    answer = row.answer
    counts, may_be_na = ladder.kind == "counts", bool(indicator.na)
    number: Look = "input number" if counts else "body"
    return [
        indicator.id,
        opened.say(told(indicator)),
        "\n".join(opened.say(line) for line in _words(indicator, ladder)),
        written(opened, ladder, row),
        answer.met,
        answer.of,
        answer.out_of,
        answer.reason or None,
        row.note if fits(row.note) else None,
    ], ["strong", "body", "body", "input", number, number, number, "input" if may_be_na else "body", "input"]


def told(indicator: Indicator) -> str:
    """What is rated, what counts, what is counted, and where it may not apply."""
    lines = [what_is_rated(indicator), indicator.about]
    if indicator.counts:
        lines.append(f"Count: {indicator.counts.met}, of {indicator.counts.of}.")
    if indicator.na:
        lines.append(f"Not applicable where {indicator.na}.")
    return "\n".join(line for line in lines if line)


def written(opened: Opened, ladder: Ladder, row: Row) -> str | None:
    """An answer as its cell says it; None where there is none."""
    match row.answer.state:
        case State.NOT_APPLICABLE:
            return NOT_APPLICABLE
        case State.CANNOT_JUDGE:
            return CANNOT_JUDGE
        case State.LEVEL if ladder.kind == "counts":
            return COUNTED
        case State.LEVEL:
            return f"{row.answer.level} {opened.say(ladder.level(row.answer.level or 0).name)}"
    return None


def fits(text: str) -> bool:
    """Whether one cell can hold it; a note that no cell can hold is left blank, and so left alone."""
    return len(list(pieces(text))) == 1


def _words(indicator: Indicator, ladder: Ladder) -> Iterator[str]:
    for level in ladder.levels:
        yield from level_lines(indicator, ladder, level.value)


def _list_of(checklist: Checklist, indicator: Indicator) -> str:
    ladder = checklist.ladder_of[indicator.id]
    return f"{ladder.kind} {ladder.id} {bool(indicator.na)}"


def _lists_of(opened: Opened) -> dict[str, tuple[str, ...]]:
    """The drop-downs of the workbook: one a ladder, with and without “not applicable”."""
    return {
        _list_of(opened.checklist, i): choices(opened.checklist.ladder_of[i.id], bool(i.na), opened)
        for i in opened.checklist.indicators
    }


def _offer(leaf: Leaf, source: str, column: int, rows: Sequence[int]) -> None:
    offered = DataValidation(type="list", formula1=source, allow_blank=True, sqref=_ranges(column, column, rows))
    offered.errorTitle, offered.error = "Not in the list", "Choose one of the list, or leave the cell blank."
    offered.showErrorMessage = True
    leaf.sheet.data_validations.append(offered)


def _count_only(leaf: Leaf, rows: Sequence[int]) -> None:
    """Only a warning: the word clear may stand there too."""
    cells = _ranges(PLACES[MET], PLACES[OUT_OF], rows)
    whole = DataValidation(type="whole", formula1="0", formula2="1000000", allow_blank=True, sqref=cells)
    whole.errorStyle, whole.showErrorMessage = "warning", True
    whole.errorTitle, whole.error = "Whole numbers", "Give a whole number, or the word clear."
    leaf.sheet.data_validations.append(whole)


def _ranges(first: int, last: int, rows: Sequence[int]) -> str:
    """Rows that follow one another as one range."""
    runs = (
        [row for _, row in run] for _, run in groupby(enumerate(rows), key=lambda numbered: numbered[1] - numbered[0])
    )
    return " ".join(f"{address(run[0], first)}:{address(run[-1], last)}" for run in runs)


def _evidence(book: Book, opened: Opened) -> None:
    leaf = book.leaf(EVIDENCE, EVIDENCE_COLUMNS)
    looks: tuple[Look, ...] = ("input", "input", "input", "input day", "input")
    lines = list(_evidence_of(opened)) if opened.filled else []
    for line in lines:
        leaf.row(line, looks)
    for _ in range(SPARE):
        leaf.row([None] * len(EVIDENCE_COLUMNS), looks)
    rows, ids = range(2, leaf.height + 1), len(opened.checklist.indicators)
    first = len(_lists_of(opened)) + 1
    _offer(leaf, _list_range(first, ids), 1, rows)
    _offer(leaf, _list_range(first + 1, len(EVIDENCE_KINDS)), 2, rows)
    leaf.protect()


def _evidence_of(opened: Opened) -> Iterator[list[Value]]:
    for indicator in opened.checklist.indicators:
        for line in opened.sheet.row(indicator.id).evidence:
            details = line.details
            yield [indicator.id, words.EVIDENCE[details.kind], details.what, details.as_of, details.link or None]


def _base(book: Book, opened: Opened, made: datetime) -> None:
    """What stood there when this was taken out. Everything is text, so that nothing turns it into something else."""
    place, found = opened.sheet.place, opened.checklist
    lines = [*_base_lines(opened), *([EVIDENCE_LINE, *map(_text, line)] for line in _evidence_of(opened))]
    leaf = book.page(BASE, [20] * 11)
    leaf.sheet.sheet_state = "hidden"
    for name, value in (
        ("form", FORM),
        ("assessment", place.assessment.id),
        ("title", opened.title),
        ("checklist", found.id),
        ("edition", found.edition),
        ("hash", found.hash),
        ("filled", "yes" if opened.filled else "no"),
        ("made", made.isoformat()),
        *((("sheet", place.sheet_id), ("rater", opened.rater)) if opened.rater else ()),
        ("seal", seal(lines)),
    ):
        leaf.row([name, value])
    leaf.rows(lines)
    leaf.protect()


def _base_lines(opened: Opened) -> Iterator[list[str]]:
    for indicator in opened.checklist.indicators:
        row = opened.sheet.row(indicator.id)
        answer = row.answer
        fields = (answer.state.value, answer.level, answer.met, answer.of, answer.out_of, answer.reason)
        versions = (row.answer_version, row.note_version)
        text = mark(opened.say(told(indicator)))
        yield [indicator.id, text, *map(_text, (*fields, *versions)), *(pieces(row.note) if row.note else ())]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _list_range(column: int, many: int) -> str:
    letter = address(1, column).rstrip("1")
    return f"{LISTS}!${letter}$1:${letter}${many}"


def _lists(book: Book, opened: Opened) -> None:
    columns = [*_lists_of(opened).values(), [i.id for i in opened.checklist.indicators]]
    columns.append([words.EVIDENCE[kind] for kind in EVIDENCE_KINDS])
    leaf = book.page(LISTS, [24] * len(columns))
    leaf.sheet.sheet_state = "hidden"
    for number in range(max(map(len, columns))):
        leaf.row([column[number] if number < len(column) else None for column in columns])
    leaf.protect()
