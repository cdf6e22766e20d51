"""A list of staff that comes back: compared with the roster, shown row by row, and taken in whole or not at all.

Somebody whose code is on the roster is changed, a new code is somebody new, and who is not in the list is not touched.
The same list a second time changes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlmodel import Session

from assessments.errors import BadInput, Conflict, LooksLikeName
from assessments.rules.codes import like_a_name
from assessments.rules.text import name_key
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.use_cases.staff_checks import Column, Known, Named, StaffRow, Wrong, apart, faults
from assessments.use_cases.staff_sight import Member, roster
from assessments.use_cases.staffing import (
    MEMBER,
    ROLE,
    SITE,
    StaffDetails,
    checked_code,
    checked_name,
    find_member,
    names_of,
    put_member,
    put_ties,
    say,
    say_kept,
    say_revised,
)
from assessments.use_cases.typed import reason_to_keep

Said = str | date | None


@dataclass(frozen=True)
class StaffLine:
    """What a row comes to: `details` as they will be, but for the supervisor, who may be new too: told by the code in
    `supervisor`, and by its key in `above`. `changes` are column, before and after; nobody new has any.
    """

    number: int
    details: StaffDetails
    above: str
    site: str
    roles: tuple[str, ...]
    supervisor: str
    staff_id: str = ""
    version: int = 0
    changes: tuple[tuple[Column, Said, Said], ...] = ()

    @property
    def state(self) -> Literal["new", "changed", "same"]:
        if not self.staff_id:
            return "new"
        return "changed" if self.changes else "same"


@dataclass(frozen=True)
class StaffPreview:
    """Either lines or faults; `doubts` are codes that look like names, of people who are new or get another name."""

    lines: tuple[StaffLine, ...] = ()
    faults: tuple[Wrong, ...] = ()
    doubts: tuple[Wrong, ...] = ()

    @property
    def to_write(self) -> tuple[StaffLine, ...]:
        return tuple(line for line in self.lines if line.state != "same")


@dataclass(frozen=True)
class StaffTaken:
    added: int = 0
    changed: int = 0


@allowed
def preview_staff(db: Session, actor: Actor, rows: Sequence[StaffRow]) -> StaffPreview:
    return _compared(_known(db, actor), rows)


@allowed
def take_in_staff(
    db: Session,
    actor: Actor,
    now: datetime,
    rows: Sequence[StaffRow],
    seen: StaffPreview,
    keep_because: str = "",
) -> StaffTaken:
    """Writes every line that differs; Conflict where anything is not as `seen`. `keep_because`: why codes stay
    that look like names, once for all of them, which is audited.
    """
    known = _known(db, actor)
    found = _compared(known, rows)
    if found.lines and not found.to_write:
        return StaffTaken()
    if found != seen:
        raise Conflict(
            "Nothing was written: somebody changed the roster while you were looking at the preview. Look at it again; "
            "it shows what would change now.",
            "staff",
        )
    if found.faults or any(row.unread for row in rows):
        raise BadInput("Nothing was written: there are faults in the list. Mend them and bring it again.")
    reason = reason_to_keep(keep_because, "The list")
    if found.doubts and not reason:
        raise LooksLikeName(
            "Nothing was written: some codes look like names. Give these people other codes in the list, or say why "
            "you keep them."
        )
    _write(db, actor, now, known, found.to_write, {one.row: reason for one in found.doubts})
    states = [line.state for line in found.to_write]
    taken = StaffTaken(states.count("new"), states.count("changed"))
    if states:
        after = f"{taken.added} added, {taken.changed} changed"
        say(db, actor, now, audit.Change("take in", "roster", actor.agency_id, "workbook", after=after))
    return taken


def _known(db: Session, actor: Actor) -> Known:
    members = {name_key(member.details.code): member for member in roster(db, actor)}
    return Known(members, _named(db, actor, SITE), _named(db, actor, ROLE))


def _named(db: Session, actor: Actor, of: Any) -> dict[str, Named]:
    rows = db.execute(select(of.name_key, of.id, of.name, of.archived_at).where(of.agency_id == actor.agency_id))
    return {key: Named(row_id, name, archived is not None) for key, row_id, name, archived in rows}


def _compared(known: Known, rows: Sequence[StaffRow]) -> StaffPreview:
    rows = apart(rows, known)
    found, doubts = faults(rows, known), tuple(_doubts(rows, known))
    if found or any(row.unread for row in rows):
        return StaffPreview(faults=found, doubts=doubts)
    codes = {key: member.details.code for key, member in known.members.items()} | {
        row.key: row.code for row in rows if row.key not in known.members
    }
    lines = tuple(_line(row, known, codes) for row in rows)
    return StaffPreview(lines, doubts=doubts)


def _doubts(rows: Sequence[StaffRow], known: Known) -> Iterator[Wrong]:
    """Also beside faults, so that a list is mended in one go."""
    for row in rows:
        member = known.members.get(row.key)
        stored = member.details.name if member else ""
        name = "" if "name" in row.cleared else row.name or stored
        why = like_a_name(row.code, name) if member is None or name != stored else ""
        if why and "code" not in row.unread:
            reason = f"The code {row.code} looks like a name: {why}."
            yield Wrong(row.number, "code", reason, "Give this person another code, or keep it if it names nobody.")


def _line(row: StaffRow, known: Known, codes: Mapping[str, str]) -> StaffLine:
    member = known.members.get(row.key)
    site, roles = known.sites.get(name_key(row.site)), [known.roles[name_key(said)] for said in row.roles]
    blank = StaffDetails(checked_code(row.code), "", date.min)
    stored = replace(member.details, supervisor_id="") if member else blank
    details = replace(
        stored,
        site_id=site.id if site else stored.site_id,
        starts=row.starts or stored.starts,
        ends=None if "ends" in row.cleared else row.ends or stored.ends,
        name="" if "name" in row.cleared else checked_name(row.name) or stored.name,
        roles=frozenset(role.id for role in roles) or stored.roles,
    )
    was = name_key(member.supervisor) if member else ""
    above = "" if "supervisor" in row.cleared else name_key(row.supervisor) or was
    line = StaffLine(
        row.number,
        details,
        above,
        site.name if site else member.site if member else "",
        tuple(sorted({role.name for role in roles})) or (member.roles if member else ()),
        codes.get(above, ""),
    )
    if member is None:
        return line
    changes = tuple(_changes(line, member))
    return replace(line, staff_id=member.id, version=member.version, changes=changes)


def _changes(line: StaffLine, member: Member) -> Iterator[tuple[Column, Said, Said]]:
    now, was = line.details, member.details
    if now.name != was.name:
        yield "name", was.name, now.name
    if now.site_id != was.site_id:
        yield "site", member.site, line.site
    if now.roles != was.roles:
        yield "roles", ", ".join(member.roles), ", ".join(line.roles)
    if now.starts != was.starts:
        yield "starts", was.starts, now.starts
    if now.ends != was.ends:
        yield "ends", was.ends, now.ends
    if line.supervisor != member.supervisor:
        yield "supervisor", member.supervisor, line.supervisor


def _write(
    db: Session, actor: Actor, now: datetime, known: Known, lines: Sequence[StaffLine], kept: Mapping[int, str]
) -> None:
    """First everybody, then who supervises whom: a list may name them in any order. `kept`: rows whose code looks like
    a name, and why it stays.
    """
    ids = {key: member.id for key, member in known.members.items()}
    for line in lines:
        row = find_member(db, actor, line.staff_id) if line.staff_id else None
        ids[name_key(line.details.code)] = put_member(db, actor, now, line.details, row).id
    names = names_of(db, actor)
    for line in lines:
        staff_id = ids[name_key(line.details.code)]
        details = replace(line.details, supervisor_id=ids.get(line.above, ""))
        put_ties(db, actor, staff_id, details)
        if line.staff_id:
            before = known.members[name_key(details.code)].details
            say_revised(db, actor, now, staff_id, before, details, names)
        else:
            say(db, actor, now, audit.Change("add", MEMBER, staff_id, after=details.code))
        if line.number in kept:
            say_kept(db, actor, now, staff_id, kept[line.number])
