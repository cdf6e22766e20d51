"""Quarterly counts in words, and as the sheet that a state asks for."""

from collections.abc import Iterator, Sequence

from assessments.rules.quarters import in_words
from assessments.rules.state_counts import MEASURES, MOST_EACH, StateCounts, is_small, many_caregivers
from assessments.rules.suppression import FEWEST
from assessments.use_cases.quarter_counts import REFERRAL, TITLES, CountLine
from reports.words import count
from reports.workbook_cells import Book, Column, Value

NOT_COUNTED = "Not counted"
SMALL = "Small"
NOT_OVER = "not over yet"
WARNING = (
    f"These are your agency's own numbers, whole. Counts under {FEWEST}, and those that leave fewer than {FEWEST} of a "
    "whole, can tell of a family in a small place. Pass them on only to whom the law or an agreement names, and do "
    f"not publish them. That {FEWEST} is the limit is a convention; your state may have another."
)
MEANS = {
    "Infants identified": "Born in the quarter and known to be affected by use, withdrawal or exposure before birth.",
    "Infants with a plan": "Of the infants identified.",
    "Infants with a referral": "Of the infants identified, at least one referral, for the infant or for a caregiver.",
    "Caregivers referred": "Mothers, partners and others who care for the infant.",
    "Families that received services": "Of the infants identified, families in which a service of the plan began.",
    NOT_COUNTED: "Nobody counted it. It is not 0.",
}


def in_short(line: CountLine) -> str:
    """One sentence a count; "Nothing counted yet" where there is none."""
    return numbers(line.counts) if line.counts.given else "Nothing counted yet"


def numbers(counts: StateCounts) -> str:
    return " · ".join(
        f"{TITLES[name]}: {'not counted' if (value := counts.of(name)) is None else f'{value:,}'}" for name in MEASURES
    )


def differences(line: CountLine) -> Iterator[str]:
    """Where the counts and the review do not say the same; there can be good reasons."""
    found, counts = line.reviewed, line.counts
    if found is None:
        return
    drew = f"the review ({found.cycle}) drew"
    if counts.identified is not None and counts.identified < found.drawn:
        yield f"{count(counts.identified, 'infant')} identified, but {drew} {count(found.drawn, 'record')}."
    if counts.with_plan is not None and counts.with_plan < found.planned:
        yield f"{count(counts.with_plan, 'infant')} with a plan, but {drew} {count(found.planned, 'plan')}."
    if counts.with_referral is not None and counts.with_referral < found.referred:
        yield (
            f"{count(counts.with_referral, 'infant')} with a referral, but in {found.referred} of "
            f"{count(found.judged, 'plan')} read each service that is not in place has one ({REFERRAL})."
        )


def question(line: CountLine) -> str:
    """What looks as if a number had slipped; "" where nothing does."""
    infants, caregivers = line.counts.identified, line.counts.caregivers_referred
    if infants is None or caregivers is None or not many_caregivers(line.counts):
        return ""
    return (
        f"{count(caregivers, 'caregiver')} referred for {count(infants, 'infant')} identified: more than {MOST_EACH} "
        "for each. If a number slipped, change it; if it is right, leave it as it is."
    )


def sheet(lines: Sequence[CountLine], agency: str) -> bytes:
    """A row a quarter and site, the newest quarter first, whole. What nobody counted is left out."""
    book = Book(f"{agency}: quarterly counts")
    note = book.page("Read me", (34, 96))
    note.row(["Quarterly counts"], "title")
    note.row(["Small counts", WARNING], ("strong", "body"))
    note.rows(MEANS.items(), ("strong", "body"))
    titles = [TITLES[name] for name in MEASURES]
    leaf = book.leaf("Counts", [Column("Quarter", 11), Column("Site", 34), *(Column(t, 15) for t in titles), *LAST])
    counted = [line for line in lines if line.version and line.counts.given]
    for line in sorted(sorted(counted, key=lambda one: one.site), key=lambda one: one.quarter, reverse=True):
        leaf.row(_row(line))
    return book.content()


def months(line: CountLine) -> str:
    return in_words(line.quarter) + ("" if line.over else f", {NOT_OVER}")


LAST = (Column("Small counts", 12), Column("Months", 40))


def _row(line: CountLine) -> list[Value]:
    values: list[Value] = [NOT_COUNTED if (value := line.counts.of(name)) is None else value for name in MEASURES]
    return [line.quarter, line.site, *values, SMALL if is_small(line.counts) else "", months(line)]
