"""One agency asks for help that another offers. The lead of the collaborative goes between them: either is named to the
other, with the contact that each gave, once both have agreed, and not before.

Who asks agrees by asking; then the lead passes it on, and who offers agrees or declines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from assessments.errors import AlreadyThere, NotFound
from assessments.store import audit
from assessments.store.access import Actor, agency_of, allowed
from assessments.store.tables import PeerAsk, PeerOffer
from assessments.use_cases.collaboratives import members
from assessments.use_cases.membership import require_member
from assessments.use_cases.peer_steps import NO_WORD, OPEN, THING, AskState, found_at, move, said_by
from assessments.use_cases.peers import GONE, NOT_ITSELF, own_names, said
from assessments.use_cases.shared import require_in
from assessments.use_cases.told import say
from assessments.use_cases.typed import LINE, line

ASK, WORD, CONTACT = "What you ask", "Your word", "Whom they reach, and how"


@dataclass(frozen=True)
class Ask:
    """For one of the two sides: the other's `name` and `contact` are "" until both have agreed. `offer_id` is of use to
    whoever offers. `own_word`: the word is of the side that reads this, which can take it back.
    """

    id: str
    offer_id: str
    checklist_id: str
    indicator_id: str
    what: str
    says: str
    state: AskState
    word: str
    own_word: bool
    name: str
    contact: str
    asked_at: datetime
    version: int


@dataclass(frozen=True)
class Asks:
    """`own` were asked by the agency; `of_us` are for an offer of its own and were passed on, who asks is not told.
    `declined` are those of them that it declined with a word that stands.
    """

    own: tuple[Ask, ...]
    of_us: tuple[Ask, ...]
    declined: tuple[Ask, ...] = ()


@dataclass(frozen=True)
class AskToPass:
    """For the lead, who knows both. `asker` and `offerer` are names. `own_word`: the word is the lead's."""

    id: str
    asker: str
    offerer: str
    checklist_id: str
    indicator_id: str
    what: str
    says: str
    state: AskState
    word: str
    own_word: bool
    asked_at: datetime
    version: int


@allowed
def ask_for_help(
    db: Session,
    actor: Actor,
    now: datetime,
    collaborative_id: str,
    offer_id: str,
    says: str,
    contact: str,
    keep_because: str = "",
) -> str:
    """The id of what is asked. The lead reads it and who asks; who offers reads it without that."""
    require_member(db, actor, collaborative_id, NOT_ITSELF)
    offered = select(PeerOffer).filter_by(collaborative_id=collaborative_id, id=offer_id, withdrawn_at=None)
    offer = db.execute(offered).scalar_one_or_none()
    if offer is None or offer.agency_id == actor.agency_id:
        raise NotFound(GONE)
    asked = select(PeerAsk.id).filter_by(offer_id=offer_id, asked_by_agency=actor.agency_id)
    if db.execute(asked.where(col(PeerAsk.state).in_(OPEN))).first():
        raise AlreadyThere("You have asked for this already. What became of it stands under what you asked.")
    row = PeerAsk(
        agency_id=collaborative_id,
        asked_by_agency=actor.agency_id,
        offered_by_agency=offer.agency_id,
        offer_id=offer_id,
        says=said(db, actor, now, says, ASK, keep_because, offer.indicator_id, own_names(db, actor)),
        asker_name=agency_of(db, actor).name,
        asker_contact=line(contact, CONTACT, LINE),
        state="asked",
        asked_at=now,
        asked_by=actor.person_id,
        changed_at=now,
    )
    try:
        with db.begin_nested():
            db.add(row)
    except IntegrityError:  # whoever offered it has just been taken out, or taken it back
        raise NotFound(GONE) from None
    say(db, actor, now, audit.Change("ask for help", THING, f"{row.id}/{offer.indicator_id}", after=row.says))
    return row.id


@allowed
def withdraw_ask(db: Session, actor: Actor, now: datetime, ask_id: str, shown: int) -> None:
    """At any time, with its words and the contact."""
    row = found_at(db, ask_id, (*OPEN, "declined"), col(PeerAsk.asked_by_agency) == actor.agency_id)
    empty = dict.fromkeys(("says", "asker_name", "asker_contact", "offerer_name", "offerer_contact"), "")
    before = row.says
    move(db, now, row, shown, "withdrawn", empty | NO_WORD)
    say(db, actor, now, audit.Change("withdraw", THING, ask_id, before=before))


@allowed
def peer_asks(db: Session, actor: Actor, collaborative_id: str) -> Asks:
    """The newest first."""
    require_in(db, actor, collaborative_id)
    rows = _with_offers(db, collaborative_id)
    own = [_own_ask(row, offer) for row, offer in rows if row.asked_by_agency == actor.agency_id]
    of_us = [_ask_of_us(row, offer) for row, offer in rows if row.offered_by_agency == actor.agency_id]
    return Asks(
        tuple(one for one in own if one.state != "withdrawn"),
        tuple(one for one in of_us if one.state in ("passed-on", "agreed")),
        tuple(one for one in of_us if one.state == "declined" and one.own_word),
    )


@allowed
def asks_to_pass(db: Session, actor: Actor) -> list[AskToPass]:
    """All of the collaborative that the actor leads: what waits for the lead first."""
    names = {one.id: one.name for one in members(db, actor)}
    found = [
        AskToPass(
            row.id,
            names[row.asked_by_agency],
            names[row.offered_by_agency],
            offer.checklist_id,
            offer.indicator_id,
            offer.what,
            row.says,
            cast(AskState, row.state),
            row.word,
            row.word_by == "lead",
            row.asked_at,
            row.version,
        )
        for row, offer in _with_offers(db, actor.agency_id)
        if row.state != "withdrawn"
    ]
    return sorted(found, key=lambda one: one.state != "asked")


@allowed
def pass_on(
    db: Session, actor: Actor, now: datetime, ask_id: str, passes: bool, word: str, shown: int, keep_because: str = ""
) -> None:
    """The lead's act, or else the lead declines. The word is for the side that reads it next, so it names neither."""
    row = found_at(db, ask_id, ("asked",), col(PeerAsk.agency_id) == actor.agency_id)
    both = [one.name for one in members(db, actor) if one.id in (row.asked_by_agency, row.offered_by_agency)]
    word = said(db, actor, now, word, WORD, keep_because, ask_id, both, required=not passes)
    move(db, now, row, shown, "passed-on" if passes else "declined", said_by("lead", word))
    say(db, actor, now, audit.Change("pass on" if passes else "decline", THING, ask_id, after=word))


@allowed
def answer_ask(
    db: Session,
    actor: Actor,
    now: datetime,
    ask_id: str,
    agrees: bool,
    contact: str,
    word: str,
    shown: int,
    keep_because: str = "",
) -> None:
    """Of whoever offers. Who agrees gives a contact and is named; who declines stays unknown, with a word or none."""
    row = found_at(db, ask_id, ("passed-on",), col(PeerAsk.offered_by_agency) == actor.agency_id)
    new = said_by("offerer", said(db, actor, now, word, WORD, keep_because, ask_id, own_names(db, actor), False))
    if agrees:
        new |= {"offerer_name": agency_of(db, actor).name, "offerer_contact": line(contact, CONTACT, LINE)}
    move(db, now, row, shown, "agreed" if agrees else "declined", new)
    say(db, actor, now, audit.Change("agree" if agrees else "decline", THING, ask_id, after=new["word"]))


def _with_offers(db: Session, collaborative_id: str) -> Sequence[tuple[PeerAsk, PeerOffer]]:
    asked = (
        select(PeerAsk, PeerOffer)
        .join(
            PeerOffer,
            (col(PeerOffer.agency_id) == PeerAsk.offered_by_agency) & (col(PeerOffer.id) == PeerAsk.offer_id),
        )
        .where(col(PeerAsk.agency_id) == collaborative_id)
        .order_by(col(PeerAsk.asked_at).desc(), PeerAsk.id)
    )
    return [(row, offer) for row, offer in db.execute(asked)]


def _own_ask(row: PeerAsk, offer: PeerOffer) -> Ask:
    return _ask(row, offer, row.offerer_name, row.offerer_contact, False)


def _ask_of_us(row: PeerAsk, offer: PeerOffer) -> Ask:
    return _ask(row, offer, row.asker_name, row.asker_contact, row.word_by == "offerer")


def _ask(row: PeerAsk, offer: PeerOffer, name: str, contact: str, own_word: bool) -> Ask:
    named = row.state == "agreed"
    return Ask(
        id=row.id,
        offer_id=row.offer_id,
        checklist_id=offer.checklist_id,
        indicator_id=offer.indicator_id,
        what=offer.what,
        says=row.says,
        state=cast(AskState, row.state),
        word=row.word,
        own_word=own_word,
        name=name if named else "",
        contact=contact if named else "",
        asked_at=row.asked_at,
        version=row.version,
    )
