"""Help among peers: a site that is strong on an indicator offers it, and one that is weak finds it.

Others see an offer and not whose it is, neither by name nor by letters. So it is on a checklist that everybody has: an
agency types the ids of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session, col

from assessments.errors import AlreadyThere, BadInput, Conflict, NotFound
from assessments.rules.peer_help import SiteStand, names_in
from assessments.rules.peer_matches import HIGH
from assessments.store import audit
from assessments.store.access import Actor, agency_of, allowed
from assessments.store.tables import PeerAsk, PeerOffer, Site
from assessments.use_cases.membership import require_member
from assessments.use_cases.peer_stands import own_stands
from assessments.use_cases.shared import require_in
from assessments.use_cases.told import say
from assessments.use_cases.typed import body, searched
from standards import catalogue

THING = "offer of help"
LONG = 2_000
OF_ONES_OWN = (
    "This checklist is one of your agency's own. Its id and those of its indicators could tell others who offers, so "
    "help is offered only on the checklists that come with Plumbline. Choose an indicator of one of these."
)
GONE = "This offer is not there any more. Open the page again."
NOT_ITSELF = "The collaborative itself cannot do this. Choose an agency that is in it."
TAKEN_BACK = "The offer was taken back."
"""What whoever asked is told then."""


@dataclass(frozen=True)
class Offer:
    """Of somebody else in the collaborative. `weak` are sites of one's own that it could help, the weakest first."""

    id: str
    checklist_id: str
    indicator_id: str
    what: str
    weak: tuple[SiteStand, ...]


@dataclass(frozen=True)
class OwnOffer:
    """`level` is that of the site by now; None where it has none any more."""

    id: str
    site: str
    checklist_id: str
    indicator_id: str
    what: str
    level: int | None
    version: int


@dataclass(frozen=True)
class PeerHelp:
    """`offers` are others', where an own site is weak first. `unmet`: nobody offers help with it. `strong` are own
    sites that could offer and do not yet.
    """

    offers: tuple[Offer, ...]
    unmet: tuple[SiteStand, ...]
    own: tuple[OwnOffer, ...]
    strong: tuple[SiteStand, ...]


@allowed
def peer_help(db: Session, actor: Actor, collaborative_id: str) -> PeerHelp:
    require_in(db, actor, collaborative_id)
    stands = own_stands(db, actor) if collaborative_id != actor.agency_id else []
    open_now = select(PeerOffer).filter_by(collaborative_id=collaborative_id, withdrawn_at=None)
    rows = db.execute(open_now).scalars().all()
    own = [row for row in rows if row.agency_id == actor.agency_id]
    everybody_has = _in_the_catalogue()
    there = [row for row in rows if (row.checklist_id, row.indicator_id) in everybody_has]
    others = _others([row for row in there if row.agency_id != actor.agency_id], stands)
    strong = [one for one in stands if one.is_strong and one.about in everybody_has]
    offered = {(row.site_id, row.checklist_id, row.indicator_id) for row in own}
    helped = {(offer.checklist_id, offer.indicator_id) for offer in others}
    return PeerHelp(
        others,
        tuple(sorted((one for one in stands if one.is_weak and one.about not in helped), key=_weakest)),
        _own(db, actor, own, stands),
        tuple(one for one in strong if (one.site_id, *one.about) not in offered),
    )


@allowed
def offer_help(
    db: Session,
    actor: Actor,
    now: datetime,
    collaborative_id: str,
    site_id: str,
    checklist_id: str,
    indicator_id: str,
    what: str,
    keep_because: str = "",
) -> str:
    """The id of the offer. `what` it would share is seen by everybody in the collaborative, without the name."""
    require_member(db, actor, collaborative_id, NOT_ITSELF)
    of = {"site_id": site_id, "checklist_id": checklist_id, "indicator_id": indicator_id}
    _require_strong(db, actor, site_id, checklist_id, indicator_id)
    if (checklist_id, indicator_id) not in _in_the_catalogue():
        raise BadInput(OF_ONES_OWN)
    what = said(db, actor, now, what, "What you would share", keep_because, indicator_id, own_names(db, actor))
    known = select(PeerOffer).filter_by(agency_id=actor.agency_id, collaborative_id=collaborative_id, **of)
    row = db.execute(known).scalar_one_or_none()
    if row and row.withdrawn_at is None:
        raise AlreadyThere(f"Help with {indicator_id} is offered for this site already. Take that offer back first.")
    row = row or PeerOffer(
        agency_id=actor.agency_id,
        collaborative_id=collaborative_id,
        **of,
        what=what,
        offered_at=now,
        offered_by=actor.person_id,
        version=0,
    )
    row.what, row.offered_at, row.offered_by, row.withdrawn_at = what, now, actor.person_id, None
    row.version += 1
    db.add(row)
    db.flush()
    say(db, actor, now, audit.Change("offer help", THING, f"{row.id}/{indicator_id}", after=what))
    return row.id


@allowed
def withdraw_offer(db: Session, actor: Actor, now: datetime, offer_id: str, shown: int) -> None:
    """With its words; whoever asked for it is told that it is gone."""
    row = db.get(PeerOffer, (actor.agency_id, offer_id), populate_existing=True)
    if row is None or row.withdrawn_at:
        raise NotFound(GONE)
    if row.version != shown:
        raise Conflict("Somebody else changed this offer after it was shown. Look at it again.", "offer")
    say(db, actor, now, audit.Change("withdraw", THING, f"{row.id}/{row.indicator_id}", before=row.what))
    row.what, row.withdrawn_at, row.version = "", now, row.version + 1
    db.add(row)
    over: dict[str, Any] = {"state": "declined", "word": TAKEN_BACK, "word_by": ""}
    over |= {"offerer_name": "", "offerer_contact": ""}
    on_it = (col(PeerAsk.offered_by_agency) == actor.agency_id, col(PeerAsk.offer_id) == row.id)
    still = col(PeerAsk.state).in_(("asked", "passed-on", "agreed"))
    db.execute(update(PeerAsk).where(*on_it, still).values(**over, changed_at=now, version=PeerAsk.version + 1))


@cache
def _in_the_catalogue() -> frozenset[tuple[str, str]]:
    """What others may read of what an offer is about: of each shipped edition, the checklist and its indicators."""
    return frozenset((one.id, indicator.id) for one in catalogue.library().values() for indicator in one.indicators)


def own_names(db: Session, actor: Actor) -> list[str]:
    """By which others would know the agency."""
    sites = select(Site.name).where(Site.agency_id == actor.agency_id)
    return [agency_of(db, actor).name, *db.execute(sites).scalars()]


def said(
    db: Session,
    actor: Actor,
    now: datetime,
    text: str,
    where: str,
    keep_because: str,
    thing_id: str,
    names: Sequence[str],
    required: bool = True,
) -> str:
    """What others are to read: searched for a client's data, and for the names of who is not to be named yet."""
    text = body(text, where, LONG)
    if required and not text.strip():
        raise BadInput(f"{where} is empty. Fill it in.")
    if named := names_in(text, names):
        told = ", ".join(f"“{name}”" for name in named)
        raise BadInput(
            f"{where} was not saved: it names {told}, and nobody is named before both sides agree. Word it without."
        )
    return searched(db, actor, now, text, where, keep_because, thing_id)


def _require_strong(db: Session, actor: Actor, site_id: str, checklist_id: str, indicator_id: str) -> None:
    if db.get(Site, (actor.agency_id, site_id)) is None:
        raise NotFound("This site is not here. Choose one of your own.")
    stand = next(
        (one for one in own_stands(db, actor, (site_id, checklist_id)) if one.indicator_id == indicator_id), None
    )
    if stand is None or not stand.is_strong:
        now_at = "has no level" if stand is None else f"stands at {stand.level}"
        raise BadInput(
            f"{indicator_id} {now_at} in the newest submitted assessment of this site. A site can offer help where "
            f"that says {HIGH} or more."
        )


def _others(rows: Sequence[PeerOffer], stands: Sequence[SiteStand]) -> tuple[Offer, ...]:
    """Neither in the order of their making nor with anything of who made them."""
    offers = []
    for row in rows:
        about = (row.checklist_id, row.indicator_id)
        weak = sorted((one for one in stands if one.is_weak and one.about == about), key=_weakest)
        offers.append(Offer(row.id, *about, row.what, tuple(weak)))
    return tuple(sorted(offers, key=lambda one: (*_first(one), one.checklist_id, one.indicator_id, one.id)))


def _first(offer: Offer) -> tuple[bool, int]:
    return not offer.weak, min((one.level for one in offer.weak), default=0)


def _weakest(stand: SiteStand) -> tuple[int, str, str, str]:
    return stand.level, stand.checklist_id, stand.indicator_id, stand.site


def _own(db: Session, actor: Actor, rows: Sequence[PeerOffer], stands: Sequence[SiteStand]) -> tuple[OwnOffer, ...]:
    levels = {(one.site_id, *one.about): one.level for one in stands}
    named = select(Site.id, Site.name).where(Site.agency_id == actor.agency_id)
    sites: dict[str, str] = dict(db.execute(named).all())
    own = [
        OwnOffer(
            row.id,
            sites[row.site_id],
            row.checklist_id,
            row.indicator_id,
            row.what,
            levels.get((row.site_id, row.checklist_id, row.indicator_id)),
            row.version,
        )
        for row in rows
    ]
    return tuple(sorted(own, key=lambda one: (one.checklist_id, one.indicator_id, one.site)))
