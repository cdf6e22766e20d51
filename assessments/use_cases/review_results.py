"""What a review of records comes to, for one of its checklists. What the two readers agreed on stands for what the
first one found.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import and_, bindparam, func, select
from sqlmodel import Session

from assessments.errors import NotFound
from assessments.rules import plan_results
from assessments.rules.no_plan import NO_PLAN
from assessments.rules.plan_results import OUTCOMES, Answers, ClockResult, ElementResult, Outcome, Read, Together
from assessments.rules.settings import conditions
from assessments.store.access import RIGHTS, Actor, agency_of, allowed, roles_of
from assessments.store.tables import Table
from assessments.use_cases.read_twice import not_compared
from assessments.use_cases.record_ratings import is_met
from assessments.use_cases.reviewing import IS_TO_READ, Reading, reading_of
from standards.model import Checklist

TABLES = Table.metadata.tables
RECORD, RATING, CLOCK = (TABLES[name].c for name in ("record", "record_rating", "record_clock"))
HERE = (RECORD.agency_id == bindparam("agency_id"), RECORD.review_id == bindparam("review_id"))
OF_RECORD = and_(RECORD.agency_id == RATING.agency_id, RECORD.id == RATING.record_id)
GIVEN = (
    RATING.agency_id == bindparam("agency_id"),
    RATING.assessment_id == bindparam("assessment_id"),
    RATING.reader == bindparam("reader"),
    RATING.state != "unrated",
)
CODES = select(RECORD.id, RECORD.code).where(*HERE, IS_TO_READ).order_by(RECORD.place)
LISTED = select(RECORD.id, RECORD.put_aside, RECORD.began, IS_TO_READ).where(*HERE)
# A row an answer and indicator, with the records that have it, in the order of an index that holds all of it: five
# hundred records by fifty elements are some 26,000 answers, and a row of each would take ten times as long.
ANSWERS = (
    select(RATING.state, RATING.level, RATING.indicator_id, func.aggregate_strings(RATING.record_id, ","))
    .where(*GIVEN)
    .group_by(RATING.state, RATING.level, RATING.indicator_id)
)
OF_ELEMENT = (
    select(RECORD.id, RECORD.quarter, RATING.state, RATING.level)
    .join(TABLES["record"], OF_RECORD)
    .where(*HERE, IS_TO_READ, *GIVEN, RATING.indicator_id == bindparam("indicator_id"))
    .order_by(RECORD.quarter, RECORD.turn)
)
OF_CLOCKS = (
    select(CLOCK.clock, CLOCK.state, CLOCK.elapsed, func.count())
    .join(TABLES["record"], and_(RECORD.agency_id == CLOCK.agency_id, RECORD.id == CLOCK.record_id))
    .where(*HERE, IS_TO_READ)
    .group_by(CLOCK.clock, CLOCK.state, CLOCK.elapsed)
)


@dataclass(frozen=True)
class Results:
    """`elements` in the order of the checklist, whose edition is that of each record. `critical` over its critical
    elements; `headings` over each of the six and `all_headings` over them together, empty and None where it has
    none. `stratified` names by what the draw was stratified, "" where it was not. It tells of no single record.
    """

    checklist: Checklist
    review_id: str
    read: Read
    elements: Mapping[str, ElementResult]
    critical: Together
    headings: Mapping[str, Together]
    all_headings: Together | None
    clocks: Mapping[str, ClockResult]
    stratified: str
    is_drawn: bool


@dataclass(frozen=True)
class Unmet:
    """A critical element that is not met in one record."""

    indicator: str
    code: str


@dataclass(frozen=True)
class Course:
    """Of one element, over the records in which it applies and could be judged: met and of by "2026-Q1", in order of
    time, and whether each met it, a quarter after the other. Within a quarter they stand in the order of the draw, so
    by chance and not in time: no date is kept.
    """

    quarters: Mapping[str, tuple[int, int]]
    met: tuple[bool, ...]


@allowed
def review_results(db: Session, actor: Actor, assessment_id: str) -> Results:
    """NotFound where the assessment is not rated on records."""
    reading = reading_of(db, actor, assessment_id)
    checklist, listed = reading.checklist, db.execute(LISTED, _key(reading)).all()
    answers = _answers(db, reading, {record for record, _, _, to_read in listed if to_read})
    read = _read(listed, answers, checklist)
    elements = plan_results.elements(checklist, answers, read, _held(db, actor, reading))
    by_heading, all_headings = plan_results.headings_addressed(checklist, answers, read)
    return Results(
        checklist,
        reading.review.id,
        read,
        {one.indicator: one for one in elements},
        plan_results.all_critical(checklist, answers, read),
        by_heading,
        all_headings,
        _clocks(db, reading),
        reading.review.stratify,
        reading.review.drawn_at is not None,
    )


@allowed
def reads_records(db: Session, actor: Actor) -> bool:
    """Whether single records are the actor's to see, by their codes."""
    return bool(RIGHTS["unmet_cases"] & roles_of(db, actor))


@allowed
def unmet_cases(db: Session, actor: Actor, assessment_id: str) -> list[Unmet]:
    """Every critical element that is not met, by the record's code: in the order of the checklist, then of the list.
    Without the records that two read, before the two are compared: the second reader would see the first one's answers.
    """
    reading = reading_of(db, actor, assessment_id)
    apart = not_compared(db, reading)
    codes = {record: code for record, code in db.execute(CODES, _key(reading)) if record not in apart}
    missed = _answers(db, reading, codes.keys())["not-met"]
    return [
        Unmet(name, code)
        for name in plan_results.critical(reading.checklist)
        for record, code in codes.items()
        if record in missed.get(name, ())
    ]


@allowed
def course_of_element(db: Session, actor: Actor, assessment_id: str, indicator_id: str) -> Course:
    reading = reading_of(db, actor, assessment_id)
    if indicator_id not in reading.checklist.indicator:
        raise NotFound(f"{indicator_id} is not in {reading.checklist.title} {reading.checklist.edition}.")
    found: dict[str, tuple[str, Outcome]] = {}
    for reader in _readers(reading):
        key = {**_key(reading), "reader": reader, "indicator_id": indicator_id}
        for record, quarter, state, level in db.execute(OF_ELEMENT, key):
            found[record] = (quarter, _outcome(state, level))
    judged = [(quarter, outcome == "met") for quarter, outcome in found.values() if outcome in ("met", "not-met")]
    by_quarter: dict[str, list[bool]] = defaultdict(list)
    for quarter, met in judged:
        by_quarter[quarter].append(met)
    quarters = {quarter: (sum(met), len(met)) for quarter, met in sorted(by_quarter.items())}
    return Course(quarters, tuple(met for _, met in judged))


def _held(db: Session, actor: Actor, reading: Reading) -> frozenset[str]:
    """Of the day of submission, or today's while the assessment is open."""
    if reading.assessment.status == "submitted":
        return frozenset(reading.assessment.conditions.split())
    agency = agency_of(db, actor)
    return conditions(agency.state, agency.block_grant, agency.part_2)


def _key(reading: Reading) -> dict[str, str]:
    return {**reading.key, "review_id": reading.review.id}


def _readers(reading: Reading) -> tuple[str, ...]:
    """Whose answers count, those that come later over the earlier."""
    return ("first", "agreed") if reading.review.compared_at else ("first",)


def _outcome(state: str, level: int | None) -> Outcome:
    if state == "level":
        return "met" if is_met(level) else "not-met"
    return cast(Outcome, state)


def _answers(db: Session, reading: Reading, records: Set[str]) -> dict[Outcome, dict[str, set[str]]]:
    """Of those records alone."""
    found: dict[Outcome, dict[str, set[str]]] = {outcome: {} for outcome in OUTCOMES}
    for reader in _readers(reading):
        for state, level, name, joined in db.execute(ANSWERS, {**_key(reading), "reader": reader}):
            given = records & set(joined.split(","))
            if reader != "first":
                for by_name in found.values():
                    by_name.get(name, set()).difference_update(given)
            found[_outcome(state, level)].setdefault(name, set()).update(given)
    return found


def _read(listed: Collection[Any], answers: Answers, checklist: Checklist) -> Read:
    aside = Counter(why for _, why, _, _ in listed)
    given = [
        set[str]().union(*(answers[outcome].get(one.id, ()) for outcome in OUTCOMES)) for one in checklist.indicators
    ]
    return Read(
        len(listed),
        drawn=sum(to_read for *_, to_read in listed),
        read=len(set.intersection(*given)),
        begun=len(set.union(*given)),
        not_found=aside["not-found"],
        not_eligible=aside["not-eligible"],
        not_readable=aside["not-readable"],
        no_plan=sum(to_read and began == NO_PLAN for _, _, began, to_read in listed),
    )


def _clocks(db: Session, reading: Reading) -> dict[str, ClockResult]:
    counts: dict[str, dict[tuple[Outcome, int | None], int]] = defaultdict(dict)
    for clock, state, elapsed, count in db.execute(OF_CLOCKS, _key(reading)):
        counts[clock][state, elapsed] = count
    return {name: plan_results.clock(found) for name, found in counts.items()}
