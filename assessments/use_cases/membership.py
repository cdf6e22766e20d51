"""Who is in a collaborative while something is written there: whoever writes and whoever takes them out wait for one
another, so that the second sees what the first did. SQLite has one writer anyhow.
"""

from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session, col

from assessments.errors import BadInput, NotFound
from assessments.store.access import Actor
from assessments.store.tables import CollaborativeMember
from assessments.use_cases.shared import NOT_IN


def stays_member(db: Session, actor: Actor, collaborative_id: str) -> bool:
    """And nobody takes it out before this transaction ends."""
    return db.execute(_still_in(collaborative_id, actor.agency_id).with_for_update(read=True)).first() is not None


def require_member(db: Session, actor: Actor, collaborative_id: str, not_itself: str) -> None:
    """Until what follows is written. NotFound for a stranger, and BadInput, which says `not_itself`, for the
    collaborative.
    """
    if collaborative_id == actor.agency_id:
        raise BadInput(not_itself)
    if not stays_member(db, actor, collaborative_id):
        raise NotFound(NOT_IN)


def member_to_go(db: Session, collaborative_id: str, member_id: str) -> CollaborativeMember | None:
    """With nobody writing there for it any more; None where it is not in it."""
    alone = _still_in(collaborative_id, member_id).with_for_update()
    return db.execute(alone, execution_options={"populate_existing": True}).scalar_one_or_none()


def is_guest_elsewhere(db: Session, actor: Actor, collaborative_id: str) -> bool:
    """Kept by the lead of another collaborative, now or once."""
    as_guest = select(CollaborativeMember.agency_id).filter_by(member_id=actor.agency_id, guest=True)
    return db.execute(as_guest.where(col(CollaborativeMember.agency_id) != collaborative_id)).first() is not None


def _still_in(collaborative_id: str, member_id: str) -> Select[Any]:
    return select(CollaborativeMember).filter_by(agency_id=collaborative_id, member_id=member_id, left_at=None)
