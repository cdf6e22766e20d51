"""The results of a review as a workbook: counts as numbers, to reckon with, and what they mean beside them."""

from collections.abc import Iterator

from reports import plan_results as told
from reports import plan_timing
from reports.paper import words_of
from reports.plan_results import Told
from reports.workbook_cells import Book, Column, Value

COUNTS = (Column("Met", 8), Column("Of", 8), Column("For the list", 18))


def results_workbook(given: Told) -> bytes:
    results = given.results
    book = Book(f"Results of a review: {given.where}")
    _read_me(book, given)
    elements = [Column("Domain", 24), Column("Element", 12), Column("What it asks", 60), Column("Class", 10), *COUNTS]
    more = [Column(name, 14) for name in ("Level", "Not applicable", "Cannot judge", "Not read yet")]
    book.leaf("Elements", [*elements, *more]).rows(_elements(given))
    together = book.leaf(
        "All or none", [Column("What", 36), *COUNTS, Column("Does not apply", 14), Column("Not known", 14)]
    )
    found = [("Every critical element", results.critical)] if told.of_critical(results) else []
    for title, one in [*found, *told.headings(results, given.say)]:
        together.row([title, one.met, one.of, told.possible(one.interval), one.not_applicable, one.not_known])
    _timing(book, given)
    if given.unmet:
        leaf = book.leaf("Not met, by record", [Column("Element", 12), Column("Record", 20)])
        leaf.rows([one.indicator, one.code] for one in given.unmet)
    return book.content()


def _elements(given: Told) -> Iterator[list[Value]]:
    for domain, found in told.by_domain(given.results):
        for indicator, one in found:
            yield [
                given.say(domain.title),
                indicator.id,
                given.say(indicator.text),
                told.classed(indicator),
                one.met,
                one.of,
                told.possible(one.interval),
                told.level(given.results, one),
                one.not_applicable,
                one.cannot_judge,
                one.unread,
            ]


def _timing(book: Book, given: Told) -> None:
    columns = [
        Column("Clock", 30),
        Column("What", 50),
        Column("In time", 10),
        Column("Of", 8),
        Column("Median", 34),
    ]
    leaf = book.leaf("Timing", [*columns, Column("Not applicable", 14), Column("Cannot judge", 14)])
    for group, rows in plan_timing.groups(given.results.clocks).items():
        for title, one, middle in rows:
            leaf.row([group, title, one.met, one.of, middle, one.not_applicable, one.cannot_judge])


def _read_me(book: Book, given: Told) -> None:
    leaf = book.page("Read me", (110,))
    leaf.row([told.CONFIDENTIAL], "strong")
    leaf.row([f"{given.agency}: {given.where}"])
    leaf.row([f"{given.say(given.results.checklist.title)}, edition {given.results.checklist.edition}"])
    leaf.row([f"Made {given.made:%Y-%m-%d}"], "label")
    notes = (told.PURPOSE, told.provisional(given.results), told.intervals(given.results), told.LEVELS, told.ADDRESSED)
    small = told.SMALL if told.is_small(given.results) else ""
    said = (*map(words_of, told.known(given.results)), *notes, told.CRITICAL, plan_timing.INTRO, small)
    leaf.rows([one] for one in said if one)
