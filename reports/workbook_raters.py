"""What each rater gave beside what the team agreed on, and why: a sheet of an assessment's workbook."""

from assessments.rules.ratings import Rated
from assessments.rules.spread import Group, Row
from assessments.use_cases.consensus import Comparison
from reports.workbook_cells import Book, Column, Value
from reports.workbook_sheets import Told, level_in_words, what_is_rated
from standards.model import Ladder

FIRST = (Column("Id", 9), Column("What is rated", 40))
LAST = (Column("How far apart", 18), Column("Agreed on", 18), Column("Reason for what was agreed on", 40))
RATER = 18
"""The width of a rater's column."""
GROUPS: dict[Group, str] = {
    "same": "Same",
    "one apart": "One apart",
    "two or more apart": "Two or more apart",
    "not all a level": "Not all gave a level",
}


def raters(book: Book, told: Told, compared: Comparison) -> None:
    columns = (*FIRST, *(Column(name, RATER) for name in compared.names), *LAST)
    leaf = book.leaf("Raters", columns, frozen="C2")
    rows = {row.indicator: row for row in compared.rows}
    for domain in compared.checklist.domains:
        leaf.row([told.say(domain.title)] + [None] * (len(columns) - 1), "band")
        leaf.rows(_line(told, compared, rows[one.id]) for one in compared.checklist.by_domain[domain.id])


def _line(told: Told, compared: Comparison, row: Row) -> list[Value]:
    ladder, agreed = compared.checklist.ladder_of[row.indicator], told.report.row(row.indicator)
    apart = f"{GROUPS[row.group]}, across the target" if row.across else GROUPS[row.group]
    return [
        row.indicator,
        told.say(what_is_rated(compared.checklist.indicator[row.indicator])),
        *(_given(told, ladder, rated) for rated in row.given),
        apart,
        _given(told, ladder, agreed.rated) if agreed.because else "Not agreed on yet",
        agreed.because,
    ]


def _given(told: Told, ladder: Ladder, rated: Rated) -> str:
    said = level_in_words(told, ladder, rated)
    return f"{said}: {rated.reason}" if rated.reason else said
