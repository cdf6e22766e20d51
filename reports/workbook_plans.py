"""What was read in records beside the answers of a program: a sheet of an assessment's workbook."""

from collections.abc import Iterator

from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.plans_beside import PlansBeside
from reports import words
from reports.plans_beside import BESIDE, caution, met, summed, target
from reports.read_twice import what_counts
from reports.workbook_cells import Book, Column, Value
from reports.workbook_sheets import Told

COLUMNS = (
    Column("Domain", 24),
    Column("Id", 9),
    Column("Element", 46),
    Column("Met", 8),
    Column("Of", 8),
    Column("In words", 40),
    Column("Level", 7),
    Column("Target", 8),
)


def plans(book: Book, told: Told, found: PlansBeside, number: int = 1) -> None:
    """`number`: of the checklists that records are read with."""
    leaf = book.leaf("Records" if number == 1 else f"Records {number}", COLUMNS)
    about = (
        told.say(found.listed.name),
        words.capital(summed(found)),
        what_counts(found.stands),
        caution(found),
        BESIDE,
    )
    for said in filter(None, about):
        leaf.row([None, None, said] + [None] * (len(COLUMNS) - 3))
    if found.counted:
        leaf.rows(_lines(told, found.counted))


def _lines(told: Told, report: GapReport) -> Iterator[list[Value]]:
    for domain in report.checklist.domains:
        for one in report.checklist.by_domain[domain.id]:
            answer = report.row(one.id).answer
            counts = [answer.met, answer.of] if answer.met is not None else [None, None]
            named: list[Value] = [told.say(domain.title), one.id, told.say(one.text)]
            yield [*named, *counts, met(report, one), answer.level, target(report, one)]
