"""The results of a review as a document, in the words of the page."""

from collections.abc import Iterable, Iterator, Sequence

from assessments.rules.plan_results import ElementResult
from reports import plan_misses, plan_timing, words
from reports import plan_results as told
from reports.paper import Block, Facts, Heading, Paper, Paragraph, Section, Table, Text, strong, text, typed
from reports.plan_results import Told
from standards.model import Indicator


def results_paper(given: Told) -> Paper:
    results = given.results
    facts = Facts(
        (
            ("Agency", text(typed(given.agency))),
            ("Review", text(typed(given.where))),
            ("Checklist", text(f"{given.say(results.checklist.title)}, edition {results.checklist.edition}")),
            ("As of", text(words.day(given.made.date()))),
        )
    )
    return Paper(
        "Results of a review",
        text(typed(given.where)),
        "" if results.read.read == results.read.drawn else "Not final: not every record is read",
        facts,
        tuple(_sections(given)),
        given.made,
        listed=False,
        foot=told.CONFIDENTIAL,
    )


def _sections(given: Told) -> Iterator[Section]:
    known = [Paragraph(said) for said in told.known(given)]
    small = [told.SMALL] if told.is_small(given.results) else []
    notes = [
        Paragraph(text(said), small=True)
        for said in (
            told.PURPOSE,
            told.CUT,
            f"A {given.plan} supports a family. It is neither a safety plan nor a report of abuse or neglect.",
            *small,
        )
    ]
    yield Section("What is known", (*known, *notes))
    if found := told.headings(given.results, given.say):
        rows = [
            (
                text(strong(title)),
                *map(text, (told.counted(one.met, one.of), told.possible_together(one), told.left_over(one))),
            )
            for title, one in found
        ]
        head = ("Heading", "Addressed", told.LIKELY, "Not counted")
        yield Section(
            "The six headings", (_table("Headings addressed", head, (36, 20, 22, 22), rows), _note(told.ADDRESSED))
        )
    yield from _critical(given)
    yield Section("Timing", tuple(_timing(given)))
    yield Section("Every element", tuple(_elements(given)))


def _critical(given: Told) -> Iterator[Section]:
    found = told.of_critical(given.results)
    if not found:
        return
    blocks: list[Block] = [
        Paragraph(text(strong(told.all_met(given.results.critical)))),
        _rows(given, "Critical elements", found),
    ]
    if likely := told.likely(given.results.critical):
        blocks.insert(1, Paragraph(text(likely)))
    blocks.append(_note(told.CRITICAL))
    if given.unmet:
        rows = [(_name(given, one), text(typed(codes))) for one, codes in plan_misses.unmet_by(given)]
        heading = f"Not met, by record ({plan_misses.how_many_listed(given)})"
        blocks += [Heading(text(heading)), _note(plan_misses.every_case(given))]
        blocks.append(_table("Critical elements not met, by record", ("Element", "Records"), (50, 50), rows))
    yield Section("Critical elements", tuple(blocks))


def _timing(given: Told) -> Iterator[Block]:
    clocks = given.results.clocks
    yield _note(plan_timing.INTRO if clocks else plan_timing.NO_CLOCK)
    head = ("What", "In time", "Median", "Not counted")
    for group, rows in plan_timing.groups(clocks).items():
        yield Heading(text(group))
        cells = [
            tuple(map(text, (title, plan_timing.met(one), middle, plan_timing.not_counted(one))))
            for title, one, middle in rows
        ]
        yield _table(group, head, (34, 18, 28, 20), cells)
    if plan_timing.has_interim(clocks):
        yield _note(plan_timing.INTERIM)


def _elements(given: Told) -> Iterator[Block]:
    few = told.provisional(given.results)
    yield from (_note(said) for said in (few, told.intervals(given.results), told.LEVELS) if said)
    for domain, found in told.by_domain(given.results):
        title = given.say(domain.title)
        yield Heading(text(title))
        yield _rows(given, f"{title}: every element", found)


def _rows(given: Told, caption: str, found: Iterable[tuple[Indicator, ElementResult]]) -> Table:
    rows = [
        (
            _name(given, indicator),
            text(told.counted(one.met, one.of)),
            text(told.possible(one.interval)),
            text(told.level(given.results, one)),
            text(told.not_counted(one)),
        )
        for indicator, one in found
    ]
    return _table(caption, ("Element", "Met", told.LIKELY, "Level", "Not counted"), (38, 15, 16, 14, 17), rows)


def _name(given: Told, indicator: Indicator) -> Text:
    said = f" {given.say(indicator.text)}"
    return text(strong(indicator.id), said, f" {told.classed(indicator)}." if told.classed(indicator) else "")


def _note(said: str) -> Paragraph:
    return Paragraph(text(said), small=True)


def _table(caption: str, head: tuple[str, ...], widths: tuple[int, ...], rows: Sequence[tuple[Text, ...]]) -> Table:
    return Table(caption, head, widths, tuple(rows), captioned=False)
