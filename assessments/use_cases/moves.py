"""Gaps that the team puts at another place of the ranked list than the rule does, who did and why."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from assessments.errors import BadInput, Conflict, NotFound
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import Move, Person
from assessments.use_cases.assessments import find_assessment
from assessments.use_cases.priorities import require_indicator
from assessments.use_cases.told import say
from assessments.use_cases.typed import line, searched

WHY = "Why it is moved"


@dataclass(frozen=True)
class MoveLine:
    """`rank` is the place asked for, from 1; a list that has become shorter ends before it."""

    rank: int
    because: str
    version: int
    moved_at: datetime
    moved_by: str


@allowed
def moves(db: Session, actor: Actor, assessment_id: str) -> dict[str, MoveLine]:
    """By indicator id, oldest first."""
    find_assessment(db, actor, assessment_id)
    rows = db.execute(
        select(Move, Person.name)
        .join(Person, Person.id == Move.moved_by)
        .where(Move.agency_id == actor.agency_id, Move.assessment_id == assessment_id)
        .order_by(Move.moved_at, Move.indicator_id)
    )
    return {row.indicator_id: MoveLine(row.rank, row.because, row.version, row.moved_at, name) for row, name in rows}


@allowed
def move_gap(
    db: Session,
    actor: Actor,
    now: datetime,
    assessment_id: str,
    indicator_id: str,
    rank: int,
    because: str,
    shown: int = 0,
    keep_because: str = "",
) -> None:
    """`shown` is the version of the move that the page showed, 0 where it showed none."""
    require_indicator(db, actor, assessment_id, indicator_id, to_plan=True)
    if rank < 1:
        raise BadInput("The place has to be a whole number from 1, the most pressing.")
    row = _found(db, actor, assessment_id, indicator_id, shown)
    because = line(because, WHY)
    if row and (row.rank, row.because) == (rank, because):
        return
    searched(db, actor, now, because, WHY, keep_because, assessment_id)
    before = _said(row) if row else ""
    # A move that is taken back takes its versions with it: the next begins above all of them.
    version = row.version + 1 if row else audit.newest_number(db, actor.agency_id) + 1
    made = Move(
        agency_id=actor.agency_id,
        assessment_id=assessment_id,
        indicator_id=indicator_id,
        rank=rank,
        because=because,
        version=version,
        moved_at=now,
        moved_by=actor.person_id,
    )
    db.merge(made)
    db.flush()
    change = audit.Change("move", "gap", f"{assessment_id}/{indicator_id}", "place", before, _said(made))
    say(db, actor, now, change)


@allowed
def take_back_move(db: Session, actor: Actor, now: datetime, assessment_id: str, indicator_id: str, shown: int) -> None:
    """The gap stands again where the rule puts it."""
    require_indicator(db, actor, assessment_id, indicator_id, to_plan=True)
    row = _found(db, actor, assessment_id, indicator_id, shown)
    if row is None:
        raise NotFound(f"{indicator_id} was not moved. It stands where the rule puts it.")
    db.delete(row)
    change = audit.Change("take back move", "gap", f"{assessment_id}/{indicator_id}", "place", _said(row))
    say(db, actor, now, change)


def _found(db: Session, actor: Actor, assessment_id: str, indicator_id: str, shown: int) -> Move | None:
    row = db.get(Move, (actor.agency_id, assessment_id, indicator_id), populate_existing=True)
    if (row.version if row else 0) != shown:
        raise Conflict("Somebody else moved this gap after you opened the page. Look at it again.", "move")
    return row


def _said(row: Move) -> str:
    return f"place {row.rank}: {row.because}"
