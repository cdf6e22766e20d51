"""The roster: who works where, as what, since when, and who supervises them. Someone who leaves keeps their history."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session, col

from assessments.errors import AlreadyThere, BadInput, Conflict, NotConfirmed, NotFound
from assessments.rules import sight as rules
from assessments.rules.days import in_words
from assessments.rules.sight import Sight
from assessments.rules.text import name_key
from assessments.store import audit
from assessments.store.access import Actor, agency_of, allowed, roles_of
from assessments.store.tables import (
    Attendance,
    CompetencyRating,
    Site,
    StaffMember,
    StaffRole,
    Supervision,
    Table,
)
from assessments.use_cases.typed import NAME, every, line

CODE = 20


@dataclass(frozen=True)
class StaffDetails:
    """`roles` are ids of job roles; `supervisor_id` is another staff member's, and "" where nobody is named."""

    code: str
    site_id: str
    starts: date
    ends: date | None = None
    name: str = ""
    roles: frozenset[str] = frozenset()
    supervisor_id: str = ""


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

    @property
    def label(self) -> str:
        return f"{self.details.name} ({self.details.code})" if self.details.name else self.details.code

    def is_here(self, today: date) -> bool:
        """Counts in today's figures."""
        return self.details.starts <= today and (self.details.ends is None or today <= self.details.ends)


TABLES = Table.metadata.tables
STAFF, HELD, ROLE, ABOVE = (TABLES[name].c for name in ("staff_member", "staff_role", "job_role", "supervision"))
AGENCY: Any = bindparam("agency_id")
MEMBERS = (
    select(StaffMember, col(Site.name))
    .join(Site, (col(Site.agency_id) == StaffMember.agency_id) & (col(Site.id) == StaffMember.site_id))
    .where(col(StaffMember.agency_id) == AGENCY)
    .order_by(col(Site.name_key), col(StaffMember.code_key))
)
WHO_IS_WHO = select(STAFF.id, STAFF.person_id).where(STAFF.agency_id == AGENCY)
LED = select(ABOVE.staff_id, ABOVE.supervisor_id).where(ABOVE.agency_id == AGENCY)
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


def supervisors_of(db: Session, actor: Actor) -> dict[str, str]:
    return {row.staff_id: row.supervisor_id for row in db.execute(LED, {"agency_id": actor.agency_id})}


@allowed
def roster(db: Session, actor: Actor) -> list[Member]:
    """Whom the actor may know of, also those who have left, by site and code."""
    seen, keeps = sight_of(db, actor), bool(rules.ROSTER & roles_of(db, actor))
    held: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for staff_id, role_id, name in db.execute(ROLES_HELD, {"agency_id": actor.agency_id}):
        held[staff_id].append((role_id, name))
    led, codes = supervisors_of(db, actor), {}
    rows = db.execute(MEMBERS, {"agency_id": actor.agency_id}).all()
    codes = {row.id: row.code for row, _ in rows}
    return [
        _member(row, site, held[row.id], led.get(row.id, ""), codes, named=row.id in seen.named)
        for row, site in rows
        if keeps or row.id in seen.sees
    ]


@allowed
def add_member(db: Session, actor: Actor, now: datetime, details: StaffDetails) -> str:
    """The id of the new member."""
    details = checked_member(db, actor, details)
    _refuse_taken(db, actor, details.code)
    row = StaffMember(
        agency_id=actor.agency_id,
        site_id=details.site_id,
        code=details.code,
        code_key=name_key(details.code),
        name=details.name,
        starts=details.starts,
        ends=details.ends,
        added_at=now,
        added_by=actor.person_id,
    )
    db.add(row)
    db.flush()
    _put_ties(db, actor, row.id, details)
    _say(db, actor, now, audit.Change("add", "staff member", row.id, after=details.code))
    return row.id


@allowed
def revise_member(db: Session, actor: Actor, now: datetime, staff_id: str, details: StaffDetails, shown: int) -> None:
    """`shown` is the version that the page showed."""
    row = find_member(db, actor, staff_id)
    if row.version != shown:
        raise Conflict("This staff member was changed after you opened them. Look at them again.", "staff")
    details = checked_member(db, actor, details, staff_id)
    _refuse_taken(db, actor, details.code, staff_id)
    before = _details(row, _roles_of(db, actor, staff_id), supervisors_of(db, actor).get(staff_id, ""))
    for field in ("code", "site_id", "starts", "ends", "name"):
        setattr(row, field, getattr(details, field))
    row.code_key, row.version = name_key(details.code), row.version + 1
    db.add(row)
    db.flush()
    _put_ties(db, actor, staff_id, details)
    for field, was in vars(before).items():
        new = getattr(details, field)
        if was != new:
            _say(db, actor, now, audit.Change("revise", "staff member", staff_id, field, _words(was), _words(new)))


@allowed
def delete_member(db: Session, actor: Actor, now: datetime, staff_id: str, typed_code: str) -> None:
    """Somebody who was put on the roster by mistake, with all ratings. Who has left gets a last day instead."""
    row = find_member(db, actor, staff_id)
    if name_key(typed_code) != row.code_key:
        raise NotConfirmed(f"To delete this staff member with all ratings, type the code exactly: {row.code}")
    mine = {"agency_id": actor.agency_id}
    for table in (CompetencyRating, Attendance, StaffRole, Supervision):
        db.execute(delete(table).filter_by(**mine, staff_id=staff_id))
    db.execute(delete(Supervision).filter_by(**mine, supervisor_id=staff_id))
    db.delete(row)
    _say(db, actor, now, audit.Change("delete", "staff member", staff_id, before=row.code))


def find_member(db: Session, actor: Actor, staff_id: str) -> StaffMember:
    row = db.get(StaffMember, (actor.agency_id, staff_id), populate_existing=True)
    if row is None:
        raise NotFound("This staff member is not here any more. Open the list again.")
    return row


def checked_member(db: Session, actor: Actor, details: StaffDetails, staff_id: str = "") -> StaffDetails:
    """As it can be stored; everything that is wrong is said at once."""
    code, name, *_ = every(
        lambda: line(details.code, "Code", CODE),
        lambda: line(details.name, "Name", NAME, required=False),
        lambda: _refuse_backward(details),
        lambda: _refuse_unknown_site(db, actor, details.site_id),
        lambda: _refuse_unknown_roles(db, actor, details.roles),
        lambda: _refuse_circle(db, actor, details, staff_id),
    )
    return replace(details, code=code, name=name)


def _member(
    row: StaffMember, site: str, held: list[tuple[str, str]], above: str, codes: dict[str, str], *, named: bool
) -> Member:
    details = _details(row, frozenset(role for role, _ in held), above)
    return Member(
        row.id,
        row.version,
        details if named else replace(details, name=""),
        site,
        tuple(name for _, name in held),
        codes.get(above, ""),
        row.person_id or "",
    )


def _details(row: StaffMember, roles: frozenset[str], above: str) -> StaffDetails:
    return StaffDetails(row.code, row.site_id, row.starts, row.ends, row.name, roles, above)


def _roles_of(db: Session, actor: Actor, staff_id: str) -> frozenset[str]:
    held = select(HELD.role_id).where(HELD.agency_id == actor.agency_id, HELD.staff_id == staff_id)
    return frozenset(db.execute(held).scalars())


def _put_ties(db: Session, actor: Actor, staff_id: str, details: StaffDetails) -> None:
    """Roles and supervisor, in place of those before."""
    for table in (StaffRole, Supervision):
        db.execute(delete(table).filter_by(agency_id=actor.agency_id, staff_id=staff_id))
    for role_id in details.roles:
        db.add(StaffRole(agency_id=actor.agency_id, staff_id=staff_id, role_id=role_id))
    if details.supervisor_id:
        db.add(Supervision(agency_id=actor.agency_id, staff_id=staff_id, supervisor_id=details.supervisor_id))
    db.flush()


def _refuse_taken(db: Session, actor: Actor, code: str, but_not: str = "") -> None:
    same = select(STAFF.id).where(
        STAFF.agency_id == actor.agency_id, STAFF.code_key == name_key(code), STAFF.id != but_not
    )
    if db.execute(same).first():
        raise AlreadyThere(f"The code {code} is somebody else's already. Choose another one.")


def _refuse_backward(details: StaffDetails) -> None:
    if details.ends and details.ends < details.starts:
        raise BadInput(
            f"The last day, {in_words(details.ends)}, is before the first, {in_words(details.starts)}. Change one of "
            "the two."
        )


def _refuse_unknown_site(db: Session, actor: Actor, site_id: str) -> None:
    if db.get(Site, (actor.agency_id, site_id)) is None:
        raise NotFound("This site is not here any more. Choose another.")


def _refuse_unknown_roles(db: Session, actor: Actor, roles: frozenset[str]) -> None:
    known = set(db.execute(select(ROLE.id).where(ROLE.agency_id == actor.agency_id)).scalars())
    if not roles:
        raise BadInput("Role: choose at least one. What somebody needs to know follows from it.")
    if not roles <= known:
        raise NotFound("A role is not here any more. Choose another.")


def _refuse_circle(db: Session, actor: Actor, details: StaffDetails, staff_id: str) -> None:
    if not details.supervisor_id:
        return
    if details.supervisor_id == staff_id:
        raise BadInput("Nobody supervises themselves. Choose another supervisor, or none.")
    above = find_member(db, actor, details.supervisor_id)
    chain = rules.circle({**supervisors_of(db, actor), staff_id: details.supervisor_id}) if staff_id else ()
    if chain:
        raise BadInput(
            f"{above.code} is supervised by this staff member, directly or through others, so the chain would go in a "
            "circle. Choose another supervisor, or change theirs first."
        )


def _words(value: object) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(value))
    return "" if value is None else str(value)


def _say(db: Session, actor: Actor, now: datetime, change: audit.Change) -> None:
    audit.record(db, actor.agency_id, actor.person_id, now, change)
