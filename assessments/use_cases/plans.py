"""The improvement plan: what is done about each priority, tried on a small scale first, and measured."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Literal, TypeVar, get_args

from sqlalchemy import select
from sqlmodel import Session

from assessments.errors import Conflict, NotFound
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import Action, Assessment, Measure, MeasuredValue, Priority, Round, Site
from assessments.use_cases.priorities import Chosen, open_priority, priorities
from assessments.use_cases.told import say
from assessments.use_cases.typed import searched

T = TypeVar("T", Action, Round, Measure)
Status = Literal["planned", "under way", "done", "dropped"]
Decision = Literal["", "adopt", "adapt", "abandon"]
Better = Literal["up", "down"]
STATUSES: tuple[Status, ...] = get_args(Status)
DECISIONS: tuple[Decision, ...] = get_args(Decision)
OPEN: tuple[Status, ...] = ("planned", "under way")


@dataclass(frozen=True)
class ActionDetails:
    """`done_on` belongs to what is done, and to nothing else."""

    what: str
    owner: str
    starts: date | None = None
    due: date | None = None
    status: Status = "planned"
    done_on: date | None = None
    evidence: str = ""


@dataclass(frozen=True)
class RoundDetails:
    """Plan (the change, its prediction, from when), do, study, act."""

    change: str
    prediction: str
    starts: date
    ends: date | None = None
    did: str = ""
    learned: str = ""
    decision: Decision = ""


@dataclass(frozen=True)
class MeasureDetails:
    name: str
    unit: str = ""
    better: Better = "up"


@dataclass(frozen=True)
class Value:
    """`of`: out of how many, where `value` is a count."""

    on: date
    value: float
    of: int | None = None
    note: str = ""


@dataclass(frozen=True)
class ActionLine:
    id: str
    version: int
    details: ActionDetails


@dataclass(frozen=True)
class RoundLine:
    id: str
    version: int
    details: RoundDetails


@dataclass(frozen=True)
class MeasureLine:
    """`values` are in the order of their days."""

    id: str
    version: int
    details: MeasureDetails
    values: tuple[Value, ...] = ()

    @property
    def counted(self) -> bool:
        """Every value is a count out of so many."""
        return bool(self.values) and all(value.of for value in self.values)

    @property
    def series(self) -> tuple[Fraction, ...]:
        """The values for the rules: shares of 1 where they are counted."""
        return tuple(Fraction(one.value) / (one.of if self.counted and one.of else 1) for one in self.values)

    @property
    def counts(self) -> tuple[tuple[int, int], ...]:
        """How many of how many, of those that say so."""
        return tuple((int(value.value), value.of) for value in self.values if value.of)


@dataclass(frozen=True)
class Plan:
    priority: Chosen
    actions: tuple[ActionLine, ...]
    rounds: tuple[RoundLine, ...]
    measures: tuple[MeasureLine, ...]


@dataclass(frozen=True)
class Due:
    """An open action with a due date, and where it belongs."""

    action: ActionLine
    assessment_id: str
    indicator: str
    site: str


@allowed
def plan(db: Session, actor: Actor, assessment_id: str) -> tuple[Plan, ...]:
    """For each priority that was chosen from this assessment, also the dropped ones."""
    chosen = priorities(db, actor, assessment_id)
    ids = [one.id for one in chosen]
    actions, rounds = _under(db, actor, Action, ids), _under(db, actor, Round, ids)
    measures = _under(db, actor, Measure, ids)
    values = _values(db, actor, [row.id for rows in measures.values() for row in rows])
    return tuple(
        Plan(
            one,
            tuple(_action_line(row) for row in actions[one.id]),
            tuple(RoundLine(row.id, row.version, details_of(RoundDetails, row)) for row in rounds[one.id]),
            tuple(
                MeasureLine(row.id, row.version, details_of(MeasureDetails, row), values[row.id])
                for row in measures[one.id]
            ),
        )
        for one in chosen
    )


@allowed
def due_actions(db: Session, actor: Actor) -> list[Due]:
    """Of all that the agency works on, the soonest first."""
    rows = db.execute(
        select(Action, Priority.assessment_id, Priority.indicator_id, Site.name)
        .join(Priority, (Priority.agency_id == Action.agency_id) & (Priority.id == Action.priority_id))
        .join(Assessment, (Assessment.agency_id == Priority.agency_id) & (Assessment.id == Priority.assessment_id))
        .join(Site, (Site.agency_id == Assessment.agency_id) & (Site.id == Assessment.site_id))
        .where(
            Action.agency_id == actor.agency_id,
            Action.status.in_(OPEN),
            Action.due.is_not(None),
            Priority.dropped_at.is_(None),
            Assessment.archived_at.is_(None),
        )
        .order_by(Action.due, Action.id)
    )
    return [Due(_action_line(action), *where) for action, *where in rows]


def put(
    db: Session,
    actor: Actor,
    now: datetime,
    table: type[T],
    priority_id: str,
    thing: str,
    details: Any,
    keep_because: str,
) -> str:
    """The id of the new row, of details that were checked."""
    of = {"agency_id": actor.agency_id, "priority_id": priority_id, "added_at": now, "added_by": actor.person_id}
    row = table(**of, **vars(details))
    searched(db, actor, now, _typed(details), f"The {thing}", keep_because, row.id)
    db.add(row)
    db.flush()
    change = audit.Change("add", thing, row.id, "details", after=_said(details))
    say(db, actor, now, change)
    return row.id


def put_again(db: Session, actor: Actor, now: datetime, row: T, thing: str, details: Any, keep_because: str) -> None:
    open_priority(db, actor, row.priority_id)
    before = details_of(type(details), row)
    if before == details:
        return
    searched(db, actor, now, _typed(details), f"The {thing}", keep_because, row.id)
    for name, value in vars(details).items():
        setattr(row, name, value)
    row.version += 1
    db.add(row)
    change = audit.Change("revise", thing, row.id, "details", _said(before), _said(details))
    say(db, actor, now, change)


def found(db: Session, actor: Actor, table: type[T], row_id: str, shown: int) -> T:
    row = db.get(table, (actor.agency_id, row_id), populate_existing=True)
    if row is None:
        raise NotFound("This is not in the plan any more. Look at the plan again.")
    if row.version != shown:
        raise Conflict("Somebody changed this after you opened the page. Look at it again.", "plan")
    return row


def _under(db: Session, actor: Actor, table: type[T], priority_ids: Iterable[str]) -> dict[str, list[T]]:
    rows = db.execute(
        select(table)
        .where(table.agency_id == actor.agency_id, table.priority_id.in_(priority_ids))
        .order_by(table.added_at, table.id)
    ).scalars()
    found: dict[str, list[T]] = defaultdict(list)
    for row in rows:
        found[row.priority_id].append(row)
    return found


def _values(db: Session, actor: Actor, measure_ids: Iterable[str]) -> dict[str, tuple[Value, ...]]:
    rows = db.execute(
        select(MeasuredValue)
        .where(MeasuredValue.agency_id == actor.agency_id, MeasuredValue.measure_id.in_(measure_ids))
        .order_by(MeasuredValue.on)
    ).scalars()
    found: dict[str, tuple[Value, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.measure_id] += (Value(row.on, row.value, row.of, row.note),)
    return found


def details_of(kind: type[Any], row: Any) -> Any:
    return kind(**{name: getattr(row, name) for name in kind.__dataclass_fields__})


def _action_line(row: Action) -> ActionLine:
    return ActionLine(row.id, row.version, details_of(ActionDetails, row))


def _typed(details: Any) -> str:
    """Dates have fields of their own: a date within a text is another matter."""
    return "\n".join(value for value in vars(details).values() if isinstance(value, str))


def _said(details: Any) -> str:
    """For the trail: a line a field, empty ones left out."""
    return "\n".join(f"{name}: {value}" for name, value in vars(details).items() if value not in (None, ""))
