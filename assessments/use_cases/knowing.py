"""Who knows whose figures: agencies in which the same person is are, for what may be told, one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import and_, or_, select
from sqlmodel import Session, col

from assessments.store.access import LEAD, Actor
from assessments.store.tables import CollaborativeMember, Membership
from assessments.store.walls import KNOWS, Asker, seen_by


def knowers(db: Session, actor: Actor, agency_ids: Iterable[str]) -> Mapping[str, str]:
    """Of the collaborative that the actor leads: each of these agencies, and itself, with the one that stands for all
    that somebody of it can look into, by however many steps. Of the collaborative itself its leads alone know guests'
    figures and what waits; assessors, who rate it, come from the members and know nothing of one another's.
    """
    ids = {*agency_ids, actor.agency_id}
    member = select(CollaborativeMember.member_id).where(CollaborativeMember.agency_id == actor.agency_id)
    there = select(Membership.person_id, Membership.agency_id).where(
        or_(
            col(Membership.agency_id).in_(member),
            and_(Membership.agency_id == actor.agency_id, col(Membership.role).in_(LEAD)),
        )
    )
    of_person: dict[str, set[str]] = defaultdict(set)
    with seen_by(db, Asker(actor.agency_id, actor.person_id, task=KNOWS)):
        for person, agency in db.execute(there):
            of_person[person].add(agency)
    stands = {agency: agency for agency in ids.union(*of_person.values())}
    for together in of_person.values():
        ends = {_end(stands, agency) for agency in together}
        stands |= dict.fromkeys(ends, min(ends))
    return {agency: _end(stands, agency) for agency in ids}


def agencies_known(db: Session, actor: Actor, collaborative_id: str) -> frozenset[str]:
    """Agencies whose figures the person who looks knows; with the collaborative, whose guests' it is, where they lead
    it.
    """
    mine = select(Membership.agency_id, Membership.role).where(Membership.person_id == actor.person_id)
    rows = db.execute(mine).all()
    return frozenset(agency for agency, role in rows if agency != collaborative_id or role in LEAD)


def _end(stands: Mapping[str, str], agency: str) -> str:
    while stands[agency] != agency:
        agency = stands[agency]
    return agency
