"""Who belongs to the agency and how they come in; what they may do there, and the end of it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlmodel import Session, col

from assessments.errors import BadInput, Conflict, NotAllowed, NotFound
from assessments.store import audit
from assessments.store.access import Actor, allowed, roles_of
from assessments.store.tables import Identity, Invitation, Membership, Person
from assessments.store.walls import Asker, seen_by
from assessments.use_cases.agencies import agencies_of
from assessments.use_cases.invitations import in_words, require_roles, roles_given
from assessments.use_cases.keeping import let_go_of_guests
from assessments.use_cases.sessions import end_sessions_of
from assessments.use_cases.told import say
from assessments.use_cases.typed import NAME, line

THING = "person"


@dataclass(frozen=True)
class PersonHere:
    """`issuers` are the providers by which they sign in; none on one machine. `is_shut_out` by a host administrator."""

    id: str
    name: str
    roles: tuple[str, ...]
    issuers: tuple[str, ...]
    is_shut_out: bool = False


@allowed
def persons_here(db: Session, actor: Actor) -> list[PersonHere]:
    """By name."""
    held = defaultdict(list)
    mine = select(Membership.person_id, Membership.role).where(Membership.agency_id == actor.agency_id)
    for person_id, role in db.execute(mine.order_by(Membership.role)):
        held[person_id].append(role)
    issuers, shut_out = defaultdict(list), set()
    bound = select(Identity.person_id, Identity.issuer, Identity.disabled_at)
    for row in db.execute(bound.where(col(Identity.person_id).in_(held)).order_by(Identity.issuer)):
        issuers[row.person_id].append(row.issuer)
        shut_out |= {row.person_id} if row.disabled_at else set()
    people = select(Person.id, Person.name).where(col(Person.id).in_(held)).order_by(Person.name, Person.id)
    return [
        PersonHere(row.id, row.name, tuple(held[row.id]), tuple(issuers[row.id]), row.id in shut_out)
        for row in db.execute(people).all()
    ]


@allowed
def roles_to_give(db: Session, actor: Actor) -> list[str]:
    """That the actor can give somebody here."""
    owns = "owner" in roles_of(db, actor)
    return [role for role in roles_given(db, actor) if owns or role != "owner"]


@allowed
def revise_roles(
    db: Session, actor: Actor, now: datetime, person_id: str, roles: Collection[str], shown: Collection[str]
) -> None:
    """Conflict unless they are as `shown` still. What is taken away ends at once: whatever the person has open closes
    within a second, and they sign in again; invitations that they made as who they were end too.
    """
    require_roles(db, actor, roles)
    held = _roles_here(db, actor, person_id)
    if held != set(shown):
        raise Conflict("Somebody changed these roles while you looked at them. They stand above as they are now.", "")
    given, taken = set(roles) - held, held - set(roles)
    if "owner" in given | taken and "owner" not in roles_of(db, actor):
        raise NotAllowed("Only an owner can make an owner, or take that role away. Ask one.")
    if "owner" in taken:
        _require_another_owner(db, actor, person_id)
    if not given | taken:
        return
    theirs = (Membership.agency_id == actor.agency_id, Membership.person_id == person_id)
    db.execute(delete(Membership).where(*theirs, col(Membership.role).in_(taken)))
    for role in sorted(given):
        db.execute(insert(Membership).values(agency_id=actor.agency_id, person_id=person_id, role=role))
    name, before, after = _name(db, person_id), in_words(held), in_words(roles)
    say(db, actor, now, audit.Change("change roles", THING, person_id, "", f"{name}: {before}", f"{name}: {after}"))
    if taken:
        _close_to(db, actor, now, person_id)


@allowed
def end_access(db: Session, actor: Actor, now: datetime, person_id: str) -> None:
    """All roles of a person in this agency, at once: whatever they have open, in every browser and on every process,
    closes within a second. Invitations of theirs that nobody has used end too, or they could come back by one. What
    they rated and wrote stays. Whoever belongs to another agency signs in to it again.
    """
    theirs = _roles_here(db, actor, person_id)
    if "owner" in theirs:
        if "owner" not in roles_of(db, actor):
            raise NotAllowed("Only an owner can end the access of an owner. Ask one.")
        _require_another_owner(db, actor, person_id)
    before = f"{_name(db, person_id)}: {in_words(theirs)}"  # while they still belong here, and can be seen
    db.execute(delete(Membership).where(Membership.agency_id == actor.agency_id, Membership.person_id == person_id))
    say(db, actor, now, audit.Change("end access", THING, person_id, before=before))
    _close_to(db, actor, now, person_id)


def _close_to(db: Session, actor: Actor, now: datetime, person_id: str) -> None:
    """What the person has by roles that were just taken away."""
    end_sessions_of(db, now, person_id)
    withdraw_invitations_of(db, actor, now, person_id)
    let_go_of_guests(db, actor, now, person_id)


@allowed
def rename_oneself(db: Session, actor: Actor, now: datetime, name: str) -> None:
    """The name beside every rating; what was saved under the old one shows the new one. The trail keeps both, in each
    agency that the actor belongs to.
    """
    name, before = line(name, "Your name", NAME), _name(db, actor.person_id)
    if name == before:
        return
    db.execute(update(Person).where(Person.id == actor.person_id).values(name=name))
    for agency in sorted(agencies_of(db, actor.person_id), key=lambda one: one.id):
        with seen_by(db, Asker(agency.id, actor.person_id)):
            audit.take_turn(db, agency.id)
            change = audit.Change("revise", THING, actor.person_id, "name", before, name)
            say(db, Actor(actor.person_id, agency.id), now, change)


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
        say(db, actor, now, audit.Change("withdraw", "invitation", row_id, before=name))
    db.execute(update(Invitation).where(*open_ones).values(withdrawn_at=now))


def _roles_here(db: Session, actor: Actor, person_id: str) -> set[str]:
    theirs = roles_of(db, Actor(person_id, actor.agency_id))
    if not theirs:
        raise NotFound("This person does not belong to the agency any more. Open the list again.")
    return theirs


def _name(db: Session, person_id: str) -> str:
    return db.execute(select(Person.name).where(Person.id == person_id)).scalar_one()


def _require_another_owner(db: Session, actor: Actor, person_id: str) -> None:
    others = select(func.count()).where(
        Membership.agency_id == actor.agency_id, Membership.role == "owner", Membership.person_id != person_id
    )
    if not db.execute(others).scalar_one():
        raise BadInput("This is the agency's only owner, and it needs one. Make somebody else an owner first.")
