"""What can be wrong with a list of staff, told row by row and all at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple

from assessments.errors import BadInput
from assessments.rules.sight import circle
from assessments.rules.text import name_key
from assessments.use_cases.job_roles import SEPARATOR
from assessments.use_cases.staff_sight import Member
from assessments.use_cases.staffing import checked_code, checked_name, refuse_day, refuse_days

Column = Literal["code", "name", "site", "roles", "starts", "ends", "supervisor"]
LONGEST_CHAIN = 6
"""Codes of a circle that are told."""
FROM_LIST = "Choose one from the list, or set it up first, on the page"
AS_DAY = "Give the day as in 2026-03-31 or 03/31/2026."
MISSING = "Nobody is on the roster under this code, so this is somebody new."


@dataclass(frozen=True)
class StaffRow:
    """A row as it was read; `number` is that of the sheet. What is "" or None stays as it is stored, what is named in
    `cleared` is taken out, and a cell in `unread` is at fault already. `roles` are names, `supervisor` is a code.
    """

    number: int
    code: str
    name: str = ""
    site: str = ""
    roles: tuple[str, ...] = ()
    starts: date | None = None
    ends: date | None = None
    supervisor: str = ""
    cleared: frozenset[Column] = frozenset()
    unread: frozenset[Column] = frozenset()

    @property
    def key(self) -> str:
        return name_key(self.code)


@dataclass(frozen=True)
class Wrong:
    row: int
    column: Column
    reason: str
    remedy: str


class Named(NamedTuple):
    id: str
    name: str
    archived: bool


@dataclass(frozen=True)
class Known:
    """The agency as it is: members by the key of their code, sites and roles by the key of their name."""

    members: Mapping[str, Member]
    sites: Mapping[str, Named]
    roles: Mapping[str, Named]


def faults(rows: Sequence[StaffRow], known: Known) -> tuple[Wrong, ...]:
    """By row; of a cell that could not be read nothing more is said."""
    unread = {(row.number, column) for row in rows for column in row.unread}
    codes = {row.key for row in rows} | set(known.members)
    found = [wrong for row in rows for wrong in _of_row(row, known, codes)]
    found += [*_doubled(rows), *_circles(rows, known)]
    return tuple(sorted((one for one in found if (one.row, one.column) not in unread), key=lambda one: one.row))


def apart(rows: Sequence[StaffRow], known: Known) -> tuple[StaffRow, ...]:
    """With a comma taken for a semicolon where that makes roles of the agency of what is none."""
    return tuple(replace(row, roles=tuple(part for said in row.roles for part in _apart(said, known))) for row in rows)


def _apart(said: str, known: Known) -> tuple[str, ...]:
    parts = tuple(" ".join(part.split()) for part in said.split(",") if part.strip())
    keys = set(map(name_key, parts))
    return parts if name_key(said) not in known.roles and keys <= set(known.roles) else (said,)


def _of_row(row: StaffRow, known: Known, codes: set[str]) -> Iterator[Wrong]:
    member = known.members.get(row.key)
    yield from _code(row)
    if member is None:
        yield from _cut_code(row, known)
    yield from _name(row, member)
    yield from _site(row, member, known)
    yield from _roles(row, member, known)
    yield from _days(row, member)
    if row.supervisor and name_key(row.supervisor) not in codes:
        reason = f"Nobody has the code “{row.supervisor}”, neither on the roster nor in this list."
        yield Wrong(
            row.number, "supervisor", reason, "Give the code of somebody who is there, or leave the cell blank."
        )


def _code(row: StaffRow) -> Iterator[Wrong]:
    try:
        checked_code(row.code)
    except BadInput as wrong:
        yield Wrong(row.number, "code", str(wrong), "Each person needs a code; it stands in all that leaves here.")


def _cut_code(row: StaffRow, known: Known) -> Iterator[Wrong]:
    """A spreadsheet takes 007 for the number 7, and somebody would be there twice."""
    same = (member.details.code for key, member in known.members.items() if key.isdigit() and row.key.isdigit())
    if code := next((code for code in same if code.lstrip("0") == row.code.lstrip("0")), None):
        reason = f"The roster has {code} and this list {row.code}: a spreadsheet leaves out zeros before a number."
        yield Wrong(row.number, "code", reason, f"Format the column as text and write {code}; or choose another code.")


def _name(row: StaffRow, member: Member | None) -> Iterator[Wrong]:
    """A row that names somebody else under a code would give them another person's ratings."""
    try:
        checked_name(row.name)
    except BadInput as wrong:
        yield Wrong(row.number, "name", str(wrong), "A name may also be left out.")
        return
    stored = member.details.name if member else ""
    if row.name and stored and not set(name_key(row.name).split()) & set(name_key(stored).split()):
        reason = f"The code {row.code} is somebody else's already: on the roster it is {stored}."
        remedy = "Give this person a code of their own. If it is a new name of the same person, change it on the page "
        yield Wrong(row.number, "code", reason, f"{remedy}Staff and leave the name blank here.")


def _site(row: StaffRow, member: Member | None, known: Known) -> Iterator[Wrong]:
    site = known.sites.get(name_key(row.site))
    if not row.site:
        if _is_new(row, member):
            yield Wrong(row.number, "site", f"{MISSING} The site is missing.", "Choose the site from the list.")
    elif site is None:
        reason, remedy = f"There is no site “{row.site}”.", f"{FROM_LIST} Agency, sites, cycles."
        yield Wrong(row.number, "site", reason, remedy)
    elif site.archived and (member is None or member.details.site_id != site.id):
        reason = f"The site {site.name} is in the archive."
        yield Wrong(row.number, "site", reason, "Choose another, or take it out of the archive first.")


def _roles(row: StaffRow, member: Member | None, known: Known) -> Iterator[Wrong]:
    if not row.roles and _is_new(row, member):
        reason = f"{MISSING} The role is missing."
        yield Wrong(row.number, "roles", reason, "Choose a role; several are separated by a semicolon.")
    for said in row.roles:
        role = known.roles.get(name_key(said))
        if role is None:
            several = f"Put a semicolon between two roles, as in Nurse{SEPARATOR} Supervisor. " if "," in said else ""
            yield Wrong(row.number, "roles", f"There is no role “{said}”.", f"{several}{FROM_LIST} Roles.")
        elif role.archived and (member is None or role.id not in member.details.roles):
            reason = f"The role {role.name} is in the archive."
            yield Wrong(row.number, "roles", reason, "Choose another, or take it out of the archive first.")


def _days(row: StaffRow, member: Member | None) -> Iterator[Wrong]:
    starts = row.starts or (member.details.starts if member else None)
    ends = None if "ends" in row.cleared else row.ends or (member.details.ends if member else None)
    if starts is None and _is_new(row, member):
        yield Wrong(row.number, "starts", f"{MISSING} The first day is missing.", AS_DAY)
    outside = [*_outside(row)]
    yield from outside
    if starts and (row.starts or row.ends) and not outside:
        yield from _order(row, starts, ends)


def _outside(row: StaffRow) -> Iterator[Wrong]:
    days: tuple[tuple[Column, str, date | None], ...] = (
        ("starts", "First day", row.starts),
        ("ends", "Last day", row.ends),
    )
    for column, title, day in days:
        try:
            if day:
                refuse_day(day, title)
        except BadInput as wrong:
            yield Wrong(row.number, column, str(wrong), AS_DAY)


def _order(row: StaffRow, starts: date, ends: date | None) -> Iterator[Wrong]:
    """What the remedy names depends on which of the two stands on the roster alone."""
    try:
        refuse_days(starts, ends)
    except BadInput as wrong:
        column: Column = "ends" if row.ends else "starts"
        if row.starts and row.ends:
            remedy = "The last day is the first day or a later one."
        elif row.ends:
            remedy = "The first day is on the roster already. If that one is wrong, give the right one in this row too."
        else:
            remedy = (
                "The last day is on the roster already. If that one is wrong, give the right one, or the word clear."
            )
        yield Wrong(row.number, column, str(wrong), remedy)


def _is_new(row: StaffRow, member: Member | None) -> bool:
    return bool(row.code) and member is None


def _doubled(rows: Sequence[StaffRow]) -> Iterator[Wrong]:
    first: dict[str, int] = {}
    for row in rows:
        if row.code and first.setdefault(row.key, row.number) != row.number:
            reason = f"The code {row.code} stands in row {first[row.key]} already."
            yield Wrong(row.number, "code", reason, "Give each person one row, and a code of their own.")


def _circles(rows: Sequence[StaffRow], known: Known) -> Iterator[Wrong]:
    """Each circle at every one of its rows that names a supervisor."""
    led = {key: name_key(member.supervisor) for key, member in known.members.items()}
    naming = {row.key: row for row in reversed(rows) if row.supervisor or "supervisor" in row.cleared}
    led |= {key: name_key(row.supervisor) for key, row in naming.items()}
    led = {key: above for key, above in led.items() if key and above}
    said = {key: member.details.code for key, member in known.members.items()} | {row.key: row.code for row in rows}
    while chain := circle(led):
        yield from (_circle(naming[key], chain, said) for key in chain if key in naming)
        del led[chain[0]]


def _circle(row: StaffRow, chain: Sequence[str], said: Mapping[str, str]) -> Wrong:
    if len(chain) == 1:
        reason = "Nobody supervises themselves."
        return Wrong(row.number, "supervisor", reason, "Give the code of somebody else, or leave the cell blank.")
    at = chain.index(row.key)
    codes = [said[key] for key in (*chain[at:], *chain[:at], row.key)]
    told = codes if len(codes) <= LONGEST_CHAIN else [*codes[: LONGEST_CHAIN - 2], "and so on to", codes[-1]]
    reason = f"The chain of supervisors goes in a circle: {' under '.join(told)}."
    return Wrong(row.number, "supervisor", reason, "Change the supervisor of one of them.")
