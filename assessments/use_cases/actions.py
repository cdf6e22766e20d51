"""Actions and tests of change: each added and revised on its own version."""

from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from assessments.errors import BadInput
from assessments.rules.days import in_words
from assessments.store.access import Actor, allowed
from assessments.store.tables import Action, Round
from assessments.use_cases.plans import (
    DECISIONS,
    STATUSES,
    ActionDetails,
    RoundDetails,
    found,
    put,
    put_again,
)
from assessments.use_cases.priorities import open_priority
from assessments.use_cases.typed import body, line


@allowed
def add_action(
    db: Session, actor: Actor, now: datetime, priority_id: str, details: ActionDetails, keep_because: str = ""
) -> str:
    """The id of the new action."""
    open_priority(db, actor, priority_id)
    details = checked_action(details, now.date())
    return put(db, actor, now, Action, priority_id, "action", details, keep_because)


@allowed
def revise_action(
    db: Session,
    actor: Actor,
    now: datetime,
    action_id: str,
    details: ActionDetails,
    shown: int,
    keep_because: str = "",
) -> None:
    row = found(db, actor, Action, action_id, shown)
    put_again(db, actor, now, row, "action", checked_action(details, now.date()), keep_because)


@allowed
def add_round(
    db: Session, actor: Actor, now: datetime, priority_id: str, details: RoundDetails, keep_because: str = ""
) -> str:
    open_priority(db, actor, priority_id)
    details = checked_round(details)
    return put(db, actor, now, Round, priority_id, "test of change", details, keep_because)


@allowed
def revise_round(
    db: Session, actor: Actor, now: datetime, round_id: str, details: RoundDetails, shown: int, keep_because: str = ""
) -> None:
    row = found(db, actor, Round, round_id, shown)
    put_again(db, actor, now, row, "test of change", checked_round(details), keep_because)


def checked_action(details: ActionDetails, today: date) -> ActionDetails:
    """As it can be stored."""
    if details.status not in STATUSES:
        raise BadInput(f"Status: choose one of {', '.join(STATUSES)}.")
    _require_order(details.starts, details.due, "The due date")
    done = details.status == "done"
    done_on = (details.done_on or today) if done else None
    if done_on and done_on > today:
        raise BadInput(f"It cannot be done on {in_words(done_on)} yet. Give the day on which it was done.")
    _require_order(details.starts, done_on, "The day on which it was done")
    return replace(
        details,
        what=line(details.what, "What is done"),
        owner=line(details.owner, "Owner", 120),
        done_on=done_on,
        evidence=body(details.evidence, "Evidence that it is done", 4000),
    )


def checked_round(details: RoundDetails) -> RoundDetails:
    """A decision rests on what was learned."""
    _require_order(details.starts, details.ends, "The end")
    if details.decision not in DECISIONS:
        raise BadInput("What was decided: choose adopt, adapt or abandon, or leave it open.")
    learned = body(details.learned, "What was learned", 4000)
    if details.decision and not learned.strip():
        raise BadInput("Say what was learned before you decide to adopt, adapt or abandon the change.")
    return replace(
        details,
        change=line(details.change, "The change to be tested"),
        prediction=line(details.prediction, "The prediction", 2000),
        did=body(details.did, "What was done", 4000),
        learned=learned,
    )


def _require_order(first: date | None, last: date | None, what: str) -> None:
    if first and last and last < first:
        raise BadInput(f"{what}, {in_words(last)}, lies before the start, {in_words(first)}. Change one of the two.")
