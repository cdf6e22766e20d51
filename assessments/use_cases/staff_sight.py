"""Whom of the staff the actor sees, and the roster as they see it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from assessments.errors import NotFound
from assessments.rules import sight as rules
from assessments.rules.sight import Sight
from assessments.store.access import Actor, agency_of, allowed, roles_of
from assessments.store.tables import Site, StaffMember
from assessments.use_cases.staffing import HELD, ROLE, STAFF, TABLES, StaffDetails, is_here, label, supervisors_of

UNSEEN = "This staff member is not here, or not yours to see. Choose one from the list."


@dataclass(frozen=True)
class Member:
    """A staff member as the actor may see them: the name is "" where it is not theirs to see, or not given. `site` and
    `roles` are names. `person_id` is who signs in as this member, or "".
    """

    id: str
    version: int
    details: StaffDetails
    site: str
    roles: tuple[str, ...]
    supervisor: str
    person_id: str = ""
    site_archived: bool = False

    @property
    def label(self) -> str:
        return label(self.details.code, self.details.name)

    @property
    def unnamed(self) -> "Member":
        """As it leaves here unless names are asked for."""
        return replace(self, details=replace(self.details, name=""))

    def is_here(self, today: date) -> bool:
        """Counts in today's figures."""
        return is_here(self.details, today)


AGENCY: Any = bindparam("agency_id")
MEMBERS = (
    select(StaffMember, col(Site.name), col(Site.archived_at))
    .join(Site, (col(Site.agency_id) == StaffMember.agency_id) & (col(Site.id) == StaffMember.site_id))
    .where(col(StaffMember.agency_id) == AGENCY)
    .order_by(col(Site.name_key), col(StaffMember.code_key))
)
WHO_IS_WHO = select(STAFF.id, STAFF.person_id).where(STAFF.agency_id == AGENCY)
ROLES_HELD = (
    select(HELD.staff_id, HELD.role_id, ROLE.name)
    .join(TABLES["job_role"], (ROLE.agency_id == HELD.agency_id) & (ROLE.id == HELD.role_id))
    .where(HELD.agency_id == AGENCY)
    .order_by(ROLE.name_key)
)


def sight_of(db: Session, actor: Actor) -> Sight:
    """Whom the actor sees and may rate, from the database as it is now."""
    key = {"agency_id": actor.agency_id}
    who = {row.id: row.person_id for row in db.execute(WHO_IS_WHO, key)}
    mine = next((staff for staff, person in who.items() if person == actor.person_id), "")
    names = agency_of(db, actor).names_for_trainers
    return rules.sight(roles_of(db, actor), who, mine, supervisors_of(db, actor), names)


def require_seen(db: Session, actor: Actor, members: Collection[str]) -> Sight:
    """The actor's sight; NotFound where one of the members is not in it."""
    found = sight_of(db, actor)
    if not found.sees.issuperset(members):
        raise NotFound(UNSEEN)
    return found


@allowed
def roster(db: Session, actor: Actor) -> list[Member]:
    """Whom the actor may know of, also those who have left, by site and code."""
    seen, keeps = sight_of(db, actor), bool(rules.ROSTER & roles_of(db, actor))
    held: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for staff_id, role_id, name in db.execute(ROLES_HELD, {"agency_id": actor.agency_id}):
        held[staff_id].append((role_id, name))
    led = supervisors_of(db, actor)
    rows = db.execute(MEMBERS, {"agency_id": actor.agency_id}).all()
    codes = {row.id: row.code for row, *_ in rows}
    return [
        replace(
            _member(row, site, held[row.id], led.get(row.id, ""), codes, named=row.id in seen.named),
            site_archived=archived is not None,
        )
        for row, site, archived in rows
        if keeps or row.id in seen.sees
    ]


def _member(
    row: StaffMember, site: str, held: list[tuple[str, str]], above: str, codes: dict[str, str], *, named: bool
) -> Member:
    details = details_of(row, frozenset(role for role, _ in held), above)
    return Member(
        row.id,
        row.version,
        details if named else replace(details, name=""),
        site,
        tuple(name for _, name in held),
        codes.get(above, ""),
        row.person_id or "",
    )


def details_of(row: StaffMember, roles: frozenset[str], above: str) -> StaffDetails:
    return StaffDetails(row.code, row.site_id, row.starts, row.ends, row.name, roles, above)
