"""Whose competencies somebody may look at together. Read as columns: of hundreds, a page shows some."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlmodel import Session

from assessments.store.access import RIGHTS, Actor, allowed, roles_of
from assessments.use_cases.staff import sight_of
from assessments.use_cases.staffing import HELD, HERE, ROLE, SITE, STAFF, label

AGENCY: Any = bindparam("agency_id")
MEMBERS = select(STAFF.id, STAFF.code, STAFF.name, STAFF.site_id).where(*HERE).order_by(STAFF.code_key)
ROLES_HELD = select(HELD.staff_id, HELD.role_id).where(HELD.agency_id == AGENCY)
ROLES = select(ROLE.id, ROLE.name).where(ROLE.agency_id == AGENCY).order_by(ROLE.name_key)
SITES = select(SITE.id, SITE.name).where(SITE.agency_id == AGENCY).order_by(SITE.name_key)


class Colleague(NamedTuple):
    """`name` is "" where it is not the actor's to see, or not given; `roles` are ids."""

    id: str
    code: str
    name: str
    site_id: str
    roles: frozenset[str]

    @property
    def label(self) -> str:
        return label(self.code, self.name)


@dataclass(frozen=True)
class Seen:
    """By code; `sites` and `roles` lead from the ids of those who are there to names, by name.

    `all_of_them`: nobody works here whom the actor does not see, so what they count is the whole. `shares`: what groups
    have in common is theirs to see.
    """

    members: tuple[Colleague, ...]
    sites: dict[str, str]
    roles: dict[str, str]
    all_of_them: bool
    shares: bool


@allowed
def seen_staff(db: Session, actor: Actor, today: date) -> Seen:
    """Who works here on that day and whose ratings the actor sees; nobody, for those who see shares alone."""
    sight, roles_held, key = sight_of(db, actor), roles_of(db, actor), {"agency_id": actor.agency_id}
    sees = sight.sees if RIGHTS["matrix"] & roles_held else frozenset[str]()
    held: defaultdict[str, set[str]] = defaultdict(set)
    for staff_id, role_id in db.execute(ROLES_HELD, key):
        held[staff_id].add(role_id)
    members = tuple(
        Colleague(staff_id, code, name if staff_id in sight.named else "", site_id, frozenset(held[staff_id]))
        for staff_id, code, name, site_id in db.execute(MEMBERS, {**key, "day": today})
        if staff_id in sees
    )
    sites, roles = {one.site_id for one in members}, {role for one in members for role in one.roles}
    return Seen(
        members,
        {site_id: name for site_id, name in db.execute(SITES, key) if site_id in sites},
        {role_id: name for role_id, name in db.execute(ROLES, key) if role_id in roles},
        sight.trains,
        bool(RIGHTS["staff_shares"] & roles_held),
    )
