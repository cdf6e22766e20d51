"""How far its evidence carries a report: by domain, where it is weak, and what has to be looked at again when."""

from collections.abc import Iterator

from assessments.rules.confidence import CONVENTION, HIGH
from assessments.rules.ratings import strength
from reports import confidence, words
from reports.paper import Block, Heading, Paragraph, Section, Table, Text, strong, text
from reports.telling import Told, evidence, named

KEY = "Under 0 to 4: how many ratings have that confidence."
HEAD, WIDTHS = ("Domain", "Score", "0", "1", "2", "3", "4", "2 or more"), (42, 10, 6, 6, 6, 6, 6, 18)


def carried(told: Told) -> Section:
    return Section("How far the evidence carries", tuple(_blocks(told)))


def _blocks(told: Told) -> Iterator[Block]:
    frame = confidence.domains(told.report, told.today, told.say)
    if frame.empty:
        yield Paragraph(text("No indicator has a level yet."))
        return
    whole = confidence.whole(told.report, told.today)
    many = strong(f"{whole.supported} of {words.count(whole.rated, 'rating')}")
    yield Paragraph(text(many, f" have confidence 2 or more. {CONVENTION}"))
    rows = tuple(
        tuple(map(text, _domain(row["title"], row["score"], [row[value] for value in "01234"])))
        for row in frame.to_dict("records")
    )
    yield Table(f"Confidence by domain. {KEY}", HEAD, WIDTHS, rows)
    yield from _look_first(told)
    yield from _look_again(told)


def _domain(title: str, score: float, counts: list[int]) -> tuple[str, ...]:
    return (title, f"{score:.1f}", *map(str, counts), f"{sum(counts[2:])} of {sum(counts)}")


def _look_first(told: Told) -> Iterator[Block]:
    found = confidence.first(told.report, told.today)
    yield Heading(text(f"Rated {HIGH} or 4 on weak or stale evidence ({len(found)})"))
    if not found:
        yield Paragraph(text("None."))
        return
    more = f" The first {confidence.MOST} of {len(found)}." if len(found) > confidence.MOST else ""
    yield Paragraph(text(f"Look at these first; the weakest comes first.{more}"))
    rows = tuple(_weak(told, name) for name in found[: confidence.MOST])
    yield Table("Rated high on little.", ("Indicator", "Level", "Confidence"), (52, 26, 22), rows, captioned=False)


def _weak(told: Told, name: str) -> tuple[Text, ...]:
    row = told.report.row(name)
    held = confidence.of_row(row, told.today)
    stale = ", some of it stale" if held < strength(row.rated.evidence) else ""
    return named(told, name), text(told.level(name)), text(f"{held} of 4: {told.rests_on(name)}{stale}")


def _look_again(told: Told) -> Iterator[Block]:
    found = confidence.reviews(told.report, told.today)
    yield Heading(text(f"Evidence to be looked at again ({len(found)})"))
    if not found:
        yield Paragraph(text(confidence.FRESH if confidence.has_reviews(told.report) else confidence.NEVER))
        return
    rows = tuple((named(told, one.indicator), evidence(told, one.line)) for one in found)
    yield Table("What to look at again.", ("Indicator", "Evidence, and by when"), (40, 60), rows, captioned=False)
