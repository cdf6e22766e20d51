"""The roster: who works where, as what, since when, and who supervises them. Someone who leaves keeps their history."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import Session, col

from assessments.errors import AlreadyThere, Conflict, NotAllowed, NotConfirmed, NotFound
from assessments.rules import sight as rules
from assessments.rules.text import name_key
from assessments.store import audit
from assessments.store.access import Actor, allowed, roles_of
from assessments.store.tables import (
    Attendance,
    CompetencyRating,
    Membership,
    Person,
    StaffMember,
    StaffRole,
    Supervision,
)
from assessments.use_cases.staff_sight import AGENCY, UNSEEN, Member, details_of, require_seen, roster, sight_of
from assessments.use_cases.staffing import (
    HELD,
    MEMBER,
    STAFF,
    StaffDetails,
    checked_member,
    find_member,
    names_of,
    put_member,
    put_ties,
    refuse_name_as_code,
    say,
    say_revised,
    supervisors_of,
)

__all__ = [
    "UNSEEN",
    "Member",
    "StaffDetails",
    "add_member",
    "delete_member",
    "export_names",
    "find_member",
    "keeps_roster",
    "persons",
    "require_seen",
    "revise_member",
    "roster",
    "sight_of",
    "supervisors_of",
    "tie_person",
]

MOST_CODES = 40
"""In one entry of the trail."""
PERSONS = (
    select(Person.id, Person.name)
    .join(Membership, col(Membership.person_id) == col(Person.id))
    .where(col(Membership.agency_id) == AGENCY)
    .distinct()
    .order_by(Person.name)
)


@allowed
def keeps_roster(db: Session, actor: Actor) -> bool:
    """Whether the actor may change it."""
    return bool(rules.ROSTER & roles_of(db, actor))


@allowed
def export_names(
    db: Session, actor: Actor, now: datetime, of: str = "roster", members: Collection[str] | None = None
) -> list[Member]:
    """The members in a file, by default all of the roster, with the names that the actor may see; that they were asked
    for stands in the trail, by code. `of` says what the file is.
    """
    found = [member for member in roster(db, actor) if members is None or member.id in members]
    codes = [member.details.code for member in found if member.details.name]
    more = f" and {len(codes) - MOST_CODES} more" if len(codes) > MOST_CODES else ""
    said = f"names of {len(codes)}: {', '.join(codes[:MOST_CODES])}{more}" if codes else "no names"
    say(db, actor, now, audit.Change("export names", of, actor.agency_id, after=said))
    return found


@allowed
def persons(db: Session, actor: Actor) -> dict[str, str]:
    """Who belongs to the agency and can sign in: id -> name."""
    return {row.id: row.name for row in db.execute(PERSONS, {"agency_id": actor.agency_id})}


@allowed
def add_member(db: Session, actor: Actor, now: datetime, details: StaffDetails, keep_because: str = "") -> str:
    """The id of the new member. `keep_because`: of a code that looks like a name."""
    details = checked_member(db, actor, details)
    row = put_member(db, actor, now, details)
    refuse_name_as_code(db, actor, now, details, keep_because, row.id)
    put_ties(db, actor, row.id, details)
    say(db, actor, now, audit.Change("add", MEMBER, row.id, after=details.code))
    return row.id


@allowed
def revise_member(
    db: Session,
    actor: Actor,
    now: datetime,
    staff_id: str,
    details: StaffDetails,
    shown: int,
    keep_because: str = "",
) -> None:
    """`shown` is the version that the page showed; `keep_because` as in `add_member`, of what is new."""
    row = _as_shown(db, actor, staff_id, shown)
    details = checked_member(db, actor, details, staff_id)
    if (details.code, details.name) != (row.code, row.name):
        refuse_name_as_code(db, actor, now, details, keep_because, staff_id)
    before = details_of(row, _roles_of(db, actor, staff_id), supervisors_of(db, actor).get(staff_id, ""))
    names = names_of(db, actor)
    put_member(db, actor, now, details, row)
    put_ties(db, actor, staff_id, details)
    say_revised(db, actor, now, staff_id, before, details, names)


@allowed
def tie_person(db: Session, actor: Actor, now: datetime, staff_id: str, person_id: str, shown: int) -> None:
    """Who signs in as this staff member, and so sees and rates them as themselves; "" is nobody."""
    row = _as_shown(db, actor, staff_id, shown)
    known = persons(db, actor)
    if person_id == actor.person_id and "owner" not in roles_of(db, actor):
        raise NotAllowed("Who keeps the roster cannot put themselves in somebody's place. Ask another administrator.")
    if person_id and person_id not in known:
        raise NotFound("This person does not belong to the agency any more. Choose another.")
    taken = select(STAFF.code).where(
        STAFF.agency_id == actor.agency_id, STAFF.person_id == person_id, STAFF.id != staff_id
    )
    if person_id and (code := db.execute(taken).scalar()):
        raise AlreadyThere(f"{known[person_id]} signs in as {code} already. Take it out there first.")
    before, row.person_id = row.person_id or "", person_id or None
    row.version += 1
    db.add(row)
    said = (known.get(before, before), known.get(person_id, ""))
    say(db, actor, now, audit.Change("revise", MEMBER, staff_id, "person_id", *said))


@allowed
def delete_member(db: Session, actor: Actor, now: datetime, staff_id: str, typed_code: str) -> None:
    """Somebody who was put on the roster by mistake, with all ratings. Who has left gets a last day instead."""
    row = find_member(db, actor, staff_id)
    if name_key(typed_code) != row.code_key:
        raise NotConfirmed(f"To delete this staff member with all ratings, type the code exactly: {row.code}")
    mine = {"agency_id": actor.agency_id}
    for led, above in supervisors_of(db, actor).items():
        if above == staff_id:
            find_member(db, actor, led).version += 1  # a form that still shows this supervisor is out of date
            say(db, actor, now, audit.Change("revise", MEMBER, led, "supervisor_id", before=row.code))
    for table in (CompetencyRating, Attendance, StaffRole, Supervision):
        db.execute(delete(table).filter_by(**mine, staff_id=staff_id))
    db.execute(delete(Supervision).filter_by(**mine, supervisor_id=staff_id))
    db.delete(row)
    say(db, actor, now, audit.Change("delete", MEMBER, staff_id, before=row.code))


def _as_shown(db: Session, actor: Actor, staff_id: str, shown: int) -> StaffMember:
    row = find_member(db, actor, staff_id)
    if row.version != shown:
        raise Conflict("This staff member was changed after you opened them. Look at them again.", "staff")
    return row


def _roles_of(db: Session, actor: Actor, staff_id: str) -> frozenset[str]:
    held = select(HELD.role_id).where(HELD.agency_id == actor.agency_id, HELD.staff_id == staff_id)
    return frozenset(db.execute(held).scalars())
