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
from assessments.store.tables import Identity, Membership, Person
from assessments.store.walls import Asker, seen_by
from assessments.use_cases.agencies import agencies_of, local_person
from assessments.use_cases.invitations import (
    in_words,
    refuse_in_guest,
    require_roles,
    require_to_give,
    theirs_to_give,
    withdraw_invitations_of,
)
from assessments.use_cases.keeping import let_go_of_guests
from assessments.use_cases.membership import was_guest
from assessments.use_cases.sessions import end_sessions_of
from assessments.use_cases.told import say
from assessments.use_cases.typed import NAME, line

THING = "person"
NAME_STAYS = (
    "Your name is as it was written when you were let in, most often in your invitation. It is the same in every "
    "agency and in its audit trail, so it stays."
)


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
    """That the actor can give somebody here; none in a guest."""
    return [] if was_guest(db, actor.agency_id) else theirs_to_give(db, actor)


@allowed
def revise_roles(
    db: Session, actor: Actor, now: datetime, person_id: str, roles: Collection[str], shown: Collection[str]
) -> None:
    """Conflict unless they are as `shown` still. What is taken away ends at once: whatever the person has open closes
    within a second, and they sign in again; invitations that they made as who they were end too.
    """
    refuse_in_guest(db, actor)
    held = _roles_here(db, actor, person_id)
    require_roles(db, actor, roles)
    if held != set(shown):
        raise Conflict("Somebody changed these roles while you looked at them. They stand above as they are now.", "")
    given, taken = set(roles) - held, held - set(roles)
    require_to_give(db, actor, given | taken)
    if given and person_id == actor.person_id and "owner" not in held:
        raise NotAllowed("Nobody but an owner gives themselves a further role. Ask an owner or somebody else who can.")
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
    require_to_give(db, actor, theirs)
    if "owner" in theirs:
        _require_another_owner(db, actor, person_id)
    _end(db, actor, now, "end access", person_id, theirs)


@allowed
def leave_agency(db: Session, actor: Actor, now: datetime) -> None:
    """The actor's own access ends, as if somebody else had ended it. Somebody stays who lets others in: a lead leaves a
    collaborative to its owner.
    """
    theirs = roles_of(db, actor)
    if theirs & {"owner", "collaborative-lead"}:
        _require_another_owner(db, actor, actor.person_id)
    _end(db, actor, now, "leave", actor.person_id, theirs)


def _end(db: Session, actor: Actor, now: datetime, act: str, person_id: str, theirs: set[str]) -> None:
    before = f"{_name(db, person_id)}: {in_words(theirs)}"  # while they still belong here, and can be seen
    db.execute(delete(Membership).where(Membership.agency_id == actor.agency_id, Membership.person_id == person_id))
    say(db, actor, now, audit.Change(act, THING, person_id, before=before))
    _close_to(db, actor, now, person_id)


def _close_to(db: Session, actor: Actor, now: datetime, person_id: str) -> None:
    """What the person has by roles that were just taken away."""
    withdraw_invitations_of(db, actor, now, person_id)
    let_go_of_guests(db, actor, now, person_id)
    end_sessions_of(db, now, person_id)  # last: whoever signs in has waited for all the turns before


@allowed
def rename_oneself(db: Session, actor: Actor, now: datetime, name: str) -> None:
    """Of the person of this machine: the name beside every rating, also what was saved under the old one. The trail
    keeps both, in each agency that they belong to. Nobody who signs in does so: an agency that ended their access
    would read another name in its own past.
    """
    local, signs_in = local_person(db), select(Identity.person_id).where(Identity.person_id == actor.person_id)
    if local is None or local.id != actor.person_id or db.execute(signs_in).first():
        raise NotAllowed(NAME_STAYS)
    name, before = line(name, "Your name", NAME), _name(db, actor.person_id)
    if name == before:
        return
    db.execute(update(Person).where(Person.id == actor.person_id).values(name=name))
    for agency in sorted(agencies_of(db, actor.person_id), key=lambda one: one.id):
        with seen_by(db, Asker(agency.id, actor.person_id)):
            audit.take_turn(db, agency.id)
            change = audit.Change("revise", THING, actor.person_id, "name", before, name)
            say(db, Actor(actor.person_id, agency.id), now, change)


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
