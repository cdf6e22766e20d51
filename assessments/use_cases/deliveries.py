"""Files on their way out: made by a page, handed out once by the download route, to the session that asked for them."""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlmodel import Session

from assessments.errors import BadInput, NotAllowed
from assessments.store import audit
from assessments.store.access import RIGHTS, Actor, allowed, roles_of
from assessments.store.tables import Delivery, StaffMember
from assessments.store.walls import TIDY, Asker, seen_by
from assessments.use_cases.staff import find_member, sight_of
from assessments.use_cases.told import say

WAITS = timedelta(minutes=2)
LARGEST = 25_000_000
ROUTE = "/download/"
TABLE = Delivery.metadata.tables["delivery"]


@dataclass(frozen=True)
class File:
    """What leaves; `right` names the use case whose data is in it, `of` and `names` are the ids of the staff members
    whose ratings and whose names are. All three are asked for again when it is handed out.
    """

    name: str
    media_type: str
    content: bytes
    right: str
    of: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @property
    def asks_for(self) -> str:
        """As it is stored; ids have no spaces and no commas."""
        return " ".join((self.right, ",".join(sorted(self.of)), ",".join(sorted(self.names)))).rstrip()


@allowed
def deliver(db: Session, actor: Actor, now: datetime, session_id: str, file: File, about: str) -> str:
    """The address, on this server, from which that browser session can take the file, once and within two minutes.
    `about` is the id of what the file shows, for the trail.
    """
    if db.get(StaffMember, (actor.agency_id, about)):
        file = replace(file, of=file.of | {about})
    if not _may(db, actor, file.asks_for):
        raise NotAllowed("You do not have the right to take this out of here. Ask an administrator of your agency.")
    if len(file.content) > LARGEST:
        raise BadInput("The file would be larger than 25 MB. Choose a smaller part of it.")
    delete_spent(db, now)
    token = secrets.token_urlsafe(24)
    db.add(
        Delivery(
            agency_id=actor.agency_id,
            token_hash=_hash(token),
            person_id=actor.person_id,
            session_id=session_id,
            right=file.asks_for,
            file_name=file.name,
            media_type=file.media_type,
            content=file.content,
            made_at=now,
            expires_at=now + WAITS,
        )
    )
    change = audit.Change("export", "file", about, file.right, after=file.name + _whose(db, actor, file))
    say(db, actor, now, change)
    return ROUTE + token


def hand_out(db: Session, now: datetime, session_id: str, token: str) -> File | None:
    """The file, the first time; None where there is none, it was taken or has expired, it is not this session's, or
    whoever asked for it may no longer see it. To be called in a transaction of `database.writing`.
    """
    delete_spent(db, now)
    with seen_by(db, Asker(known=_hash(token))):
        row = db.execute(select(Delivery).where(Delivery.token_hash == _hash(token))).scalar_one_or_none()
    if row is None or not row.content or row.expires_at <= now or not session_id or row.session_id != session_id:
        return None
    with seen_by(db, Asker(row.agency_id, row.person_id)):
        return _taken(db, now, row)


def _taken(db: Session, now: datetime, row: Delivery) -> File | None:
    if not _may(db, Actor(row.person_id, row.agency_id), row.right):
        return None
    file = File(row.file_name, row.media_type, row.content, row.right.partition(" ")[0])
    mine = (TABLE.c.agency_id == row.agency_id, TABLE.c.id == row.id, TABLE.c.content != b"")
    # Of two that ask at the same time, the second waits here and then finds it taken.
    taken = db.connection().execute(update(TABLE).where(*mine).values(taken_at=now, content=b""))
    return file if taken.rowcount == 1 else None


@allowed
def is_waiting(db: Session, actor: Actor, address: str) -> bool:
    """Whether the file, made for this actor, was not taken from that address yet."""
    mine = (TABLE.c.agency_id == actor.agency_id, TABLE.c.person_id == actor.person_id)
    token = _hash(address.removeprefix(ROUTE))
    return (
        db.execute(select(TABLE.c.id).where(*mine, TABLE.c.token_hash == token, TABLE.c.content != b"")).first()
        is not None
    )


def delete_spent(db: Session, now: datetime) -> None:
    """What was taken, or not in time, does not stay in the database; the trail keeps that it left. Rows that somebody
    else is at are left to them.
    """
    spent = select(TABLE.c.id).where(or_(TABLE.c.expires_at <= now, TABLE.c.taken_at.is_not(None)))
    with seen_by(db, Asker(task=TIDY)):
        db.connection().execute(delete(TABLE).where(TABLE.c.id.in_(spent.with_for_update(skip_locked=True))))


def _may(db: Session, actor: Actor, right: str) -> bool:
    """A role is not enough for what tells of staff: whoever is in it must be the actor's to see now, and by name."""
    use_case, *staff = right.split(" ")
    if not RIGHTS[use_case] & roles_of(db, actor):
        return False
    of, names = (frozenset(ids.split(",")) - {""} for ids in (*staff, "", "")[:2])
    seen = sight_of(db, actor) if of | names else None
    return seen is None or (of <= seen.sees and names <= seen.named)


def _whose(db: Session, actor: Actor, file: File) -> str:
    """For the trail: who has taken out what is known of one person is told by that person's code."""
    if len(file.of) != 1:
        return ""
    return f", of {find_member(db, actor, *file.of).code}"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
