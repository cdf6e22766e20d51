"""Counts that a collaborative sees together, in words and as a workbook: what is shown, and that the rest is hidden."""

from collections.abc import Iterator

from assessments.rules.cohorts import FEWEST_BLINDED
from assessments.rules.quarters import in_words
from assessments.rules.state_counts import MEASURES, Measure
from assessments.use_cases.counts_together import CountsTogether, QuarterTogether, Shown, SiteRow, Sum
from assessments.use_cases.quarter_counts import TITLES
from reports.state_counts import MEANS
from reports.words import count
from reports.workbook_cells import Book, Column, Value

HIDDEN, NOT_OUT = "Hidden", ""
TOGETHER = "Together"


def in_short(fewest: int) -> str:
    return (
        f"Counts under {fewest} can tell of a family, so they are hidden, and with them every sum from which one of "
        "them could be worked out."
    )


def why_hidden(fewest: int) -> str:
    return (
        f"“{HIDDEN}” stands for a count under {fewest}, for one that leaves fewer than {fewest} of the infants over, "
        "and for a sum from which one of these could be worked out, also by who knows its own counts and all that was "
        "shown before. An empty field was not given, waits to be let out, has no line of its own, or is a part of "
        f"infants identified who are fewer than {fewest} themselves; such parts are in no sum. A site has a line where "
        f"{FEWEST_BLINDED} agencies or more were let out together and still give their counts; of fewer, each would "
        "know whose line the other is. Its letters here are not those under which its scores are compared. Both "
        f"limits, {fewest} and {FEWEST_BLINDED}, are conventions."
    )


def site(row: SiteRow) -> str:
    return f"{row.name} (yours, {row.letters})" if row.name else f"Site {row.letters}"


def shown(found: Shown | None) -> Value:
    if found is None:
        return NOT_OUT
    return HIDDEN if found.value is None else found.value


def together(found: Sum | None) -> Value:
    if found is None:
        return NOT_OUT
    return HIDDEN if found.value is None else found.value


def remarks(quarter: QuarterTogether) -> Iterator[str]:
    """Which sites have no line, and where a sum leaves sites out, of how many it is."""
    if quarter.without_lines:
        titles = ", ".join(TITLES[measure] for measure in quarter.without_lines)
        yield (
            f"{titles}: some sites have no line of their own, since fewer than {FEWEST_BLINDED} agencies were let out "
            "together, or still give these counts. They are in the sum, if that is shown."
        )
    for measure, found in quarter.sums.items():
        if found.value is not None and found.sites < found.of:
            yield f"{TITLES[measure]}: the sum is of {found.sites} of {count(found.of, 'site')}."


def row(name: str, values: dict[Measure, Value]) -> dict[str, Value]:
    return {"Site": name, **{TITLES[measure]: values[measure] for measure in MEASURES}}


def rows(quarter: QuarterTogether) -> list[dict[str, Value]]:
    """By the titles of the columns; the last is the sum."""
    lines = [row(site(one), {name: shown(one.counts.get(name)) for name in MEASURES}) for one in quarter.sites]
    return [*lines, row(TOGETHER, {name: together(quarter.sums.get(name)) for name in MEASURES})]


def sheet(found: CountsTogether, collaborative: str) -> bytes:
    """What the page shows, and nothing else."""
    book = Book(f"{collaborative}: quarterly counts together")
    note = book.page("Read me", (34, 96))
    note.row(["Quarterly counts together"], "title")
    note.row(["Hidden counts", why_hidden(found.fewest)], ("strong", "body"))
    note.rows([(title, MEANS[title]) for title in TITLES.values()], ("strong", "body"))
    columns = [Column("Quarter", 11), Column("Site", 34), *(Column(title, 15) for title in TITLES.values())]
    leaf = book.leaf("Counts", [*columns, Column("Months", 26), Column("Remarks", 70)])
    for quarter in found.quarters:
        lines, said = rows(quarter), " ".join(remarks(quarter))
        for number, line in enumerate(lines, start=1):
            last = said if number == len(lines) else ""
            leaf.row([quarter.quarter, *line.values(), in_words(quarter.quarter), last])
    return book.content()
