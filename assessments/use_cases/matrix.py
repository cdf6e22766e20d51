"""Some staff members by all competencies of a checklist, as they stand on one day."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from assessments.rules.competency import Given, Standing, standing, targets_of
from assessments.store import shelf
from assessments.store.access import Actor, allowed
from assessments.store.tables import Table
from assessments.use_cases.job_roles import Key, needs_of
from assessments.use_cases.staff import require_seen
from assessments.use_cases.staffing import HELD
from standards.model import Checklist


@dataclass(frozen=True)
class Matrix:
    """Some staff members by all competencies of a checklist, as they stand on one day."""

    checklist: Checklist
    today: date
    targets: Mapping[str, Mapping[str, int]]
    given: Mapping[tuple[str, str], tuple[Given, ...]]

    def standing(self, staff_id: str, indicator_id: str) -> Standing:
        target = self.targets[staff_id].get(indicator_id)
        return standing(target, self.given.get((staff_id, indicator_id), ()), self.today)

    def of_staff(self, staff_id: str) -> dict[str, Standing]:
        """By indicator, in the order of the checklist."""
        return {one.id: self.standing(staff_id, one.id) for one in self.checklist.indicators}

    def of_indicator(self, indicator_id: str) -> dict[str, Standing]:
        """By staff member."""
        return {staff_id: self.standing(staff_id, indicator_id) for staff_id in self.targets}


R = Table.metadata.tables["competency_rating"].c
AGENCY: Any = bindparam("agency_id")
CHECKLIST: Any = bindparam("checklist_id")
SOME: Any = bindparam("members", expanding=True)
ROLES_HELD = select(HELD.staff_id, HELD.role_id).where(HELD.agency_id == AGENCY, HELD.staff_id.in_(SOME))
# Columns and no objects: five hundred people by thirty-one competencies are some fifteen thousand rows and more.
WORDS = (
    select(R.staff_id, R.indicator_id, R.kind, R.on, R.level, R.shown_in, R.correct, R.asked)
    .where(R.agency_id == AGENCY, R.checklist_id == CHECKLIST, R.staff_id.in_(SOME))
    .order_by(R.on)
)


@allowed
def matrix(db: Session, actor: Actor, today: date, checklist: Key, members: Collection[str]) -> Matrix:
    """NotFound where one of the members is not the actor's to see."""
    require_seen(db, actor, members)
    return matrix_of(db, actor, today, checklist, members)


def matrix_of(db: Session, actor: Actor, today: date, checklist: Key, members: Collection[str]) -> Matrix:
    """Of members whom the caller has asked for by right."""
    found = shelf.find(db, actor.agency_id, *checklist)
    newest: dict[tuple[str, str], dict[str, Given]] = defaultdict(dict)
    key = {"agency_id": actor.agency_id, "checklist_id": checklist[0], "members": list(members)}
    for staff_id, indicator, kind, *rest in db.execute(WORDS, key):
        given = Given(kind, *rest)
        # What could not be judged does not take the place of what was.
        if given.level is not None or kind not in newest[staff_id, indicator]:
            newest[staff_id, indicator][kind] = given
    given_by = {place: tuple(by_kind.values()) for place, by_kind in newest.items()}
    return Matrix(found, today, _targets(db, actor, checklist, members), given_by)


def _targets(db: Session, actor: Actor, checklist: Key, members: Collection[str]) -> dict[str, dict[str, int]]:
    """Member -> indicator -> level; those who have the same roles share one."""
    needs, held = needs_of(db, actor, checklist), defaultdict[str, set[str]](set)
    for staff_id, role_id in db.execute(ROLES_HELD, {"agency_id": actor.agency_id, "members": list(members)}):
        held[staff_id].add(role_id)
    alike = {frozenset(held[staff_id]) for staff_id in members}
    of_roles = {roles: targets_of(needs[role] for role in roles) for roles in alike}
    return {staff_id: of_roles[frozenset(held[staff_id])] for staff_id in members}
