"""As what the leads of a collaborative keep its guests, and the end of that."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import Session, col

from assessments.store import audit
from assessments.store.access import LEAD, Actor
from assessments.store.tables import Agency, CollaborativeMember, Membership, Person
from assessments.store.walls import Asker, seen_by
from assessments.use_cases.invitations import withdraw_invitations_of
from assessments.use_cases.sessions import end_sessions_of
from assessments.use_cases.told import say

KEEPS = "agency-administrator"
"""A guest has no owner, so that nobody sees names of staff there."""


def guests_of(db: Session, actor: Actor) -> list[tuple[str, str]]:
    """Ids and names of the guests that are in the collaborative, in the order of their ids."""
    named = select(Agency.id, Agency.name).join(CollaborativeMember, col(CollaborativeMember.member_id) == Agency.id)
    here = named.filter_by(agency_id=actor.agency_id, guest=True, left_at=None)
    return [(row.id, row.name) for row in db.execute(here.order_by(Agency.id))]


def let_go_of_guests(db: Session, actor: Actor, now: datetime, person_id: str) -> None:
    """Whoever leads the collaborative no more keeps none of its guests either, those that were taken out included; nor
    does anybody else there who does not lead it. Told in the trail of each.
    """
    leading = select(Membership.person_id).where(Membership.agency_id == actor.agency_id)
    leads = set(db.execute(leading.where(col(Membership.role).in_(LEAD))).scalars())
    if person_id in leads:
        return
    kept = select(CollaborativeMember.member_id).filter_by(agency_id=actor.agency_id, guest=True)
    for guest_id in sorted(db.execute(kept).scalars()):
        guest = Actor(actor.person_id, guest_id)
        with seen_by(db, Asker(guest_id, actor.person_id)):
            audit.take_turn(db, guest_id)
            inside = select(Membership.person_id).where(Membership.agency_id == guest_id)
            gone = set(db.execute(inside).scalars()) - leads
            for one in sorted(gone):
                _let_go(db, guest, now, one)
            for one in sorted(gone | {person_id}):
                withdraw_invitations_of(db, guest, now, one)


def _let_go(db: Session, guest: Actor, now: datetime, person_id: str) -> None:
    name = db.execute(select(Person.name).where(Person.id == person_id)).scalar_one()
    db.execute(delete(Membership).filter_by(agency_id=guest.agency_id, person_id=person_id))
    say(db, guest, now, audit.Change("let go", "person", person_id, before=name))
    end_sessions_of(db, now, person_id)
