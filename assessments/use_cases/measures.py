"""What is measured for a priority: by name, with its values day by day."""

import math
from dataclasses import replace
from datetime import date, datetime
from typing import get_args

from sqlalchemy import select
from sqlmodel import Session

from assessments.errors import AlreadyThere, BadInput, NotFound
from assessments.rules.days import in_words
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import Measure, MeasuredValue
from assessments.use_cases.plans import Better, MeasureDetails, Value, details_of, found, put, put_again
from assessments.use_cases.priorities import open_priority
from assessments.use_cases.told import say
from assessments.use_cases.typed import line, searched


@allowed
def add_measure(
    db: Session, actor: Actor, now: datetime, priority_id: str, details: MeasureDetails, keep_because: str = ""
) -> str:
    """The id of the new measure."""
    open_priority(db, actor, priority_id)
    details = checked_measure(details)
    _refuse_second(db, actor, priority_id, details.name)
    return put(db, actor, now, Measure, priority_id, "measure", details, keep_because)


@allowed
def revise_measure(
    db: Session,
    actor: Actor,
    now: datetime,
    measure_id: str,
    details: MeasureDetails,
    shown: int,
    keep_because: str = "",
) -> None:
    """Its name, its unit, what is better; the values stay as they are."""
    row = found(db, actor, Measure, measure_id, shown)
    details = checked_measure(details)
    _refuse_second(db, actor, row.priority_id, details.name, but=measure_id)
    put_again(db, actor, now, row, "measure", details, keep_because)


@allowed
def write_value(
    db: Session, actor: Actor, now: datetime, measure_id: str, value: Value, keep_because: str = ""
) -> Value | None:
    """One a day: a second one for the same day takes the place of the first, which comes back."""
    measure = db.get(Measure, (actor.agency_id, measure_id))
    if measure is None:
        raise NotFound("This measure is not in the plan any more. Look at the plan again.")
    open_priority(db, actor, measure.priority_id)
    value = checked_value(value, now.date())
    searched(db, actor, now, value.note, "The note on the value", keep_because, measure_id)
    key = (actor.agency_id, measure_id, value.on)
    there = db.get(MeasuredValue, key, populate_existing=True)
    before: Value | None = details_of(Value, there) if there else None
    version = there.version + 1 if there else 1
    row = MeasuredValue(
        agency_id=actor.agency_id,
        measure_id=measure_id,
        version=version,
        added_at=now,
        added_by=actor.person_id,
        **vars(value),
    )
    db.merge(row)
    db.flush()
    was = _said(before) if before else ""
    change = audit.Change("measure", "measure", measure_id, value.on.isoformat(), was, _said(value))
    say(db, actor, now, change)
    return before


@allowed
def take_out_value(db: Session, actor: Actor, now: datetime, measure_id: str, on: date) -> None:
    row = db.get(MeasuredValue, (actor.agency_id, measure_id, on), populate_existing=True)
    if row is None:
        raise NotFound("There is no value on this day any more. Look at the plan again.")
    db.delete(row)
    change = audit.Change("take out value", "measure", measure_id, on.isoformat(), _said(details_of(Value, row)))
    say(db, actor, now, change)


def checked_measure(details: MeasureDetails) -> MeasureDetails:
    if details.better not in get_args(Better):
        raise BadInput("Say whether more of it is better, or less.")
    name, unit = line(details.name, "Name of the measure"), line(details.unit, "Unit", 40, required=False)
    return replace(details, name=name, unit=unit)


def _refuse_second(db: Session, actor: Actor, priority_id: str, name: str, but: str = "") -> None:
    """Two of one name under a priority could not be told apart."""
    same = select(Measure.id).where(
        Measure.agency_id == actor.agency_id, Measure.priority_id == priority_id, Measure.name == name
    )
    if set(db.execute(same).scalars()) - {but}:
        raise AlreadyThere(f"There is a measure of this name already: {name}. Give this one another name.")


def _said(value: Value) -> str:
    """For the trail."""
    return f"{value.value:g} of {value.of}" if value.of else f"{value.value:g}"


def _is_number(given: object) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool) and math.isfinite(given)


def checked_value(value: Value, today: date) -> Value:
    if not _is_number(value.value):
        raise BadInput("The value has to be a number, such as 7 or 62.5.")
    if value.on > today:
        raise BadInput(f"{in_words(value.on)} is still to come. Give the day for which the value was found.")
    if value.of is not None and not (value.of > 0 and 0 <= value.value <= value.of and value.value == int(value.value)):
        raise BadInput("A count out of so many: give whole numbers, the first no larger than the second.")
    return replace(value, value=float(value.value), note=line(value.note, "Note on the value", required=False))
