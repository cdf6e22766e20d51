"""Invitations: a link that works once, and gives whoever signs in with it their roles in the agency."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlmodel import Session, col

from assessments.errors import BadInput, NotAllowed, NotFound
from assessments.store import audit
from assessments.store.access import ADMINISTER, ROLES, Actor, allowed, roles_of
from assessments.store.tables import Agency, Collaborative, Invitation, Person
from assessments.store.walls import Asker, seen_by
from assessments.use_cases.membership import was_guest
from assessments.use_cases.sessions import TOKEN_BYTES, hash_of
from assessments.use_cases.told import say
from assessments.use_cases.typed import NAME, every, line

THING = "invitation"
WAITS = timedelta(days=7)
LONGEST = timedelta(days=30)
OF_HOST = frozenset({"host-administrator"})
"""Held over the installation, so no agency can give it."""
OF_COLLABORATIVE = frozenset({"collaborative-lead"})
OF_STAFF = frozenset({"trainer", "supervisor", "staff-member"})
"""A collaborative has no staff."""
BY_LEADS = frozenset({"collaborative-lead", "assessor"})
"""What somebody gives and takes who leads a collaborative and is nothing else there."""
ONLY_KEEPERS = (
    "This agency is a guest of a collaborative, or was one, so it has no people of its own: nobody is invited to it or "
    "given other roles in it. Who leads the collaborative keeps it. For somebody else to keep it, choose the "
    "collaborative in the list of agencies and make them a lead on its page People and access; then they can choose "
    "“Keep it as well” on its page Collaborative, under Guests."
)
OF_AN_AGENCY = "agency"
"""What an invitation has in place of roles that lets an agency into a collaborative (`collaboratives.py`)."""


@dataclass(frozen=True)
class InvitationLine:
    """`state`: "open", "used", "ended" or "withdrawn"; `used_by` is the name of who came."""

    id: str
    name: str
    roles: tuple[str, ...]
    made_at: datetime
    made_by: str
    ends_at: datetime
    state: str
    used_by: str = ""


@dataclass(frozen=True)
class Welcome:
    """What the holder of a good invitation is told before they sign in."""

    agency: str
    name: str
    roles: tuple[str, ...]


@allowed
def invite(
    db: Session, actor: Actor, now: datetime, name: str, roles: Collection[str], waits: timedelta = WAITS
) -> str:
    """The token for the link, told this once: only its hash is stored. `name` is who it is for, as others here will
    read it.
    """
    refuse_in_guest(db, actor)
    name, *_ = every(
        lambda: line(name, "Name", NAME),
        lambda: require_roles(db, actor, roles),
        lambda: _require_time(waits),
    )
    require_to_give(db, actor, roles)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = Invitation(
        agency_id=actor.agency_id,
        token_hash=hash_of(token),
        name=name,
        roles=" ".join(sorted(set(roles))),
        made_at=now,
        made_by=actor.person_id,
        ends_at=now + waits,
    )
    db.add(row)
    db.flush()
    say(db, actor, now, audit.Change("invite", THING, row.id, after=f"{name}: {in_words(row.roles.split())}"))
    return token


@allowed
def withdraw_invitation(db: Session, actor: Actor, now: datetime, invitation_id: str) -> None:
    mine = select(Invitation).where(Invitation.agency_id == actor.agency_id, Invitation.id == invitation_id)
    row = db.execute(mine.with_for_update()).scalar_one_or_none()
    if row is None:
        raise NotFound("It is not here any more. Open the list again.")
    if row.used_at:
        raise BadInput(f"{row.name} has come in with this invitation already. End their access instead.")
    if row.withdrawn_at is None:
        row.withdrawn_at = now
        db.add(row)
        say(db, actor, now, audit.Change("withdraw", THING, row.id, before=row.name))


@allowed
def invitations(db: Session, actor: Actor, now: datetime) -> list[InvitationLine]:
    """Of people, the newest first."""
    here = (Invitation.agency_id == actor.agency_id, Invitation.roles != OF_AN_AGENCY)
    mine = select(Invitation).where(*here).order_by(Invitation.made_at.desc())
    rows = list(db.execute(mine).scalars())
    who = {row.made_by for row in rows} | {row.used_by for row in rows if row.used_by}
    names: dict[str, str] = dict(
        db.execute(select(Person.id, Person.name).where(col(Person.id).in_(who - {None}))).all()
    )
    return [
        InvitationLine(
            row.id,
            row.name,
            tuple(row.roles.split()),
            row.made_at,
            names[row.made_by],
            row.ends_at,
            _state(row, now),
            names.get(row.used_by, ""),
        )
        for row in rows
    ]


def withdraw_invitations_of(db: Session, actor: Actor, now: datetime, person_id: str) -> None:
    """Those of the agency that nobody has used: who made them knows their links."""
    open_ones = (
        Invitation.agency_id == actor.agency_id,
        Invitation.made_by == person_id,
        col(Invitation.used_at).is_(None),
        col(Invitation.withdrawn_at).is_(None),
        Invitation.ends_at > now,
    )
    for row_id, name in db.execute(select(Invitation.id, Invitation.name).where(*open_ones)).all():
        say(db, actor, now, audit.Change("withdraw", THING, row_id, before=name))
    db.execute(update(Invitation).where(*open_ones).values(withdrawn_at=now))


def welcome(db: Session, now: datetime, token: str) -> Welcome | None:
    """None where the invitation is wrong, over, used or withdrawn: whoever asks has not signed in."""
    wanted = select(Invitation, Agency.name).join(Agency, col(Agency.id) == Invitation.agency_id)
    with seen_by(db, Asker(known=hash_of(token))):
        found = db.execute(wanted.where(*good(hash_of(token), now))).one_or_none()
    return Welcome(found[1], found[0].name, tuple(found[0].roles.split())) if found else None


def good(token_hash: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Invitation.token_hash) == token_hash,
        col(Invitation.used_at).is_(None),
        col(Invitation.withdrawn_at).is_(None),
        col(Invitation.ends_at) > now,
    )


def in_words(roles: Collection[str]) -> str:
    return ", ".join(ROLES[role] for role in ROLES if role in roles)


def _state(row: Invitation, now: datetime) -> str:
    if row.used_at:
        return "used"
    if row.withdrawn_at:
        return "withdrawn"
    return "open" if row.ends_at > now else "ended"


def roles_given(db: Session, actor: Actor) -> list[str]:
    """Those that can be held in the agency."""
    is_collaborative = db.get(Collaborative, actor.agency_id) is not None
    others = OF_HOST | (OF_STAFF if is_collaborative else OF_COLLABORATIVE)
    return [role for role in ROLES if role not in others]


def require_roles(db: Session, actor: Actor, roles: Collection[str]) -> None:
    if not roles or not set(roles_given(db, actor)).issuperset(roles):
        raise BadInput("Roles: choose one or more from the list.")


def theirs_to_give(db: Session, actor: Actor) -> list[str]:
    """Roles that the actor gives and takes here."""
    mine, known = roles_of(db, actor), roles_given(db, actor)
    if mine & ADMINISTER:
        return [role for role in known if role != "owner" or "owner" in mine]
    return [role for role in known if role in BY_LEADS]


def require_to_give(db: Session, actor: Actor, roles: Collection[str]) -> None:
    """Those that are given, or taken."""
    beyond = set(roles).difference(theirs_to_give(db, actor))
    if "owner" in beyond:
        raise NotAllowed("Only an owner can make an owner, or take that role away. Ask one.")
    if beyond:
        raise NotAllowed(
            f"Who leads the collaborative gives and takes the roles {in_words(BY_LEADS)}, and no others. This takes an "
            f"owner or an administrator of it: {in_words(beyond)}. Ask one."
        )


def refuse_in_guest(db: Session, actor: Actor) -> None:
    if was_guest(db, actor.agency_id):
        raise NotAllowed(ONLY_KEEPERS)


def _require_time(waits: timedelta) -> None:
    if not timedelta(0) < waits <= LONGEST:
        raise BadInput(f"How long it waits: choose from 1 to {LONGEST.days} days.")
