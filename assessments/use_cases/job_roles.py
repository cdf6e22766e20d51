"""What somebody is employed as, and which competencies that needs at which level."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select
from sqlmodel import Session, col

from assessments.errors import AlreadyThere, BadInput, Conflict, NotFound
from assessments.rules.text import name_key
from assessments.store import audit, shelf
from assessments.store.access import Actor, allowed
from assessments.store.tables import JobRole, RoleNeed, Table
from assessments.use_cases.told import put_away, say
from assessments.use_cases.typed import NAME, line
from standards import profiles
from standards.model import Checklist

Key = tuple[str, str]
"""Id and edition of a checklist."""
SEPARATOR = ";"
"""Stands between the roles of a staff member in a list."""


@dataclass(frozen=True)
class RoleProfile:
    """`needs`: indicator id -> level. What is not in it the role does not need."""

    name: str
    needs: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class RoleLine:
    id: str
    version: int
    profile: RoleProfile
    archived: bool


NEED = Table.metadata.tables["role_need"]
NEEDS = select(NEED.c.role_id, NEED.c.indicator_id, NEED.c.level).where(
    NEED.c.agency_id == bindparam("agency_id"), NEED.c.checklist_id == bindparam("checklist_id")
)


@allowed
def job_roles(db: Session, actor: Actor, checklist: Key, archived: bool = False) -> list[RoleLine]:
    """By name, each with what it needs of one checklist."""
    needs = needs_of(db, actor, checklist)
    rows = select(JobRole).where(col(JobRole.agency_id) == actor.agency_id).order_by(col(JobRole.name_key))
    return [
        RoleLine(row.id, row.version, RoleProfile(row.name, needs[row.id]), row.archived_at is not None)
        for row in db.execute(rows).scalars()
        if archived or not row.archived_at
    ]


@allowed
def add_job_role(db: Session, actor: Actor, now: datetime, checklist: Key, profile: RoleProfile) -> str:
    """The id of the new role."""
    found, name = staff_checklist(db, actor, checklist), _named(profile)
    _refuse_taken(db, actor, name)
    row = JobRole(agency_id=actor.agency_id, name=name, name_key=name_key(name))
    db.add(row)
    db.flush()
    _put_needs(db, actor, row.id, found, profile.needs)
    say(db, actor, now, audit.Change("add", "role", row.id, after=f"{name}: {_words(profile.needs)}"))
    return row.id


@allowed
def add_usual_roles(db: Session, actor: Actor, now: datetime, checklist: Key) -> list[str]:
    """The names of those added. A role whose name is here already, also in the archive, stays as it is."""
    usual = profiles.shipped().get(checklist)
    if usual is None:
        raise NotFound("There are no usual roles for this checklist. Add your own.")
    keys = set(db.execute(select(JobRole.name_key).where(col(JobRole.agency_id) == actor.agency_id)).scalars())
    missing = [RoleProfile(one.name, one.needs) for one in usual.profiles if name_key(one.name) not in keys]
    for profile in missing:
        add_job_role(db, actor, now, checklist, profile)
    return [profile.name for profile in missing]


@allowed
def revise_job_role(
    db: Session, actor: Actor, now: datetime, role_id: str, checklist: Key, profile: RoleProfile, shown: int
) -> None:
    """`shown` is the version that the page showed. What the role needs of other checklists stays."""
    row = _role(db, actor, role_id, shown)
    found, name = staff_checklist(db, actor, checklist), _named(profile)
    _refuse_taken(db, actor, name, role_id)
    before = RoleProfile(row.name, needs_of(db, actor, checklist)[role_id])
    row.name, row.name_key, row.version = name, name_key(name), row.version + 1
    db.add(row)
    db.flush()
    _put_needs(db, actor, role_id, found, profile.needs)
    if before.name != name:
        say(db, actor, now, audit.Change("revise", "role", role_id, "name", before.name, name))
    if before.needs != dict(profile.needs):
        needs = _words(before.needs), _words(profile.needs)
        say(db, actor, now, audit.Change("revise", "role", role_id, "needs", *needs))


@allowed
def archive_job_role(db: Session, actor: Actor, now: datetime, role_id: str, shown: int, archived: bool = True) -> None:
    """Out of the lists to choose from; who has it keeps it."""
    row = _role(db, actor, role_id, shown)
    put_away(db, actor, now, row, "role", row.name, archived)


def needs_of(db: Session, actor: Actor, checklist: Key) -> defaultdict[str, dict[str, int]]:
    """Role id -> indicator id -> level."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for role_id, indicator, level in db.execute(NEEDS, {"agency_id": actor.agency_id, "checklist_id": checklist[0]}):
        found[role_id][indicator] = level
    return found


def staff_checklist(db: Session, actor: Actor, key: Key) -> Checklist:
    checklist = shelf.find(db, actor.agency_id, *key)
    if checklist.subject != "staff":
        raise BadInput(f"{checklist.title} is not rated on staff. Choose a checklist that is.")
    return checklist


def _named(profile: RoleProfile) -> str:
    name = line(profile.name, "Name of the role", NAME)
    if SEPARATOR in name:
        raise BadInput("Name of the role: leave out the semicolon. In a list of staff it stands between two roles.")
    return name


def _put_needs(db: Session, actor: Actor, role_id: str, checklist: Checklist, needs: Mapping[str, int]) -> None:
    """In place of those before."""
    for name, level in needs.items():
        if name not in checklist.indicator:
            raise NotFound(f"{name} is not in {checklist.title} {checklist.edition}.")
        if type(level) is not int or not 1 <= level <= 4:
            raise BadInput(f"{name}: a role needs a level from 1 to 4, or does not need it at all.")
    db.execute(delete(RoleNeed).filter_by(agency_id=actor.agency_id, role_id=role_id, checklist_id=checklist.id))
    key = {"agency_id": actor.agency_id, "role_id": role_id, "checklist_id": checklist.id}
    if needs:
        db.execute(insert(NEED), [{**key, "indicator_id": name, "level": level} for name, level in needs.items()])


def _role(db: Session, actor: Actor, role_id: str, shown: int) -> JobRole:
    row = db.get(JobRole, (actor.agency_id, role_id), populate_existing=True)
    if row is None:
        raise NotFound("This role is not here any more. Open the list again.")
    if row.version != shown:
        raise Conflict("This role was changed after you opened it. Look at it again.", "role")
    return row


def _refuse_taken(db: Session, actor: Actor, name: str, but_not: str = "") -> None:
    same = select(JobRole.id).where(
        col(JobRole.agency_id) == actor.agency_id, col(JobRole.name_key) == name_key(name), col(JobRole.id) != but_not
    )
    if db.execute(same).first():
        raise AlreadyThere(f"There is a role named “{name}”. Choose another name.")


def _words(needs: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {level}" for name, level in sorted(needs.items()))
