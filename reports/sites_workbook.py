"""Sites beside one another as a workbook: what the page shows, and nothing else."""

from collections.abc import Iterator
from dataclasses import replace

from assessments.rules.own_letters import has_letters, lettered, lettered_since
from assessments.rules.side_by_side import Summary
from reports import sites
from reports.frames import tenths
from reports.sites import Told
from reports.words import CLASSES
from reports.workbook_cells import Book, Column, Value

QUARTILES = (Column("Lower quartile", 10), Column("Median", 10), Column("Upper quartile", 10), Column("Sites", 8))
SEEN, COUNTED = "stand here", "are counted together"
THEIRS = "What other agencies share is theirs. Do not hand this workbook on outside of the collaborative."


LETTERED = (
    "The sites of whoever made this workbook that are shared under letters stand under them here too, as all members "
    "see them, and nothing tells which they are; where no other letters are seen, they are left out. So it has no "
    "targets, and nothing of how much was rated at both."
)
OWN_NAMED = (
    "The sites of whoever made this workbook stand in it by name, also where other members do not see them: look "
    "before you hand it to somebody."
)


def sites_workbook(told: Told) -> bytes:
    """Made to be carried to a meeting: own sites under letters stay under them."""
    hidden = has_letters(told.found.found)
    if hidden:
        found = replace(
            told.found, found=lettered(told.found.found), since=lettered_since(told.found.found, told.found.since)
        )
        told = replace(told, found=found)
    book = Book(f"{told.collaborative}: {told.where}")
    _read_me(book, told, hidden)
    _domains(book, told, hidden)
    _indicators(book, told)
    _lists(book, told)
    if told.found.since:
        _since(book, told)
    return book.content()


def _read_me(book: Book, told: Told, hidden: bool) -> None:
    leaf = book.page("Read me", (60, 20, 20))
    leaf.row([f"{told.collaborative}: {told.where}"], "strong")
    leaf.across([f"As seen by {told.agency}, made {told.made:%Y-%m-%d}"], "label")
    own = (
        [LETTERED]
        if hidden
        else [OWN_NAMED]
        if any(one.own and one.how != "named" for one in told.found.found.neighbors)
        else []
    )
    for line in (sites.ORDER, sites.CONVENTIONS, *own, THEIRS):
        leaf.across([line], "body")
    leaf.row(["Site", "Shown", *([] if hidden else ["Rated at both"])], "head")
    for one in told.found.found.neighbors:
        common = "" if one.own or told.leads else sites.common(one.in_common)
        leaf.row([sites.label(one), sites.shown(one), *([] if hidden else [common])])


def _domains(book: Book, told: Told, hidden: bool) -> None:
    names = [Column("Domain", 34), Column("Site", 40), *(Column(name, 10) for name in ("Score", "At worst", "At best"))]
    leaf = book.leaf("Domains", [*names, Column("Rated", 12), Column("80 % rated", 10)])
    for row in told.found.found.domains:
        for point in row.points:
            stand = point.stand
            figures = [tenths(value) for value in (stand.mean, stand.low, stand.high)]
            rated = f"{stand.rated} of {stand.applicable}"
            complete = "yes" if stand.complete else "no"
            leaf.row([told.titles[row.domain], sites.label(point.neighbor), *figures, rated, complete])
    target = [] if hidden else [Column("Target", 10)]
    own = [] if hidden or told.leads else [Column("Yours in it", 10)]
    summed = book.leaf(
        "Medians of domains", [Column("Domain", 34), *target, Column("Sites that", 18), *QUARTILES, *own]
    )
    for row in told.found.found.domains:
        head: list[Value] = [told.titles[row.domain], *(tenths(row.target) for _ in target)]
        for whose, summary, own_in in ((SEEN, row.summary, row.own_in), (COUNTED, row.counted, row.own_counted)):
            if summary or whose == SEEN:
                is_in = "yes" if own_in else "no"
                summed.row([*head, whose, *_summary(summary), *(is_in if summary else None for _ in own)])


def _indicators(book: Book, told: Told) -> None:
    labels = [Column(sites.label(one), 14) for one in told.found.found.neighbors]
    what = [Column("Indicator", 12), Column("What it asks", 50), Column("Class", 10)]
    leaf = book.leaf("Indicators", [*what, *QUARTILES, *labels], frozen="B2")
    for row in told.found.found.indicators:
        levels: list[Value] = [sites.sign(one) if one.level is None else one.level for one in row.stands]
        leaf.row([*_named(told, row.indicator), *_summary(row.summary), *levels])


def _lists(book: Book, told: Told) -> None:
    what = [Column("Indicator", 12), Column("What it asks", 50), Column("Class", 10)]
    low = book.leaf("Work on together", [*what, *QUARTILES])
    low.rows([*_named(told, one.indicator), *_summary(one.summary)] for one in told.found.together)
    match = book.leaf("Teach one another", [*what, Column("High", 50), Column("Low", 50), *QUARTILES])
    for one in told.found.teaching:
        ends = [", ".join(map(sites.label, found)) for found in (one.high, one.low)]
        match.row([*_named(told, one.indicator), *ends, *_summary(one.summary)])


def _since(book: Book, told: Told) -> None:
    names = [Column("Domain", 34), Column("Site", 40), Column("Before", 10), Column("After", 10)]
    leaf = book.leaf("Since the last cycle", [*names, Column("Common indicators", 12)])
    leaf.rows(_slopes(told))


def _slopes(told: Told) -> Iterator[list[Value]]:
    for row in told.found.since:
        for one in row.slopes:
            sides = one.sides
            values: list[Value] = [tenths(sides.before), tenths(sides.after), sides.common]
            yield [told.titles[row.domain], sites.label(one.neighbor), *values]
        medians = (("Median", row.before, row.after), (sites.TOGETHER, row.counted_before, row.counted_after))
        for name, before, after in medians:
            if before and after:
                yield [told.titles[row.domain], name, float(before.median), float(after.median), None]


def _named(told: Told, indicator: str) -> list[Value]:
    text = told.say(told.found.checklist.indicator[indicator].text)
    return [indicator, text, CLASSES[told.found.class_of.get(indicator, "standard")]]


def _summary(summary: Summary | None) -> list[Value]:
    if summary is None:
        return [None, None, None, None]
    return [float(summary.lower), float(summary.median), float(summary.upper), summary.sites]
