"""Counts that a collaborative sees together, in words and as a workbook: what is shown, and that the rest is hidden."""

from collections.abc import Iterable, Iterator

from assessments.rules.cohorts import FEWEST_BLINDED
from assessments.rules.quarters import in_words
from assessments.rules.state_counts import MEASURES, Measure
from assessments.use_cases.counts_together import CountsTogether, QuarterTogether, Shown, SiteRow, Sum, Waiting
from assessments.use_cases.quarter_counts import TITLES
from reports.state_counts import MEANS
from reports.words import count
from reports.workbook_cells import Book, Column, Value

HIDDEN, NOT_OUT = "Hidden", ""
SITE, EMPTY = "Site", "–"
TOGETHER, SUM_OF = "Together", "Together is of"


def in_short(fewest: int) -> str:
    return (
        f"Counts under {fewest} can tell of a family, so they are hidden, and with them every sum from which one of "
        "them could be worked out."
    )


def why_hidden(fewest: int) -> str:
    return (
        f"“{HIDDEN}” stands for a count under {fewest}, for one that leaves fewer than {fewest} of the infants over, "
        "and for a sum from which one of these could be worked out, also by who knows its own counts and all that was "
        "shown before. What was given or let out while a higher number held is hidden under that one. An empty field, "
        f"or “{EMPTY}” on the page, was not given, waits to be let out, has no line any more, or is a part of infants "
        f"identified who are fewer than {fewest} themselves; such parts are in no sum. Where a sum leaves sites out "
        f"whose counts are out, “{SUM_OF}” says of how many it is. Counts are let out of {FEWEST_BLINDED} agencies or "
        "more together, and a site has a line while as many of them still give theirs; of fewer, each would know whose "
        "line the other is, and what is left of a sum. Its letters here are not those under which its scores are "
        f"compared. Both limits, {fewest} and {FEWEST_BLINDED}, are conventions."
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
    """Where sites have no line."""
    if quarter.without_lines:
        titles = ", ".join(TITLES[measure] for measure in quarter.without_lines)
        yield (
            f"{titles}: some sites have no line any more, since fewer than {FEWEST_BLINDED} of the agencies that were "
            "let out together still give these counts."
        )


def waits(one: Waiting) -> str:
    return f"{count(one.sites, 'site waits', 'sites wait')}." if one.sites else "no site waits."


def why_waiting(one: Waiting) -> Iterator[str]:
    """A line for each reason."""
    if one.ready:
        yield f"Can go out now: {_titles(one.ready)}."
    if one.short:
        yield (
            f"Waits for more agencies: {_titles(one.short)}. Only counts of {FEWEST_BLINDED} agencies or more that are "
            "not out yet go out together. Agencies to which the same person belongs count as one."
        )
    if one.small:
        yield f"Waits for larger counts: {_titles(one.small)}. All of it would be hidden."
    if one.kept:
        stays = ", ".join(f"{TITLES[measure]} ({count(sites, 'site')})" for measure, sites in one.kept.items())
        yield (
            f"Given, and does not go out: {stays}. It is a part of the infants identified, and these were not counted "
            "there or are hidden."
        )


def _titles(measures: Iterable[Measure]) -> str:
    return ", ".join(TITLES[measure] for measure in measures)


def row(name: str, values: dict[Measure, Value]) -> dict[str, Value]:
    return {SITE: name, **{TITLES[measure]: values[measure] for measure in MEASURES}}


def rows(quarter: QuarterTogether) -> list[dict[str, Value]]:
    """By the titles of the columns; then the sum, and of how many sites it is where it leaves any out."""
    lines = [row(site(one), {name: shown(one.counts.get(name)) for name in MEASURES}) for one in quarter.sites]
    lines.append(row(TOGETHER, {name: together(quarter.sums.get(name)) for name in MEASURES}))
    sums = {name: one for name, one in quarter.sums.items() if one.value is not None}
    if any(one.sites < one.of for one in sums.values()):
        of = {name: f"{one.sites} of {count(one.of, 'site')}" for name, one in sums.items()}
        lines.append(row(SUM_OF, {name: of.get(name, NOT_OUT) for name in MEASURES}))
    return lines


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
