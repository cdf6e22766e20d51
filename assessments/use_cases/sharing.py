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
from assessments.store import audit, shelf
from assessments.store.access import Actor, agency_of, allowed
from assessments.store.tables import (
    Agency,
    Assessment,
    CollaborativeMember,
    Cycle,
    OwnChecklist,
    Share,
    SharedAssessment,
    Site,
    new_stamp,
)
from assessments.use_cases.membership import stays_member
from assessments.use_cases.publishing import (
    Published,
    publish,
    published,
    source_of,
    unpublish,
)
from assessments.use_cases.shared import require_in
from assessments.use_cases.site_letters import letters_of, redraw_letters
from assessments.use_cases.told import say
from assessments.use_cases.typed import LINE, every, line
from standards import catalogue

THING = "share"
WAYS: tuple[How, ...] = get_args(How)
SEEN: tuple[How, ...] = ("blinded", "named")
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


class Begun(NamedTuple):
    assessment: Assessment
    site: Site
    readable: bool


@dataclass(frozen=True)
class Sharing:
    """Of one checklist in one cycle, in one collaborative. `how` is None where nothing is shared; `version` is 0 then.
    `submitted` of `assessments` can be seen, the others once they are submitted. `seen` are the ids of those that are,
    or would be. Not seen is what is of something `archived`, and, by site, what is `unread`: its edition is not here.
    """

    checklist_id: str
    cycle_id: str
    cycle: str
    how: How | None
    version: int
    assessments: int
    submitted: int
    seen: tuple[str, ...] = ()
    archived: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


@allowed
def sharings(db: Session, actor: Actor, collaborative_id: str) -> list[Sharing]:
    """Of all that the agency has begun to rate or shares, the newest cycle first; by checklist."""
    require_in(db, actor, collaborative_id)
    mine = select(Assessment, Site).join(
        Site, (col(Site.agency_id) == Assessment.agency_id) & (col(Site.id) == Assessment.site_id)
    )
    mine = mine.where(col(Assessment.agency_id) == actor.agency_id, col(Assessment.archived_at).is_(None))
    found: dict[tuple[str, str], list[Begun]] = {}
    for row, site in db.execute(mine):
        begun = Begun(row, site, shelf.is_readable(db, row))
        found.setdefault((row.checklist_id, row.cycle_id), []).append(begun)
    shares = select(Share).where(Share.agency_id == actor.agency_id, Share.collaborative_id == collaborative_id)
    by_key = {(share.checklist_id, share.cycle_id): share for share in db.execute(shares).scalars()}
    of_agency = select(Cycle).where(Cycle.agency_id == actor.agency_id)
    cycles = {cycle.id: cycle for cycle in db.execute(of_agency).scalars()}
    order = sorted(found.keys() | by_key.keys(), key=lambda key: (-cycles[key[1]].starts.toordinal(), key))
    agency = agency_of(db, actor)
    return [_sharing(key, agency, cycles[key[1]], found.get(key, ()), by_key.get(key)) for key in order]


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
    cycle = _found(db, actor, checklist_id, cycle_id)
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
    _withdraw(db, key)
    _draw_anew(db, actor, collaborative_id, before)
    if how is not None:
        db.add(Share(**key, how=how, shared_at=now, shared_by=actor.person_id, version=_new_version()))
        publish(db, actor, now)
    said = f"{checklist_id}, {cycle.name}"
    say(db, actor, now, audit.Change("share" if how else "withdraw", THING, collaborative_id, said, before, how or ""))
    if agreement:
        say(db, actor, now, audit.Change("say agreed", THING, collaborative_id, said, after=agreement))
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


def _found(db: Session, actor: Actor, checklist_id: str, cycle_id: str) -> Cycle:
    """NotFound also where the checklist is not on the shelf, was never rated, and is not shared from an earlier day."""
    known = {shipped_id for shipped_id, _ in catalogue.library()}
    for table in (OwnChecklist, Assessment, Share):
        known |= set(db.execute(select(table.checklist_id).filter_by(agency_id=actor.agency_id)).scalars())
    if checklist_id not in known:
        raise NotFound("This checklist is not here any more. Open the page again.")
    cycle = db.get(Cycle, (actor.agency_id, cycle_id))
    if cycle is None:
        raise NotFound("This cycle is not here any more. Open the page again.")
    return cycle


def _withdraw(db: Session, key: dict[str, str]) -> None:
    """With what was published of it, and of nothing else: the rest need not be read for that."""
    mine = {name: key[name] for name in ("agency_id", "collaborative_id")}
    for assessment_id in db.execute(select(SharedAssessment.assessment_id).filter_by(**key)).scalars().all():
        unpublish(db, **mine, assessment_id=assessment_id)
    db.execute(delete(Share).filter_by(**key))


def _new_version() -> int:
    """Drawn, so that what was withdrawn and shared again since is not taken for what was shown; never 0."""
    return new_stamp() | 1


def _draw_anew(db: Session, actor: Actor, collaborative_id: str, before: str) -> None:
    """Where a name comes or goes and letters with it, whoever knew these would know those of all other cycles."""
    if before in SEEN:
        redraw_letters(db, actor.agency_id, collaborative_id)


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


def _sharing(key: tuple[str, str], agency: Agency, cycle: Cycle, found: Sequence[Begun], row: Share | None) -> Sharing:
    submitted = [one for one in found if one.assessment.status == "submitted"]
    away = bool(agency.archived_at or cycle.archived_at)
    shown = (one for one in submitted if one.readable and not away and not one.site.archived_at)
    named = (("agency", agency), ("cycle", cycle), *(("site", one.site) for one in found))
    return Sharing(
        checklist_id=key[0],
        cycle_id=key[1],
        cycle=cycle.name,
        how=cast(How, row.how) if row else None,
        version=row.version if row else 0,
        assessments=len(found),
        submitted=len(submitted),
        seen=tuple(one.assessment.id for one in shown),
        archived=tuple(f"{thing} {it.name}" for thing, it in named if it.archived_at),
        unread=tuple(one.site.name for one in submitted if not one.readable),
    )
