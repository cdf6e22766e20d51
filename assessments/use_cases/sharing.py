"""What an agency lets its collaboratives see: of each checklist in each cycle nothing, or one of three ways."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple, cast, get_args

from sqlalchemy import delete, select
from sqlmodel import Session, col

from assessments.errors import BadInput, Conflict, NotFound
from assessments.rules.shared_sites import How
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import Assessment, CollaborativeMember, Cycle, Share
from assessments.use_cases.membership import stays_member
from assessments.use_cases.publishing import Published, letters_of, publish, published, source_of, unpublish
from assessments.use_cases.shared import require_in
from assessments.use_cases.told import say
from assessments.use_cases.typed import LINE, every, line

THING = "share"
WAYS: tuple[How, ...] = get_args(How)
FORGED = 32
"""As much as is kept of an address that names no collaborative of the agency's."""


class NotShared(Enum):
    """Why nothing was shared; told to who tried, and in the trail of their agency."""

    NOT_IN = (
        "Your agency is not in this collaborative, or not any more, so nothing was shared with it. That somebody tried "
        "is in the audit trail. Choose a collaborative from the list."
    )


class Agreed(NamedTuple):
    """How and when a guest agreed to what the lead shares for it."""

    how: str
    on: date


@dataclass(frozen=True)
class Sharing:
    """Of one checklist in one cycle, in one collaborative. `how` is None where nothing is shared; `version` is 0 then.
    `submitted` of `assessments` can be seen, the others once they are submitted.
    """

    checklist_id: str
    cycle_id: str
    cycle: str
    how: How | None
    version: int
    assessments: int
    submitted: int


@allowed
def sharings(db: Session, actor: Actor, collaborative_id: str) -> list[Sharing]:
    """Of all that the agency has begun to rate or shares, the newest cycle first; by checklist."""
    require_in(db, actor, collaborative_id)
    mine = select(Assessment.checklist_id, Assessment.cycle_id, Assessment.status).where(
        Assessment.agency_id == actor.agency_id, col(Assessment.archived_at).is_(None)
    )
    found: dict[tuple[str, str], list[str]] = {}
    for checklist, cycle_id, status in db.execute(mine):
        found.setdefault((checklist, cycle_id), []).append(status)
    shares = select(Share).where(Share.agency_id == actor.agency_id, Share.collaborative_id == collaborative_id)
    by_key = {(share.checklist_id, share.cycle_id): share for share in db.execute(shares).scalars()}
    of_agency = select(Cycle).where(Cycle.agency_id == actor.agency_id)
    cycles = {cycle.id: cycle for cycle in db.execute(of_agency).scalars()}
    order = sorted(found.keys() | by_key.keys(), key=lambda key: (-cycles[key[1]].starts.toordinal(), key))
    return [_sharing(key, cycles[key[1]], found.get(key, ()), by_key.get(key)) for key in order]


@allowed
def may_share(db: Session, actor: Actor, now: datetime, collaborative_id: str) -> NotShared | None:
    """None where the agency is in it. Where it is not, the trail keeps that somebody tried."""
    asked = "".join(filter(str.isalnum, collaborative_id))[:FORGED]  # perhaps from an address: it may be anything
    if asked == collaborative_id and stays_member(db, actor, asked):
        return None
    say(db, actor, now, audit.Change("refuse share", THING, asked))
    return NotShared.NOT_IN


@allowed
def share(
    db: Session,
    actor: Actor,
    now: datetime,
    collaborative_id: str,
    checklist_id: str,
    cycle_id: str,
    how: How | None,
    shown: int,
    agreed: Agreed | None = None,
) -> NotShared | None:
    """None withdraws. `shown` is the version that the page showed, 0 for nothing shared; Conflict where it is another's
    by now. What is submitted is seen at once, and what is withdrawn at once no more. For a guest the lead says how it
    `agreed`.
    """
    if refused := may_share(db, actor, now, collaborative_id):
        return refused
    if how is not None and how not in WAYS:
        raise BadInput("How it is shared: choose one from the list.")
    cycle = db.get(Cycle, (actor.agency_id, cycle_id))
    if cycle is None:
        raise NotFound("This cycle is not here any more. Open the page again.")
    key = {
        "agency_id": actor.agency_id,
        "collaborative_id": collaborative_id,
        "checklist_id": checklist_id,
        "cycle_id": cycle_id,
    }
    row = db.execute(select(Share).filter_by(**key)).scalar_one_or_none()
    if (row.version if row else 0) != shown:
        raise Conflict("Somebody else changed this share after it was shown. Look at it again.", "share")
    before = row.how if row else ""
    if before == (how or ""):
        return None
    agreement = _agreement(db, actor, now, collaborative_id, agreed) if how else ""
    unpublish(db, agency_id=actor.agency_id, collaborative_id=collaborative_id)
    db.execute(delete(Share).filter_by(**key))
    if how is not None:
        db.add(Share(**key, how=how, shared_at=now, shared_by=actor.person_id, version=shown + 1))
    said = f"{checklist_id}, {cycle.name}"
    say(db, actor, now, audit.Change("share" if how else "withdraw", THING, collaborative_id, said, before, how or ""))
    if agreement:
        say(db, actor, now, audit.Change("say agreed", THING, collaborative_id, said, after=agreement))
    publish(db, actor, now)
    return None


@allowed
def share_preview(
    db: Session, actor: Actor, now: datetime, collaborative_id: str, assessment_id: str, how: How
) -> Published:
    """Exactly the lines that sharing it this way would write, of a submitted assessment; nothing is written. The
    letters are "" where none are drawn for its site yet.
    """
    require_in(db, actor, collaborative_id)
    source = source_of(db, actor, assessment_id)
    if source is None:
        raise NotFound("Only a submitted assessment can be seen by others. Submit it first, or choose another one.")
    letters = letters_of(db, actor.agency_id, collaborative_id, source.site.id)
    return published(db, actor, now, source, collaborative_id, how, letters)


def _agreement(db: Session, actor: Actor, now: datetime, collaborative_id: str, agreed: Agreed | None) -> str:
    """Of a guest, who has nobody here to decide for it; "" of any other."""
    if not db.get_one(CollaborativeMember, (collaborative_id, actor.agency_id)).guest:
        return ""
    given = agreed or Agreed("", now.date())
    how, _ = every(lambda: line(given.how, "How the guest agreed", LINE), lambda: _refuse_ahead(given.on, now))
    return f"{given.on}: {how}"


def _refuse_ahead(on: date, now: datetime) -> None:
    if on > now.date():
        raise BadInput(f"The day on which the guest agreed, {on}, has not come yet. Choose another one.")


def _sharing(key: tuple[str, str], cycle: Cycle, found: Sequence[str], row: Share | None) -> Sharing:
    return Sharing(
        checklist_id=key[0],
        cycle_id=key[1],
        cycle=cycle.name,
        how=cast(How, row.how) if row else None,
        version=row.version if row else 0,
        assessments=len(found),
        submitted=sum(status == "submitted" for status in found),
    )
