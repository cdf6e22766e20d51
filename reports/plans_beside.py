"""What was read in records beside the gaps of a program, in words: how far it is counted, and each element."""

from collections.abc import Iterator

from assessments.rules.plan_results import SMALL_COUNT
from assessments.rules.scoring import target_of
from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.plans_beside import PlansBeside
from reports import words
from reports.counted import share
from reports.paper import Block, Heading, Paragraph, Section, Table, Text, strong, text
from reports.plan_results import SMALL
from reports.read_twice import what_counts
from reports.telling import Told
from standards.model import Indicator

HEADING = "What was read in records"
BESIDE = "It stands beside the score of the program and is never averaged into it, as no two checklists of a site are."
HEAD = ("Element", "Met", "Level, target")
WIDTHS = (50, 30, 20)


def summed(found: PlansBeside) -> str:
    """After the name of its checklist."""
    if found.counted is None:
        return "not counted yet."
    counted, whole = found.counted, found.counted.score.whole
    held = f"{whole.at_target} of {words.count(whole.applicable, 'element')} at target, mean {words.mean(whole.mean)}"
    short = words.caps(counted.checklist, whole, counted.conditions)
    submitted = " Submitted." if found.listed.status == "submitted" else ""
    return f"{held}{f'; {short}' if short else ''}.{submitted}"


def met(report: GapReport, indicator: Indicator) -> str:
    return share(report.row(indicator.id), "record")


def target(report: GapReport, indicator: Indicator) -> int:
    return target_of(indicator, report.checklist.ladder_of[indicator.id], report.conditions)


def caution(found: PlansBeside) -> str:
    """ "" where no number is small."""
    rows = found.counted.rows.values() if found.counted else ()
    numbers = {number for row in rows for number in (row.answer.met, row.answer.of) if number is not None}
    missed = {of - met for row in rows if (of := row.answer.of) is not None and (met := row.answer.met) is not None}
    return SMALL if any(0 < number < SMALL_COUNT for number in numbers | missed) else ""


def sections(told: Told) -> Iterator[Section]:
    if told.records:
        blocks = [block for found in told.records for block in _blocks(told, found)]
        yield Section(HEADING, (Paragraph(text(BESIDE)), *blocks))


def _blocks(told: Told, found: PlansBeside) -> Iterator[Block]:
    name = told.say(found.listed.name)
    yield Heading(text(name))
    yield Paragraph(text(f"{words.capital(summed(found))}"))
    if found.counted is None:
        return
    for said in filter(None, (what_counts(found.stands), caution(found))):
        yield Paragraph(text(said))
    for domain in found.counted.checklist.domains:
        of_domain = found.counted.checklist.by_domain[domain.id]
        if of_domain:
            title = told.say(domain.title)
            rows = tuple(_row(told, found.counted, one) for one in of_domain)
            yield Paragraph(text(strong(title)))
            yield Table(f"{name}, {title}: what was read.", HEAD, WIDTHS, rows, captioned=False)


def _row(told: Told, report: GapReport, indicator: Indicator) -> tuple[Text, ...]:
    level = report.row(indicator.id).answer.level
    ladder = report.checklist.ladder_of[indicator.id]
    stands = "" if level is None else f"{level} {ladder.level(level).name}, "
    name = text(strong(indicator.id), f" {told.say(indicator.text)}")
    return name, text(met(report, indicator)), text(words.capital(f"{stands}target {target(report, indicator)}"))
