"""The workbook of an offline reader: a row for each record that was drawn, a column for each element.

It holds no date: none is stored. What was stored when it was taken out stands on a hidden sheet, so that what comes
back is compared with what stood there then and with what stands there now.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from openpyxl.worksheet.datavalidation import DataValidation

from assessments.rules.moment_words import NAMES
from assessments.rules.no_plan import NO_PLAN, is_absent
from assessments.rules.ratings import State
from assessments.store.tables import Agency
from assessments.use_cases.record_checks import TITLES
from assessments.use_cases.record_ratings import Found, Reader
from assessments.use_cases.records import RecordLine
from assessments.use_cases.sheets import UNRATED, Answer
from assessments.use_cases.took_part import Part
from reports import words
from reports.reading_read_me import OF_DATES, OF_NO_PLAN, how_to
from reports.reading_said import choices, level_said, said
from reports.workbook_cells import Book, Column, Leaf, Look, Value, address
from reports.workbook_form import CLEAR, seal
from standards.model import Checklist, Indicator

FORM = "reading 1"
"""Raised when a workbook that was taken out before could no longer be read."""
READING, CLOCKS, TEAM, LEVELS, READ_ME = "Reading", "Clocks", "Who took part", "Levels", "Read me"
BASE, LISTS = "Base", "Lists"
CODE, QUARTER, SET_ALREADY = TITLES["code"], TITLES["quarter"], "Set already"
ABOUT = "What it is"
"""In place of a code: the row that says what each column asks."""
FROM_DATES = "(from the dates)"
PARTS: Mapping[Part, str] = {"took-part": "Took part", "not-there": "Did not", "not-relevant": "Not relevant"}
READERS: Mapping[Reader, str] = {"first": "First reader", "second": "Second reader", "agreed": "Agreed"}
MOST = 95
"""Elements that fit: a workbook that comes back has at most 100 columns."""
WIDTH, DATE_WIDTH = 26, 17


@dataclass(frozen=True)
class Offline:
    """What one reader takes along: `lines` are the records, `found` what this reader gave of them, `follows` what comes
    from their clocks. `roles` by id; without roles and dates, as for a second reader, their sheets are left out.
    """

    assessment: str
    title: str
    checklist: Checklist
    agency: Agency
    reader: Reader
    lines: Sequence[RecordLine]
    found: Mapping[str, Mapping[str, Found]] = field(default_factory=dict)
    follows: Mapping[str, Mapping[str, Answer]] = field(default_factory=dict)
    team: Mapping[str, Mapping[str, Part]] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    dated: bool = False

    def say(self, text: str) -> str:
        return words.in_terms(text, self.agency)


def reading_workbook(taken: Offline, made: datetime) -> bytes:
    book = Book(f"{taken.agency.name}: {taken.title}")
    _read_me(book, taken)
    _reading(book, taken)
    if taken.dated:
        _clocks(book, taken)
    if taken.roles:
        _team(book, taken)
    _levels(book, taken)
    _base(book, taken, made)
    _lists(book, taken)
    return book.content()


def _read_me(book: Book, taken: Offline) -> None:
    leaf = book.page(READ_ME, (26, 100))
    leaf.row([taken.title], "title")
    lines = {"Agency": taken.agency.name, "Whose it is": READERS[taken.reader]}
    without = any(line.details.began == NO_PLAN for line in taken.lines)
    more = {**(OF_NO_PLAN if without else {}), **(OF_DATES if taken.dated else {})}
    for name, line in {**lines, **how_to(taken.checklist), **more}.items():
        leaf.row([name, taken.say(line)], ("strong", "body"))
    leaf.protect()


def _reading(book: Book, taken: Offline) -> None:
    indicators = taken.checklist.indicators
    heads = [Column(CODE, 11), Column(QUARTER, 17), *(Column(one.id, WIDTH) for one in indicators)]
    leaf = _wide(book, READING, heads)
    leaf.row([ABOUT, None, *(taken.say(asked(one)) for one in indicators)], "body")
    for line in taken.lines:
        follows = taken.follows.get(line.id, {})
        looks: list[Look] = ["faint" if one.id in follows else "input" for one in indicators]
        quarter = f"{line.details.quarter}, no plan" if line.details.began == NO_PLAN else line.details.quarter
        leaf.row([line.details.code, quarter, *_answers(taken, line)], ["strong", "faint", *looks])
    for number, name in enumerate(_offers(taken), start=1):
        places = [place for place, one in enumerate(indicators, start=3) if _offer_of(taken.checklist, one) == name]
        _offer(leaf, number, len(_offers(taken)[name]), places, len(taken.lines))
    leaf.protect()


def asked(indicator: Indicator) -> str:
    lines = [indicator.text, indicator.about]
    lines += [f"Level {level} here: {text}" for level, text in indicator.cue.items()]
    if indicator.na:
        lines.append(f"Not applicable where {indicator.na}.")
    return "\n".join(line for line in lines if line)


def _answers(taken: Offline, line: RecordLine) -> Iterator[Value]:
    found, follows = taken.found.get(line.id, {}), taken.follows.get(line.id, {})
    for name, ladder in taken.checklist.ladder_of.items():
        there = found[name].answer if name in found else UNRATED
        if there == UNRATED and line.details.began == NO_PLAN and is_absent(taken.checklist.indicator[name]):
            there = Answer(State.LEVEL, min(ladder.values))
        answer = follows.get(name, there)
        text = said(ladder, answer)
        yield f"{text} {FROM_DATES}" if text and name in follows else text


def _clocks(book: Book, taken: Offline) -> None:
    heads = [Column(CODE, 11), Column(SET_ALREADY, 13), *(Column(name, DATE_WIDTH) for name in NAMES.values())]
    leaf = _wide(book, CLOCKS, heads, rows=1)
    for line in taken.lines:
        there = words.count(line.clocks, "clock") if line.clocks else None
        looks: list[Look] = ["strong", "faint", *["input" for _ in NAMES]]  # type: ignore[list-item]
        leaf.row([line.details.code, there, *[None] * len(NAMES)], looks)
    cells = f"{address(2, 3)}:{address(leaf.height, len(heads))}"
    hint = DataValidation(allow_blank=True, sqref=cells)
    hint.promptTitle, hint.showInputMessage = "A date", True
    hint.prompt = "As in 2026-03-31, with the hour if you know it: 2026-03-31 14:00. Or the word none."
    leaf.sheet.data_validations.append(hint)
    leaf.protect()


def _team(book: Book, taken: Offline) -> None:
    leaf = _wide(book, TEAM, [Column(CODE, 11), *(Column(role, WIDTH) for role in taken.roles)])
    leaf.row([ABOUT, *(taken.say(text) for text in taken.roles.values())], "body")
    for line in taken.lines:
        marks = taken.team.get(line.id, {})
        shown = [PARTS[marks[role]] if role in marks else None for role in taken.roles]
        leaf.row([line.details.code, *shown], ["strong", *["input"] * len(shown)])  # type: ignore[list-item]
    places = list(range(2, len(taken.roles) + 2))
    _offer(leaf, len(_offers(taken)) + 1, len(PARTS) + 1, places, len(taken.lines))
    leaf.protect()


def _wide(book: Book, name: str, heads: Sequence[Column], rows: int = 2) -> Leaf:
    """Codes and questions stay in sight and stand on every printed page; it is printed as wide as it needs."""
    leaf = book.leaf(name, heads, frozen=f"B{rows + 1}")
    leaf.sheet.print_title_rows, leaf.sheet.print_title_cols = f"1:{rows}", "A:A"
    leaf.sheet.page_setup.fitToWidth = 0
    return leaf


def _levels(book: Book, taken: Offline) -> None:
    leaf = book.page(LEVELS, (26, 100))
    ladders = {ladder.id: ladder for ladder in taken.checklist.ladder_of.values()}
    for ladder in ladders.values():
        leaf.row([taken.say(ladder.title)], "title")
        for level in ladder.levels:
            leaf.row([level_said(ladder, level.value), taken.say(level.words)], ("strong", "body"))
    leaf.protect()


def _base(book: Book, taken: Offline, made: datetime) -> None:
    """What stood there when this was taken out. Everything is text, so that nothing turns it into something else."""
    lines = [[*_base_line(taken, line)] for line in taken.lines]
    found = taken.checklist
    leaf = book.page(BASE, [20] * 5)
    leaf.sheet.sheet_state = "hidden"
    for name, value in (
        ("form", FORM),
        ("assessment", taken.assessment),
        ("checklist", found.id),
        ("edition", found.edition),
        ("hash", found.hash),
        ("reader", taken.reader),
        ("made", made.isoformat()),
        ("seal", seal(lines)),
    ):
        leaf.row([name, value])
    leaf.rows(lines)
    leaf.protect()


SIGNS = {State.UNRATED: "-", State.NOT_APPLICABLE: "n", State.CANNOT_JUDGE: "?"}


def _base_line(taken: Offline, line: RecordLine) -> Iterator[str]:
    """Answers as POC-01=3/2: level, then version; a point where there is none, for an empty cell would be lost."""
    answers = taken.found.get(line.id, {})
    yield from (line.details.code, str(line.version), str(line.clocks))
    yield " ".join(f"{name}={_sign(one.answer)}/{one.version}" for name, one in answers.items()) or "."
    yield " ".join(f"{role}={part}" for role, part in taken.team.get(line.id, {}).items()) or "."


def _sign(answer: Answer) -> str:
    return SIGNS.get(answer.state, str(answer.level))


def _offer_of(checklist: Checklist, indicator: Indicator) -> str:
    return f"{checklist.ladder_of[indicator.id].id} {bool(indicator.na)}"


def _offers(taken: Offline) -> dict[str, tuple[str, ...]]:
    """The drop-downs: one a ladder, with and without “not applicable”."""
    found = taken.checklist
    return {_offer_of(found, one): choices(found.ladder_of[one.id], bool(one.na)) for one in found.indicators}


def _lists(book: Book, taken: Offline) -> None:
    columns = [*_offers(taken).values(), (*PARTS.values(), CLEAR)]
    leaf = book.page(LISTS, [24] * len(columns))
    leaf.sheet.sheet_state = "hidden"
    for number in range(max(map(len, columns))):
        leaf.row([column[number] if number < len(column) else None for column in columns])
    leaf.protect()


def _offer(leaf: Leaf, source: int, many: int, places: Sequence[int], records: int) -> None:
    letter = address(1, source).rstrip("1")
    cells = " ".join(f"{address(3, place)}:{address(records + 2, place)}" for place in places)
    formula = f"{LISTS}!${letter}$1:${letter}${many}"
    offered = DataValidation(type="list", formula1=formula, allow_blank=True, sqref=cells)
    offered.errorTitle, offered.error = "Not in the list", "Choose one of the list, or leave the cell blank."
    offered.showErrorMessage = True
    leaf.sheet.data_validations.append(offered)
