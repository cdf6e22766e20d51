"""The audit trail as people read it: who changed what, when, from what to what."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from sqlalchemy import delete, func, select
from sqlmodel import Session, col

from assessments.errors import BadInput, Conflict
from assessments.rules import blindness, identifiers
from assessments.rules.text import name_key
from assessments.store import audit, standing
from assessments.store.access import RIGHTS, Actor, allowed, roles_of
from assessments.store.tables import AuditEntry, AuditValue, Person
from assessments.use_cases.attendance import MARKED
from assessments.use_cases.competencies import RATED, note_of
from assessments.use_cases.ratings import BLIND
from assessments.use_cases.record_ratings import RATED as FOUND
from assessments.use_cases.records import THING as RECORD
from assessments.use_cases.sheets import blind_sheets, ruled
from assessments.use_cases.staffing import MEMBER
from assessments.use_cases.told import say
from assessments.use_cases.typed import line

PRINTED = 12
"""Characters of a link that a receipt shows."""

FEWEST = 3
"""Characters of words to look for: fewer stand everywhere."""
CLOSED = "(a rater's own, not shown)"
OF_STAFF = "(a staff member's, not shown)"
OF_RECORDS = "(of a record, not shown)"
WHO = ("name", "person_id")
DRAWN = "draw"
"""The act whose value has the seed."""
RECEIPT = "submit"
"""The act whose value is a receipt: nobody typed it, and `verify` compares it."""


@dataclass(frozen=True)
class Entry:
    """`rater` is the name of the rater whose sheet it is about, where it is about one that is still there."""

    seq: int
    at: datetime
    person: str
    act: str
    thing: str
    thing_id: str
    field: str
    before: str
    after: str
    rater: str = ""


@dataclass(frozen=True)
class Trail:
    """`total` entries match; `entries` are the page of them asked for, newest first."""

    entries: list[Entry]
    total: int
    newest_link: str


@dataclass(frozen=True)
class Traces:
    """Where words stand: `entries` of the trail, the oldest first, and `standing`, the places outside of it."""

    entries: list[Entry]
    standing: list[str]

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(entry.seq for entry in self.entries)


@allowed
def audit_trail(
    db: Session, actor: Actor, act: str = "", person: str = "", about: str = "", skip: int = 0, most: int = 50
) -> Trail:
    """`about` narrows to one thing by the start of its id: an assessment, or one indicator of it."""
    wanted = [AuditEntry.agency_id == actor.agency_id]
    if act:
        wanted.append(AuditEntry.act == act)
    if person:
        wanted.append(Person.name == person)
    if about:
        wanted.append(col(AuditEntry.thing_id).startswith(about, autoescape=True))
    joined = (
        select(AuditEntry, Person.name, AuditValue)
        .join(Person, Person.id == AuditEntry.person_id)
        .outerjoin(AuditValue, (AuditValue.agency_id == AuditEntry.agency_id) & (AuditValue.seq == AuditEntry.seq))
        .where(*wanted)
    )
    total = db.execute(select(func.count()).select_from(joined.subquery())).scalar_one()
    page = db.execute(joined.order_by(AuditEntry.seq.desc()).offset(skip).limit(most))
    return Trail(_shown(db, actor, [_entry(*row) for row in page]), total, audit.newest_link(db, actor.agency_id))


@allowed
def verify_trail(db: Session, actor: Actor, expected_link: str = "") -> list[str]:
    """What is wrong with the chain, in words; empty when it holds."""
    link = expected_link.strip().lower()
    if 0 < len(link) < PRINTED:
        raise BadInput(f"Type all {PRINTED} characters of the link: fewer can be in the chain by chance.")
    return audit.faults(db, actor.agency_id, link)


@allowed
def trail_filters(db: Session, actor: Actor) -> tuple[list[str], list[str]]:
    """The acts and the people that the trail holds."""
    mine = AuditEntry.agency_id == actor.agency_id
    acts = select(AuditEntry.act).where(mine).distinct().order_by(AuditEntry.act)
    people = select(Person.name).join(AuditEntry, AuditEntry.person_id == Person.id).where(mine).distinct()
    return list(db.execute(acts).scalars()), sorted(db.execute(people).scalars())


@allowed
def traces(db: Session, actor: Actor, words: str) -> Traces:
    """Of words that should not be here, such as a client's name."""
    return _traces(db, actor, _looked_for(words))


@allowed
def purge_values(db: Session, actor: Actor, now: datetime, words: str, numbers: tuple[int, ...], reason: str) -> None:
    """Takes the values, from and to, out of each entry that holds the words; `numbers` are those that the person saw.
    The entries stay with their hashes, so the chain still verifies, and an entry of its own says who did it and why.
    """
    words = _looked_for(words)
    found = _traces(db, actor, words)
    if found.standing:
        places = "; ".join(found.standing)
        raise BadInput(f"Nothing was purged: the words still stand in {places}. Take them out there, then come back.")
    if not found.entries:
        raise BadInput("Nothing was purged: no entry of the trail holds these words. Look whether they are spelled so.")
    if found.numbers != tuple(numbers):
        raise Conflict("Nothing was purged: the trail has changed since you looked. Look at it again.", "trail")
    reason = _reason(reason, words)
    values = delete(AuditValue).where(col(AuditValue.agency_id) == actor.agency_id)
    for number in found.numbers:
        db.execute(values.where(col(AuditValue.seq) == number))
    standing.throw_away_files(db, actor.agency_id)
    change = audit.Change("purge", "agency", actor.agency_id, in_ranges(found.numbers), after=reason)
    say(db, actor, now, change)
    standing.wipe_once_committed(db)


def in_ranges(numbers: tuple[int, ...]) -> str:
    """Ascending numbers, those in a row as one: "3, 5-7"."""
    rows = [list(row) for _, row in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])]
    return ", ".join(str(row[0][1]) if len(row) == 1 else f"{row[0][1]}-{row[-1][1]}" for row in rows)


def _looked_for(words: str) -> str:
    words = line(words, "The words that have to go", longest=2_000)
    if len(name_key(words)) < FEWEST:
        raise BadInput(f"Give at least {FEWEST} characters of the words that have to go: fewer stand everywhere.")
    return words


def _reason(reason: str, words: str) -> str:
    """It stays, so it must not bring back what it tells of."""
    reason = line(reason, "The reason")
    if standing.holds(words)(reason) or any(found.stops for found in identifiers.findings(reason)):
        raise BadInput(
            "Nothing was purged: the reason itself holds the words or looks like a client's data, and a reason stays. "
            "Word it without names, dates and numbers."
        )
    return reason


def _traces(db: Session, actor: Actor, words: str) -> Traces:
    has = standing.holds(words)
    wanted = (
        select(AuditEntry, Person.name, AuditValue)
        .join(Person, Person.id == AuditEntry.person_id)
        .join(AuditValue, (AuditValue.agency_id == AuditEntry.agency_id) & (AuditValue.seq == AuditEntry.seq))
        .where(AuditEntry.agency_id == actor.agency_id, AuditEntry.act != RECEIPT)
        .order_by(AuditEntry.seq)
    )
    entries = [_entry(*row) for row in db.execute(wanted) if any(map(has, _typed(row[0], row[2])))]
    return Traces(_shown(db, actor, entries), standing.standing(db, actor.agency_id, words))


def _typed(entry: AuditEntry, value: AuditValue) -> tuple[str, ...]:
    """What can be looked for: of a rating of staff its note, for its level is nobody's to find, nor who was there."""
    if entry.act == MARKED:
        return ()
    values = (value.before, value.after)
    return tuple(note_of(one) for one in values) if entry.thing == RATED else values


def _shown(db: Session, actor: Actor, entries: list[Entry]) -> list[Entry]:
    """What raters gave and wrote blind is shown here no sooner than anywhere else, and that of a voice never."""
    places = {entry: entry.thing_id.split("/") for entry in entries if entry.thing in (BLIND, "sheet")}
    raters: dict[str, str] = {}
    seen: set[str] = set()
    for assessment in {place[0] for place in places.values()}:
        rows = blind_sheets(db, actor.agency_id, assessment)
        sheets = [ruled(row) for row in rows]
        raters |= {row.id: row.rater for row in rows}
        seen |= {one.id for one in sheets if one.submitted and blindness.may_see(actor.person_id, one, sheets)}

    def told(entry: Entry) -> Entry:
        sheet = places[entry][-1]
        named = replace(entry, rater=raters.get(sheet, ""))
        return named if entry.thing != BLIND or sheet in seen else replace(named, before=CLOSED, after=CLOSED)

    reads = bool(RIGHTS["records"] & roles_of(db, actor))
    return [told(entry) if entry in places else _of_record(_of_staff(entry), reads=reads) for entry in entries]


def _of_staff(entry: Entry) -> Entry:
    """What somebody can do, and attended, is theirs, their supervisor's and the trainer's to see, and not the trail's;
    nor is a name, which an auditor has no right to.
    """
    if entry.thing == RATED:
        entry = replace(entry, thing_id=f"/{entry.thing_id.rpartition('/')[2]}")  # nor who was rated
    theirs = entry.thing == RATED or entry.act == MARKED or (entry.thing == MEMBER and entry.field in WHO)
    return replace(entry, before=OF_STAFF, after=OF_STAFF) if theirs else entry


def _of_record(entry: Entry, *, reads: bool) -> Entry:
    """Codes, what was found in a record, which one it was and the seed are for those who read records."""
    if reads or (entry.thing not in (RECORD, FOUND) and entry.act != DRAWN):
        return entry
    _, cut, indicator = entry.thing_id.rpartition("/")
    left = entry.thing_id if entry.thing == "review" else f"{cut}{indicator}" if cut else ""
    return replace(entry, thing_id=left, before=OF_RECORDS, after=OF_RECORDS)


def _entry(row: AuditEntry, person: str, value: AuditValue | None) -> Entry:
    purged = "(purged)"
    before, after = (value.before, value.after) if value else (purged, purged)
    return Entry(row.seq, row.at, person, row.act, row.thing, row.thing_id, row.field, before, after)
