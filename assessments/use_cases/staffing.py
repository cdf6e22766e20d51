"""How staff members are checked and written: the steps that a form and a list have in common."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session

from assessments.errors import AlreadyThere, BadInput, LooksLikeName, NotFound
from assessments.rules import sight as rules
from assessments.rules.codes import like_a_name
from assessments.rules.days import in_words, months_later
from assessments.rules.text import name_key
from assessments.store import audit
from assessments.store.access import Actor, agency_of
from assessments.store.tables import Site, StaffMember, StaffRole, Supervision, Table
from assessments.use_cases.told import say
from assessments.use_cases.typed import NAME, every, line, reason_to_keep

CODE = 20
EARLIEST, LATEST = date(1950, 1, 1), date(2100, 12, 31)
CLEAR = "clear"
"""In a cell of a list, takes out what is stored. So nobody is called that."""
MEMBER = "staff member"
"""As the trail calls one."""


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


TABLES = Table.metadata.tables
SITE, STAFF, HELD, ROLE, ABOVE = (
    TABLES[name].c for name in ("site", "staff_member", "staff_role", "job_role", "supervision")
)

DAY: Any = bindparam("day")
HERE = (
    STAFF.agency_id == bindparam("agency_id"),
    STAFF.starts <= DAY,
    STAFF.ends.is_(None) | (STAFF.ends >= DAY),
)
"""Of those who work here on a day: takes `agency_id` and `day`."""


def is_here(one: StaffMember | StaffDetails, on: date) -> bool:
    return one.starts <= on and (one.ends is None or on <= one.ends)


def label(code: str, name: str) -> str:
    return f"{name} ({code})" if name else code


def today_of(db: Session, actor: Actor, now: datetime) -> date:
    """In the agency's own time zone."""
    return now.astimezone(ZoneInfo(agency_of(db, actor).time_zone)).date()


def supervisors_of(db: Session, actor: Actor) -> dict[str, str]:
    """Staff member -> who supervises them."""
    led = select(ABOVE.staff_id, ABOVE.supervisor_id).where(ABOVE.agency_id == actor.agency_id)
    return {row.staff_id: row.supervisor_id for row in db.execute(led)}


def find_member(db: Session, actor: Actor, staff_id: str) -> StaffMember:
    row = db.get(StaffMember, (actor.agency_id, staff_id), populate_existing=True)
    if row is None:
        raise NotFound("This staff member is not here any more. Open the list again.")
    return row


def checked_member(db: Session, actor: Actor, details: StaffDetails, staff_id: str = "") -> StaffDetails:
    """As it can be stored; everything that is wrong is said at once."""
    code, name, *_ = every(
        lambda: checked_code(details.code),
        lambda: checked_name(details.name),
        lambda: refuse_days(details.starts, details.ends),
        lambda: _refuse_unknown_site(db, actor, details.site_id, staff_id),
        lambda: _refuse_unknown_roles(db, actor, details.roles, staff_id),
        lambda: _refuse_circle(db, actor, details, staff_id),
    )
    _refuse_taken(db, actor, code, staff_id)
    return replace(details, code=code, name=name)


def checked_code(code: str) -> str:
    code = line(code, "Code", CODE)
    if name_key(code) == CLEAR:
        raise BadInput("Code: “clear” is what takes something out in a list of staff. Choose another code.")
    return code


def refuse_name_as_code(
    db: Session, actor: Actor, now: datetime, details: StaffDetails, keep_because: str, staff_id: str
) -> None:
    """Unless there is a reason to keep it, which is audited."""
    why = like_a_name(details.code, details.name)
    if not why:
        return
    reason = reason_to_keep(keep_because, "The code")
    if not reason:
        raise LooksLikeName(
            f"This code looks like a name: {why}. A code stands in every list and file that leaves here, where a name "
            "must not. Choose another; or, if it gives nobody away, say why and keep it."
        )
    say_kept(db, actor, now, staff_id, reason)


def checked_name(name: str) -> str:
    name = line(name, "Name", NAME, required=False)
    if name_key(name) == CLEAR:
        raise BadInput("Name: “clear” is what takes a name out in a list of staff. Write the name in full, or none.")
    return name


def refuse_days(starts: date, ends: date | None) -> None:
    every(*(partial(refuse_day, day, where) for day, where in ((starts, "First day"), (ends, "Last day")) if day))
    if ends and ends < starts:
        raise BadInput(
            f"The last day, {in_words(ends)}, is before the first, {in_words(starts)}. Change one of the two."
        )


def is_far_ahead(day: date, today: date) -> bool:
    """More than a year: a first day that may be a slip of the hand."""
    return day > months_later(today, 12)


def refuse_day(day: date, where: str) -> None:
    if not EARLIEST <= day <= LATEST:
        raise BadInput(
            f"{where}: {in_words(day)} does not lie between {EARLIEST:%Y} and {LATEST:%Y}. Look at the year."
        )


def put_member(
    db: Session, actor: Actor, now: datetime, details: StaffDetails, row: StaffMember | None = None
) -> StaffMember:
    """Somebody new, or the `row` again; without roles and supervisor, which are `put_ties`'s."""
    row = row or _blank(actor, now, details)
    for field in ("code", "site_id", "starts", "ends", "name"):
        setattr(row, field, getattr(details, field))
    row.code_key, row.version = name_key(details.code), row.version + 1
    db.add(row)
    db.flush()
    return row


def _blank(actor: Actor, now: datetime, details: StaffDetails) -> StaffMember:
    who = {"agency_id": actor.agency_id, "added_by": actor.person_id}
    return StaffMember(**who, site_id="", code="", code_key="", starts=details.starts, version=0, added_at=now)


def put_ties(db: Session, actor: Actor, staff_id: str, details: StaffDetails) -> None:
    """Roles and supervisor, in place of those before."""
    for table in (StaffRole, Supervision):
        db.execute(delete(table).filter_by(agency_id=actor.agency_id, staff_id=staff_id))
    for role_id in details.roles:
        db.add(StaffRole(agency_id=actor.agency_id, staff_id=staff_id, role_id=role_id))
    if details.supervisor_id:
        db.add(Supervision(agency_id=actor.agency_id, staff_id=staff_id, supervisor_id=details.supervisor_id))
    db.flush()


def names_of(db: Session, actor: Actor) -> dict[str, str]:
    """What the trail says for an id: the name of a site or role, the code of a staff member."""
    columns = ((SITE, SITE.name), (ROLE, ROLE.name), (STAFF, STAFF.code))
    queries = (select(of.id, said).where(of.agency_id == actor.agency_id) for of, said in columns)
    return {row[0]: row[1] for query in queries for row in db.execute(query)}


def say_revised(
    db: Session,
    actor: Actor,
    now: datetime,
    staff_id: str,
    before: StaffDetails,
    after: StaffDetails,
    names: Mapping[str, str],
) -> None:
    """An entry of the trail for each field that differs."""
    for field, was in vars(before).items():
        new = getattr(after, field)
        if was != new:
            say(db, actor, now, audit.Change("revise", MEMBER, staff_id, field, _words(was, names), _words(new, names)))


def say_kept(db: Session, actor: Actor, now: datetime, staff_id: str, because: str) -> None:
    """Of a code that looks like a name."""
    say(db, actor, now, audit.Change("keep text", "The code", staff_id, "looks like a name", after=because))


def _words(value: object, names: Mapping[str, str]) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(names[one] for one in value))
    return "" if value is None else names.get(str(value), str(value))


def _refuse_taken(db: Session, actor: Actor, code: str, but_not: str) -> None:
    same = select(STAFF.id).where(
        STAFF.agency_id == actor.agency_id, STAFF.code_key == name_key(code), STAFF.id != but_not
    )
    if db.execute(same).first():
        raise AlreadyThere(f"The code {code} is somebody else's already. Choose another one.")


def _refuse_unknown_site(db: Session, actor: Actor, site_id: str, staff_id: str) -> None:
    """One that was archived is kept by who is there already."""
    site, member = db.get(Site, (actor.agency_id, site_id)), db.get(StaffMember, (actor.agency_id, staff_id))
    if site is None or (site.archived_at and not (member and member.site_id == site_id)):
        raise NotFound("This site is not here any more. Choose another.")


def _refuse_unknown_roles(db: Session, actor: Actor, roles: frozenset[str], staff_id: str) -> None:
    """One that was archived is kept by who has it already."""
    held = select(HELD.role_id).where(HELD.agency_id == actor.agency_id, HELD.staff_id == staff_id)
    live = select(ROLE.id).where(ROLE.agency_id == actor.agency_id, ROLE.archived_at.is_(None) | ROLE.id.in_(held))
    known = set(db.execute(live).scalars())
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
