"""Agencies, their settings, sites and cycles: set up, revised, archived; deleted only while nothing hangs on them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import bindparam, delete, func, insert, select
from sqlmodel import Session, col

from assessments.errors import AlreadyThere, BadInput, NotAllowed, NotConfirmed, NotFound
from assessments.rules.settings import SETTINGS, STATES
from assessments.rules.text import name_key
from assessments.store import audit
from assessments.store.access import Actor, agency_of, allowed
from assessments.store.tables import (
    Agency,
    Assessment,
    Cycle,
    HostRole,
    Membership,
    Partner,
    PeerAsk,
    PeerOffer,
    Person,
    QuarterCount,
    Share,
    Site,
    SiteLetters,
    StaffMember,
    Table,
    TeamRole,
)
from assessments.store.walls import LOCAL as OF_THIS_MACHINE
from assessments.store.walls import Asker, seen_by
from assessments.use_cases.publishing import publish
from assessments.use_cases.told import say, say_changed
from assessments.use_cases.typed import NAME, every, line


@dataclass(frozen=True)
class AgencyDetails:
    """What an agency says of itself. State, block grant and Part 2 decide which duties bind it."""

    name: str
    state: str
    time_zone: str
    block_grant: bool = False
    part_2: bool = False
    plan_name: str = "Plan of Safe Care"
    child_welfare_name: str = "child-welfare agency"
    women: str = "pregnant and postpartum women"
    names_for_trainers: bool = False


@dataclass(frozen=True)
class SiteDetails:
    name: str
    setting: str = "outpatient"
    infants_on_site: bool = False


@dataclass(frozen=True)
class CycleDetails:
    name: str
    starts: date
    ends: date | None = None


# Built once: every run asks for both, and building a statement takes longer than running it.
LOCAL = select(Person).where(col(Person.local))
BELONGS_TO = (
    select(Agency)
    .join(Membership, col(Membership.agency_id) == col(Agency.id))
    .where(col(Membership.person_id) == bindparam("person_id"))
    .distinct()
)


def local_person(db: Session) -> Person | None:
    """The one person of one-machine mode; None on a machine where nobody has set up an agency."""
    with seen_by(db, Asker(known=OF_THIS_MACHINE)):
        return db.execute(LOCAL).scalar_one_or_none()


def agencies_of(db: Session, person_id: str) -> list[Agency]:
    """The agencies that a person belongs to, archived ones last."""
    with seen_by(db, Asker(person_id=person_id)):
        mine = db.execute(BELONGS_TO, {"person_id": person_id}).scalars().all()
    return sorted(mine, key=lambda agency: (agency.archived_at is not None, agency.name_key))


def set_up(
    db: Session,
    now: datetime,
    person_name: str,
    agency: AgencyDetails,
    site: SiteDetails,
    cycle: CycleDetails,
    invented: bool = False,
    person_id: str = "",
) -> Actor:
    """An agency with its first site and cycle, owned by the person of this machine, who is made on the first call; or,
    where people sign in, by the host administrator `person_id`.
    """
    known = _host_administrator(db, person_id) if person_id else local_person(db)
    name, _ = every(lambda: known or line(person_name, "Your name", NAME), lambda: _checked(agency, site, cycle))
    person = known or _new_local_person(db, now, name)
    return put_agency(db, now, person.id, "owner", agency, site, cycle, invented)


def put_agency(
    db: Session,
    now: datetime,
    person_id: str,
    role: str,
    agency: AgencyDetails,
    site: SiteDetails,
    cycle: CycleDetails,
    invented: bool = False,
) -> Actor:
    """A new one, in which the person has this role and nobody else has any."""
    details = _checked(agency, site, cycle)
    with seen_by(db, Asker(person_id=person_id)):
        _refuse_taken(db, _belonging(person_id, details.name), details.name, "agency")
    row = Agency(**vars(details), name_key=name_key(details.name), invented=invented, created_at=now)
    actor = Actor(person_id, row.id)
    with seen_by(db, Asker(row.id, person_id)):
        db.add(row)
        db.flush()
        db.execute(insert(Membership).values(agency_id=row.id, person_id=person_id, role=role))
        audit.open_chain(db, row.id)
        say(db, actor, now, audit.Change("set up", "agency", row.id, after=row.name))
        add_site(db, actor, now, site)
        add_cycle(db, actor, now, cycle)
    return actor


@allowed
def agency_settings(db: Session, actor: Actor) -> Agency:
    return agency_of(db, actor)


@allowed
def revise_agency(db: Session, actor: Actor, now: datetime, details: AgencyDetails) -> None:
    row, details = agency_of(db, actor), _checked_agency(details)
    _refuse_taken(db, _belonging(actor.person_id, details.name, row.id), details.name, "agency")
    _revise(db, actor, now, "agency", row.id, row, {**vars(details), "name_key": name_key(details.name)})
    publish(db, actor, now)


@allowed
def archive_agency(db: Session, actor: Actor, now: datetime, archived: bool = True) -> None:
    row = agency_of(db, actor)
    _revise(db, actor, now, "agency", row.id, row, {"archived_at": now if archived else None})
    publish(db, actor, now)


@allowed
def sites(db: Session, actor: Actor, archived: bool = False) -> list[Site]:
    return _of_agency(db, actor, Site, Site.name_key, archived)


@allowed
def add_site(db: Session, actor: Actor, now: datetime, details: SiteDetails) -> str:
    """The id of the new site."""
    details = _checked_site(details)
    _refuse_taken(db, _named(Site, actor, details.name), details.name, "site")
    return _add(
        db, actor, now, "site", Site(agency_id=actor.agency_id, name_key=name_key(details.name), **vars(details))
    )


@allowed
def revise_site(db: Session, actor: Actor, now: datetime, site_id: str, details: SiteDetails) -> None:
    row, details = _mine(db, actor, Site, site_id), _checked_site(details)
    _refuse_taken(db, _named(Site, actor, details.name, site_id), details.name, "site")
    _revise(db, actor, now, "site", row.id, row, {**vars(details), "name_key": name_key(details.name)})
    publish(db, actor, now)


@allowed
def archive_site(db: Session, actor: Actor, now: datetime, site_id: str, archived: bool = True) -> None:
    row = _mine(db, actor, Site, site_id)
    _revise(db, actor, now, "site", row.id, row, {"archived_at": now if archived else None})
    publish(db, actor, now)


@allowed
def delete_site(db: Session, actor: Actor, now: datetime, site_id: str, typed_name: str) -> None:
    row = _mine(db, actor, Site, site_id)
    _refuse_staffed(db, row)
    _refuse_partnered(db, row)
    _refuse_used(db, actor, row, Assessment.site_id)
    _take_back_offers(db, row)
    db.execute(delete(SiteLetters).filter_by(agency_id=actor.agency_id, site_id=row.id))
    _delete(db, actor, now, "site", row, typed_name)


@allowed
def cycles(db: Session, actor: Actor, archived: bool = False) -> list[Cycle]:
    """By their start."""
    return _of_agency(db, actor, Cycle, Cycle.starts, archived)


@allowed
def add_cycle(db: Session, actor: Actor, now: datetime, details: CycleDetails) -> str:
    """The id of the new cycle."""
    details = _checked_cycle(details)
    _refuse_taken(db, _named(Cycle, actor, details.name), details.name, "cycle")
    row = Cycle(agency_id=actor.agency_id, name_key=name_key(details.name), **vars(details))
    return _add(db, actor, now, "cycle", row)


@allowed
def revise_cycle(db: Session, actor: Actor, now: datetime, cycle_id: str, details: CycleDetails) -> None:
    row, details = _mine(db, actor, Cycle, cycle_id), _checked_cycle(details)
    _refuse_taken(db, _named(Cycle, actor, details.name, cycle_id), details.name, "cycle")
    _revise(db, actor, now, "cycle", row.id, row, {**vars(details), "name_key": name_key(details.name)})
    publish(db, actor, now)


@allowed
def archive_cycle(db: Session, actor: Actor, now: datetime, cycle_id: str, archived: bool = True) -> None:
    row = _mine(db, actor, Cycle, cycle_id)
    _revise(db, actor, now, "cycle", row.id, row, {"archived_at": now if archived else None})
    publish(db, actor, now)


@allowed
def delete_cycle(db: Session, actor: Actor, now: datetime, cycle_id: str, typed_name: str) -> None:
    row = _mine(db, actor, Cycle, cycle_id)
    _refuse_used(db, actor, row, Assessment.cycle_id)
    db.execute(delete(Share).filter_by(agency_id=actor.agency_id, cycle_id=row.id))
    _delete(db, actor, now, "cycle", row, typed_name)


def _host_administrator(db: Session, person_id: str) -> Person:
    if db.get(HostRole, (person_id, "host-administrator")) is None:
        raise NotAllowed("Only who looks after this installation can set up an agency. Ask them to, and to invite you.")
    with seen_by(db, Asker(person_id=person_id)):
        return db.execute(select(Person).where(Person.id == person_id)).scalar_one()


def _new_local_person(db: Session, now: datetime, name: str) -> Person:
    person = Person(name=name, local=True, created_at=now)
    db.add(person)
    db.flush()
    return person


@cache
def _time_zones() -> frozenset[str]:
    """Looked up once: Python reads some six hundred files for them."""
    return frozenset(available_timezones())


def _checked(agency: AgencyDetails, site: SiteDetails, cycle: CycleDetails) -> AgencyDetails:
    """The agency's, as cleaned; BadInput with what is wrong in any of them."""
    details: AgencyDetails = every(
        lambda: _checked_agency(agency), lambda: _checked_site(site), lambda: _checked_cycle(cycle)
    )[0]
    return details


def _checked_agency(details: AgencyDetails) -> AgencyDetails:
    name, plan, office, women, *_ = every(
        lambda: line(details.name, "Name of the agency", NAME),
        lambda: line(details.plan_name, "Name of the plan", NAME),
        lambda: line(details.child_welfare_name, "Name of the child-welfare agency", NAME),
        lambda: line(details.women, "Words for the women served", NAME),
        lambda: _one_of(STATES, details.state, "State"),
        lambda: _one_of(_time_zones(), details.time_zone, "Time zone"),
    )
    return replace(details, name=name, plan_name=plan, child_welfare_name=office, women=women)


def _checked_site(details: SiteDetails) -> SiteDetails:
    name, _ = every(
        lambda: line(details.name, "Name of the site", NAME),
        lambda: _one_of(SETTINGS, details.setting, "Setting"),
    )
    return replace(details, name=name)


def _checked_cycle(details: CycleDetails) -> CycleDetails:
    name, _ = every(lambda: line(details.name, "Name of the cycle", NAME), lambda: _refuse_backward(details))
    return replace(details, name=name)


def _one_of(known: Collection[str], value: str, where: str) -> None:
    if value not in known:
        raise BadInput(f"{where}: choose one from the list.")


def _refuse_backward(details: CycleDetails) -> None:
    if details.ends and details.ends < details.starts:
        raise BadInput(
            f"The cycle ends on {details.ends}, before it starts on {details.starts}. Change one of the dates."
        )


def _named(table: Any, actor: Actor, name: str, but_not: str = "") -> Any:
    return select(table.id).where(
        table.agency_id == actor.agency_id, table.name_key == name_key(name), table.id != but_not
    )


def _belonging(person_id: str, name: str, but_not: str = "") -> Any:
    """Of that name, among the agencies that the person belongs to: of others, nobody learns that they are here."""
    mine = select(Membership.agency_id).where(Membership.person_id == person_id)
    return select(Agency.id).where(col(Agency.id).in_(mine), Agency.name_key == name_key(name), Agency.id != but_not)


def _refuse_taken(db: Session, query: Any, name: str, thing: str) -> None:
    if db.execute(query).first():
        raise AlreadyThere(
            f"There is {'an' if thing == 'agency' else 'a'} {thing} named “{name}”. Choose another name."
        )


def _of_agency(db: Session, actor: Actor, table: Any, order: Any, archived: bool) -> list[Any]:
    query = select(table).where(table.agency_id == actor.agency_id).order_by(order)
    return list(db.execute(query if archived else query.where(table.archived_at.is_(None))).scalars())


def _mine(db: Session, actor: Actor, table: Any, row_id: str) -> Any:
    row = db.execute(select(table).where(table.agency_id == actor.agency_id, table.id == row_id)).scalar_one_or_none()
    if row is None:
        raise NotFound("It is not here any more. Open the list again.")
    return row


def _add(db: Session, actor: Actor, now: datetime, thing: str, row: Any) -> str:
    db.add(row)
    db.flush()
    say(db, actor, now, audit.Change("add", thing, row.id, after=row.name))
    return str(row.id)


def _revise(db: Session, actor: Actor, now: datetime, thing: str, row_id: str, row: Table, new: dict[str, Any]) -> None:
    """Sets what differs, and says each change in the trail: all is set before, for what is said writes it."""
    before = {field: getattr(row, field) for field in new if field != "name_key"}
    for field, value in new.items():
        setattr(row, field, value)
    db.add(row)
    db.flush()
    say_changed(db, actor, now, thing, row_id, before, new)


def _refuse_used(db: Session, actor: Actor, row: Any, key: Any) -> None:
    hanging = select(func.count()).where(Assessment.agency_id == actor.agency_id, key == row.id)
    if count := db.execute(hanging).scalar_one():
        raise BadInput(
            f"“{row.name}” has {count} assessment{'s' if count > 1 else ''}. Archive it instead: it leaves the lists "
            "and keeps its history."
        )


def _delete(db: Session, actor: Actor, now: datetime, thing: str, row: Any, typed_name: str) -> None:
    if name_key(typed_name) != name_key(row.name):
        raise NotConfirmed(f"To delete it, type its name exactly: {row.name}")
    db.delete(row)
    say(db, actor, now, audit.Change("delete", thing, row.id, before=row.name))


def _refuse_staffed(db: Session, site: Site) -> None:
    """Who left counts too: their history hangs on it."""
    there = select(func.count()).where(StaffMember.agency_id == site.agency_id, StaffMember.site_id == site.id)
    if count := db.execute(there).scalar_one():
        raise BadInput(
            f"“{site.name}” has {count} staff member{'s' if count > 1 else ''} on the roster, who left included. "
            "Archive it instead; or give each of them another site first, on the page Staff."
        )


def _take_back_offers(db: Session, site: Site) -> None:
    """Of help among peers, with what others asked for."""
    mine = {"agency_id": site.agency_id, "site_id": site.id}
    offers = select(PeerOffer.id).filter_by(**mine)
    of_us = PeerAsk.offered_by_agency == site.agency_id
    db.execute(delete(PeerAsk).where(of_us, col(PeerAsk.offer_id).in_(offers)))
    db.execute(delete(PeerOffer).filter_by(**mine))


def _refuse_partnered(db: Session, site: Site) -> None:
    for table, where in ((Partner, "Partners"), (TeamRole, "Team"), (QuarterCount, "Quarterly counts")):
        if db.execute(select(table.agency_id).filter_by(agency_id=site.agency_id, site_id=site.id)).first():
            raise BadInput(
                f"Something is written for “{site.name}” on the page {where}. Archive the site instead; what was "
                "written there then stays."
            )
