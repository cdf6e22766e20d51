"""Collaboratives: agencies that compare and learn together. Each is itself an agency, in which its lead has a role.

An agency comes in by a code that the lead gives to its administrator, once; or as a guest, whose site the lead keeps.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import bindparam, insert, select
from sqlmodel import Session, col

from assessments.errors import BadInput, Conflict, NotFound
from assessments.rules.blindness import ON_ITSELF
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import Agency, Collaborative, CollaborativeMember, Invitation, Membership
from assessments.store.walls import Asker, seen_by
from assessments.use_cases.agencies import AgencyDetails, CycleDetails, SiteDetails, set_up
from assessments.use_cases.checklists import choose_pack
from assessments.use_cases.invitations import OF_AN_AGENCY, WAITS
from assessments.use_cases.membership import is_guest_elsewhere, member_to_go
from assessments.use_cases.publishing import unpublish_member
from assessments.use_cases.sessions import TOKEN_BYTES, hash_of
from assessments.use_cases.shared import NOT_IN, is_member
from assessments.use_cases.signing_in import say_refused
from assessments.use_cases.told import say, say_changed
from assessments.use_cases.typed import NAME, line
from standards import catalogue

THING = "collaborative"
LEAD = "collaborative-lead"
ITSELF = SiteDetails("The collaborative", "other")
LEAST, MOST = 5, 100
# Built once: every run of a page asks.
OF_PERSON = (
    select(Collaborative.agency_id)
    .join(Membership, col(Membership.agency_id) == Collaborative.agency_id)
    .where(col(Membership.person_id) == bindparam("person_id"))
    .distinct()
)


class NotJoined(Enum):
    """Why a code let nobody in; told to who tried, and in the trail of the collaborative whose it was."""

    SPENT = "This code was used, withdrawn or is over. Ask the lead of the collaborative for a new one."
    UNKNOWN = "This is no code of a collaborative. Check that all of it was copied."
    ALREADY = "Your agency is in this collaborative already. The code is still good for another agency."
    GUEST = (
        "This agency is kept as a guest by the lead of another collaborative, so it cannot come in by a code. The lead "
        "who gave you the code can add a guest of their own. The code is still good for another agency."
    )


IN_THE_TRAIL = {
    NotJoined.SPENT: "the code was used, withdrawn or over",
    NotJoined.GUEST: "a guest of another collaborative tried the code",
}
"""Of the collaborative whose code it was."""


@dataclass(frozen=True)
class CollaborativeLine:
    """`leads`: the actor stands in the collaborative itself. `left_at`: the agency is not in it any more."""

    id: str
    name: str
    leads: bool
    guest: bool
    joined_at: datetime | None
    left_at: datetime | None = None


@dataclass(frozen=True)
class CodeLine:
    """A code that waits for the agency of this name."""

    id: str
    name: str
    ends_at: datetime


@dataclass(frozen=True)
class MemberLine:
    id: str
    name: str
    guest: bool
    joined_at: datetime
    left_at: datetime | None
    version: int


def set_up_collaborative(
    db: Session,
    now: datetime,
    person_name: str,
    details: AgencyDetails,
    first: CycleDetails,
    person_id: str = "",
    invented: bool = False,
) -> Actor:
    """Led by who makes it; they are its owner too. Its one site is the collaborative itself, which can be rated at
    once.
    """
    details = replace(details, name=line(details.name, "Name of the collaborative", NAME))
    actor = set_up(db, now, person_name, details, ITSELF, first, invented, person_id)
    with seen_by(db, Asker(actor.agency_id, actor.person_id)):
        db.add(Collaborative(agency_id=actor.agency_id))
        db.execute(insert(Membership).values(agency_id=actor.agency_id, person_id=actor.person_id, role=LEAD))
        db.flush()
        say(db, actor, now, audit.Change("set up", THING, actor.agency_id, after=details.name))
        for checklist in catalogue.library().values():
            if checklist.subject in ON_ITSELF:
                choose_pack(db, actor, now, *checklist.key)
    return actor


def collaboratives_of(db: Session, person_id: str) -> frozenset[str]:
    """Which of the agencies that a person belongs to are collaboratives."""
    with seen_by(db, Asker(person_id=person_id)):
        return frozenset(db.execute(OF_PERSON, {"person_id": person_id}).scalars())


@allowed
def collaboratives(db: Session, actor: Actor, left: bool = False) -> list[CollaborativeLine]:
    """Those that the agency is in, by name, or has `left`; or the one that it is."""
    own = db.get(Collaborative, actor.agency_id)
    if own:
        name = db.execute(select(Agency.name).where(Agency.id == actor.agency_id)).scalar_one()
        return [CollaborativeLine(own.agency_id, name, leads=True, guest=False, joined_at=None)]
    mine = (
        select(CollaborativeMember, Agency.name)
        .join(Agency, col(Agency.id) == CollaborativeMember.agency_id)
        .where(CollaborativeMember.member_id == actor.agency_id, col(CollaborativeMember.left_at).is_not(None) == left)
        .order_by(Agency.name_key)
    )
    return [
        CollaborativeLine(row.agency_id, name, False, row.guest, row.joined_at, row.left_at)
        for row, name in db.execute(mine)
    ]


@allowed
def collaborative_settings(db: Session, actor: Actor) -> Collaborative:
    """Of the collaborative that the actor leads; NotFound in any other agency."""
    return led(db, actor)


@allowed
def revise_collaborative(db: Session, actor: Actor, now: datetime, fewest: int, allowed_by: str, shown: int) -> None:
    """Counts of people under `fewest` are hidden; under eleven it takes an agreement that allows it, by name."""
    row = led(db, actor)
    if not LEAST <= fewest <= MOST:
        raise BadInput(f"The smallest count that is shown: choose a number from {LEAST} to {MOST}.")
    allowed_by = line(allowed_by, "The agreement that allows it", NAME, required=fewest < 11)
    if row.version != shown:
        raise Conflict("Somebody else changed these settings after they were shown. Look at them again.", "settings")
    before = {"fewest": row.fewest, "allowed_by": row.allowed_by}
    row.fewest, row.allowed_by, row.version = fewest, allowed_by, row.version + 1
    db.add(row)
    after = {"fewest": row.fewest, "allowed_by": row.allowed_by}
    say_changed(db, actor, now, THING, row.agency_id, before, after)


@allowed
def members(db: Session, actor: Actor) -> list[MemberLine]:
    """Of the collaborative that the actor leads, by name; those who left last."""
    led(db, actor)
    mine = select(CollaborativeMember, Agency.name).join(Agency, col(Agency.id) == CollaborativeMember.member_id)
    rows = db.execute(mine.where(CollaborativeMember.agency_id == actor.agency_id)).all()
    lines = [MemberLine(row.member_id, name, row.guest, row.joined_at, row.left_at, row.version) for row, name in rows]
    return sorted(lines, key=lambda one: (one.left_at is not None, one.name.casefold()))


@allowed
def invite_agency(db: Session, actor: Actor, now: datetime, name: str, waits: timedelta = WAITS) -> str:
    """The code for the administrator of the agency, told this once: only its hash is stored."""
    led(db, actor)
    code = secrets.token_urlsafe(TOKEN_BYTES)
    row = Invitation(
        agency_id=actor.agency_id,
        token_hash=_hash(code),
        name=line(name, "Name of the agency", NAME),
        roles=OF_AN_AGENCY,
        made_at=now,
        made_by=actor.person_id,
        ends_at=now + waits,
    )
    db.add(row)
    db.flush()
    say(db, actor, now, audit.Change("invite agency", THING, row.id, after=row.name))
    return code


@allowed
def open_codes(db: Session, actor: Actor, now: datetime) -> list[CodeLine]:
    """Those that an agency can come in by still; by the name of the agency."""
    led(db, actor)
    mine = select(Invitation).where(
        Invitation.agency_id == actor.agency_id,
        Invitation.roles == OF_AN_AGENCY,
        col(Invitation.used_at).is_(None),
        col(Invitation.withdrawn_at).is_(None),
        Invitation.ends_at > now,
    )
    rows = sorted(db.execute(mine).scalars(), key=lambda row: (row.name.casefold(), row.ends_at))
    return [CodeLine(row.id, row.name, row.ends_at) for row in rows]


@allowed
def join_collaborative(db: Session, actor: Actor, now: datetime, code: str) -> str | NotJoined:
    """The id of the collaborative that the actor's agency is in from now on. Nothing is shared by that."""
    code_hash = _hash(code)
    with seen_by(db, Asker(actor.agency_id, actor.person_id, code_hash)):
        mine = select(Invitation).where(Invitation.token_hash == code_hash, Invitation.roles == OF_AN_AGENCY)
        row = db.execute(mine.with_for_update()).scalar_one_or_none()
        if row is None:
            return NotJoined.UNKNOWN
        if is_member(db, actor, row.agency_id) or row.agency_id == actor.agency_id:
            return NotJoined.ALREADY
        if is_guest_elsewhere(db, actor, row.agency_id):
            why = NotJoined.GUEST
        elif row.used_at is None and row.withdrawn_at is None and row.ends_at > now:
            row.used_at, row.used_by = now, actor.person_id
            db.add(row)
            _let_in(db, actor, now, row.agency_id)
            say(db, actor, now, audit.Change("join", THING, row.agency_id))
            return row.agency_id
        else:
            why = NotJoined.SPENT
    say_refused(db, now, code_hash, IN_THE_TRAIL[why])
    return why


@allowed
def leave_collaborative(db: Session, actor: Actor, now: datetime, collaborative_id: str) -> None:
    """All that was shared there is gone from it at once."""
    if not _out(db, now, collaborative_id, actor.agency_id):
        raise NotFound(NOT_IN)
    say(db, actor, now, audit.Change("leave", THING, collaborative_id))


@allowed
def remove_member(db: Session, actor: Actor, now: datetime, member_id: str) -> None:
    """As if it had left by itself. Its own page says so."""
    row = led(db, actor)
    if not _out(db, now, row.agency_id, member_id):
        raise NotFound("This agency is not in the collaborative any more. Open the list again.")
    say(db, actor, now, audit.Change("remove", "member", member_id))


def led(db: Session, actor: Actor) -> Collaborative:
    row = db.get(Collaborative, actor.agency_id)
    if row is None:
        raise NotFound("This agency is no collaborative. Choose the collaborative in the list of agencies first.")
    return row


def _let_in(db: Session, actor: Actor, now: datetime, collaborative_id: str) -> None:
    """New, or back again: with nothing shared."""
    row = db.get(CollaborativeMember, (collaborative_id, actor.agency_id)) or CollaborativeMember(
        agency_id=collaborative_id, member_id=actor.agency_id, joined_at=now, joined_by=actor.person_id, version=0
    )
    row.joined_at, row.joined_by, row.left_at, row.version = now, actor.person_id, None, row.version + 1
    db.add(row)
    db.flush()


def _out(db: Session, now: datetime, collaborative_id: str, member_id: str) -> bool:
    """Whether it was in it."""
    row = member_to_go(db, collaborative_id, member_id)
    if row is None:
        return False
    unpublish_member(db, collaborative_id, member_id)
    row.left_at, row.version = now, row.version + 1
    db.add(row)
    return True


def _hash(code: str) -> str:
    """Of another kind than that of an invitation of a person, so that nobody signs in with it."""
    return hash_of(f"{OF_AN_AGENCY} {code.strip()}")
