"""Who belongs to the agency and how they come in; and the end of it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlmodel import Session, col

from assessments.errors import BadInput, NotAllowed, NotFound
from assessments.store import audit
from assessments.store.access import Actor, allowed, roles_of
from assessments.store.tables import Identity, Invitation, Membership, Person
from assessments.use_cases.invitations import in_words
from assessments.use_cases.sessions import end_sessions_of
from assessments.use_cases.told import say

THING = "person"


@dataclass(frozen=True)
class PersonHere:
    """`issuers` are the providers by which they sign in; none on one machine."""

    id: str
    name: str
    roles: tuple[str, ...]
    issuers: tuple[str, ...]


@allowed
def persons_here(db: Session, actor: Actor) -> list[PersonHere]:
    """By name."""
    held = defaultdict(list)
    mine = select(Membership.person_id, Membership.role).where(Membership.agency_id == actor.agency_id)
    for person_id, role in db.execute(mine.order_by(Membership.role)):
        held[person_id].append(role)
    issuers = defaultdict(list)
    bound = select(Identity.person_id, Identity.issuer).where(col(Identity.person_id).in_(held))
    for person_id, issuer in db.execute(bound.order_by(Identity.issuer)):
        issuers[person_id].append(issuer)
    people = select(Person.id, Person.name).where(col(Person.id).in_(held)).order_by(Person.name, Person.id)
    return [
        PersonHere(row.id, row.name, tuple(held[row.id]), tuple(issuers[row.id])) for row in db.execute(people).all()
    ]


@allowed
def end_access(db: Session, actor: Actor, now: datetime, person_id: str) -> None:
    """All roles of a person in this agency, at once: whatever they have open, in every browser and on every process,
    closes within a second. Invitations of theirs that nobody has used end too, or they could come back by one. What
    they rated and wrote stays. Whoever belongs to another agency signs in to it again.
    """
    theirs = roles_of(db, Actor(person_id, actor.agency_id))
    if not theirs:
        raise NotFound("This person does not belong to the agency any more. Open the list again.")
    if "owner" in theirs:
        _require_another_owner(db, actor, person_id)
    name = db.execute(select(Person.name).where(Person.id == person_id)).scalar_one()
    db.execute(delete(Membership).where(Membership.agency_id == actor.agency_id, Membership.person_id == person_id))
    end_sessions_of(db, now, person_id)
    say(db, actor, now, audit.Change("end access", THING, person_id, before=f"{name}: {in_words(theirs)}"))
    _withdraw_theirs(db, actor, now, person_id)


def _require_another_owner(db: Session, actor: Actor, person_id: str) -> None:
    if "owner" not in roles_of(db, actor):
        raise NotAllowed("Only an owner can end the access of an owner. Ask one.")
    others = select(func.count()).where(
        Membership.agency_id == actor.agency_id, Membership.role == "owner", Membership.person_id != person_id
    )
    if not db.execute(others).scalar_one():
        raise BadInput("This is the agency's only owner, and it needs one. Invite another owner first.")


def _withdraw_theirs(db: Session, actor: Actor, now: datetime, person_id: str) -> None:
    open_ones = (
        Invitation.agency_id == actor.agency_id,
        Invitation.made_by == person_id,
        col(Invitation.used_at).is_(None),
        col(Invitation.withdrawn_at).is_(None),
        Invitation.ends_at > now,
    )
    for row_id, name in db.execute(select(Invitation.id, Invitation.name).where(*open_ones)).all():
        say(db, actor, now, audit.Change("withdraw", "invitation", row_id, before=name))
    db.execute(update(Invitation).where(*open_ones).values(withdrawn_at=now))
