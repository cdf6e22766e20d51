"""As what the leads of a collaborative keep its guests, and the end of that."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import Session, col

from assessments.store import audit
from assessments.store.access import LEAD, Actor, roles_of
from assessments.store.tables import Agency, CollaborativeMember, Membership, Person
from assessments.store.walls import Asker, seen_by
from assessments.use_cases.told import say

KEEPS = "agency-administrator"
"""A guest has no owner, so that nobody sees names of staff there."""


def guests_of(db: Session, actor: Actor) -> list[tuple[str, str]]:
    """Ids and names of the guests that are in the collaborative, in the order of their ids."""
    named = select(Agency.id, Agency.name).join(CollaborativeMember, col(CollaborativeMember.member_id) == Agency.id)
    here = named.filter_by(agency_id=actor.agency_id, guest=True, left_at=None)
    return [(row.id, row.name) for row in db.execute(here.order_by(Agency.id))]


def let_go_of_guests(db: Session, actor: Actor, now: datetime, person_id: str) -> None:
    """Whoever leads the collaborative no more keeps none of its guests either; told in the trail of each."""
    if roles_of(db, Actor(person_id, actor.agency_id)) & LEAD:
        return
    for guest_id, _ in guests_of(db, actor):
        guest = Actor(actor.person_id, guest_id)
        with seen_by(db, Asker(guest_id, actor.person_id)):
            if roles_of(db, Actor(person_id, guest_id)):
                audit.take_turn(db, guest_id)
                name = db.execute(select(Person.name).where(Person.id == person_id)).scalar_one()
                db.execute(delete(Membership).filter_by(agency_id=guest_id, person_id=person_id))
                say(db, guest, now, audit.Change("let go", "person", person_id, before=name))
