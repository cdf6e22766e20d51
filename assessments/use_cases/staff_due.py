"""What is due of staff, in three numbers: for the first page, so counted in the database, in one question."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import String, and_, bindparam, case, cast, func, literal, select
from sqlmodel import Session

from assessments.rules.competency import COMPETENT, OF_RECORD, holds_since
from assessments.rules.holders import SOON
from assessments.store.access import RIGHTS, Actor, allowed, roles_of
from assessments.store.tables import Table
from assessments.use_cases.checklists import shelf
from assessments.use_cases.staff import sight_of
from assessments.use_cases.staffing import HELD, HERE, STAFF


@dataclass(frozen=True)
class StaffDue:
    """Competencies of people who work here, which their role needs: at 3 or above and to be shown again soon or by now;
    rated by themselves alone; and not rated at all.
    """

    again: int = 0
    waiting: int = 0
    unrated: int = 0

    @property
    def nothing(self) -> bool:
        return self == StaffDue()


TABLES = Table.metadata.tables
R, NEED = TABLES["competency_rating"].c, TABLES["role_need"].c
AGENCY: Any = bindparam("agency_id")
SOME: Any = bindparam("members", expanding=True)
LISTS: Any = bindparam("checklists", expanding=True)
ENOUGH = str(COMPETENT)
DAY = len("2026-11-22")
NEEDED = (
    select(HELD.staff_id, NEED.checklist_id, NEED.indicator_id)
    .join(TABLES["role_need"], and_(NEED.agency_id == HELD.agency_id, NEED.role_id == HELD.role_id))
    .join(TABLES["staff_member"], and_(STAFF.agency_id == HELD.agency_id, STAFF.id == HELD.staff_id))
    .where(*HERE, STAFF.id.in_(SOME), NEED.checklist_id.in_(LISTS))
    .distinct()
    .subquery()
)
JUDGED = R.level.is_not(None)
# The newest of record, of whom on one day the observer counts, as one text that can be compared: day, observer, level.
OF_ONE = cast(R.on, String) + case((R.kind == "observer", "1"), else_="0") + cast(R.level, String)
PLACES = (
    select(
        func.max(case((and_(JUDGED, R.kind.in_(OF_RECORD)), OF_ONE))).label("record"),
        func.max(case((R.kind != "self", 1))).label("known"),
        func.max(case((and_(JUDGED, R.kind == "self"), 1))).label("own"),
    )
    .select_from(NEEDED)
    .outerjoin(
        TABLES["competency_rating"],
        and_(
            R.agency_id == AGENCY,
            R.staff_id == NEEDED.c.staff_id,
            R.checklist_id == NEEDED.c.checklist_id,
            R.indicator_id == NEEDED.c.indicator_id,
        ),
    )
    .group_by(NEEDED.c.staff_id, NEEDED.c.checklist_id, NEEDED.c.indicator_id)
    .subquery()
)
SHOWN = and_(func.substr(PLACES.c.record, DAY + 2) >= ENOUGH, PLACES.c.record < bindparam("fresh"))


def _many(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, literal(1)), else_=0)), 0)


COUNTED = select(
    _many(SHOWN),
    _many(and_(PLACES.c.known.is_(None), PLACES.c.own.is_not(None))),
    _many(and_(PLACES.c.known.is_(None), PLACES.c.own.is_(None))),
)


@allowed
def staff_due(db: Session, actor: Actor, today: date) -> StaffDue:
    """Of those whose ratings the actor sees; nothing for everybody else."""
    members = sight_of(db, actor).sees if RIGHTS["matrix"] & roles_of(db, actor) else frozenset[str]()
    return _counted(db, actor, today, members) if members else StaffDue()


def _counted(db: Session, actor: Actor, today: date, members: Collection[str]) -> StaffDue:
    lists = [one.checklist.id for one in shelf(db, actor) if one.chosen and one.checklist.subject == "staff"]
    fresh = holds_since(today + SOON + timedelta(days=1)).isoformat()
    key = {"agency_id": actor.agency_id, "day": today, "members": list(members), "checklists": lists, "fresh": fresh}
    return StaffDue(*map(int, db.execute(COUNTED, key).one()))
