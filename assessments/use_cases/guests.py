"""Guests: agencies without an account, for which the lead of the collaborative keeps a site."""

from datetime import datetime

from sqlmodel import Session

from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import CollaborativeMember
from assessments.use_cases.agencies import AgencyDetails, CycleDetails, SiteDetails, put_agency
from assessments.use_cases.collaboratives import led
from assessments.use_cases.told import say

KEEPS = "agency-administrator"
"""As what the lead keeps a guest: it has no owner, so that nobody sees names of staff there."""


@allowed
def add_guest(
    db: Session, actor: Actor, now: datetime, agency: AgencyDetails, site: SiteDetails, cycle: CycleDetails
) -> str:
    """The id of the agency of the guest, which the actor keeps from now on. It is in the collaborative, and shares
    nothing yet.
    """
    row = led(db, actor)
    guest = put_agency(db, now, actor.person_id, KEEPS, agency, site, cycle)
    member = CollaborativeMember(
        agency_id=row.agency_id, member_id=guest.agency_id, guest=True, joined_at=now, joined_by=actor.person_id
    )
    db.add(member)
    db.flush()
    say(db, actor, now, audit.Change("add guest", "member", guest.agency_id, after=agency.name.strip()))
    return guest.agency_id
