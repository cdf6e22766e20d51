"""What the team makes of its gaps: how much harm, how far, how much effort, and the few that it works on."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, cast, get_args

from sqlalchemy import select
from sqlmodel import Session

from assessments.errors import AlreadyThere, BadInput, Conflict, NotFound
from assessments.rules.gaps import Scope
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import Person, Priority, Weighing
from assessments.use_cases.assessments import find_assessment
from assessments.use_cases.sheets import place_of
from assessments.use_cases.told import say
from assessments.use_cases.typed import line, searched

SCALE = (1, 2, 3)


@dataclass(frozen=True)
class Weight:
    """1 to 3 each, None and "" where the team has not said; version 0: nothing is stored."""

    harm: int | None = None
    effort: int | None = None
    version: int = 0
    scope: Scope | Literal[""] = ""


@dataclass(frozen=True)
class Chosen:
    """A priority: `indicator` is an id; `dropped_because` is empty while the team works on it."""

    id: str
    assessment_id: str
    indicator: str
    because: str
    version: int
    chosen_at: datetime
    chosen_by: str
    dropped_because: str

    @property
    def dropped(self) -> bool:
        return bool(self.dropped_because)


@allowed
def weights(db: Session, actor: Actor, assessment_id: str) -> dict[str, Weight]:
    """By indicator id."""
    find_assessment(db, actor, assessment_id)
    return weights_of(db, actor.agency_id, assessment_id)


def weights_of(db: Session, agency_id: str, assessment_id: str) -> dict[str, Weight]:
    rows = db.execute(
        select(Weighing).where(Weighing.agency_id == agency_id, Weighing.assessment_id == assessment_id)
    ).scalars()
    return {row.indicator_id: _weight(row) for row in rows}


@allowed
def weigh(db: Session, actor: Actor, now: datetime, assessment_id: str, indicator_id: str, weight: Weight) -> Weight:
    """As stored. `weight.version` is the one that the page showed; Conflict where somebody came first."""
    for value, name in ((weight.harm, "Likelihood of harm"), (weight.effort, "Effort")):
        if value is not None and value not in SCALE:
            raise BadInput(f"{name}: choose 1, 2 or 3, or leave it open.")
    if weight.scope and weight.scope not in get_args(Scope):
        raise BadInput("Scope: choose limited, pattern or widespread, or leave it open.")
    require_indicator(db, actor, assessment_id, indicator_id)
    row = db.get(Weighing, (actor.agency_id, assessment_id, indicator_id), populate_existing=True)
    before = _weight(row) if row else Weight()
    if before.version != weight.version:
        raise Conflict("Somebody else weighed this gap after you opened the page. Look at it again.", "weight")
    if before == weight:
        return before
    after = replace(weight, version=before.version + 1)
    db.merge(
        Weighing(
            agency_id=actor.agency_id,
            assessment_id=assessment_id,
            indicator_id=indicator_id,
            set_at=now,
            set_by=actor.person_id,
            **vars(after),
        )
    )
    db.flush()
    change = audit.Change("weigh", "gap", f"{assessment_id}/{indicator_id}", "weight", _said(before), _said(weight))
    say(db, actor, now, change)
    return after


@allowed
def priorities(db: Session, actor: Actor, assessment_id: str) -> list[Chosen]:
    """In the order in which they were chosen, those that were dropped among them."""
    find_assessment(db, actor, assessment_id)
    rows = db.execute(
        select(Priority, Person.name)
        .join(Person, Person.id == Priority.chosen_by)
        .where(Priority.agency_id == actor.agency_id, Priority.assessment_id == assessment_id)
        .order_by(Priority.chosen_at, Priority.id)
    )
    return [_chosen(row, name) for row, name in rows]


@allowed
def choose_priority(
    db: Session,
    actor: Actor,
    now: datetime,
    assessment_id: str,
    indicator_id: str,
    because: str,
    keep_because: str = "",
) -> str:
    """The id of the new priority. The team may choose more than three; the page warns, this does not refuse."""
    require_indicator(db, actor, assessment_id, indicator_id, to_plan=True)
    because = line(because, "Why this one")
    searched(db, actor, now, because, "Why this one", keep_because, assessment_id)
    there = [one for one in priorities(db, actor, assessment_id) if not one.dropped]
    if any(one.indicator == indicator_id for one in there):
        raise AlreadyThere(f"{indicator_id} is among the priorities already.")
    row = Priority(
        agency_id=actor.agency_id,
        assessment_id=assessment_id,
        indicator_id=indicator_id,
        because=because,
        chosen_at=now,
        chosen_by=actor.person_id,
    )
    db.add(row)
    db.flush()
    change = audit.Change("choose", "priority", row.id, indicator_id, after=because)
    say(db, actor, now, change)
    return row.id


@allowed
def drop_priority(
    db: Session, actor: Actor, now: datetime, priority_id: str, because: str, shown: int, keep_because: str = ""
) -> None:
    """Its plan stays readable; nothing in it is due any more."""
    row = find_priority(db, actor, priority_id)
    if row.version != shown or row.dropped_at:
        raise Conflict("This priority was changed after you opened the page. Look at it again.", "priority")
    because = line(because, "Why it is dropped")
    searched(db, actor, now, because, "Why it is dropped", keep_because, row.id)
    row.dropped_at, row.dropped_because, row.version = now, because, row.version + 1
    db.add(row)
    change = audit.Change("drop", "priority", row.id, row.indicator_id, after=because)
    say(db, actor, now, change)


def find_priority(db: Session, actor: Actor, priority_id: str) -> Priority:
    row = db.get(Priority, (actor.agency_id, priority_id), populate_existing=True)
    if row is None:
        raise NotFound("This priority is not here. Choose one from the improvement plan.")
    return row


def open_priority(db: Session, actor: Actor, priority_id: str) -> Priority:
    """To plan for: one that was not dropped."""
    row = find_priority(db, actor, priority_id)
    if row.dropped_at:
        raise BadInput("This priority was dropped. Choose it again to go on with it.")
    return row


def require_indicator(
    db: Session, actor: Actor, assessment_id: str, indicator_id: str, *, to_plan: bool = False
) -> None:
    """One of the checklist's; `to_plan`: and the assessment is not archived."""
    place = place_of(db, actor, assessment_id)
    if indicator_id not in place.checklist.indicator:
        raise NotFound(f"{indicator_id} is not in this checklist. Choose a gap from the list.")
    if to_plan and place.assessment.archived_at:
        raise BadInput("This assessment is archived. Take it out of the archive to plan from it.")


def _weight(row: Weighing) -> Weight:
    return Weight(row.harm, row.effort, row.version, cast(Scope, row.scope))


def _chosen(row: Priority, name: str) -> Chosen:
    return Chosen(
        row.id,
        row.assessment_id,
        row.indicator_id,
        row.because,
        row.version,
        row.chosen_at,
        name,
        row.dropped_because,
    )


def _said(weight: Weight) -> str:
    parts = (
        weight.harm and f"harm {weight.harm}",
        weight.scope and f"scope {weight.scope}",
        weight.effort and f"effort {weight.effort}",
    )
    return ", ".join(part for part in parts if part)
