"""The workbook that a reader takes along: what was answered so far, and what follows from the dates."""

from collections.abc import Mapping, Sequence

from assessments.rules.clocks import CLOCK_OF, Clock
from assessments.rules.team_share import ROLES
from assessments.use_cases.checklists import shelf
from assessments.use_cases.clocks import ClockLine, answer_of, is_certain, record_clocks
from assessments.use_cases.deliveries import File
from assessments.use_cases.record_ratings import Reader, record_ratings
from assessments.use_cases.records import RecordLine
from assessments.use_cases.reviews import Read, ReviewLine
from assessments.use_cases.sheets import Answer
from assessments.use_cases.took_part import team_marks
from pages.plans import choosing
from pages.shared import delivery, house, words
from reports.reading_form import Offline, reading_workbook
from standards.model import Checklist

TEAM = ("posc-team", "1.0")


def checklist_of(key: tuple[str, str]) -> Checklist:
    return next(one.checklist for one in house.read(shelf) if one.checklist.key == key)


def made(line: ReviewLine, read: Read, reader: Reader, lines: Sequence[RecordLine]) -> File:
    checklist, ids = checklist_of(read.checklist), [one.id for one in lines]
    found = house.read(record_ratings, read.assessment, ids, reader)
    clocks = house.read(record_clocks, line.id, ids)
    dated = reader == "first" and any(CLOCK_OF.keys() & checklist_of(one.checklist).indicator for one in line.reads)
    team = checklist_of(TEAM) if dated else None
    taken = Offline(
        read.assessment,
        f"{choosing.title(line)}: {words.in_terms(read.title, house.agency())}",
        checklist,
        house.agency(),
        reader,
        lines,
        found,
        {record: follows(checklist, clocks.get(record, {})) for record in ids},
        house.read(team_marks, line.id, ids) if team else {},
        {role: team.indicator[role].text for role in ROLES} if team else {},
        dated,
    )
    content = reading_workbook(taken, house.now())
    return delivery.workbook(content, "record_ratings", line.site, line.cycle, f"{reader} reader")


def follows(checklist: Checklist, clocks: Mapping[Clock, ClockLine]) -> dict[str, Answer]:
    """From the dates, with certainty."""
    asked = {name: clocks.get(clock) for name, clock in CLOCK_OF.items() if name in checklist.indicator}
    found = {name: answer_of(checklist, name, one.came_to) for name, one in asked.items() if one}
    return {name: answer for name, answer in found.items() if is_certain(answer)}
