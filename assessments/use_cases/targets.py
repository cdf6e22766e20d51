"""What the team means to reach by when, for one indicator or for all of a domain."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session

from assessments.errors import BadInput, Conflict, NotFound
from assessments.rules.days import in_words
from assessments.rules.scoring import standings
from assessments.rules.targets import About, Aim, Reach, levels, reach
from assessments.store import audit
from assessments.store.access import Actor, agency_of, allowed
from assessments.store.tables import Assessment, Cycle, Person, Target
from assessments.use_cases.assessments import find_assessment
from assessments.use_cases.gap_report import GapReport, gap_report
from assessments.use_cases.sheets import place_of
from assessments.use_cases.told import say


@dataclass(frozen=True)
class TargetLine:
    aim: Aim
    version: int
    set_at: datetime
    set_by: str


@dataclass(frozen=True)
class TargetReport:
    """`now` is the assessment that says where each aim stands: the latest submitted one of the site on this checklist,
    or the one that the targets were set on. `reach` is by what the aim is about.
    """

    lines: tuple[TargetLine, ...]
    now: GapReport
    reach: Mapping[tuple[About, str], Reach]


@allowed
def targets(db: Session, actor: Actor, assessment_id: str) -> tuple[TargetLine, ...]:
    """The soonest first."""
    find_assessment(db, actor, assessment_id)
    rows = db.execute(
        select(Target, Person.name)
        .join(Person, Person.id == Target.set_by)
        .where(Target.agency_id == actor.agency_id, Target.assessment_id == assessment_id)
        .order_by(Target.by, Target.about, Target.about_id)
    )
    return tuple(TargetLine(_aim(row), row.version, row.set_at, name) for row, name in rows)


@allowed
def target_report(db: Session, actor: Actor, assessment_id: str) -> TargetReport:
    lines = targets(db, actor, assessment_id)
    now = gap_report(db, actor, _latest(db, find_assessment(db, actor, assessment_id)))
    rows = standings(now.checklist, now.ratings, now.conditions)
    return TargetReport(lines, now, {(line.aim.about, line.aim.about_id): reach(line.aim, rows) for line in lines})


@allowed
def set_target(db: Session, actor: Actor, now: datetime, assessment_id: str, aim: Aim, shown: int = 0) -> None:
    """`shown` is the version that the page showed, 0 for a new one; a second for the same thing is a Conflict."""
    place = place_of(db, actor, assessment_id)
    _require_open(place.assessment)
    today = now.astimezone(ZoneInfo(agency_of(db, actor).time_zone)).date()
    _require_possible(aim, levels(place.checklist, aim.about, aim.about_id), today)
    row = _found(db, actor, assessment_id, aim, shown)
    if row and _aim(row) == aim:
        return
    before = _said(_aim(row)) if row else ""
    # A target that is taken out takes its versions with it: the next begins above all of them.
    version = row.version + 1 if row else audit.newest_number(db, actor.agency_id) + 1
    key = {"agency_id": actor.agency_id, "assessment_id": assessment_id}
    db.merge(Target(**key, **vars(aim), version=version, set_at=now, set_by=actor.person_id))
    db.flush()
    change = audit.Change("set target", "target", f"{assessment_id}/{aim.about_id}", "target", before, _said(aim))
    say(db, actor, now, change)


@allowed
def take_out_target(db: Session, actor: Actor, now: datetime, assessment_id: str, aim: Aim, shown: int) -> None:
    """What `aim` is about says which."""
    _require_open(find_assessment(db, actor, assessment_id))
    row = _found(db, actor, assessment_id, aim, shown)
    if row is None:
        raise NotFound(f"There is no target for {aim.about_id}. Look at the targets again.")
    db.delete(row)
    said = _said(_aim(row))
    change = audit.Change("take out target", "target", f"{assessment_id}/{aim.about_id}", "target", said)
    say(db, actor, now, change)


def _require_open(assessment: Assessment) -> None:
    if assessment.archived_at:
        raise BadInput("This assessment is archived. Take it out of the archive to set its targets.")


def _require_possible(aim: Aim, possible: tuple[int, ...], today: date) -> None:
    if not possible:
        raise NotFound(f"{aim.about_id} is not scored in this checklist. Choose what the target is for from the list.")
    if aim.level not in possible:
        have = ", ".join(map(str, possible))
        raise BadInput(f"{aim.about_id} has no level {aim.level} to aim at. Choose one of these: {have}.")
    if aim.by < today:
        raise BadInput(f"{in_words(aim.by)} is past. Give a day from today on.")


def _latest(db: Session, own: Assessment) -> str:
    """Of the submitted ones of its site on its checklist in a later cycle, the last; else itself."""
    starts = select(Cycle.starts).where(Cycle.agency_id == own.agency_id, Cycle.id == own.cycle_id).scalar_subquery()
    later = (
        select(Assessment.id)
        .join(Cycle, (Cycle.agency_id == Assessment.agency_id) & (Cycle.id == Assessment.cycle_id))
        .where(
            Assessment.agency_id == own.agency_id,
            Assessment.site_id == own.site_id,
            Assessment.checklist_id == own.checklist_id,
            Assessment.status == "submitted",
            Assessment.archived_at.is_(None),
            Cycle.starts > starts,
        )
        .order_by(Cycle.starts.desc(), Assessment.submitted_at.desc())
        .limit(1)
    )
    return db.execute(later).scalar_one_or_none() or own.id


def _found(db: Session, actor: Actor, assessment_id: str, aim: Aim, shown: int) -> Target | None:
    key = (actor.agency_id, assessment_id, aim.about, aim.about_id)
    row = db.get(Target, key, populate_existing=True)
    if (row.version if row else 0) != shown:
        raise Conflict(f"Somebody else set the target for {aim.about_id}, or took it out. Look at it again.", "target")
    return row


def _aim(row: Target) -> Aim:
    return Aim(cast(About, row.about), row.about_id, row.level, row.by)


def _said(aim: Aim) -> str:
    return f"level {aim.level} by {aim.by}"
