"""Who is in a collaborative while something is written there: whoever writes and whoever takes them out wait for one
another, so that the second sees what the first did. SQLite has one writer anyhow.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session, col

from assessments.errors import BadInput, NotFound
from assessments.store.access import Actor
from assessments.store.tables import CollaborativeMember
from assessments.store.walls import Asker, seen_by
from assessments.use_cases.shared import NOT_IN, still_in


def stays_member(db: Session, actor: Actor, collaborative_id: str) -> bool:
    """And nobody takes it out before this transaction ends."""
    return db.execute(still_in(collaborative_id, actor.agency_id).with_for_update(read=True)).first() is not None


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
    alone = still_in(collaborative_id, member_id).with_for_update()
    return db.execute(alone, execution_options={"populate_existing": True}).scalar_one_or_none()


def is_guest_elsewhere(db: Session, actor: Actor, collaborative_id: str) -> bool:
    """Kept by the lead of another collaborative, now or once."""
    as_guest = _as_guest(actor.agency_id).where(col(CollaborativeMember.agency_id) != collaborative_id)
    return db.execute(as_guest).first() is not None


def was_guest(db: Session, agency_id: str) -> bool:
    """Kept by the leads of a collaborative, now or once, and so without people of its own; whether an agency is one
    never changes.
    """
    return db.execute(_as_guest(agency_id)).first() is not None


def first_to_stand_in(db: Session, agency_ids: Iterable[str]) -> str:
    """Of a person's agencies, where none was chosen yet: none that they keep as a guest, if there is another."""
    for agency_id in (found := list(agency_ids)):
        with seen_by(db, Asker(agency_id)):
            if not was_guest(db, agency_id):
                return agency_id
    return found[0]


def in_turn(db: Session, agency_ids: Iterable[str]) -> list[str]:
    """In the one order in which a transaction waits for the turns of several, so that no two wait for one another:
    guests last, for whoever acts in a collaborative has its turn already when it comes to its guests.
    """

    def is_last(agency_id: str) -> bool:
        with seen_by(db, Asker(agency_id)):
            return was_guest(db, agency_id)

    return sorted(agency_ids, key=lambda one: (is_last(one), one))


def _as_guest(agency_id: str) -> Select[Any]:
    return select(CollaborativeMember.agency_id).filter_by(member_id=agency_id, guest=True)
