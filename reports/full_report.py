"""The full report of an assessment: for the team, and for whoever wants to know what a figure rests on."""

from collections.abc import Iterator
from itertools import groupby

from assessments.rules.priorities import Ranked
from assessments.rules.scoring import target_of
from reports import plans_beside, staff_beside, words
from reports.aims import aims
from reports.basis import definitions, not_known, receipt, sources
from reports.carried import carried
from reports.paper import Block, Heading, Paper, Paragraph, Section, Table, Text, text, typed
from reports.planned import plan, priorities
from reports.rated_blind import rated_blind
from reports.standing import in_short
from reports.telling import Told, cover, draft, evidence, gap_stands, named, strengths, why_there
from standards.model import Indicator

KIND = "Full report"
READS = (
    "This report says how a program was rated against the guidance: what it does well, where it falls short, what it "
    "has chosen to work on, and what nobody knows yet. It is meant to be read by people who were not there. The words "
    "that it uses are explained under “What the words mean”."
)
NO_STRENGTH = (
    "None yet that can be called one here: a strength is an indicator at or above its target whose rating rests on a "
    "document, a record, a log, an observation or a test, and not only on what people said."
)


def full_report(told: Told) -> Paper:
    return Paper(
        KIND,
        text(typed(told.report.listed.site), ", ", typed(told.report.listed.cycle)),
        draft(told),
        cover(told),
        tuple(_sections(told)),
        told.made,
    )


def _sections(told: Told) -> Iterator[Section]:
    yield Section("About this report", (Paragraph(text(READS)),))
    yield in_short(told)
    yield from rated_blind(told)
    yield Section("Strengths", tuple(_strengths(told)))
    yield Section("Gaps, most pressing first", tuple(_gaps(told)))
    yield from staff_beside.sections(told)
    yield from plans_beside.sections(told)
    yield priorities(told)
    if told.targets:
        yield aims(told)
    yield plan(told)
    yield carried(told)
    yield not_known(told)
    yield Section("Every rating", tuple(_ratings(told)))
    yield definitions(told)
    yield sources(told)
    yield receipt(told)


def _strengths(told: Told) -> Iterator[Block]:
    titles = {domain.id: told.say(domain.title) for domain in told.report.checklist.domains}
    found = [(domain, row.indicator.id) for domain, row in strengths(told)]
    if not found:
        yield Paragraph(text(NO_STRENGTH))
        return
    yield Paragraph(text("At or above their target, and resting on more than what people said."))
    for domain, rows in groupby(found, key=lambda one: one[0]):
        cells = tuple((named(told, name), text(told.level(name)), text(told.rests_on(name))) for _, name in rows)
        yield Heading(text(f"{titles[domain]} ({len(cells)})"))
        yield Table(
            f"{titles[domain]}: strengths.", ("Indicator", "Level", "Evidence"), (52, 26, 22), cells, captioned=False
        )


def _gaps(told: Told) -> Iterator[Block]:
    if not told.report.gaps:
        yield Paragraph(text("Nothing here falls short: everything that applies is at its target."))
        return
    yield Paragraph(
        text("Duties that are not met come first, then critical items, then the rest. Each says why it stands there.")
    )
    for heading, found in groupby(told.report.ranked, key=words.heading):
        rows = tuple(_gap(told, one) for one in found)
        yield Heading(text(f"{heading} ({len(rows)})"))
        head = ("Place", "Indicator", "Class", "Where it stands", "Why it stands here")
        yield Table(f"Gaps: {heading.lower()}.", head, (8, 30, 10, 20, 32), rows, captioned=False)


def _gap(told: Told, one: Ranked) -> tuple[Text, ...]:
    gap = one.gap
    stands = text(gap_stands(told, gap))
    return text(str(one.rank)), named(told, gap.indicator), text(words.CLASSES[gap.class_]), stands, _why(one)


def _why(one: Ranked) -> Text:
    return text(*why_there(one), " The rating is unsupported by evidence." if one.gap.unsupported else "")


def _ratings(told: Told) -> Iterator[Block]:
    yield Paragraph(
        text("In the order of the checklist. Notes are for the team and stay in the toolkit and in its workbook.")
    )
    for domain in told.report.checklist.domains:
        found = told.report.checklist.by_domain[domain.id]
        if found:
            title = told.say(domain.title)
            yield Heading(text(title))
            rows = tuple(_rating(told, indicator) for indicator in found)
            head = ("Indicator", "Level", "Target", "Evidence")
            yield Table(f"{title}: every rating.", head, (34, 20, 9, 37), rows, captioned=False)


def _rating(told: Told, indicator: Indicator) -> tuple[Text, ...]:
    report = told.report
    ladder = report.checklist.ladder_of[indicator.id]
    target = str(target_of(indicator, ladder, report.conditions)) if indicator.scored else "context, not scored"
    lines = [evidence(told, line) for line in report.row(indicator.id).evidence]
    seen = text(
        f"{words.capital(told.rests_on(indicator.id))}.", *(run for line in lines for run in text(" ", *line, "."))
    )
    return named(told, indicator.id), text(told.level(indicator.id)), text(target), seen
