"""Staff competencies beside the gaps of a program: a sheet of an assessment's workbook."""

from assessments.use_cases.staff_beside import Competency, StaffBeside
from reports import frames
from reports.staff_beside import about, share, since
from reports.workbook_cells import Book, Column, Value
from reports.workbook_sheets import Told

COLUMNS = (
    Column("Standard", 10),
    Column("Id", 9),
    Column("Competency", 46),
    Column("At target", 22),
    Column("Median", 8),
    Column("Level", 7),
    Column("Target", 8),
    Column("Gap", 6),
)


def staff(book: Book, told: Told, found: StaffBeside, number: int = 1) -> None:
    """`number`: of the staff checklists that there are, mostly one."""
    leaf = book.leaf("Staff" if number == 1 else f"Staff {number}", COLUMNS)
    for said in (since(found), about(found)):
        leaf.row([None, None, said] + [None] * (len(COLUMNS) - 3))
    leaf.rows(_line(told, found, one) for one in sorted(found.competencies, key=lambda one: one.standard))


def _line(told: Told, found: StaffBeside, one: Competency) -> list[Value]:
    return [
        one.standard,
        one.indicator,
        told.say(found.checklist.indicator[one.indicator].text),
        share(one.share),
        frames.tenths(one.share.median),
        one.level,
        one.target,
        one.gap,
    ]
