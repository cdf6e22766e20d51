"""A sign-in from its beginning to a session: begun in one browser, taken up once when the provider sends it back, and
matched on issuer and subject alone, never on an e-mail address.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import delete, insert, select, text
from sqlmodel import Session, col

from assessments.errors import BadInput
from assessments.store import audit
from assessments.store.tables import HostRole, Identity, Invitation, LaunchLink, Membership, Person, SignIn
from assessments.store.walls import LOCAL, Asker, seen_by
from assessments.use_cases.invitations import THING, in_words
from assessments.use_cases.looking_after import ADMINISTERS, UNNAMED, looks_after, spend_links
from assessments.use_cases.membership import in_turn, was_guest
from assessments.use_cases.sessions import begin_session, hash_of
from assessments.use_cases.typed import NAME, line

LASTS = timedelta(minutes=10)
NOBODY = "0" * 32
"""The person in whose name the trail says that somebody was not let in."""
ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext(:what))")


@dataclass(frozen=True)
class Begun:
    """What is kept of a sign-in until its answer comes; `invitation` is the hash of the token it began with, or ""."""

    nonce: str
    verifier: str
    invitation: str


@dataclass(frozen=True)
class Who:
    """As a provider has confirmed it."""

    issuer: str
    subject: str
    name: str = ""


class Refused(Enum):
    UNKNOWN = "nobody of ours, and no invitation"
    ENDED = "belongs to no agency any more"
    SHUT_OUT = "was shut out by a host administrator"
    SPENT = "an invitation that is good no more"


def begin_sign_in(db: Session, now: datetime, provider: str, state: str, browser: str, begun: Begun) -> None:
    """`state` and `browser` are secrets, of which the hashes are stored."""
    db.execute(delete(SignIn).where(SignIn.begun_at <= now - LASTS))
    db.add(
        SignIn(
            state_hash=hash_of(state),
            provider=provider,
            browser_hash=hash_of(browser),
            nonce=begun.nonce,
            verifier=begun.verifier,
            invitation_hash=begun.invitation,
            begun_at=now,
        )
    )


def is_begun(db: Session, state: str) -> bool:
    return db.execute(select(SignIn.state_hash).where(SignIn.state_hash == hash_of(state))).first() is not None


def take_sign_in(db: Session, now: datetime, provider: str, state: str, browser: str) -> Begun | None:
    """Once, by the browser that began it, from the provider it was begun with, within its time. Who tries otherwise
    knows the state, so it is good no more, and the agency reads of it.
    """
    row = db.execute(select(SignIn).where(SignIn.state_hash == hash_of(state)).with_for_update()).scalar_one_or_none()
    if row is None:
        return None
    fault = _fault(row, now, provider, browser)
    if fault:
        db.delete(row)
        say_refused(db, now, row.invitation_hash, fault)
        return None
    row.used_at = now
    db.add(row)
    return Begun(row.nonce, row.verifier, row.invitation_hash)


def enter(db: Session, now: datetime, who: Who, invitation: str, carried: str = "") -> str | Refused:
    """The token for the cookie. `invitation` is the hash that the sign-in began with."""
    _wait_for(db, f"identity {who.issuer} {who.subject}")  # two browsers of one person, each with an invitation
    identity = db.execute(_identity(who).with_for_update()).scalar_one_or_none()
    if identity and identity.disabled_at:
        say_refused(db, now, invitation, "their account was shut out")
        return Refused.SHUT_OUT
    person_id = identity.person_id if identity else None
    if invitation:
        person_id = _invited(db, now, who, person_id, invitation)
        if person_id is None:
            say_refused(db, now, invitation, "the invitation was used, withdrawn or over")
            return Refused.SPENT
    if person_id is None:
        return Refused.UNKNOWN
    _take_turns(db, _agencies_of(db, person_id))  # whoever ends their access has done so, or waits
    if not _belongs(db, person_id):
        return Refused.ENDED
    _say_signed_in(db, now, person_id)
    return begin_session(db, now, person_id, carried)


def say_refused(db: Session, now: datetime, invitation: str, why: str) -> None:
    """In the trail of the agency whose invitation it was; of any other, no agency is known."""
    with seen_by(db, Asker(known=invitation)):
        row = db.execute(select(Invitation).where(Invitation.token_hash == invitation)).scalar_one_or_none()
    if row is None:
        return
    with seen_by(db, Asker(row.agency_id, NOBODY)):
        audit.take_turn(db, row.agency_id)
        if db.get(Person, NOBODY) is None:
            _wait_for(db, NOBODY)
        if db.get(Person, NOBODY) is None:
            db.add(Person(id=NOBODY, name="Somebody who was not let in", created_at=now))
            db.flush()
        change = audit.Change("refuse sign-in", THING, row.id, row.name, after=why)
        audit.record(db, row.agency_id, NOBODY, now, change)


def needs_administrator(db: Session) -> bool:
    """Nobody looks after the installation yet, so the start prints a link by which somebody can."""
    return db.execute(select(HostRole.person_id).where(HostRole.role == ADMINISTERS)).first() is None


def _fault(row: SignIn, now: datetime, provider: str, browser: str) -> str:
    if row.used_at:
        return "the answer of the provider was sent a second time"
    if row.browser_hash != hash_of(browser):
        return "it was begun in another browser"
    if row.provider != provider:
        return "it was begun with another provider"
    return "it took longer than ten minutes" if row.begun_at <= now - LASTS else ""


def _identity(who: Who) -> Any:
    return select(Identity).where(Identity.issuer == who.issuer, Identity.subject == who.subject)


def _invited(db: Session, now: datetime, who: Who, person_id: str | None, token_hash: str) -> str | None:
    """The person, by an invitation or by the link of the start; None if it is good no more."""
    links = select(LaunchLink.token_hash).where(LaunchLink.token_hash == token_hash)
    if db.execute(links).first():
        _wait_for(db, ADMINISTERS)  # of two who bring a link each, the second finds it spent
    wanted = select(LaunchLink).where(LaunchLink.token_hash == token_hash).with_for_update()
    link = db.execute(wanted).scalar_one_or_none()
    if link is None:
        return _accepted(db, now, who, person_id, token_hash)
    if link.used_at or link.expires_at <= now:
        return None
    if person_id and looks_after(db, person_id):
        return person_id  # for somebody else, then: it stays good
    was_first = needs_administrator(db)
    link.used_at = now
    db.add(link)
    found = _administers(db, now, who, person_id)
    if was_first:
        spend_links(db, now)
    return found


def _administers(db: Session, now: datetime, who: Who, person_id: str | None) -> str:
    """Where one person used this installation alone before, the first to come is that person."""
    if person_id is None:
        with seen_by(db, Asker(known=LOCAL)):
            local = db.execute(select(Person.id).where(col(Person.local))).scalar_one_or_none()
        theirs = local if needs_administrator(db) else None
        person_id = _bound(db, now, who, theirs or _new_person(db, now, _name(who)))
    db.add(HostRole(person_id=person_id, role=ADMINISTERS, given_at=now))
    db.flush()
    return person_id


def _accepted(db: Session, now: datetime, who: Who, person_id: str | None, token_hash: str) -> str | None:
    """Whoever opens it first is bound to it; None if it is good no more, unless they are the one who came by it."""
    wanted = select(Invitation).where(Invitation.token_hash == token_hash)
    with seen_by(db, Asker(known=token_hash)):
        agency_id = db.execute(wanted.with_only_columns(Invitation.agency_id)).scalar_one_or_none()
    if agency_id is None:
        return None
    _take_turns(db, {agency_id} | _agencies_of(db, person_id))  # first, as whoever withdraws it does
    with seen_by(db, Asker(agency_id, person_id or "")):
        return _used(db, now, who, person_id, db.execute(wanted.with_for_update()).scalar_one())


def _used(db: Session, now: datetime, who: Who, person_id: str | None, row: Invitation) -> str | None:
    if row.used_at:
        return person_id if person_id == row.used_by else None
    if row.withdrawn_at or row.ends_at <= now or was_guest(db, row.agency_id):
        return None
    person_id = person_id or _bound(db, now, who, _new_person(db, now, row.name))
    row.used_at, row.used_by = now, person_id
    db.add(row)
    db.flush()
    _give(db, row.agency_id, person_id, row.roles.split())
    change = audit.Change("accept", THING, row.id, after=f"{row.name}: {in_words(row.roles.split())}")
    audit.record(db, row.agency_id, person_id, now, change)
    return person_id


def _give(db: Session, agency_id: str, person_id: str, roles: Iterable[str]) -> None:
    mine = select(Membership.role).where(Membership.agency_id == agency_id, Membership.person_id == person_id)
    held = set(db.execute(mine).scalars())
    for role in set(roles) - held:
        db.execute(insert(Membership).values(agency_id=agency_id, person_id=person_id, role=role))


def _new_person(db: Session, now: datetime, name: str) -> str:
    person = Person(name=name, created_at=now)
    db.add(person)
    db.flush()
    return person.id


def _name(who: Who) -> str:
    try:
        return line(who.name, "Name", NAME)
    except BadInput:
        return UNNAMED


def _bound(db: Session, now: datetime, who: Who, person_id: str) -> str:
    db.add(Identity(issuer=who.issuer, subject=who.subject, person_id=person_id, bound_at=now))
    db.flush()
    return person_id


def _belongs(db: Session, person_id: str) -> bool:
    belongs = select(Membership.role).where(Membership.person_id == person_id)
    hosts = select(HostRole.role).where(HostRole.person_id == person_id)
    with seen_by(db, Asker(person_id=person_id)):
        return db.execute(belongs.union(hosts)).first() is not None


def _say_signed_in(db: Session, now: datetime, person_id: str) -> None:
    """In the trail of each agency that they belong to."""
    mine = _agencies_of(db, person_id)
    _take_turns(db, mine)
    for agency_id in sorted(mine):
        with seen_by(db, Asker(agency_id, person_id)):
            audit.record(db, agency_id, person_id, now, audit.Change("sign in", "person", person_id))


def _agencies_of(db: Session, person_id: str | None) -> set[str]:
    mine = select(Membership.agency_id).where(Membership.person_id == person_id)
    with seen_by(db, Asker(person_id=person_id or "")):
        return set(db.execute(mine).scalars())


def _wait_for(db: Session, what: str) -> None:
    """Until nobody else is at it; on SQLite there is one writer."""
    if db.get_bind().dialect.name != "sqlite":
        db.execute(ONE_AT_A_TIME, {"what": what})


def _take_turns(db: Session, agency_ids: Iterable[str]) -> None:
    for agency_id in in_turn(db, agency_ids):
        with seen_by(db, Asker(agency_id)):
            audit.take_turn(db, agency_id)
