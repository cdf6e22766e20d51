"""The long sheets of an assessment's workbook: ratings, gaps, the checklist with its sources, the levels in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from assessments.rules.gaps import CASES
from assessments.rules.ratings import Rated, State, strength
from assessments.rules.rolled_up import counted_of
from assessments.rules.scoring import class_of
from assessments.store.tables import Agency
from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.sheets import EvidenceDetails, EvidenceLine
from reports import words
from reports.confidence import support
from reports.counted import share
from reports.workbook_cells import Book, Column, Value
from standards.model import Indicator, Ladder

RATINGS = (
    Column("Id", 9),
    Column("What is rated", 27),
    Column("State", 11),
    Column("Level", 7),
    Column("1 to 5", 7),
    Column("The level in words", 28),
    Column("Met", 6),
    Column("Of", 6),
    Column("In all", 6),
    Column("What the counts leave possible", 18),
    Column("Why it does not apply", 15),
    Column("Note", 28),
    Column("Evidence", 28),
)
AGREED = Column("Why the raters agreed on it", 22)
"""Beside the ratings, where they are a consensus."""
GAPS = (
    Column("Place", 7),
    Column("Id", 9),
    Column("What is rated", 38),
    Column("Class", 10),
    Column("Where it stands", 22),
    Column("Target", 8),
    Column("Gap", 6),
    Column("Cases short", 8),
    Column("Why it stands here", 46),
)
CHECKLIST = (
    Column("Id", 9),
    Column("What is rated", 34),
    Column("Class here", 10),
    Column("The duty", 20),
    Column("Part of", 10),
    Column("The standard", 40),
    Column("Source", 36),
    Column("Place in it", 18),
    Column("How far it was verified", 22),
    Column("Last checked", 12),
)
LEVELS = (Column("Ladder", 32), Column("Level", 7), Column("1 to 5", 7), Column("Name", 22), Column("In words", 84))


@dataclass(frozen=True)
class Told:
    """An assessment, and the agency in whose words and time zone it is told."""

    report: GapReport
    agency: Agency

    def say(self, text: str) -> str:
        return words.in_terms(text, self.agency)

    @cached_property
    def is_consensus(self) -> bool:
        return any(row.because for row in self.report.rows.values())

    def moment(self, at: datetime | None) -> str:
        return f"{at.astimezone(ZoneInfo(self.agency.time_zone)):%Y-%m-%d %H:%M}" if at else ""


def ratings(book: Book, told: Told) -> None:
    columns = (*RATINGS, AGREED) if told.is_consensus else RATINGS
    leaf = book.leaf("Ratings", columns, frozen="C2")
    for domain in told.report.checklist.domains:
        leaf.row([told.say(domain.title)] + [None] * (len(columns) - 1), "band")
        leaf.rows(_rating(told, indicator) for indicator in told.report.checklist.by_domain[domain.id])


def gaps(book: Book, told: Told) -> None:
    checklist = told.report.checklist
    counted = counted_of(checklist)
    # Who is not rated is among the staff that do not stand at the target.
    title = "Staff not known at target" if counted == "staff" else f"{words.capital(CASES[counted])} short"
    short = {"Cases short": title} if counted else {}
    leaf = book.leaf("Gaps", [Column(short.get(one.title, one.title), one.width) for one in GAPS])
    for one in told.report.ranked:
        gap, rated = one.gap, told.report.row(one.gap.indicator).rated
        leaf.row(
            [
                one.rank,
                gap.indicator,
                told.say(checklist.indicator[gap.indicator].text),
                words.CLASSES[gap.class_],
                level_in_words(told, checklist.ladder_of[gap.indicator], rated),
                gap.target,
                gap.gap,
                gap.unmet,
                one.reason + (" The rating is unsupported." if gap.unsupported else ""),
            ]
        )
    if not told.report.gaps:
        leaf.row([None, None, "Nothing falls short: everything that applies is at its target."] + [None] * 6)


def checklist(book: Book, told: Told) -> None:
    leaf = book.leaf("Checklist", CHECKLIST, frozen="C2")
    for domain in told.report.checklist.domains:
        leaf.row([told.say(domain.title)] + [None] * (len(CHECKLIST) - 1), "band")
        leaf.rows(_source(told, indicator) for indicator in told.report.checklist.by_domain[domain.id])


def levels(book: Book, told: Told) -> None:
    leaf = book.leaf("Levels", LEVELS)
    ladders = {ladder.id: ladder for ladder in told.report.checklist.ladder_of.values()}
    for ladder in ladders.values():
        for level in ladder.levels:
            title, name = told.say(ladder.title), told.say(level.name)
            leaf.row([title, level.value, level.value + 1, name, told.say(level.words)])


def evidence(details: EvidenceDetails) -> str:
    """A line: kind, what, as of when, until when that holds, where it lies."""
    parts = [f"{words.EVIDENCE[details.kind]}: {details.what}"]
    if details.as_of:
        parts.append(f"as of {details.as_of:%Y-%m-%d}")
    if due := support(details).due:
        parts.append(f"to be looked at again by {due:%Y-%m-%d}")
    return ", ".join([*parts, details.link] if details.link else parts)


def _evidence(line: EvidenceLine) -> str:
    return f"{evidence(line.details)}, file: {line.file_name}" if line.file_name else evidence(line.details)


def what_is_rated(indicator: Indicator) -> str:
    return indicator.text if indicator.scored else f"{indicator.text} (context, not scored)"


def _rating(told: Told, indicator: Indicator) -> list[Value]:
    row, ladder = told.report.row(indicator.id), told.report.checklist.ladder_of[indicator.id]
    rated = row.rated
    lines = [f"{words.STRENGTHS[strength(rated.evidence)]}."] if rated.state is State.LEVEL else []
    return [
        indicator.id,
        told.say(what_is_rated(indicator)),
        words.STATES.get(rated.state, "Rated"),
        rated.level,
        None if rated.level is None else rated.level + 1,
        _level_words(told, indicator, ladder, rated),
        rated.met,
        rated.of,
        rated.out_of,
        share(row, counted_of(told.report.checklist)) if rated.met is not None else "",
        rated.reason,
        row.note,
        "\n".join([*lines, *map(_evidence, row.evidence)]),
        *([row.because] if told.is_consensus else []),
    ]


def level_in_words(told: Told, ladder: Ladder, rated: Rated) -> str:
    if rated.level is None:
        return words.STATES[rated.state]
    counted = "" if rated.of is None else f" ({rated.met} of {rated.of})"
    return f"{rated.level} {told.say(ladder.level(rated.level).name)}{counted}"


def _level_words(told: Told, indicator: Indicator, ladder: Ladder, rated: Rated) -> str:
    if rated.level is None:
        return ""
    return "\n".join(told.say(line) for line in level_lines(indicator, ladder, rated.level))


def level_lines(indicator: Indicator, ladder: Ladder, value: int) -> Iterator[str]:
    """A level's name and words, and what it means for this very indicator."""
    level = ladder.level(value)
    yield f"{value} {level.name}: {level.words}"
    cue = {int(key): text for key, text in indicator.cue.items()}.get(value)
    if cue:
        yield f"Here: {cue}"


def _source(told: Told, indicator: Indicator) -> list[Value]:
    found = told.report.checklist
    standard = found.standard[indicator.standard]
    source = found.source[standard.source]
    duty = indicator.duty
    where = " and ".join(words.condition(name) for name in duty.when) if duty else ""
    return [
        indicator.id,
        told.say(what_is_rated(indicator)),
        words.CLASSES[class_of(indicator, told.report.conditions)],
        told.say(f"{duty.cites}, {where}. {words.VERIFICATIONS[duty.verification]}.") if duty else "",
        standard.id,
        told.say(standard.text),
        told.say(source.citation),
        told.say(standard.cites),
        words.VERIFICATIONS[found.verification(standard)],
        source.checked,
    ]
