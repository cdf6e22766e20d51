"""Which browsers are let in. A link from the start is good once; what it is swapped for is good until it is given back,
was not used for a month, or is a quarter of a year old. Where people sign in, a session is one person's, and shorter.
Of each token, only the hash is stored.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, delete, select, update
from sqlmodel import Session, col

from assessments.store.tables import BrowserSession, LaunchLink, Person, Table
from assessments.store.walls import Asker, seen_by

TOKEN_BYTES = 32
LINK_WAITS = timedelta(hours=12)
IDLE = timedelta(days=30)
LASTS = timedelta(days=90)
SEEN_IS_NEW = timedelta(hours=1)
"""Within it, a browser's next request is not written down again."""


@dataclass(frozen=True)
class Terms:
    """How long a session is good. `of_person`: people sign in here, and a session of nobody's is none; where they do
    not, one of a person's is none.
    """

    idle: timedelta = IDLE
    lasts: timedelta = LASTS
    seen_is_new: timedelta = SEEN_IS_NEW
    of_person: bool = False


ONE_MACHINE = Terms()
HOSTED = Terms(timedelta(minutes=30), timedelta(hours=12), timedelta(minutes=1), of_person=True)


@dataclass(frozen=True)
class KnownBrowser:
    id: str
    mark: bool
    """It was last seen so long ago that this should be written down."""


def make_link(db: Session, now: datetime) -> str:
    """The token of a fresh launch link."""
    db.execute(delete(LaunchLink).where(LaunchLink.expires_at <= now))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    db.add(LaunchLink(token_hash=hash_of(token), made_at=now, expires_at=now + LINK_WAITS))
    return token


def open_session(db: Session, now: datetime, link: str, carried: str = "") -> str | None:
    """A new token for the cookie, or None: the link is wrong, expired or used. A browser that is in already, by the
    token it carried, stays the one it is, and that token is good no more. To be called in a transaction of
    `database.writing`.
    """
    if db.execute(update(LaunchLink).where(*_good(link, now)).values(used_at=now)).rowcount != 1:
        return None
    _forget_the_old(db, now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    known = session_of(db, now, carried)
    if known:
        mine = update(BrowserSession).where(BrowserSession.id == known.id)
        db.execute(mine.values(token_hash=hash_of(token), seen_at=now))
    else:
        db.add(BrowserSession(token_hash=hash_of(token), begun_at=now, seen_at=now))
    return token


def is_good(db: Session, now: datetime, link: str) -> bool:
    """Whether the link would let a browser in."""
    return db.execute(select(LaunchLink.token_hash).where(*_good(link, now))).first() is not None


def _good(link: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(LaunchLink.token_hash) == hash_of(link),
        col(LaunchLink.used_at).is_(None),
        col(LaunchLink.expires_at) > now,
    )


# Built once: each request and each message of a browser asks.
BROWSERS = Table.metadata.tables["browser_session"].c
ADMITTED = select(BROWSERS.id, BROWSERS.seen_at).where(
    BROWSERS.ended_at.is_(None),
    BROWSERS.seen_at > bindparam("seen_after"),
    BROWSERS.begun_at > bindparam("begun_after"),
    BROWSERS.person_id.is_not(None) == bindparam("of_person"),
)
BY_TOKEN = ADMITTED.where(BROWSERS.token_hash == bindparam("token_hash"))
BY_ID = ADMITTED.where(BROWSERS.id == bindparam("id"))
BY_IDS = ADMITTED.where(BROWSERS.id.in_(bindparam("ids", expanding=True)))
BY_ANY_TERMS = select(BROWSERS.id).where(BROWSERS.token_hash == bindparam("token_hash"))
PERSON = (
    select(Person)
    .join(BrowserSession, col(BrowserSession.person_id) == col(Person.id))
    .where(BrowserSession.id == bindparam("id"), BrowserSession.ended_at.is_(None))
)


def session_of(db: Session, now: datetime, token: str, terms: Terms = ONE_MACHINE) -> KnownBrowser | None:
    row = db.execute(BY_TOKEN, _limits(now, terms) | {"token_hash": hash_of(token)}).one_or_none()
    return KnownBrowser(row.id, now - row.seen_at >= terms.seen_is_new) if row else None


def of_those_open(db: Session, now: datetime, session_ids: Iterable[str], terms: Terms = ONE_MACHINE) -> set[str]:
    """Those of the sessions that are still good."""
    return set(db.execute(BY_IDS, _limits(now, terms) | {"ids": list(session_ids)}).scalars())


def still_open(db: Session, now: datetime, session_id: str, terms: Terms = ONE_MACHINE) -> KnownBrowser | None:
    row = db.execute(BY_ID, _limits(now, terms) | {"id": session_id}).one_or_none()
    return KnownBrowser(row.id, now - row.seen_at >= terms.seen_is_new) if row else None


def person_of(db: Session, session_id: str) -> Person | None:
    """Who signed in with this browser; None once the session has ended."""
    with seen_by(db, Asker(known=session_id)):
        return db.execute(PERSON, {"id": session_id}).scalar_one_or_none()


def begin_session(db: Session, now: datetime, person_id: str, carried: str = "") -> str:
    """A new token for the cookie of a person who has signed in. What the browser carried ends: it may have been
    another's.
    """
    if known := db.execute(BY_ANY_TERMS, {"token_hash": hash_of(carried)}).scalar():
        end_session(db, now, known)
    _forget_the_old(db, now)
    token, place = secrets.token_urlsafe(TOKEN_BYTES), _last_place(db, person_id)
    row = BrowserSession(token_hash=hash_of(token), person_id=person_id, begun_at=now, seen_at=now, stands_in=place)
    db.add(row)
    return token


def stands_in(db: Session, session_id: str) -> str:
    """The id of the agency that was chosen last in this browser, "" where none was. Whether it is still one of theirs,
    whoever asks has to look.
    """
    asked = select(BrowserSession.stands_in).where(BrowserSession.id == session_id)
    return db.execute(asked).scalar_one_or_none() or ""


def stand_in(db: Session, now: datetime, session_id: str, agency_id: str) -> None:
    """The demonstration, whose database lets nobody in, keeps a row of its own for it: its token is nobody's."""
    mine = update(BrowserSession).where(BrowserSession.id == session_id)
    if not db.execute(mine.values(stands_in=agency_id)).rowcount:
        nobodys = hash_of(secrets.token_urlsafe(TOKEN_BYTES))
        db.add(BrowserSession(id=session_id, token_hash=nobodys, begun_at=now, seen_at=now, stands_in=agency_id))


def end_sessions_of(db: Session, now: datetime, person_id: str) -> None:
    """All that a person has open, in every browser."""
    theirs = update(BrowserSession).where(BrowserSession.person_id == person_id, BrowserSession.ended_at.is_(None))
    db.execute(theirs.values(ended_at=now))


def _last_place(db: Session, person_id: str) -> str | None:
    """Where somebody who signs in again stood before."""
    theirs = select(BrowserSession.stands_in).where(
        BrowserSession.person_id == person_id, col(BrowserSession.stands_in).is_not(None)
    )
    return db.execute(theirs.order_by(col(BrowserSession.seen_at).desc()).limit(1)).scalar_one_or_none()


def mark_seen(db: Session, now: datetime, session_id: str) -> None:
    """One that has ended stays ended."""
    db.execute(update(BrowserSession).where(BrowserSession.id == session_id).values(seen_at=now))


def end_session(db: Session, now: datetime, session_id: str) -> None:
    """From every process: the door looks again with each request, and closes what is open within a second."""
    ended = update(BrowserSession).where(BrowserSession.id == session_id, BrowserSession.ended_at.is_(None))
    db.execute(ended.values(ended_at=now))


def _limits(now: datetime, terms: Terms) -> dict[str, object]:
    return {"seen_after": now - terms.idle, "begun_after": now - terms.lasts, "of_person": terms.of_person}


def _forget_the_old(db: Session, now: datetime) -> None:
    db.execute(delete(BrowserSession).where(BrowserSession.begun_at <= now - LASTS))


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
