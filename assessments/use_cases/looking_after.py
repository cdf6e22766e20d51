"""Who looks after the installation, and whom they shut out of all of it. It opens no agency's content."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlmodel import Session, col

from assessments.errors import BadInput, NotAllowed, NotFound
from assessments.rules.text import name_key
from assessments.store import audit
from assessments.store.access import Actor
from assessments.store.tables import Agency, HostRole, Identity, LaunchLink, Membership, Person
from assessments.store.walls import LOOK_AFTER, Asker, seen_by
from assessments.use_cases.identities import NAME_STAYS, THING
from assessments.use_cases.invitations import withdraw_invitations_of
from assessments.use_cases.membership import in_turn
from assessments.use_cases.sessions import end_sessions_of, make_link
from assessments.use_cases.typed import NAME, line

ADMINISTERS = "host-administrator"
UNNAMED = "Host administrator"
"""What somebody is called who came by a link, and whose provider tells no name."""
MOST = 20


@dataclass(frozen=True)
class Known:
    """Somebody who has signed in here once; `agencies` are names of those that they belong to."""

    id: str
    name: str
    issuers: tuple[str, ...]
    agencies: tuple[str, ...]
    looks_after: bool
    is_shut_out: bool


@dataclass(frozen=True)
class Crowd:
    """`total` are all of that name, `shown` the first of them."""

    total: int
    shown: list[Known]


def looks_after(db: Session, person_id: str) -> bool:
    return db.get(HostRole, (person_id, ADMINISTERS)) is not None


def require_host_administrator(db: Session, person_id: str) -> None:
    """Locked, so that no two of them end one another."""
    holding = select(HostRole.person_id).where(HostRole.role == ADMINISTERS).order_by(HostRole.person_id)
    if person_id not in db.execute(holding.with_for_update()).scalars().all():
        raise NotAllowed("Only who looks after this installation can do this. Ask them.")


def needs_name(db: Session, person_id: str) -> bool:
    """Nobody has told yet what a host administrator is called, and no agency has read it."""
    if not looks_after(db, person_id):
        return False
    with seen_by(db, Asker(person_id=person_id)):
        called = db.execute(select(Person.name).where(Person.id == person_id)).scalar_one()
        return called == UNNAMED and not db.execute(_belongs_to(person_id)).first()


def name_oneself(db: Session, by: str, name: str) -> None:
    """Once: afterwards the name stays as it is."""
    name = line(name, "Your name", NAME)
    if not needs_name(db, by):
        raise NotAllowed(NAME_STAYS)
    if name_key(name) == name_key(UNNAMED):
        raise BadInput("Your name: type what people call you.")
    with seen_by(db, Asker(person_id=by)):
        db.execute(update(Person).where(Person.id == by).values(name=name))


def everybody(db: Session, by: str, named: str = "", most: int = MOST) -> Crowd:
    """Who signs in here, by name; those whose name holds `named`."""
    if not looks_after(db, by):
        raise NotAllowed("Only who looks after this installation can see this. Ask them.")
    with seen_by(db, Asker(person_id=by, task=LOOK_AFTER)):
        return _crowd(db, named, most)


def _crowd(db: Session, named: str, most: int) -> Crowd:
    bound = select(Identity.person_id)
    wanted = (col(Person.id).in_(bound), col(Person.name).icontains(named.strip(), autoescape=True))
    total = db.execute(select(func.count()).select_from(Person).where(*wanted)).scalar_one()
    rows = db.execute(select(Person.id, Person.name).where(*wanted).order_by(Person.name, Person.id).limit(most)).all()
    return Crowd(total, _known(db, {row.id: row.name for row in rows}))


def invite_administrator(db: Session, by: str, now: datetime) -> str:
    """The token for a link that is good once, for twelve hours: whoever signs in with it looks after the installation
    as well.
    """
    require_host_administrator(db, by)
    return make_link(db, now)


def end_looking_after(db: Session, by: str, now: datetime, person_id: str) -> None:
    """They keep what they may do in their agencies."""
    require_host_administrator(db, by)
    if not looks_after(db, person_id):
        raise NotFound("They do not look after this installation any more. Search again.")
    if person_id == by:
        raise BadInput("You cannot end this for yourself: somebody has to stay. Ask another host administrator.")
    db.execute(delete(HostRole).where(HostRole.person_id == person_id, HostRole.role == ADMINISTERS))
    end_sessions_of(db, now, person_id)
    spend_links(db, now)


def shut_out(db: Session, by: str, now: datetime, person_id: str) -> None:
    """By no account of theirs does a person come in any more, in no agency, until they are let back in; whatever they
    have open closes within a second, on every process. Told in the trail of each agency that they belong to.
    """
    require_host_administrator(db, by)
    if person_id == by:
        raise BadInput("You cannot shut yourself out. Ask another host administrator.")
    _disable(db, person_id, now)
    for agency_id in _told(db, by, now, person_id, "shut out"):
        with seen_by(db, Asker(agency_id, by)):
            withdraw_invitations_of(db, Actor(by, agency_id), now, person_id)
    end_sessions_of(db, now, person_id)
    if looks_after(db, person_id):
        spend_links(db, now)


def let_back_in(db: Session, by: str, now: datetime, person_id: str) -> None:
    require_host_administrator(db, by)
    _disable(db, person_id, None)
    _told(db, by, now, person_id, "let back in")


def spend_links(db: Session, now: datetime) -> None:
    """Those that would make one more host administrator: somebody may know them who should not."""
    db.execute(update(LaunchLink).where(col(LaunchLink.used_at).is_(None)).values(used_at=now))


def _belongs_to(person_id: str) -> Any:
    return select(Membership.agency_id).where(Membership.person_id == person_id)


def _disable(db: Session, person_id: str, at: datetime | None) -> None:
    """First of all: a sign-in of theirs that is under way waits for it, or has ended and is found."""
    theirs = update(Identity).where(col(Identity.person_id) == person_id)
    if not db.execute(theirs.values(disabled_at=at)).rowcount:
        raise NotFound("Nobody signs in as this person. Search again.")


def _told(db: Session, by: str, now: datetime, person_id: str, act: str) -> list[str]:
    """The agencies that read of it."""
    mine = select(Membership.agency_id).where(Membership.person_id == person_id).distinct()
    with seen_by(db, Asker(person_id=by, task=LOOK_AFTER)):
        name = db.execute(select(Person.name).where(Person.id == person_id)).scalar_one()
        agency_ids = set(db.execute(mine).scalars())
    ordered = in_turn(db, agency_ids)
    for agency_id in ordered:
        with seen_by(db, Asker(agency_id, by)):
            audit.take_turn(db, agency_id)
            audit.record(db, agency_id, by, now, audit.Change(act, THING, person_id, after=name))
    return ordered


def _known(db: Session, names: dict[str, str]) -> list[Known]:
    issuers, agencies = defaultdict(list), defaultdict(list)
    shut_out: set[str] = set()
    bound = select(Identity.person_id, Identity.issuer, Identity.disabled_at)
    for row in db.execute(bound.where(col(Identity.person_id).in_(names)).order_by(Identity.issuer)):
        issuers[row.person_id].append(row.issuer)
        shut_out |= {row.person_id} if row.disabled_at else set()
    belongs = select(Membership.person_id, Agency.name).join(Agency, col(Agency.id) == Membership.agency_id)
    of_them = belongs.where(col(Membership.person_id).in_(names)).distinct().order_by(Agency.name)
    for person_id, agency in db.execute(of_them):
        agencies[person_id].append(agency)
    host = set(db.execute(select(HostRole.person_id).where(HostRole.role == ADMINISTERS)).scalars())
    return [
        Known(one, name, tuple(issuers[one]), tuple(agencies[one]), one in host, one in shut_out)
        for one, name in names.items()
    ]
