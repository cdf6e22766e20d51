"""The list of records as a workbook to be filled in and brought back: blank, or as it stands. No date goes out."""

from collections.abc import Mapping, Sequence

from openpyxl.worksheet.datavalidation import DataValidation

from assessments.rules.moment_words import NAMES, NONE
from assessments.use_cases.record_checks import TITLES, RecordDetails
from reports.workbook_cells import Book, Column, Leaf, address

LIST, READ_ME = "List", "Read me"
SPARE = 300
"""Empty lines."""
OFFERED = 200
"""Codes that stand in them already."""
WHEN_IDENTIFIED: Mapping[str, str] = {
    "in-pregnancy": "During pregnancy",
    "at-birth": "At the birth",
    "after-birth": "After the birth",
}
WHEN_BEGAN: Mapping[str, str] = {
    "before-birth": "Before the birth",
    "after-birth": "After the birth",
    "no-plan": "There is no plan",
}
CHOICES: Mapping[str, Mapping[str, str]] = {"when_identified": WHEN_IDENTIFIED, "when_began": WHEN_BEGAN}
WIDTHS = {"code": 12, "quarter": 11, "when_identified": 18, "when_began": 18, "updated": 26}
HOW_TO = {
    "One record, one row": "A record whose code is on the list already is changed; a new code is a new record. What is "
    "not in this list is not touched.",
    TITLES["code"]: "The codes that stand here are made up and free to use. Keep which record has which code on paper "
    "of your own, under lock. Never a name, initials, a date of birth, or the number of a record.",
    TITLES["quarter"]: "As in 2026-Q1: the quarter of the birth; before the birth, that in which the plan began. With "
    "these dates it follows by itself.",
}
OF_DATES = {
    "Dates": "As dates, or written as in 2026-03-31 or 03/31/2026; where the hour counts, as in 2026-03-31 14:00. "
    "What is not known stays blank.",
    f"The word {NONE}": "in place of a date says that there is none: no end stated, no update, not discharged yet, not "
    "born yet, never complete.",
    TITLES["updated"]: "Several with a semicolon between them: 2026-02-01; 2026-04-15.",
    "What becomes of the dates": "Each is turned into days that passed, and into met or not met, at the moment when "
    "the list is read. No date is stored. But this file keeps them: delete it once it is taken in.",
}
DONE = {
    "A blank cell": "changes nothing of a record that is on the list.",
    "When you are done": "Save it as .xlsx and bring it to the page “Records”. It shows what was read, and writes only "
    "when you say so.",
}


def columns(dated: bool) -> dict[str, str]:
    """Heads by field; where nothing read has a clock, no dates are asked for."""
    return dict(TITLES) if dated else {field: TITLES[field] for field in ("code", "quarter")}


def record_list(
    codes: Sequence[str], agency: str, title: str, *, dated: bool, listed: Sequence[RecordDetails] = ()
) -> bytes:
    """`listed` are records that stand on the list; `codes` are offered: free ones, of records yet to come."""
    book = Book(f"{agency}: {title}")
    _read_me(book, title, dated=dated)
    shown = columns(dated)
    leaf = book.leaf(LIST, [Column(head, WIDTHS.get(field, 17)) for field, head in shown.items()], frozen="B2")
    leaf.rows([_listed(one, len(shown)) for one in listed], "input")
    leaf.rows([[code, *[None] * (len(shown) - 1)] for code in codes], "input")
    leaf.rows([[None] * len(shown)] * (SPARE - len(codes)), "input")
    for place, field in enumerate(shown, start=1):
        _offer(leaf, place, field)
    return book.content()


def _listed(one: RecordDetails, width: int) -> list[str | None]:
    """Where nothing is dated, only code and quarter have a column."""
    said = [one.code, one.quarter, WHEN_IDENTIFIED.get(one.identified), WHEN_BEGAN.get(one.began)]
    return [*said, *[None] * width][:width]


def _read_me(book: Book, title: str, *, dated: bool) -> None:
    leaf = book.page(READ_ME, (26, 100))
    leaf.row([title], "title")
    for name, said in {**HOW_TO, **(OF_DATES if dated else {}), **DONE}.items():
        leaf.row([name, said], ("strong", "body"))


def _offer(leaf: Leaf, place: int, field: str) -> None:
    """Choices to choose from; beside a date, how it is written."""
    cells = f"{address(2, place)}:{address(leaf.height, place)}"
    if field in CHOICES:
        said = ",".join(CHOICES[field].values())
        offered = DataValidation(type="list", formula1=f'"{said}"', allow_blank=True, sqref=cells)
        offered.errorTitle, offered.error = "Not in the list", "Choose one of the list, or leave the cell blank."
        offered.showErrorMessage = True
    elif field in NAMES:
        offered = DataValidation(allow_blank=True, sqref=cells)
        offered.promptTitle, offered.showInputMessage = TITLES[field][:32], True
        offered.prompt = f"As in 2026-03-31, with the hour if you know it: 2026-03-31 14:00. Or the word {NONE}."
    else:
        return
    leaf.sheet.data_validations.append(offered)
