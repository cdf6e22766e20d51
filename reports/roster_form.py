"""The list of staff as a workbook: the roster as it is, or blank, both to be filled in and brought back."""

from collections.abc import Iterator, Sequence

from openpyxl.worksheet.datavalidation import DataValidation

from assessments.use_cases.job_roles import SEPARATOR
from assessments.use_cases.staff import Member
from assessments.use_cases.staff_checks import Column as Field
from reports.workbook_cells import Book, Column, Leaf, Look, Value, address

STAFF, LISTS, READ_ME = "Staff", "Lists", "Read me"
PROMPTS: dict[Field, str] = {
    "code": "Short, and not a name or part of one.",
    "starts": "A date, or written as in 2026-03-31 or 03/31/2026.",
    "ends": "A date, or written as in 2026-03-31 or 03/31/2026. Blank while somebody works here.",
}
SPARE = 60
"""Empty lines beyond what there is."""
COLUMNS: dict[Field, Column] = {
    "code": Column("Code", 14),
    "name": Column("Name", 28),
    "site": Column("Site", 28),
    "roles": Column("Roles", 40),
    "starts": Column("First day", 13),
    "ends": Column("Last day", 13),
    "supervisor": Column("Supervisor code", 16),
}
LOOKS: tuple[Look, ...] = ("input", "input", "input", "input", "input day", "input day", "input")
HOW_TO = {
    "One person, one row": "Somebody whose code is on the roster already is changed; a new code is somebody new. Who "
    "is not in this list is not touched.",
    "Code": "Short, and not a name or part of one: it stands wherever this person is counted. Never a client's code.",
    "Name": "May be left out. It is seen inside your agency only, by those who keep the roster and by supervisors.",
    "Roles": f"As on the page Roles; several with a semicolon between them: Nurse{SEPARATOR} Supervisor.",
    "First day, last day": "As dates, or written as in 2026-03-31 or 03/31/2026. Who leaves gets a last day and "
    "keeps the history.",
    "Supervisor code": "The code of the one who supervises this person: from the roster, or from this list.",
    "A blank cell": "changes nothing of somebody who is on the roster. Somebody new needs a code, a site, a role and a "
    "first day.",
    "The word clear": "takes out what is stored: as the name, the last day or the supervisor code.",
    "When you are done": "Save it as .xlsx and bring it to the page “Staff”. It shows what would change, and writes "
    "only when you say so.",
}


def roster_workbook(members: Sequence[Member], sites: Sequence[str], roles: Sequence[str], agency: str) -> bytes:
    """With the names that `members` have; none of them makes a blank list. `sites` and `roles` can be chosen."""
    book = Book(f"{agency}: staff")
    _read_me(book)
    leaf = book.leaf(STAFF, list(COLUMNS.values()), frozen="B2")
    leaf.rows(map(_line, members), LOOKS)
    leaf.rows([[None] * len(COLUMNS)] * SPARE, LOOKS)
    for field, said in PROMPTS.items():
        _say(leaf, field, said)
    _offer(leaf, "site", 1, len(sites), strict=True)
    _offer(leaf, "roles", 2, len(roles), strict=False)
    lists = book.page(LISTS, [30, 30])
    lists.sheet.sheet_state = "hidden"
    lists.rows(_side_by_side(sites, roles))
    return book.content()


def _read_me(book: Book) -> None:
    leaf = book.page(READ_ME, (26, 100))
    leaf.row(["Staff"], "title")
    for name, said in HOW_TO.items():
        leaf.row([name, said], ("strong", "body"))


def _line(member: Member) -> list[Value]:
    found = member.details
    roles = f"{SEPARATOR} ".join(member.roles)
    return [found.code, found.name or None, member.site, roles, found.starts, found.ends, member.supervisor or None]


def _say(leaf: Leaf, field: Field, said: str) -> None:
    """Shown beside the cell that somebody goes into, the column's head too."""
    column = list(COLUMNS).index(field) + 1
    prompt = DataValidation(sqref=f"{address(1, column)}:{address(leaf.height, column)}", allow_blank=True)
    prompt.promptTitle, prompt.prompt, prompt.showInputMessage = COLUMNS[field].title, said, True
    leaf.sheet.data_validations.append(prompt)


def _offer(leaf: Leaf, field: Field, list_column: int, many: int, *, strict: bool) -> None:
    """Roles are only offered: one cell may hold several, which no drop-down knows of."""
    if not many:
        return
    column = list(COLUMNS).index(field) + 1
    letter = address(1, list_column).rstrip("1")
    cells = f"{address(2, column)}:{address(leaf.height, column)}"
    source = f"{LISTS}!${letter}$1:${letter}${many}"
    offered = DataValidation(type="list", formula1=source, allow_blank=True, sqref=cells)
    offered.errorTitle, offered.error = "Not in the list", "Choose one of the list, or leave the cell blank."
    offered.showErrorMessage = strict
    leaf.sheet.data_validations.append(offered)


def _side_by_side(*lists: Sequence[str]) -> Iterator[list[Value]]:
    for number in range(max(map(len, lists))):
        yield [one[number] if number < len(one) else None for one in lists]
