"""Guests: agencies without an account, for which the leads of the collaborative keep a site."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlmodel import Session

from assessments.errors import BadInput, NotFound
from assessments.store import audit
from assessments.store.access import Actor, allowed, roles_of
from assessments.store.tables import CollaborativeMember, Membership, Person
from assessments.store.walls import Asker, seen_by
from assessments.use_cases.agencies import AgencyDetails, CycleDetails, SiteDetails, put_agency
from assessments.use_cases.collaboratives import led
from assessments.use_cases.keeping import KEEPS, guests_of
from assessments.use_cases.told import say


@allowed
def add_guest(
    db: Session,
    actor: Actor,
    now: datetime,
    agency: AgencyDetails,
    site: SiteDetails,
    cycle: CycleDetails,
    invented: bool = False,
) -> str:
    """The id of the agency of the guest, which the actor keeps from now on. It is in the collaborative, and shares
    nothing yet.
    """
    row = led(db, actor)
    guest = put_agency(db, now, actor.person_id, KEEPS, agency, site, cycle, invented)
    member = CollaborativeMember(
        agency_id=row.agency_id, member_id=guest.agency_id, guest=True, joined_at=now, joined_by=actor.person_id
    )
    db.add(member)
    db.flush()
    say(db, actor, now, audit.Change("add guest", "member", guest.agency_id, after=agency.name.strip()))
    return guest.agency_id


@allowed
def keep_guest(db: Session, actor: Actor, now: datetime, guest_id: str) -> None:
    """The actor keeps it as well: whoever added it may be away, or lead no more. In the trail of both."""
    led(db, actor)
    name = dict(guests_of(db, actor)).get(guest_id)
    if name is None:
        raise NotFound("This guest is not in the collaborative any more. Open the list again.")
    guest = Actor(actor.person_id, guest_id)
    with seen_by(db, Asker(guest_id, actor.person_id)):
        if roles_of(db, guest):
            raise BadInput("You keep this guest already. Open the list again.")
        audit.take_turn(db, guest_id)
        db.execute(insert(Membership).values(agency_id=guest_id, person_id=actor.person_id, role=KEEPS))
        person = db.execute(select(Person.name).where(Person.id == actor.person_id)).scalar_one()
        say(db, guest, now, audit.Change("keep", "person", actor.person_id, after=person))
    say(db, actor, now, audit.Change("keep", "member", guest_id, after=name))
