"""The results of a review as a workbook: counts as numbers, to reckon with, and what they mean beside them."""

from collections.abc import Iterator

from reports import plan_misses, plan_timing
from reports import plan_results as told
from reports.paper import words_of
from reports.plan_results import Told
from reports.workbook_cells import Book, Column, Value

COUNTS = (Column("Met", 8), Column("Of", 8), Column(told.LIKELY, 18))

MEANINGS = {
    "Not applicable": "records to which the element does not apply, for the reason that the checklist names. They are "
    "not in “Of”.",
    "Cannot judge": "records that were read, and that do not tell whether it is met. They are not in “Of”.",
    "Not read yet": "records in which nobody has answered it. They are not in “Of”; the number shrinks with reading.",
    "Does not apply": "on the sheet All or none: records to which nothing of what belongs together applies.",
    "Not known": "on the sheet All or none: records of which nothing is known to be missing, while something could not "
    "be judged or is not read yet.",
}


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
        together.row([title, one.met, one.of, told.possible_together(one), one.not_applicable, one.not_known])
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
    notes = (
        told.PURPOSE,
        told.CUT,
        told.provisional(given.results),
        told.intervals(given.results),
        told.LEVELS,
        told.ADDRESSED,
    )
    small = told.SMALL if told.is_small(given.results) else ""
    listed = plan_misses.every_case(given) if given.unmet else ""
    said = (*map(words_of, told.known(given)), *notes, told.CRITICAL, listed, plan_timing.INTRO, small)
    leaf.rows([one] for one in said if one)
    leaf.rows([f"Column “{name}”: {meaning}"] for name, meaning in MEANINGS.items())
